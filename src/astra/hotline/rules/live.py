"""What is a colleague on shift doing, and how long is somebody shown as looking on?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from astra.kernel.errors import Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg

IN_CALL, WRITING, PAUSING, FREE = "in_call", "writing", "pausing", "free"
LOOKS_FOR = timedelta(seconds=45)
"""So long after her last look a supervisor still counts as looking on."""
LOOKS_AGAIN_S = 10
STAYS_SAID = timedelta(hours=24)
"""So long whoever answered is told that somebody looked on."""

NO_DAY = msg("Write on which day the organisation decided it; not in the future.")
NOT_ON_SHIFT = msg("Begin your shift first.")
OWN = msg("You answer this conversation yourself.")


@dataclass(frozen=True)
class Doing:
    """What a colleague does, and since when."""

    what: str
    since: datetime | None = None
    conversations: int = 0


def doing(*, call_since: datetime | None, conversations: int, paused_since: datetime | None) -> Doing:
    """A call weighs most: whoever speaks is not free, whatever else she said."""
    if call_since is not None:
        return Doing(IN_CALL, call_since, conversations)
    if paused_since is not None:
        return Doing(PAUSING, paused_since, conversations)
    return Doing(WRITING if conversations else FREE, None, conversations)


def check_decision(decided_on: date | None, today: date) -> None:
    """Raise `Invalid` for a decision of no day."""
    if decided_on is None or decided_on > today:
        raise Invalid(Problem("decided_on", NO_DAY))


def check_may_watch(*, is_her_own: bool) -> None:
    """Raise `NotAllowedNow` where there is nothing to look on at."""
    if is_her_own:
        raise NotAllowedNow(OWN)
