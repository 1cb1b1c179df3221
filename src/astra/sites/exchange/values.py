"""What does a cell say? One function per way of reading; each returns a value or says what would be allowed."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from astra import vocabulary
from astra.kernel.clock import LOCAL
from astra.kernel.errors import AstraError, Invalid
from astra.kernel.partial_dates import PartialDate, parse, parse_birth
from astra.kernel.words import msg
from astra.science.script import normalise

NOT_A_CODE = msg("“%(cell)s” is not in the list.")
NOT_A_DAY = msg("“%(cell)s” is not a day.")
NOT_A_BIRTH = msg("“%(cell)s” is neither a date, nor a part of one, nor an age.")
NOT_A_TIME = msg("“%(cell)s” is not a time of day.")
NOT_A_NUMBER = msg("“%(cell)s” is not a number that fits here.")
DAY_FORMS = "31.12.2025. · 2025-12-31 · 31/12/2025 · 31. decembar 2025."
TIME_FORMS = "14:05 · 14.05 · 14h"
MINUTE_FORMS = "12 · 12 min · 0:12 · 1h 5min"
BIRTH_FORMS = "15. 3. 1998. · 03.1998. · 1998. · oko 1998. · 16 · 16–17"
OLDEST = 120
SHOWN = 40

_PARTS = re.compile(r"\s*[;,/|+\n]\s*")
_NUMBERS = re.compile(r"\s*[;|\n]\s*|\s*,\s+")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_OUR_DAY = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})\.?")
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.]\s*(\d{2}))?(?::\d{2}(?:[.,]\d+)?)?\s*(?:h|hrs?|sati|casova)?\.?")
_ENDS_WITH_TIME = re.compile(
    r"^(.+?)(?:[\sT]+|,\s*)(?:u\s+|at\s+)?(\d{1,2}(?:[:.]\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*h?|\s*h))$"
)
_MINUTES = re.compile(r"(\d{1,4})(?:[.,]0+)?\s*(?:m|min|mins|minut\w*|minutes?|')?\.?")
_HOURS = re.compile(r"(\d{1,2})\s*(?:h|sat\w*|hours?)\.?\s*(?:(\d{1,2})\s*(?:m|min|minut\w*|minutes?)?\.?)?")
_CLOCK_LONG = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


class Unreadable(AstraError):
    """A cell says something that its field cannot hold; `allowed` says what would be right."""

    def __init__(self, message: str, cell: str, allowed: str) -> None:
        super().__init__(message, cell=cell)
        self.allowed = allowed


def folded(values: Mapping[str, str]) -> dict[str, str]:
    """The mapping's own words, as cells are compared with them."""
    return {normalise(word): meaning for word, meaning in values.items()}


def read_code(cell: str, list_name: str, own: Mapping[str, str]) -> str:
    """A code of a list: by the mapping's own words (a blank leaves it open), by code, or by name in any language."""
    word = normalise(cell)
    entries = vocabulary.codes(list_name)
    if word in own:
        if own[word] and own[word] not in entries:
            raise Unreadable(NOT_A_CODE, own[word], some_of(list_name))
        return own[word]
    found = entries.find(cell)
    if found is None:
        raise Unreadable(NOT_A_CODE, cell, some_of(list_name))
    return found


def some_of(list_name: str) -> str:
    """What a list allows, as a person reads it."""
    entries = vocabulary.codes(list_name)
    labels = [f"{code} ({entries.label(code)})" for code in entries.offered]
    return ", ".join(labels[:SHOWN]) + (", …" if len(labels) > SHOWN else "")


def read_codes(cell: str, list_name: str, own: Mapping[str, str]) -> tuple[str, ...]:
    """Several codes, parted by comma, semicolon, stroke or plus; a whole cell that is one name stays one."""
    if normalise(cell) in own or vocabulary.codes(list_name).find(cell) is not None:
        parts = [cell]
    else:
        parts = [part for part in _PARTS.split(cell) if part.strip()]
    return tuple(dict.fromkeys(filter(None, (read_code(part, list_name, own) for part in parts))))


