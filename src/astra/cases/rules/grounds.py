"""On what ground does a file exist, and when must somebody ask again?

Her consent (spoken is enough), danger to life, a child's protection, or the law. "Not yet asked" is a state with a
date, never a blank; what comes from older systems is to be reviewed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

CONSENT = "consent"
VITAL_INTEREST = "vital_interest"
CHILD_PROTECTION = "child_protection"
LEGAL_DUTY = "legal_duty"
NOT_YET_ASKED = "not_yet_asked"
TO_REVIEW = "to_review"
GROUNDS = (CONSENT, VITAL_INTEREST, CHILD_PROTECTION, LEGAL_DUTY, NOT_YET_ASKED, TO_REVIEW)

ASK_CONSENT, GROUND_REVIEW = "ask_consent", "ground_review"


@dataclass(frozen=True)
class Asking:
    """A task that a ground brings with it: of which kind, and within how many days."""

    kind: str
    within: timedelta


# Danger passes: once it has, she is asked like everybody else. Older files are gone through within a quarter.
ASKINGS = {
    NOT_YET_ASKED: Asking(ASK_CONSENT, timedelta(days=14)),
    VITAL_INTEREST: Asking(ASK_CONSENT, timedelta(days=7)),
    TO_REVIEW: Asking(GROUND_REVIEW, timedelta(days=90)),
}


def asking(ground: str, on: date) -> tuple[str, date] | None:
    """The kind and the last day of the task that a ground brings, if it brings one."""
    due = ASKINGS.get(ground)
    return None if due is None else (due.kind, on + due.within)


def is_settled(ground: str) -> bool:
    """Whether nothing has to be asked any more."""
    return ground not in ASKINGS
