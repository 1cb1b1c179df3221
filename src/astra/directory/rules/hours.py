"""Is a place open now, by the hours as people write them? What cannot be read is unknown, never closed."""

import re
from dataclasses import dataclass
from datetime import datetime

from astra.science.script import fold_letters

EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
_DAYS = {
    "pon": 0, "ponedeljak": 0, "ponedeljkom": 0, "mon": 0, "monday": 0,
    "uto": 1, "utorak": 1, "utorkom": 1, "ut": 1, "tue": 1, "tuesday": 1,
    "sre": 2, "sreda": 2, "sredom": 2, "sr": 2, "wed": 2, "wednesday": 2,
    "cet": 3, "cetvrtak": 3, "cetvrtkom": 3, "thu": 3, "thursday": 3,
    "pet": 4, "petak": 4, "petkom": 4, "fri": 4, "friday": 4,
    "sub": 5, "subota": 5, "subotom": 5, "sat": 5, "saturday": 5,
    "ned": 6, "nedelja": 6, "nedeljom": 6, "sun": 6, "sunday": 6,
}  # fmt: skip
_ALWAYS = re.compile(r"\b(24\s*/\s*7|24\s*h\b|non[- ]?stop|danju i nocu|day and night)")
_EVERY = re.compile(r"\b(svakog dana|svaki dan|svakodnevno|every day|daily)\b")
_WORKING = re.compile(r"\b(radnim dan(om|ima)|radni dani|weekdays|working days)\b")
_WEEKEND = re.compile(r"\b(vikend(om)?|weekend)\b")
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*h?\s*(?:-|do|to)\s*(\d{1,2})(?:[:.](\d{2}))?\s*h?")
_RANGE = re.compile(r"\b([a-z]+)\s*(?:-|do|to)\s*([a-z]+)\b")


@dataclass(frozen=True)
class Span:
    """From one minute of the day to another, on some days of the week (Monday is 0)."""

    days: frozenset[int]
    begins: int
    ends: int

    def holds(self, weekday: int, minute: int) -> bool:
        """Whether it is open then; hours past midnight belong to the day on which they began."""
        if self.begins <= self.ends:
            return weekday in self.days and self.begins <= minute < self.ends
        return (weekday in self.days and minute >= self.begins) or (
            (weekday - 1) % 7 in self.days and minute < self.ends
        )


def read_hours(text: str) -> tuple[Span, ...]:
    """Read hours as people write them, in either script or English; nothing where a part cannot be read.

    >>> read_hours("pon–pet 8–16, sub 9-13")[1]
    Span(days=frozenset({5}), begins=540, ends=780)
    >>> read_hours("по договору")
    ()
    """
    plain = fold_letters(text).replace("–", "-").replace("—", "-").replace("časova", "").replace("casova", "")
    spans: list[Span] = []
    for part in re.split(r"[;,]|\bi\b(?=\s*[a-z]{2,}\w*\s*\d)|\n", plain):
        found = _part(part.strip())
        if found is None:
            return ()
        spans += found
    return tuple(spans)


def _part(part: str) -> list[Span] | None:
    if not part:
        return []
    if _ALWAYS.search(part):
        return [Span(_days(part) or EVERY_DAY, 0, 24 * 60)]
    found = _SPAN.search(part)
    if found is None:
        return None
    begins, ends = _minutes(found[1], found[2]), _minutes(found[3], found[4])
    if begins is None or ends is None or begins == ends:
        return None
    days = _days(part[: found.start()] + " " + part[found.end() :])
    return [Span(days or EVERY_DAY, begins, ends)] if days is not None else None


def _minutes(hours: str, minutes: str | None) -> int | None:
    at = int(hours) * 60 + int(minutes or 0)
    return at if at <= 24 * 60 and int(minutes or 0) < 60 else None


def _days(text: str) -> frozenset[int] | None:
    """The days that a text names; empty where it names none, None where it says something else."""
    for words, days in ((_EVERY, EVERY_DAY), (_WORKING, WEEKDAYS), (_WEEKEND, frozenset({5, 6}))):
        if words.search(text):
            return days
    between = _RANGE.search(text)
    if between and between[1] in _DAYS and between[2] in _DAYS:
        first, last = _DAYS[between[1]], _DAYS[between[2]]
        return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))
    words_left = [word for word in re.findall(r"[a-z]+", text) if word not in ("h", "od", "from", "u", "at")]
    if any(word not in _DAYS for word in words_left):
        return None
    return frozenset(_DAYS[word] for word in words_left)


def is_open(text: str, at: datetime) -> bool | None:
    """Whether it is open at a moment of the place's own clock; None where the hours cannot be read."""
    spans = read_hours(text)
    if not spans:
        return None
    return any(span.holds(at.weekday(), at.hour * 60 + at.minute) for span in spans)
