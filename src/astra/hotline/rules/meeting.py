"""What comes before the team, how does it end, and who does it until when?"""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from astra.kernel.errors import Invalid, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

FLAGGED, DECIDED, DONE, DROPPED = "flagged", "decided", "done", "dropped"
MEETING_POINT = Lifecycle(
    "meeting_point",
    FLAGGED,
    [
        Step(FLAGGED, "decide", DECIDED),
        Step(FLAGGED, "drop", DROPPED),
        Step(DECIDED, "finish", DONE),
        Step(DONE, "reopen", DECIDED),
        Step(DECIDED, "take_up_again", FLAGGED),
        Step(DROPPED, "take_up_again", FLAGGED),
    ],
)
"""A point goes on from meeting to meeting until the team decides; a decision is somebody's until it is done."""

SUBJECTS = ("case", "contact", "conversation", "person")
EARLIEST = timedelta(days=31)
WHY = msg("Write in a few words why the team should talk about it.")
WHAT = msg("Write down what was decided.")
WHO = msg("A decision has somebody who does it, and a day.")
DAY = msg("A meeting is today, or was within the last month.")
NOBODY = msg("Say who was there.")
IS_CLOSED = msg("This meeting is closed. Begin a new one.")
NOT_WHO = msg("This colleague cannot open what it is about. Choose somebody who can.")


def check_meeting(held_on: date | None, present: Collection[UUID], today: date) -> None:
    """Raise `Invalid` for a meeting that nobody held."""
    if held_on is None or not today - EARLIEST <= held_on <= today:
        raise Invalid(Problem("held_on", DAY))
    if not present:
        raise Invalid(Problem("present", NOBODY))


def check_decision(words: str, assigned_to: UUID | None, due_on: date | None) -> None:
    """Raise `Invalid` for a decision without words, somebody who does it, and a day."""
    if not words.strip():
        raise Invalid(Problem("words", WHAT))
    if assigned_to is None or due_on is None:
        raise Invalid(Problem("assigned_to" if assigned_to is None else "due_on", WHO))
