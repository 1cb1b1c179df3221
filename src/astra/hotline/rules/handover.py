"""What goes from one shift to the next, and when does nobody having read it become somebody's business?"""

from datetime import datetime, timedelta

from astra import vocabulary
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

KIND = "handover_kind"
AT_RISK, MAY_CALL, GOES_ON, TO_LOG, FLAGGED, OTHER = "at_risk", "may_call", "goes_on", "to_log", "flagged", "other"
READ_WITHIN = timedelta(minutes=30)
"""After so long without anybody having read it, a hand-over is told to the coordinator."""
KEPT = timedelta(days=31)
"""So long after it was done a point's keys are destroyed (retention class `handover`)."""
SHOWN_DONE = timedelta(hours=24)
AHEAD = timedelta(hours=12)
"""The callbacks of so many hours belong to the next shift."""

SAY_SOMETHING = msg("Write in a few words what the next shift has to know.")


def check_point(kind: str, line: str, words: str, *, is_about_something: bool) -> None:
    """Raise `Invalid` when a point says nothing."""
    vocabulary.check(KIND, kind, field="kind")
    vocabulary.check("hotline_line", line, field="line")
    if not words.strip() and not is_about_something:
        raise Invalid(Problem("words", SAY_SOMETHING))


def is_unread(written_at: datetime, acknowledged_at: datetime | None, at: datetime) -> bool:
    """Whether a hand-over has waited too long."""
    return acknowledged_at is None and at - written_at >= READ_WITHIN
