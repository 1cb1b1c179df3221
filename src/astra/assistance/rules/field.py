"""When must a colleague in the field give a sign, and when does silence become an alarm?"""

from datetime import datetime, timedelta

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

SHORTEST_MIN, LONGEST_MIN = 10, 240
GRACE = timedelta(minutes=5)
"""So long after the agreed moment nobody is frightened yet."""
EVERY = msg("Agree on a sign every %(least)s to %(most)s minutes.")
BACK_BEFORE = msg("The way back cannot come before setting out.")
IN_THE_PAST = msg("This time has passed. Enter the time of setting out.")
TOO_LATE = timedelta(hours=1)


def check_plan(begins_at: datetime, back_by: datetime, every_min: int, *, at: datetime) -> None:
    """Raise `Invalid` unless the times of a field action can be kept."""
    problems = []
    if begins_at < at - TOO_LATE:
        problems.append(Problem("begins_at", IN_THE_PAST))
    if back_by <= begins_at:
        problems.append(Problem("back_by", BACK_BEFORE))
    if not SHORTEST_MIN <= every_min <= LONGEST_MIN:
        problems.append(Problem("every_min", EVERY, parts={"most": LONGEST_MIN, "least": SHORTEST_MIN}))
    if problems:
        raise Invalid(*problems)


def next_sign(at: datetime, back_by: datetime, every_min: int) -> datetime:
    """When the next sign is expected: after the agreed minutes, or at the hour of coming back if that is sooner."""
    regular = at + timedelta(minutes=every_min)
    return min(regular, back_by) if back_by > at else regular


def is_silent(next_sign_at: datetime, at: datetime) -> bool:
    """Whether the agreed moment has passed by more than the grace."""
    return at > next_sign_at + GRACE
