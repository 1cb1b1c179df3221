"""When may files leave in an export? Two people who may both open them, a reason, a recipient, and no more than a cap.

A printed letter is not an export. What leaves is sealed for whoever is to read it, says on every page and in every row
for whom it was made, and lies here for three days only.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from astra import vocabulary
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

WAITING, READY, REFUSED, TAKEN_BACK, GONE = "waiting", "ready", "refused", "taken_back", "gone"
EXPORT = Lifecycle(
    "export",
    WAITING,
    [
        Step(WAITING, "agree", READY),
        Step(WAITING, "refuse", REFUSED),
        Step(WAITING, "take_back", TAKEN_BACK),
        Step(WAITING, "lapse", GONE),
        Step(READY, "lapse", GONE),
    ],
)
"""An export is asked for, agreed to by a second person, taken, and then destroyed here."""

MOST_CASES = 20
A_WEEK, WEEKLY_CASES = timedelta(days=7), 40
ASKED_FOR, READY_FOR = timedelta(days=7), timedelta(days=3)
LONGEST = 200

NO_CASES = msg("Name at least one case.")
TOO_MANY = msg("One export holds at most %(most)s cases. Ask for less, or make several with their own reasons.")
TOO_MUCH = msg("Within a week a colleague asks for at most %(most)s cases; you have %(left)s left.")
NO_RECIPIENT = msg("Write who gets it: the institution and the person.")
BAD_KEY = msg("This is no age key. It begins with age1 and has 62 characters.")
SECOND_PERSON = msg("Somebody else who can open these cases has to agree.")
NOT_IN_TEAM = msg("The colleague who asked can no longer open one of these cases.")
NOT_HERS = msg("Only the colleague who asked takes it back.")
NOT_READY = msg("This export is not ready, or its three days are over.")


def check_asking(reason: str, recipient: str, cases: Sequence[UUID], used: int) -> None:
    """Raise unless this many cases may be asked for by somebody who asked for `used` within a week."""
    vocabulary.check("export_reason", reason, field="reason")
    if not recipient.strip():
        raise Invalid(Problem("recipient", NO_RECIPIENT))
    if not cases:
        raise Invalid(Problem("cases", NO_CASES))
    if len(cases) > MOST_CASES:
        raise Invalid(Problem("cases", TOO_MANY, parts={"most": MOST_CASES}))
    if used + len(cases) > WEEKLY_CASES:
        parts = {"most": WEEKLY_CASES, "left": max(WEEKLY_CASES - used, 0)}
        raise NotAllowedNow(TOO_MUCH, **parts)


def check_second(asked_by: UUID, actor_id: UUID | None) -> None:
    """Raise unless somebody else than who asked decides."""
    if actor_id is None or actor_id == asked_by:
        raise Denied(SECOND_PERSON)


def is_over(expires_at: datetime, at: datetime) -> bool:
    """Whether an export can no longer be agreed to or taken."""
    return expires_at <= at


def number_of(year: int, running: int) -> str:
    """What stands on every page: E-7/2026."""
    return f"E-{running}/{year}"
