"""What is a date of which only a part is known? The range of days on which it can have been.

Plain fields only, so that it may lie in a sealed section: two dates, and words. A side that nobody knows is open and
holds the first or the last day that there is.
"""

from calendar import isleap, monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

KNOWN = "known"
ESTIMATED = "estimated"
MAJORITY = 18
OLDEST = 130
ONE_DAY = timedelta(days=1)


def add_years(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28 February.

    Law on Obligations (Zakon o obligacionim odnosima) art. 77: without such a day in the last month, a period ends
    on the last day of that month. So somebody born on 29 February comes of age on 28 February.
    """
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def years_between(birth: date, day: date) -> int:
    """Completed years of age on a day; 0 before the birth."""
    return max(0, day.year - birth.year - (day < add_years(birth, day.year - birth.year)))


@dataclass(frozen=True)
class AgeRange:
    """Completed years, at least and at most; `most` is None where nobody knows."""

    least: int
    most: int | None


@dataclass(frozen=True)
class PartialDate:
    """A date as far as it is known: from `earliest` to `latest`, both possible; `said` keeps what was said."""

    earliest: date = date.min
    latest: date = date.max
    certainty: str = KNOWN
    said: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise Invalid(Problem("date", msg("The end lies before the beginning.")))

    @classmethod
    def on(cls, day: date) -> "PartialDate":
        """Exactly this day."""
        return cls(day, day)

    @classmethod
    def in_month(cls, year: int, month: int) -> "PartialDate":
        """Some day of this month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def in_year(cls, year: int, last: int | None = None) -> "PartialDate":
        """Some day of this year, or of the years to `last`."""
        return cls(date(year, 1, 1), date(last or year, 12, 31))

    @classmethod
    def from_age(
        cls, years: int, seen_on: date, *, at_most: int | None = None, certainty: str = KNOWN, said: str = ""
    ) -> "PartialDate":
        """The birth of somebody who was this old (or up to `at_most`) on the day she was seen or heard."""
        most = years if at_most is None else at_most
        if not 0 <= years <= most <= OLDEST:
            raise Invalid(Problem("age", msg("An age is a number of years between 0 and 130."), allowed="0–130"))
        return cls(_last_birth(seen_on, most + 1) + ONE_DAY, _last_birth(seen_on, years), certainty, said)

    @property
    def is_exact(self) -> bool:
        """Whether the day is known."""
        return self.earliest == self.latest

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known."""
        return self.has_open_start and self.has_open_end

    @property
    def has_open_start(self) -> bool:
        """Whether nobody knows since when."""
        return self.earliest == date.min

    @property
    def has_open_end(self) -> bool:
        """Whether nobody knows until when."""
        return self.latest == date.max

    @property
    def is_estimated(self) -> bool:
        """Whether somebody guessed: an "about", or an age by the look of the person."""
        return self.certainty == ESTIMATED

    @property
    def precision(self) -> str:
        """How much is known: day, month, year, range, open or unknown."""
        if self.is_unknown:
            return "unknown"
        if self.has_open_start or self.has_open_end:
            return "open"
        if self.is_exact:
            return "day"
        year, month = self.earliest.year, self.earliest.month
        if self._bounds == PartialDate.in_month(year, month)._bounds:
            return "month"
        return "year" if self._bounds == PartialDate.in_year(year)._bounds else "range"

    @property
    def _bounds(self) -> tuple[date, date]:
        return self.earliest, self.latest

    def contains(self, day: date) -> bool:
        """Whether it can have been on this day."""
        return self.earliest <= day <= self.latest

    def overlaps(self, other: "PartialDate") -> bool:
        """Whether both can be the same day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def together(self, other: "PartialDate") -> "PartialDate | None":
        """What both say together; None when they contradict each other."""
        if not self.overlaps(other):
            return None
        certainty = ESTIMATED if self.is_estimated and other.is_estimated else KNOWN
        return PartialDate(max(self.earliest, other.earliest), min(self.latest, other.latest), certainty)

    def is_before(self, other: "PartialDate") -> bool | None:
        """Whether this was before the other; None when it cannot be known."""
        if self.latest < other.earliest:
            return True
        return False if self.earliest >= other.latest else None

    def age_on(self, day: date) -> AgeRange:
        """The age on a day of somebody born then, in completed years; nobody is younger than 0."""
        least = 0 if self.latest >= day else years_between(self.latest, day)
        most = None if self.has_open_start else years_between(self.earliest, day)
        return AgeRange(least, most)

    def is_child_on(self, day: date) -> bool | None:
        """Whether somebody born then is under 18 on a day; None when it cannot be known."""
        age = self.age_on(day)
        if age.least >= MAJORITY:
            return False
        return True if age.most is not None and age.most < MAJORITY else None

    def turns_18_range(self) -> "PartialDate":
        """When somebody born then comes of age; an open side stays open."""
        return PartialDate(
            date.min if self.has_open_start else add_years(self.earliest, MAJORITY),
            date.max if self.has_open_end else add_years(self.latest, MAJORITY),
            self.certainty,
        )


def _last_birth(day: date, years: int) -> date:
    """The last day on which somebody who is at least this old on a day can have been born."""
    year = day.year - years
    if (day.month, day.day) == (2, 28) and not isleap(day.year) and isleap(year):
        return date(year, 2, 29)
    return add_years(day, -years)