def read_day(cell: str) -> date:
    """A whole day, day before month as we write it, or ISO."""
    match = _ISO_DAY.fullmatch(cell)
    parts = [int(part) for part in match.groups()] if match else []
    if not parts:
        ours = _OUR_DAY.fullmatch(cell)
        parts = [int(part) for part in reversed(ours.groups())] if ours else []
    try:
        if parts:
            return date(*parts)
        found = parse(cell)
    except (Invalid, ValueError, OverflowError):
        raise Unreadable(NOT_A_DAY, cell, DAY_FORMS) from None
    if not found.is_exact or found.is_estimated:
        raise Unreadable(NOT_A_DAY, cell, DAY_FORMS)
    return found.earliest


def read_time(cell: str) -> time:
    """A time of day."""
    match = _TIME.fullmatch(cell.strip().lower())
    try:
        return time(int(match[1]), int(match[2] or 0)) if match else time(99)
    except ValueError:
        raise Unreadable(NOT_A_TIME, cell, TIME_FORMS) from None


def read_moment(cell: str, clock: str) -> datetime:
    """A day with its time, from one cell or two; noon where only the day is known."""
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        return _read_moment(cell, clock)
    if clock:
        return datetime.combine(moment.date(), read_time(clock), tzinfo=LOCAL)
    if not re.search(r"[T ]", cell):
        return datetime.combine(moment.date(), time(12), tzinfo=LOCAL)
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)


def _read_moment(cell: str, clock: str) -> datetime:
    try:
        day, written = read_day(cell), clock
    except Unreadable:
        match = _ENDS_WITH_TIME.match(cell.strip())
        if match is None:
            raise
        day, written = read_day(match[1].strip(" ,")), clock or match[2]
    return datetime.combine(day, read_time(written) if written else time(12), tzinfo=LOCAL)


def read_birth(cell: str, seen_on: date) -> PartialDate:
    """A birth date as far as it is known, or an age on the day of the row."""
    try:
        return parse_birth(cell, seen_on=seen_on)
    except (Invalid, ValueError, OverflowError):
        raise Unreadable(NOT_A_BIRTH, cell, BIRTH_FORMS) from None


def read_minutes(cell: str, most: int) -> int:
    """How long something lasted, in whole minutes."""
    text = normalise_spaces(cell).lower()
    found = _minutes(text)
    if found is None or found > most:
        raise Unreadable(NOT_A_NUMBER, cell, f"{MINUTE_FORMS} (0–{most})")
    return found


def _minutes(text: str) -> int | None:
    if match := _MINUTES.fullmatch(text):
        return int(match[1])
    if match := _CLOCK_LONG.fullmatch(text):
        return int(match[1]) * 60 + int(match[2])
    if match := _HOURS.fullmatch(text):
        return int(match[1]) * 60 + int(match[2] or 0)
    return None


def read_number(cell: str, most: int) -> int:
    """A whole number from nought."""
    match = re.fullmatch(r"(\d{1,9})(?:[.,]0+)?", cell.strip())
    if match is None or int(match[1]) > most:
        raise Unreadable(NOT_A_NUMBER, cell, f"0–{most}")
    return int(match[1])


def read_numbers(cell: str) -> tuple[str, ...]:
    """Old file numbers, parted by semicolon or by comma and space; strokes and dashes belong to a number."""
    return tuple(dict.fromkeys(part.strip() for part in _NUMBERS.split(cell) if part.strip()))


def parts_of(cell: str) -> Iterator[str]:
    """The words of a cell that may hold several codes."""
    yield from (part for part in _PARTS.split(cell) if part.strip())


def normalise_spaces(text: str) -> str:
    """One blank between words, none around."""
    return " ".join(text.split())
