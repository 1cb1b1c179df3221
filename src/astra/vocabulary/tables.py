"""How is a data table of the vocabulary read? CSV with its source and licence in comments at the head."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from astra.vocabulary.errors import BrokenVocabulary


@dataclass(frozen=True)
class Table:
    """A table as read: where it comes from, under which licence, and its rows by column name."""

    source: str
    licence: str
    rows: tuple[dict[str, str], ...]


@cache
def read_table(path: str) -> Table:
    """Read data/<path>; its head must say `# source:` and `# licence:`."""
    lines = files(__package__).joinpath("data", path).read_text(encoding="utf-8").splitlines()
    head = dict(line[1:].strip().split(": ", 1) for line in lines if line.startswith("#") and ": " in line)
    if not head.get("source") or not head.get("licence"):
        raise BrokenVocabulary(f"{path}: source and licence must be stated in the head")
    rows = tuple(csv.DictReader(line for line in lines if line and not line.startswith("#")))
    for number, row in enumerate(rows, start=1):
        if None in row or None in row.values():
            raise BrokenVocabulary(f"{path}: row {number} has too many or too few columns")
    return Table(head["source"], head["licence"], rows)
