"""What stands on paper where the day of birth should?"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import NamedTuple

from astra.science.linkage.invented.drawing import Weighted, one_of
from astra.science.linkage.invented.people import FIRST_YEAR, TODAY, Person
from astra.science.linkage.invented.tables import column_of

_NEW_YEAR_IN_IRAN = (3, 21)
_HIJRI = 621
_FEWEST_YEARS = 1


class Written(NamedTuple):
    """A birth as written: the date or year, what the desk thinks of it, and an age where only that is known."""

    birth_date: str
    quality: str
    age: str = ""


@lru_cache(maxsize=16)
def _ways(column: str) -> Weighted[str]:
    weights = column_of("births.csv", column)
    return Weighted(list(weights), list(weights.values()))


def _exact(day: date) -> Written:
    return Written(day.isoformat(), "exact")


def _shifted(day: date, years: int) -> date:
    """The same day another year; never in the future, so that no desk would refuse it."""
    year = min(max(day.year + years, FIRST_YEAR - 50), TODAY.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _year_only(rng: Random, person: Person) -> Written:
    guess = one_of(rng, (-1, 1)) if rng.random() < 0.12 else 0
    return Written(str(person.birth.year + guess), "year")


def _january(rng: Random, person: Person) -> Written:
    return _exact(date(person.birth.year + one_of(rng, (-1, 0, 0, 0, 1)), 1, 1))


def _swapped(_rng: Random, person: Person) -> Written | None:
    day = person.birth
    if day.day > 12 or day.day == day.month:
        return None
    return _exact(date(day.year, day.day, day.month))


def _with_digits(rng: Random, person: Person, is_swap: bool) -> Written | None:
    """One digit wrong, or two neighbours swapped, and still a day that exists."""
    for _ in range(12):
        text = person.birth.isoformat()
        at = one_of(rng, (3, 5, 6, 8, 9) if not is_swap else (2, 5, 8))
        pair = text[at : at + 2] if is_swap else ""
        new = pair[::-1] if is_swap else str(int(rng.random() * 10))
        changed = text[:at] + new + text[at + len(new) :]
        try:
            day = date.fromisoformat(changed)
        except ValueError:
            continue
        if changed != text and day.year >= FIRST_YEAR and day <= TODAY:
            return _exact(day)
    return None


def _digit(rng: Random, person: Person) -> Written | None:
    return _with_digits(rng, person, is_swap=False)


def _digits_swapped(rng: Random, person: Person) -> Written | None:
    return _with_digits(rng, person, is_swap=True)


def _day_off(rng: Random, person: Person) -> Written:
    return _exact(min(TODAY, person.birth + timedelta(days=one_of(rng, (-10, -2, -1, -1, 1, 1, 2, 10, 30)))))


def _year_slip(rng: Random, person: Person) -> Written:
    return _exact(_shifted(person.birth, one_of(rng, (-2, -1, -1, 1, 1, 2))))


def _decade_slip(rng: Random, person: Person) -> Written | None:
    moved = _shifted(person.birth, one_of(rng, (-10, -10, 10, -100)))
    return _exact(moved) if moved.year != person.birth.year and moved <= TODAY else None


def _sibling(rng: Random, person: Person) -> Written | None:
    """The date of another child of the same household, copied by mistake."""
    others = [day for day in person.family.births if day != person.birth]
    return _exact(one_of(rng, others)) if others else None


def _hijri(_rng: Random, person: Person) -> Written | None:
    """The year of the solar calendar of Iran and Afghanistan, written as it stands in the tazkira."""
    if person.community not in {"fa", "ps"}:
        return None
    before = (person.birth.month, person.birth.day) < _NEW_YEAR_IN_IRAN
    return Written(str(person.birth.year - _HIJRI - before), "year")


def _as_written(rng: Random, person: Person) -> Written:
    """A date as people here write it, or only month and year."""
    day = person.birth
    ways = (
        f"{day.day}.{day.month}.{day.year}.",
        f"{day:%d.%m.%Y}",
        f"{day:%d.%m.%Y.}",
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m}",
    )
    return Written(one_of(rng, ways), "exact")


_WAYS: dict[str, Callable[[Random, Person], Written | None]] = {
    "year_only": _year_only,
    "jan1": _january,
    "day_month_swap": _swapped,
    "birth_digit": _digit,
    "digits_swapped": _digits_swapped,
    "day_off": _day_off,
    "year_slip": _year_slip,
    "decade_slip": _decade_slip,
    "sibling_birth": _sibling,
    "hijri_year": _hijri,
    "date_as_written": _as_written,
}


def guess_age(rng: Random, age: int, is_loose: bool) -> int:
    """Guess an age: the older somebody is, the worse; children are taken for older more often than for younger.

    Examples
    --------
    >>> abs(guess_age(Random(1), 9, is_loose=False) - 9) <= 3
    True
    """
    spread = (0.35 + 0.06 * age) * (1.0 if is_loose else 0.45)
    return max(_FEWEST_YEARS, round(age + rng.gauss(0.25 if age < 18 else -0.2, spread)))


def write_birth(rng: Random, person: Person, day: date, column: str, done: list[str]) -> Written:
    """Write a birth as a desk or a caller does.

    Parameters
    ----------
    rng : Random
        The source of chance.
    person : Person
        Who.
    day : date
        When she was seen: ages are of that day.
    column : str
        A column of births.csv.
    done : list of str
        Grows by the name of what was done.

    Returns
    -------
    Written
        The date or year, its quality, and the age. A register, which has no age, turns an age into a year.
    """
    way = _ways(column).draw(rng)
    if way == "no_birth":
        done.append(way)
        return Written("", "unknown")
    if way in {"age", "age_words"}:
        true = max(0, person.age_on(day))
        age = guess_age(rng, true, column.startswith(("loose", "witness"))) if true else _FEWEST_YEARS
        if column.startswith("desk"):
            done.append("age_as_year")
            return Written(str(day.year - age), "year")
        done.append("age_only" if age == true else f"age_err{age - true:+d}")
        if way == "age":
            return Written("", "unknown", str(age))
        done.append(way)
        return Written(
            "", "unknown", one_of(rng, (f"oko {age}", f"{age}-{age + 1}", f"cca {age} god.", f"{age} godina"))
        )
    written = _WAYS[way](rng, person) if way in _WAYS else None
    if written is None:
        return _exact(person.birth)
    done.append(way)
    return written
