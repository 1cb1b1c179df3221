"""What do the tables in data/ say?"""

import csv
from functools import lru_cache
from importlib.resources import files

Row = dict[str, str]


def lines_of(name: str) -> list[str]:
    """Read the lines of one table, without comments and empty lines.

    Examples
    --------
    >>> lines_of("communities.csv")[0].split(",")[:3]
    ['community', 'weight', 'group']
    """
    text = files(__package__).joinpath(f"data/{name}").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


@lru_cache(maxsize=64)
def rows_of(name: str) -> tuple[Row, ...]:
    """Read one CSV table as rows by column.

    Examples
    --------
    >>> rows_of("communities.csv")[0]["community"]
    'sr'
    """
    return tuple(csv.DictReader(lines_of(name)))


def parts_of(cell: str) -> tuple[str, ...]:
    """Take the items of a cell apart.

    Examples
    --------
    >>> parts_of("Zemun|Borča"), parts_of("")
    (('Zemun', 'Borča'), ())
    """
    return tuple(part for part in cell.split("|") if part)


@lru_cache(maxsize=64)
def column_of(name: str, column: str) -> dict[str, float]:
    """Read one column of numbers, by the first column of its table.

    Examples
    --------
    >>> column_of("noise.csv", "desk")["upper"]
    0.1
    """
    return {next(iter(row.values())): float(row[column] or 0) for row in rows_of(name)}
