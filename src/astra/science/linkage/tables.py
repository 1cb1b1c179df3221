"""How is a table of people read, so that a bad row costs that row only?

CSV with the columns of the matching sets (registry, queries), and `address`: street and number, several parted by
semicolons, while the place stands in a column of its own. Columns that mean nothing here are named and left out;
a row that cannot be read is reported with its line, its column and what would be right, and the rest is done.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from astra.science.linkage.normalise.births import Unreadable, birth_from_age, read_birth
from astra.science.linkage.record import Birth, Name, Record

ID_COLUMNS = ("record_id", "query_id", "id")
COLUMNS = frozenset(
    [
        "full_name",
        "given_name",
        "surname",
        "other_names",
        "father_name",
        "mother_name",
        "sex",
        "birth_date",
        "birth_date_quality",
        "age",
        "place",
        "date",
        "municipality",
        "address",
        "last_seen_place",
        "last_seen_date",
        "height_cm",
        "hair",
        "eyes",
        "marks",
        "national_id",
        "numbers",
    ]
)
LEFT_OUT = frozenset(["source", "kind", "languages", "true_ids", "corruptions"])
"""Columns of the matching sets that say nothing about a person."""
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")
_MONTHS = re.compile("mes|mont|мес", re.IGNORECASE)
_METRES = 3.0
"""Heights below are metres."""
SEXES = {"f": "F", "female": "F", "z": "F", "ž": "F", "m": "M", "male": "M", "": "", "u": "", "unknown": "", "x": ""}


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: its line in the file, and why."""

    line: int
    reason: str


@dataclass
class Table:
    """What reading a file came to: unknown columns and bad rows, filled while the records are read."""

    path: Path
    unknown_columns: tuple[str, ...] = ()
    bad_rows: list[BadRow] = field(default_factory=list)

    def records(self) -> Iterator[Record]:
        """Read the records one after another.

        Raises
        ------
        Unreadable
            When the file is no CSV in UTF-8 or has no column that names its records.
        """
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            try:
                yield from self._rows(reader)
            except (UnicodeDecodeError, csv.Error) as error:
                raise Unreadable(f"{self.path.name} is not CSV in UTF-8: {error}") from error

    def _rows(self, reader: "csv.DictReader[str]") -> Iterator[Record]:
        names = tuple(reader.fieldnames or ())
        key = next((name for name in ID_COLUMNS if name in names), None)
        if key is None:
            raise Unreadable(
                f"{self.path.name} has no column record_id (or query_id): it has {', '.join(names) or 'none'}"
            )
        self.unknown_columns = tuple(name for name in names if name not in COLUMNS | LEFT_OUT and name != key)
        seen: set[str] = set()
        for row in reader:
            try:
                record = read_row(row, key)
                if record.id in seen:
                    raise Unreadable(f"{key} {record.id!r} stands twice: each record needs a name of its own")
            except Unreadable as error:
                self.bad_rows.append(BadRow(reader.line_num, str(error)))
                continue
            seen.add(record.id)
            yield record


def read_row(row: dict[str, str], key: str) -> Record:
    """Make a record of one row of a table; the columns that are missing are as if empty."""
    if None in row or None in row.values():
        raise Unreadable("the row has more or fewer values than the heading: look for a comma or a quotation mark")
    if not row[key].strip():
        raise Unreadable(f"{key} is empty: each record needs a name")

    def cell(name: str) -> str:
        return (row.get(name) or "").strip()

    name = Name(cell("given_name"), cell("surname"), cell("full_name"))
    seen_on = _day(cell("last_seen_date") or cell("date"))
    return Record(
        id=row[key].strip(),
        names=(name,) if name.given or name.family or name.text else (),
        nicknames=(cell("other_names"),) if cell("other_names") else (),
        father=cell("father_name"),
        mother=cell("mother_name"),
        sex=_sex(cell("sex")),
        birth=_birth(cell("birth_date"), cell("birth_date_quality"), cell("age"), seen_on),
        places=tuple(filter(None, (cell("municipality"), cell("place")))),
        addresses=tuple(filter(None, map(str.strip, cell("address").split(";")))),
        seen_places=tuple(filter(None, (cell("last_seen_place"),))),
        seen_on=seen_on,
        height_cm=_height(cell("height_cm")),
        hair=cell("hair"),
        eyes=cell("eyes"),
        marks=cell("marks"),
        national_id=cell("national_id"),
        numbers=tuple(number.strip() for number in cell("numbers").split(";") if number.strip()),
    )


def _sex(text: str) -> str:
    try:
        return SEXES[text.lower()]
    except KeyError:
        raise Unreadable(f"sex {text!r} is not known: write F, M or nothing") from None


def _day(text: str) -> date | None:
    if not text:
        return None
    birth = read_birth(text)
    if birth is None or not birth.is_exact:
        raise Unreadable(f"{text!r} is not a day: write 2026-11-22")
    return birth.earliest


def _birth(text: str, quality: str, age: str, on: date | None) -> Birth | None:
    if text or not age:
        return read_birth(text, quality)
    found = _NUMBERS.findall(age)
    if not found or len(found) > 2:
        raise Unreadable(f"age {age!r} is not a number of years: write 14, or 14-16")
    if on is None:
        return None
    years = sorted(int(float(number.replace(",", "."))) for number in found)
    if _MONTHS.search(age):
        years = [months // 12 for months in years]
    youngest, oldest = birth_from_age(years[0], on), birth_from_age(years[-1], on)
    return Birth(oldest.earliest, youngest.latest, is_stated=False)


def _height(text: str) -> int | None:
    """Read a height as people write it: 164, cca 165 cm, 1,64 m, 160-165."""
    if not text:
        return None
    found = [float(number.replace(",", ".")) for number in _NUMBERS.findall(text)]
    if not found or len(found) > 2:
        raise Unreadable(f"height_cm {text!r} is not a height: write 164, or 160-165")
    metres = [number * 100 if number < _METRES else number for number in found]
    return round(sum(metres) / len(metres))
