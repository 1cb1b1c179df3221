"""When was somebody born, as people write it, and how well do two such dates agree?

Dates are partial (a year, an age with the day when it was said), guessed (1 January), mistyped (day and month
swapped, a digit slipped, another year) or counted in another calendar (solar Hijri years of Persian speakers).
"""

import re
from datetime import date, timedelta

from astra.science.linkage.record import Birth

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./-]\s*(\d{1,2})[./-]\s*(\d{4})\.?")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})|(\d{1,2})[./]\s*(\d{4})\.?")
_YEAR = re.compile(r"(?:oko |cca |ca\. ?|~)?(\d{4})\.?")
FIRST_YEAR, LAST_YEAR = 1900, 2100
HIJRI_FIRST, HIJRI_LAST, HIJRI_OFFSET = 1270, 1450, 621
OLDEST_AGE = 110


class Unreadable(ValueError):
    """A value that is not what its column holds; says which value, and what would be right."""


def read_birth(text: str, quality: str = "") -> Birth | None:
    """Read a date of birth.

    Parameters
    ----------
    text : str
        ``2009-05-31``, ``31.5.2009.``, ``2009-05``, ``5.2009.``, ``2009`` or nothing. A year from 1270 to 1450 is one
        of the solar Hijri calendar.
    quality : str
        "exact", "year" or "unknown" (or nothing), as the column `birth_date_quality` says; "year" keeps the year only.

    Returns
    -------
    Birth or None
        None where nothing is known.

    Raises
    ------
    Unreadable
        When the text is not a date.

    Examples
    --------
    >>> read_birth("2009-05-31").is_exact, read_birth("2009").latest
    (True, datetime.date(2009, 12, 31))
    >>> read_birth("1387").earliest
    datetime.date(2008, 3, 20)
    """
    text = text.strip()
    if not text or quality == "unknown":
        return None
    try:
        birth = _read(text)
    except ValueError as error:
        raise Unreadable(f"{text!r} is not a date: write 2009-05-31, 2009-05 or 2009") from error
    if quality == "year" and birth.earliest and birth.earliest.year >= FIRST_YEAR:
        year = birth.earliest.year
        return birth if birth.earliest.year != (birth.latest or birth.earliest).year else _whole_year(year)
    return birth


def _read(text: str) -> Birth:
    if found := _DAY.fullmatch(text):
        year, month, day, day_2, month_2, year_2 = found.groups()
        on = date(*_western(int(year or year_2), int(month or month_2), int(day or day_2)))
        return Birth(on, on)
    if found := _MONTH.fullmatch(text):
        year, month, month_2, year_2 = found.groups()
        first = date(int(year or year_2), int(month or month_2), 1)
        return Birth(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    found = _YEAR.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return _whole_year(int(found.group(1)))


def _western(year: int, month: int, day: int) -> tuple[int, int, int]:
    """A day of the solar Hijri calendar, to within a day or two of the western one."""
    if not HIJRI_FIRST <= year <= HIJRI_LAST:
        return year, month, day
    passed = (month - 1) * 31 - max(0, month - 7) + day - 1
    on = date(year + HIJRI_OFFSET, 3, 21) + timedelta(days=passed)
    return on.year, on.month, on.day


def _whole_year(year: int) -> Birth:
    if HIJRI_FIRST <= year <= HIJRI_LAST:
        western = year + HIJRI_OFFSET
        return Birth(date(western, 3, 20), date(western + 1, 3, 20))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    return Birth(date(year, 1, 1), date(year, 12, 31))


def birth_from_age(age: int, on: date) -> Birth:
    """Give the days on which somebody of this age on this day can be born.

    Parameters
    ----------
    age : int
        Age in full years, as somebody said or guessed it.
    on : date
        The day on which she had that age.

    Returns
    -------
    Birth
        A range of one year that nobody stated.

    Raises
    ------
    Unreadable
        When the age is below 0 or above 110.

    Examples
    --------
    >>> birth_from_age(16, date(2026, 11, 22)).earliest
    datetime.date(2009, 11, 23)
    """
    if not 0 <= age <= OLDEST_AGE:
        raise Unreadable(f"{age} is not an age: write full years from 0 to {OLDEST_AGE}")
    return Birth(_years_before(on, age + 1) + timedelta(days=1), _years_before(on, age), is_stated=False)


def _years_before(on: date, years: int) -> date:
    if on.month == 2 and on.day == 29:
        on = on.replace(day=28)
    return on.replace(year=on.year - years)
