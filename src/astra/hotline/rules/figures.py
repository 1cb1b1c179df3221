"""Over which days is something counted, into which steps do they fall, and which numbers may leave the house?

Numbers are counted by the clock on the wall: a day is a day where the organisation works, also where it has 23 or 25
hours. Inside they are exact. Outside they are rounded to tens and only whole months, quarters and years that are over
are given: nobody learns from two files what happened on a single day (reference on privacy, differencing).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from astra.kernel.clock import LOCAL
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

THIS_MONTH, LAST_MONTH, THIS_QUARTER, LAST_QUARTER = "this_month", "last_month", "this_quarter", "last_quarter"
THIS_YEAR, LAST_YEAR, OWN = "this_year", "last_year", "own"
PERIODS = (THIS_MONTH, LAST_MONTH, THIS_QUARTER, LAST_QUARTER, THIS_YEAR, LAST_YEAR, OWN)
OVER = (LAST_MONTH, LAST_QUARTER, LAST_YEAR)
"""Those that may be given outside: nothing is added to them from one day to the next."""

DAY, WEEK, MONTH = "day", "week", "month"
LONGEST = timedelta(days=3700)
TO_THE_NEAREST = 10
FEWEST_WAITS = 20
"""From so many on, how long people waited is said outside."""
WAIT_STEPS = (10, 20, 30, 60, 120, 300, 600, 1800, 3600)
"""Where the columns of a spread of waiting times end, in seconds; the last column has no end."""

NO_DAYS = msg("Say from which day until which.")
WRONG_WAY_ROUND = msg("The last day lies before the first.")
TOO_LONG = msg("Ten years at most are counted at once.")
ONLY_WHOLE = msg(
    "Outside the house only months, quarters and years that are over are given, so that no two files differ by a day."
)


@dataclass(frozen=True)
class Days:
    """From one day to another, both included."""

    since: date
    until: date


@dataclass(frozen=True)
class Waits:
    """How long people waited: how many, how long half and nine in ten waited at most, and how it is spread."""

    count: int
    median_s: int
    ninth_s: int
    spread: tuple[int, ...]


@dataclass(frozen=True)
class Counted:
    """Everything that the figures of the hotline show, in their units: contacts, calls, sittings."""

    days: Days
    contacts: int
    waiting: int
    """Contacts that do not count yet: nobody has logged the call, or vouched for the entry."""
    over_time: dict[str, list[int]]
    """Contacts by line, for each step of the period."""
    in_the_week: list[list[int]]
    """Contacts by weekday and hour; one row for all days where numbers leave the house."""
    lines: dict[str, int]
    kinds: dict[str, int]
    channels: dict[str, dict[str, int]]
    """By line, then by channel."""
    languages: dict[str, int]
    topics: dict[str, int]
    actions: dict[str, int]
    with_topic: int
    with_action: int
    answered: list[int]
    missed: list[int]
    """Calls that are over, for each hour of the day."""
    settled: dict[str, int]
    """Missed calls by what was done about them; blank: nothing yet."""
    call_waits: Waits
    sittings: int
    outcomes: dict[str, int]
    """Sittings that are over, by how they ended."""
    answer_waits: Waits
    is_rounded: bool = False


def days_of(name: str, today: date, *, since: date | None = None, until: date | None = None) -> Days:
    """The days of a period, as far as it has gone: of days to come nothing is known, which is not nought."""
    if name == OWN:
        return _own(since, until)
    months = {THIS_MONTH: 1, LAST_MONTH: 1, THIS_QUARTER: 3, LAST_QUARTER: 3}.get(name, 12)
    back = months if name in OVER else 0
    number = today.year * 12 + today.month - 1
    first = number - number % months - back
    return Days(_first_of(first), min(_first_of(first + months) - timedelta(days=1), today))


def _own(since: date | None, until: date | None) -> Days:
    if since is None or until is None:
        raise Invalid(Problem("since" if since is None else "until", NO_DAYS))
    if until < since:
        raise Invalid(Problem("until", WRONG_WAY_ROUND))
    if until - since > LONGEST:
        raise Invalid(Problem("until", TOO_LONG))
    return Days(since, until)


def _first_of(number: int) -> date:
    """The first day of a month that is counted through the years."""
    return date(number // 12, number % 12 + 1, 1)


def check_may_leave(name: str) -> None:
    """Raise `Invalid` where the numbers of a period cannot be given outside."""
    if name not in OVER:
        raise Invalid(Problem("period", ONLY_WHOLE))


def step_of(days: Days) -> str:
    """Days for a month, weeks for half a year, months for longer."""
    long = (days.until - days.since).days + 1
    return DAY if long <= 31 else WEEK if long <= 186 else MONTH


def begins(day: date, step: str) -> date:
    """The first day of the step in which a day lies; a week begins on Monday."""
    if step == DAY:
        return day
    return day - timedelta(days=day.weekday()) if step == WEEK else day.replace(day=1)


def steps_of(days: Days) -> list[date]:
    """The first days of all steps of a period, those without anything too; the first step may begin before it."""
    step, found, day = step_of(days), [], days.since
    while day <= days.until:
        first = begins(day, step)
        found.append(first)
        day = first + {DAY: timedelta(days=1), WEEK: timedelta(days=7)}.get(step, timedelta(days=32))
        day = begins(day, step)
    return found


@lru_cache(maxsize=100_000)
def on_the_wall(hour: int) -> datetime:
    """What the clock on the wall showed in an hour that is counted from 1970 on: zones here are whole hours apart."""
    return datetime.fromtimestamp(hour * 3600, UTC).astimezone(LOCAL)


def over_time(hours: Mapping[int, int], days: Days) -> list[int]:
    """How many in each step of a period."""
    step = step_of(days)
    found: Counter[date] = Counter()
    for hour, count in hours.items():
        found[begins(on_the_wall(hour).date(), step)] += count
    return [found[first] for first in steps_of(days)]


def by_weekday_and_hour(hours: Mapping[int, int]) -> list[list[int]]:
    """Monday to Sunday, 24 hours each, by the clock on the wall."""
    found = [[0] * 24 for _ in range(7)]
    for hour, count in hours.items():
        at = on_the_wall(hour)
        found[at.weekday()][at.hour] += count
    return found


def by_hour(hours: Mapping[int, int]) -> list[int]:
    """How many in each hour of the day, by the clock on the wall."""
    return [sum(one) for one in zip(*by_weekday_and_hour(hours), strict=True)]


def ordered(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Codes with their numbers, the largest first; the unknown, which has no code, last."""
    return sorted(((code, n) for code, n in counts.items() if n), key=lambda one: (not one[0], -one[1], one[0]))


