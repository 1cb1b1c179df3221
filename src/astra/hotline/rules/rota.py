"""When is a line open, who is on it, and where are the holes? Moments, never hours of the clock, are compared.

Hours are said by the clock on the wall; a night in which the clocks change has 23 or 25 of them. What begins in an
hour that comes twice begins with the first, what ends in it ends with the second, and an hour that is left out is the
one after it: a line is rather open too long than not at all.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

from astra import vocabulary
from astra.kernel.clock import LOCAL
from astra.kernel.errors import Invalid, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

ROLE = "shift_role"
ON_LINE, ON_CALL, SUPERVISOR = "on_line", "on_call", "supervisor"
MIDNIGHT = time(0)
LONGEST = timedelta(hours=24)
LOOK_AHEAD_DAYS = 15
"""So far ahead is looked for the next opening."""
EARLY = timedelta(minutes=60)
"""So long before the plan somebody may begin her shift."""
LATE = timedelta(minutes=10)
"""After so many minutes without anybody a line that should be answered is told to the coordinator."""

ASKED, AGREED, REFUSED, TAKEN_BACK = "asked", "agreed", "refused", "taken_back"
SWAP = Lifecycle(
    "shift_swap",
    ASKED,
    [Step(ASKED, "agree", AGREED), Step(ASKED, "refuse", REFUSED), Step(ASKED, "take_back", TAKEN_BACK)],
)
"""Two colleagues change a shift between them; the coordinator is told, and need not be asked."""

ENDS_BEFORE = msg("A shift ends after it begins.")
TOO_LONG = msg("A shift lasts at most 24 hours.")
WHICH_LINE = msg("Say for which line, or for which lines.")
HOURS_TWICE = msg("Two of the opening hours overlap. Write them as one.")


@dataclass(frozen=True, order=True)
class Span:
    """From one moment until another; the last one no longer belongs to it."""

    begins: datetime
    ends: datetime

    def has(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.begins <= at < self.ends

    def meets(self, other: "Span") -> bool:
        """Whether the two have a moment in common."""
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True, order=True)
class Hours:
    """On one day of the week (0 is Monday) from an hour until an hour; not later than the first means: the next day."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class DayApart:
    """A date on which other hours hold; without hours the line is closed on it."""

    day: date
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True)
class Planned:
    """A shift as the rules see it."""

    id: UUID
    member_id: UUID
    role: str
    lines: tuple[str, ...]
    span: Span


def first_moment(day: date, at: time) -> datetime:
    """When something begins that begins at this hour of this day."""
    return datetime.combine(day, at, LOCAL).astimezone(UTC)


def last_moment(day: date, at: time) -> datetime:
    """When something ends that ends at this hour of this day."""
    wall = datetime.combine(day, at, LOCAL)
    return max(wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC))


def span_of(day: date, opens: time, closes: time) -> Span:
    """From an hour of a day until an hour of the same day, or of the next where it is not later."""
    until = day if closes > opens else day + timedelta(days=1)
    return Span(first_moment(day, opens), last_moment(until, closes))


def merge(spans: Iterable[Span]) -> list[Span]:
    """The same time without overlaps and without seams, in order."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.begins <= merged[-1].ends:
            merged[-1] = Span(merged[-1].begins, max(merged[-1].ends, span.ends))
        elif span.begins < span.ends:
            merged.append(span)
    return merged


def cut(spans: Iterable[Span], window: Span) -> list[Span]:
    """What of these lies in a window."""
    kept = (Span(max(one.begins, window.begins), min(one.ends, window.ends)) for one in spans)
    return [one for one in kept if one.begins < one.ends]


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What of these is left when others are taken out."""
    left = merge(spans)
    for hole in merge(taken):
        left = [
            part
            for span in left
            for part in (
                Span(span.begins, min(span.ends, hole.begins)),
                Span(max(span.begins, hole.ends), span.ends),
            )
            if part.begins < part.ends
        ]
    return left


def is_always_open(line: str) -> bool:
    """Whether a line is answered day and night by what it is, as 116 000 must be."""
    return bool(vocabulary.codes("hotline_line").fact(line, "is_always_open", False))


def always() -> tuple[Hours, ...]:
    """Day and night."""
    return tuple(Hours(weekday, MIDNIGHT, MIDNIGHT) for weekday in range(7))


