"""How is a spreadsheet read, row by row, whatever program wrote it? CSV in the usual encodings, and XLSX.

Files are streamed: 50,000 rows take no more memory than one.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

NOT_THERE = msg("There is no file of this name.")
NOT_A_TABLE = msg("This is not a table that Astra can read.")
NO_HEADER = msg("The first row must hold the names of the columns; it is empty.")
TWICE = msg("Two columns have the same name: %(column)s.")
KINDS = "CSV (UTF-8, UTF-16 or Windows-1250), XLSX"
_PEEK = 65_536


@dataclass(frozen=True)
class Row:
    """One row of a table: its line as the spreadsheet numbers it, and its cells by column, without outer blanks."""

    line: int
    cells: dict[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not any(self.cells.values())


@dataclass(frozen=True)
class Table:
    """A spreadsheet: its columns, and its rows as often as they are asked for."""

    path: Path
    columns: tuple[str, ...]

    def rows(self) -> Iterator[Row]:
        """Read the rows that hold anything."""
        lines = _lines(self.path)
        next(lines, None)
        for number, cells in enumerate(lines, start=2):
            padded = [*cells, *[""] * (len(self.columns) - len(cells))]
            row = Row(number, dict(zip(self.columns, padded, strict=False)))
            if not row.is_empty:
                yield row


def open_table(path: Path) -> Table:
    """Look at a file's first row; raises `Invalid` with what would be right."""
    if not path.is_file():
        raise Invalid(Problem("file", NOT_THERE))
    header = next(_lines(path), [])
    columns = tuple(name.strip() for name in header)
    while columns and not columns[-1]:
        columns = columns[:-1]
    if not columns:
        raise Invalid(Problem("file", NO_HEADER))
    named = tuple(name or f"#{number}" for number, name in enumerate(columns, start=1))
    for name in named:
        if named.count(name) > 1:
            raise Invalid(Problem("file", TWICE, parts={"column": name}))
    return Table(path, named)


def _lines(path: Path) -> Iterator[list[str]]:
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        yield from _excel_lines(path)
    elif path.suffix.lower() in (".csv", ".tsv", ".txt"):
        yield from _csv_lines(path)
    else:
        raise Invalid(Problem("file", NOT_A_TABLE, KINDS))


def _excel_lines(path: Path) -> Iterator[list[str]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, OSError, KeyError, ValueError):
        raise Invalid(Problem("file", NOT_A_TABLE, KINDS)) from None
    try:
        sheet = book.worksheets[0]
        for cells in sheet.iter_rows(values_only=True):
            yield [_as_text(cell) for cell in cells]
    finally:
        book.close()


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat()
            if cell.time() == datetime.min.time()
            else cell.isoformat(sep=" ", timespec="minutes")
        )
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _csv_lines(path: Path) -> Iterator[list[str]]:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as text:
        sample = text.read(_PEEK)
        text.seek(0)
        try:
            for cells in csv.reader(text, delimiter=_delimiter(sample), strict=True):
                yield [cell.strip() for cell in cells]
        except csv.Error:
            raise Invalid(Problem("file", NOT_A_TABLE, KINDS)) from None


def _encoding(path: Path) -> str:
    """UTF-16 by its mark, else UTF-8 if the whole file is that, else the Windows code page of our part of the world."""
    with path.open("rb") as raw:
        if raw.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
    try:
        with path.open(encoding="utf-8-sig") as text:
            while text.read(_PEEK):
                pass
    except UnicodeDecodeError:
        return "cp1250"
    return "utf-8-sig"


def _delimiter(sample: str) -> str:
    header = next(csv.reader(io.StringIO(sample), delimiter="\0"), [""])[0] if "\0" not in sample else ""
    counts = {mark: header.count(mark) for mark in (";", "\t", ",", "|")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","
