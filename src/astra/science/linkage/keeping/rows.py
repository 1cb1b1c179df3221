"""How does a record become numbers?"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import numpy as np

from astra.science.linkage.normalise import appearance
from astra.science.linkage.normalise.addresses import Address, read_address
from astra.science.linkage.normalise.national import birth_of, is_jmbg, read_number, sex_of
from astra.science.linkage.record import Birth, Record

PLACES_KEPT, MARKS_KEPT = 3, 4
NOWHERE = -1
"""Stands where no place is noted."""
FIRST_YEAR, YEARS = 1900, 220
"""The years in which births are counted."""
UNKNOWN_SEX, FEMALE, MALE = 0, 1, 2
SEXES = {"F": FEMALE, "M": MALE}
LOWEST_CM, TALLEST_CM = 30, 250
"""Heights outside are taken as not known: nobody is so small or so tall."""


KEPT = np.dtype(
    [
        ("born_day", "<i4"), ("born_middle", "<f4"), ("born_guessed", "?"), ("sex", "u1"),
        ("homes", "<i4", (PLACES_KEPT,)), ("seen", "<i4", (PLACES_KEPT,)), ("seen_on", "<i4"), ("height", "u1"),
        ("hair", "u1"), ("eyes", "u1"), ("marks", "<u4", (MARKS_KEPT,)), ("national", "<i8"),
    ]
)  # fmt: skip
"""How a row is written down; each field is a column of the registry."""


class Row(NamedTuple):
    """Everything of a record but its names, as numbers; 0 and nothing stand for "not known"."""

    born_day: int
    born_middle: float
    born_guessed: bool
    sex: int
    homes: tuple[int, ...]
    seen: tuple[int, ...]
    seen_on: int
    height: int
    hair: int
    eyes: int
    marks: tuple[int, ...]
    national: int
    numbers: tuple[str, ...]
    addresses: tuple[Address, ...] = ()


def birth_numbers(birth: Birth | None) -> tuple[int, float, bool]:
    """A birth as its day (year * 512 + month * 32 + day), the middle of its range in years, whether it was guessed."""
    if birth is None or (birth.earliest is None and birth.latest is None):
        return 0, 0.0, False
    first, last = birth.earliest or birth.latest, birth.latest or birth.earliest
    assert first is not None
    assert last is not None
    middle = _in_years(first) if first == last else (_in_years(first) + _in_years(last)) / 2
    return (first.year * 512 + first.month * 32 + first.day if first == last else 0), middle, not birth.is_stated


def _in_years(on: date) -> float:
    return on.year + (on.toordinal() - on.replace(month=1, day=1).toordinal() + 0.5) / 365.25


def number_code(number: str) -> int:
    """A national number as an integer; 0 where there is none. A number with letters counts in base 36."""
    if number.isdecimal() and number.isascii():
        return int(number[:18])
    signs = "".join(sign for sign in number if sign.isascii() and sign.isalnum())
    return int(signs[:12], 36) if signs and not signs.isdecimal() else int(signs[:18] or 0)


def _more_exact(noted: Birth | None, numbered: Birth | None) -> Birth | None:
    """The day that a number says, if it lies within what was noted; 1 January is noted where only the year is known."""
    if noted is None or numbered is None or numbered.earliest is None:
        return noted or numbered
    first, last = noted.earliest or noted.latest, noted.latest or noted.earliest
    if first is None or last is None:
        return numbered
    if first == last and (first.month, first.day) == (1, 1):
        last = first.replace(month=12, day=31)
    return numbered if first < last and first <= numbered.earliest <= last else noted


def read_row(record: Record, codes: Callable[[tuple[str, ...]], tuple[int, ...]]) -> Row:
    """Turn all but the names of a record into numbers; `codes` gives places their codes.

    A national number that is whole says the birth and the sex where nobody else does, and the day where only the year,
    or a range of days, was noted: it is the better paper.
    """
    birth, sex, number = record.birth, record.sex, read_number(record.national_id)
    if is_jmbg(number):
        birth, sex = _more_exact(birth, birth_of(number)), sex or sex_of(number)
    born_day, born_middle, born_guessed = birth_numbers(birth)
    height = record.height_cm or 0
    return Row(
        born_day,
        born_middle,
        born_guessed,
        SEXES.get(sex, UNKNOWN_SEX),
        codes(record.places)[:PLACES_KEPT],
        codes(record.seen_places)[:PLACES_KEPT],
        record.seen_on.toordinal() if record.seen_on else 0,
        height if LOWEST_CM <= height <= TALLEST_CM else 0,
        appearance.hair_code(record.hair),
        appearance.eyes_code(record.eyes),
        tuple(appearance.mark_codes(record.marks).tolist()[:MARKS_KEPT]),
        number_code(number),
        record.numbers,
        tuple(address for address in map(read_address, record.addresses) if address),
    )