def share_of(count: int, known: int) -> int | None:
    """Percent of those of whom anything is known; none where nothing is known of anybody."""
    return math.floor(count * 100 / known + 0.5) if known else None


def waits_of(seconds: Mapping[int, int]) -> Waits:
    """What is said of waiting times, given how often each number of seconds came up."""
    found = sorted((max(wait, 0), n) for wait, n in seconds.items() if n)
    count = sum(n for _, n in found)
    spread = [0] * (len(WAIT_STEPS) + 1)
    for wait, n in found:
        spread[column_of(wait)] += n
    return Waits(count, _longest_of(found, count, 0.5), _longest_of(found, count, 0.9), tuple(spread))


def column_of(wait_s: int) -> int:
    """In which column of the spread a waiting time falls."""
    return next((place for place, end in enumerate(WAIT_STEPS) if wait_s < end), len(WAIT_STEPS))


def _longest_of(found: Sequence[tuple[int, int]], count: int, part: float) -> int:
    """So long waited this part of all at most: the first time that reaches it (nearest rank)."""
    wanted, seen = math.ceil(count * part), 0
    for wait, n in found:
        seen += n
        if seen >= wanted:
            return wait
    return 0


def rounded(count: int) -> int:
    """A number as it leaves the house: to the nearest ten, fives upwards. Nought says fewer than five."""
    return (count + TO_THE_NEAREST // 2) // TO_THE_NEAREST * TO_THE_NEAREST


def rounded_wait(wait_s: int) -> int:
    """A waiting time as it leaves the house: to five seconds, above a minute to half minutes."""
    near = 5 if wait_s < 60 else 30
    return (wait_s + near // 2) // near * near


def _waits_outside(waits: Waits) -> Waits:
    """Of few waits nothing is said of how long they were."""
    if waits.count < FEWEST_WAITS:
        return Waits(rounded(waits.count), 0, 0, ())
    longest = (rounded_wait(waits.median_s), rounded_wait(waits.ninth_s))
    return Waits(rounded(waits.count), *longest, tuple(rounded(n) for n in waits.spread))


def for_outside(counted: Counted) -> Counted:
    """The same figures as they leave the house: every number rounded by itself, the week as one day.

    What is rounded to nought is not named at all: that there was somebody on a line or in a language would be told.
    No number can be computed back from its own table; all tables of all releases together are not looked at here, as
    the releases of research will be.
    """

    def near(counts: Mapping[str, int]) -> dict[str, int]:
        return {code: rounded(n) for code, n in counts.items() if rounded(n)}

    def each(counts: Iterable[int]) -> list[int]:
        return [rounded(n) for n in counts]

    lines = near(counted.lines)
    return replace(
        counted,
        contacts=rounded(counted.contacts),
        waiting=rounded(counted.waiting),
        with_topic=rounded(counted.with_topic),
        with_action=rounded(counted.with_action),
        sittings=rounded(counted.sittings),
        lines=lines,
        kinds=near(counted.kinds),
        languages=near(counted.languages),
        topics=near(counted.topics),
        actions=near(counted.actions),
        settled=near(counted.settled),
        outcomes=near(counted.outcomes),
        over_time={line: each(counts) for line, counts in counted.over_time.items() if line in lines},
        in_the_week=[each(sum(hours) for hours in zip(*counted.in_the_week, strict=True))],
        channels={line: near(counts) for line, counts in counted.channels.items() if line in lines},
        answered=each(counted.answered),
        missed=each(counted.missed),
        call_waits=_waits_outside(counted.call_waits),
        answer_waits=_waits_outside(counted.answer_waits),
        is_rounded=True,
    )


def summed(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Add up what has the same code."""
    found: Counter[str] = Counter()
    for code, count in counts:
        found[code] += count
    return dict(found)
