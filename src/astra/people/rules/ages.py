"""How old is she, and from when is she grown up? Answers stay ranges, as what we know is one.

The server may know of a child only the quarter of the year in which she comes of age: enough for a deadline, too
little to find somebody by. The day itself is in her sealed identity.
"""

from dataclasses import dataclass
from datetime import date

ADULT, OWN_CONSENT, OLDEST = 18, 15, 120
ASK_AHEAD_DAYS = 60
"""How long before eighteen her own consent is asked for, so that nothing lapses on the day."""


@dataclass(frozen=True)
class AgeRange:
    """The youngest and the oldest she can be on a day, in whole years."""

    youngest: int
    oldest: int

    @property
    def is_child(self) -> bool:
        """Whether she may be a child: in doubt she is treated as one."""
        return self.youngest < ADULT

    def is_surely(self, years: int) -> bool:
        """Whether she has surely reached this age."""
        return self.youngest >= years


def birthday(born_on: date, years: int) -> date:
    """The day on which somebody completes so many years; 29 February moves to 1 March."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)


def age_on(born_on: date, day: date) -> int:
    """Completed years on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def age_range(earliest: date | None, latest: date | None, day: date) -> AgeRange | None:
    """The age on a day of somebody born between two days; None if nothing is known of her birth."""
    if earliest is None or latest is None:
        return None
    return AgeRange(max(age_on(latest, day), 0), max(age_on(earliest, day), 0))


def comes_of_age_on(latest: date | None) -> date | None:
    """The first day on which she is surely grown up."""
    return None if latest is None else birthday(latest, ADULT)


def quarter_start(day: date) -> date:
    """The first day of the quarter of the year."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def of_age_quarter(latest: date | None, day: date) -> date | None:
    """The quarter in which a child comes of age; None for the grown-up and where nothing is known."""
    adult_on = comes_of_age_on(latest)
    return None if adult_on is None or adult_on <= day else quarter_start(adult_on)


def next_quarter(quarter: date) -> date:
    """The quarter after."""
    return date(quarter.year + 1, 1, 1) if quarter.month == 10 else quarter.replace(month=quarter.month + 3)


def coded_age_range(quarter: date | None, day: date) -> AgeRange | None:
    """What the coded quarter alone says of an age: enough to treat a child as one; None where it says nothing."""
    if quarter is None:
        return None
    earliest = quarter.replace(year=quarter.year - ADULT)
    after = next_quarter(quarter)
    return AgeRange(max(age_on(after.replace(year=after.year - ADULT), day), 0), max(age_on(earliest, day), 0))


def age_band(ages: AgeRange | None, bands: tuple[tuple[str, int, int], ...]) -> str:
    """The broad band (code, from, to) that holds the whole range; blank if it straddles two."""
    if ages is None:
        return ""
    for code, low, high in bands:
        if low <= ages.youngest and ages.oldest <= high:
            return code
    return ""
