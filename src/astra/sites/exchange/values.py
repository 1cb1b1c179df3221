"""What does a cell say? One function per way of reading; each returns a value or raises `Unreadable` with what is allowed."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from astra import vocabulary
from astra.kernel.clock import LOCAL
from astra.kernel.errors import AstraError, Invalid
from astra.kernel.partial_dates import PartialDate, parse
from astra.kernel.words import msg
from astra.science.script import normalise

NOT_A_CODE = msg("“%(cell)s” is not in the list.")
NOT_A_DAY = msg("“%(cell)s” is not a day.")
NOT_A_TIME = msg("“%(cell)s” is not a time of day.")
MUST_BE_FILLED = msg("This must be filled: line, time and kind of a contact.")
NOT_A_NUMBER = msg("“%(cell)s” is not a number that fits here.")
DAY_FORMS = "31.12.2025.  2025-12-31  31/12/2025"
TIME_FORMS = "14:05  14.05  14h"
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_OUR_DAY = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})\.?")
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?(?::\d{2})?(?:\.\d+)?\s*h?")
_PARTS = re.compile(r"\s*[;,/|+]\s*")
MOST_AGE = 120


class Unreadable(AstraError):
    """A cell says something that its field cannot hold; `allowed` says what would be right."""

    def __init__(self, message: str, cell: str, allowed: str) -> None:
        super().__init__(message, cell=cell)
        self.allowed = allowed


def read_code(cell: str, list_name: str, values: Mapping[str, str]) -> str:
    """A code of a list: by the mapping's own words, by code, or by name in any language and script."""
    own = {normalise(word): code for word, code in values.items()}
    found = own.get(normalise(cell)) or vocabulary.codes(list_name).find(cell)
    if found is None or found not in vocabulary.codes(list_name):
        raise Unreadable(NOT_A_CODE, cell, _some(list_name))
    return found


def _some(list_name: str) -> str:
    entries = vocabulary.codes(list_name)
    labels = [f"{code} ({entries.label(code)})" for code in entries.offered]
    return ", ".join(labels[:30]) + (", …" if len(labels) > 30 else "")


def read_codes(cell: str, list_name: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """Several codes, parted by comma, semicolon, stroke or plus; a whole cell that is one name stays one."""
    own = {normalise(word) for word in values}
    if normalise(cell) in own or vocabulary.codes(list_name).find(cell) is not None:
        return (read_code(cell, list_name, values),)
    return tuple(dict.fromkeys(read_code(part, list_name, values) for part in _PARTS.split(cell) if part))


def read_day(cell: str) -> date:
    """A whole day, day before month as we write it, or ISO."""
    match = _ISO_DAY.match(cell)
    parts = [int(part) for part in match.groups()] if match else []
    if not parts:
        ours = _OUR_DAY.match(cell)
        parts = [int(part) for part in reversed(ours.groups())] if ours else []
    try:
        return date(*parts)
    except (TypeError, ValueError):
        raise Unreadable(NOT_A_DAY, cell, DAY_FORMS) from None


def read_time(cell: str) -> time:
    """A time of day."""
    match = _TIME.fullmatch(cell.strip())
    try:
        return time(int(match[1]), int(match[2] or 0)) if match else time(99)
    except ValueError:
        raise Unreadable(NOT_A_TIME, cell, TIME_FORMS) from None


def read_moment(cell: str, clock: str) -> datetime:
    """A day with its time, from one cell or two; noon where only the day is known."""
    day = read_day(cell)
    rest = re.sub(r"^[\d./-]+?\d{2,4}\.?(?=[ T]|$)", "", cell.strip(), count=1).strip(" T,")
    written = clock or (rest if re.match(r"\d{1,2}\s*[:.h]", rest) else "")
    at = read_time(written) if written else time(12)
    return datetime.combine(day, at, tzinfo=LOCAL)


def read_birth(cell: str) -> PartialDate:
    """A birth date as far as it is known."""
    try:
        return parse(cell)
    except Invalid as error:
        problem = error.problems[0]
        raise Unreadable(NOT_A_DAY, cell, problem.allowed or DAY_FORMS) from None


def read_number(cell: str, most: int) -> int:
    """A whole number from nought."""
    match = re.fullmatch(r"(\d{1,6})(?:[.,]0+)?\s*\D*", cell.strip())
    if match is None or int(match[1]) > most:
        raise Unreadable(NOT_A_NUMBER, cell, f"0–{most}")
    return int(match[1])
