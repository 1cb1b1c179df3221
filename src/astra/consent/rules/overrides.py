"""When may somebody act without consent, who must agree, and by when is it looked at again?

Danger to life waits for nobody: one counsellor gives the emergency services the minimum, and a colleague looks at it
the next day. Everything else needs a reason, a second person, and a review.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from astra.kernel.errors import Denied, Invalid, NotAllowedNow, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

ASKED, AGREED, REFUSED, CANCELLED, REVIEWED = "asked", "agreed", "refused", "cancelled", "reviewed"
LIFECYCLE = Lifecycle(
    "consent override",
    ASKED,
    [
        Step(ASKED, "agree", AGREED),
        Step(ASKED, "refuse", REFUSED),
        Step(ASKED, "cancel", CANCELLED),
        Step(AGREED, "review", REVIEWED),
    ],
)

DANGER_PURPOSE = "assistance"
DANGER_RECIPIENTS = ("emergency_services", "police", "health")
MINIMUM = ("identity", "contact_details", "whereabouts", "safe_contact", "health")
"""What emergency services need to find and not to harm somebody; the story is never part of it."""
VALID_FOR = timedelta(days=7)
"""So long something may be done on an agreed override; then it must be asked for again."""
DANGER_VALID_FOR = timedelta(hours=24)

RIGHT, TOO_MUCH, WRONG = "right", "too_much", "wrong"
OUTCOMES = {
    RIGHT: msg("It was right"),
    TOO_MUCH: msg("It was right, but more was given than needed"),
    WRONG: msg("It should not have been done"),
}

NEEDS_SECOND = msg("This reason needs a second person. Ask for an override.")
NOT_EMERGENCY = msg("Alone one may inform emergency services, police or a health service only.")
NOT_MINIMUM = msg("This is more than emergency services need.")
WHY = msg("Write the reason in a few words.")
SECOND_PERSON = msg("Somebody else has to decide this.")
ASKER_ALONE = msg("Only who asked can take this back. Agree to it, or refuse it.")
TOO_LATE = msg("The time to use this override has passed.")


@dataclass(frozen=True)
class Reason:
    """What the code list says of a reason: how many people it takes, and by when it is reviewed."""

    code: str
    people: int
    review_hours: int


def check_danger(reason: Reason, recipient: str, sections: tuple[str, ...], words: str) -> None:
    """Raise unless one person alone may do this now."""
    if reason.people > 1:
        raise NotAllowedNow(NEEDS_SECOND)
    problems = []
    if recipient not in DANGER_RECIPIENTS:
        problems.append(Problem("recipient", NOT_EMERGENCY, allowed=", ".join(DANGER_RECIPIENTS)))
    if not sections or set(sections) - set(MINIMUM):
        problems.append(Problem("sections", NOT_MINIMUM, allowed=", ".join(MINIMUM)))
    if not words.strip():
        problems.append(Problem("words", WHY))
    if problems:
        raise Invalid(*problems)


def check_second_person(asker: object, decider: object) -> None:
    """Raise `Denied` if somebody decides about what she asked for herself."""
    if asker == decider or decider is None:
        raise Denied(SECOND_PERSON)


def review_due_at(reason: Reason, at: datetime) -> datetime:
    """By when somebody else looks at it."""
    return at + timedelta(hours=reason.review_hours)


def holds(state: str, valid_until: datetime | None, at: datetime) -> bool:
    """Whether an override allows something at this moment."""
    return state in (AGREED, REVIEWED) and valid_until is not None and at <= valid_until
