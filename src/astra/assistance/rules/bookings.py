"""When may an interpreter be booked? By quarters of an hour, so that nobody is booked twice for the same one."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from astra.kernel.errors import Invalid, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

BOOKED, CALLED_OFF = "booked", "called_off"
BOOKING = Lifecycle("booking", BOOKED, [Step(BOOKED, "call_off_interpreter", CALLED_OFF)])
LIFECYCLES = (BOOKING,)
BOOKING_STATE_NAMES = {BOOKED: msg("Booked"), CALLED_OFF: msg("Called off")}

QUARTER = timedelta(minutes=15)
LONGEST, FURTHEST = timedelta(hours=12), timedelta(days=366)
ENDS_BEFORE = msg("It ends before it begins. Enter a later hour.")
TOO_LONG = msg("Twelve hours at most. Book each day by itself.")
IS_OVER = msg("This lies in the past. What an interpreter did already is written down as a service given.")
TOO_FAR = msg("Book for a day within the next year.")


def check_time(begins: datetime, ends: datetime, now: datetime) -> None:
    """Raise `Invalid` unless somebody can be booked for this time."""
    if ends <= begins:
        raise Invalid(Problem("ends", ENDS_BEFORE))
    if ends - begins > LONGEST:
        raise Invalid(Problem("ends", TOO_LONG))
    if ends <= now:
        raise Invalid(Problem("begins", IS_OVER))
    if begins - now > FURTHEST:
        raise Invalid(Problem("begins", TOO_FAR))


def quarters_between(begins: datetime, ends: datetime) -> Iterator[datetime]:
    """The beginnings of the quarters of an hour that are touched.

    >>> [at.minute for at in quarters_between(datetime(2026, 3, 1, 9, 50), datetime(2026, 3, 1, 10, 16))]
    [45, 0, 15]
    """
    at = begins - timedelta(minutes=begins.minute % 15, seconds=begins.second, microseconds=begins.microsecond)
    while at < ends:
        yield at
        at += QUARTER
