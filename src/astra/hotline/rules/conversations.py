"""Through which states does a conversation go, and what may a visitor do in it?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from astra.kernel.errors import Invalid, NotAllowedNow, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

WAITING, TAKEN, PARKED, ENDED = "waiting", "taken", "parked", "ended"
CONVERSATION = Lifecycle(
    "conversation",
    WAITING,
    [
        Step(WAITING, "take", TAKEN),
        Step(PARKED, "take", TAKEN),
        Step(TAKEN, "take", TAKEN),
        Step(TAKEN, "park", PARKED),
        Step(TAKEN, "give_back", WAITING),
        Step(PARKED, "give_back", WAITING),
        Step(WAITING, "end", ENDED),
        Step(TAKEN, "end", ENDED),
        Step(PARKED, "end", ENDED),
        Step(PARKED, "write_again", WAITING),
        Step(ENDED, "write_again", WAITING),
    ],
)
"""Parked: she was answered and goes on later; what she writes then brings it back into the queue."""

LONGEST = 5_000
"""Letters in one message."""
VISIT_IDLE, VISIT_LASTS = timedelta(minutes=60), timedelta(hours=12)
CODE_LASTS = timedelta(days=90)
"""How long a code is good after the conversation was last open."""
EMPTY_KEPT = timedelta(days=1)
"""How long a conversation waits for its first word: a number that somebody noted should not open nothing at once."""
IN_A_MINUTE, IN_AN_HOUR = 20, 240
"""Messages that one conversation takes: more than anybody types by hand."""
TYPING_SHOWN = timedelta(seconds=8)

EMPTY = msg("There is nothing in the message yet.")
TOO_LONG = msg("The message is longer than %(longest)s letters. Send it in two parts.")
TOO_MANY = msg("That is too many messages in a short time. Wait a minute, then send again.")
BLOCKED = msg("No messages can be sent in this conversation until %(until)s. If you are in danger, call 192.")
FEEDBACK = ("good", "mixed", "bad")


@dataclass(frozen=True)
class Lately:
    """How many messages a conversation took in the last minute and the last hour."""

    minute: int
    hour: int


def check_text(text: str) -> str:
    """Return a message without the space around it, or raise `Invalid`."""
    clean = text.replace("\r\n", "\n").strip()
    if not clean:
        raise Invalid(Problem("text", EMPTY))
    if len(clean) > LONGEST:
        raise Invalid(Problem("text", TOO_LONG, parts={"longest": LONGEST}))
    return clean


def check_pace(lately: Lately) -> None:
    """Raise `NotAllowedNow` when more comes than anybody types."""
    if lately.minute >= IN_A_MINUTE or lately.hour >= IN_AN_HOUR:
        raise NotAllowedNow(TOO_MANY)


def check_not_blocked(blocked_until: datetime | None, at: datetime) -> None:
    """Raise `NotAllowedNow` while a block lasts."""
    if blocked_until is not None and blocked_until > at:
        raise NotAllowedNow(BLOCKED, until=f"{blocked_until:%d.%m.%Y.}")


def is_visit_over(began_at: datetime, seen_at: datetime, at: datetime) -> bool:
    """Whether a browser that had the conversation open has to come back with the code."""
    return at - seen_at > VISIT_IDLE or at - began_at > VISIT_LASTS