def open_spans(hours: Collection[Hours], apart: Collection[DayApart], window: Span) -> list[Span]:
    """When a line is open in a window; a date with other hours replaces what begins on it, not what began before."""
    first = window.begins.astimezone(LOCAL).date() - timedelta(days=1)
    last = window.ends.astimezone(LOCAL).date()
    other = {one.day: [two for two in apart if two.day == one.day] for one in apart}
    found: list[Span] = []
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        if day in other:
            found += [
                span_of(day, one.opens, one.closes)
                for one in other[day]
                if one.opens is not None and one.closes is not None
            ]
        else:
            found += [span_of(day, one.opens, one.closes) for one in hours if one.weekday == day.weekday()]
    return cut(merge(found), window)


def next_opening(hours: Collection[Hours], apart: Collection[DayApart], at: datetime) -> datetime | None:
    """When a line that is closed opens again; None when not within two weeks."""
    window = Span(at, at + timedelta(days=LOOK_AHEAD_DAYS))
    return next((span.begins for span in open_spans(hours, apart, window)), None)


def gaps(open_: Iterable[Span], shifts: Iterable[Planned], line: str) -> list[Span]:
    """When a line is open and nobody is on it; somebody who is only on call does not answer it."""
    return without(open_, [one.span for one in shifts if line in one.lines and one.role == ON_LINE])


def double_bookings(shifts: Sequence[Planned]) -> set[UUID]:
    """The shifts that somebody has while she has another, whatever her part in them."""
    found: set[UUID] = set()
    by_member: dict[UUID, list[Planned]] = {}
    for one in shifts:
        by_member.setdefault(one.member_id, []).append(one)
    for hers in by_member.values():
        ordered = sorted(hers, key=lambda one: one.span)
        for index, one in enumerate(ordered):
            later = [other for other in ordered[index + 1 :] if other.span.begins < one.span.ends]
            if later:
                found |= {one.id, *(other.id for other in later)}
    return found


def moved(span: Span, days: int) -> Span:
    """The same hours on the wall, days later or earlier."""
    begins, ends = span.begins.astimezone(LOCAL), span.ends.astimezone(LOCAL)
    by = timedelta(days=days)
    first = first_moment(begins.date() + by, begins.time().replace(fold=0))
    last = last_moment(ends.date() + by, ends.time().replace(fold=0))
    # Half an hour that falls into the hour that is left out in spring still lasts half an hour.
    return Span(first, last if last > first else first + (span.ends - span.begins))


def check_shift(role: str, lines: Collection[str], span: Span) -> None:
    """Raise `Invalid` when a shift cannot be planned like this."""
    vocabulary.check(ROLE, role, field="role")
    problems = []
    if span.ends <= span.begins:
        problems.append(Problem("ends_at", ENDS_BEFORE))
    # By the clock on the wall: the long night of autumn has 25 hours, and whoever has it works all of them.
    elif (
        span.ends.astimezone(LOCAL).replace(tzinfo=None) - span.begins.astimezone(LOCAL).replace(tzinfo=None) > LONGEST
    ):
        problems.append(Problem("ends_at", TOO_LONG))
    if not lines:
        problems.append(Problem("lines", WHICH_LINE))
    if problems:
        raise Invalid(*problems)
    for line in lines:
        vocabulary.check("hotline_line", line, field="lines")


def check_hours(hours: Collection[Hours]) -> None:
    """Raise `Invalid` when two of a week's opening hours overlap."""
    monday = date(2026, 1, 5)  # a week like any other: no clock changes in it
    spans = sorted(span_of(monday + timedelta(days=one.weekday), one.opens, one.closes) for one in hours)
    around = [*spans, *(moved(one, 7) for one in spans[:1])]
    if any(one.ends > other.begins for one, other in pairwise(around)):
        raise Invalid(Problem("hours", HOURS_TWICE))


def may_begin(span: Span, at: datetime) -> bool:
    """Whether somebody may say now that she begins this shift."""
    return span.begins - EARLY <= at < span.ends


def unanswered_since(
    open_: Iterable[Span], present: Iterable[Span], at: datetime, *, patience: timedelta = LATE
) -> datetime | None:
    """Since when nobody has been on an open line, if it is longer than patience allows; by what really happened."""
    for hole in without(open_, present):
        if hole.has(at):
            return hole.begins if at - hole.begins >= patience else None
    return None


def hash_of(token: str) -> bytes:
    """What is kept of the secret in a calendar's address: it has 256 random bits, so one round says nothing of it."""
    return hashlib.sha256(token.encode()).digest()
