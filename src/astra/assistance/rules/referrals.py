"""Which steps may a referral take, and by which day does whoever received it answer?"""

from datetime import date, timedelta

from astra.kernel.errors import Invalid, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

PREPARED, SENT, ACCEPTED, DECLINED, DONE, RECALLED = "prepared", "sent", "accepted", "declined", "done", "recalled"
LIVING = (PREPARED, SENT, ACCEPTED)

REFERRAL = Lifecycle(
    "referral",
    PREPARED,
    [
        Step(PREPARED, "send_referral", SENT),
        Step(SENT, "accept_referral", ACCEPTED),
        Step(SENT, "decline_referral", DECLINED),
        Step(ACCEPTED, "complete_referral", DONE),
        Step(PREPARED, "recall_referral", RECALLED),
        Step(SENT, "recall_referral", RECALLED),
        Step(ACCEPTED, "recall_referral", RECALLED),
    ],
)
LIFECYCLES = (REFERRAL,)

STATE_NAMES = {
    PREPARED: msg("Being prepared"),
    SENT: msg("Sent"),
    ACCEPTED: msg("Accepted"),
    DECLINED: msg("Declined"),
    DONE: msg("Help was given"),
    RECALLED: msg("Recalled"),
}
ANSWERS = ("accept_referral", "decline_referral")

PURPOSE = "referral"
NOBODY_OUTSIDE = frozenset({"own_team", "public", "researchers", "donors"})
"""Recipients of the ledger to whom nobody is referred."""

ANSWER_WITHIN, LONGEST = timedelta(days=7), timedelta(days=366)
NOTHING_TOLD = msg("Tick what they are told. Each part needs consent.")
NOT_YET = msg("Enter a day that is not in the future.")
BEFORE = msg("This lies before the day on which it was sent. Enter a later day.")
TOO_FAR = msg("Enter a day within the next year.")
WHY_NOT = msg("Choose why they declined.")


def check_sent(sent_on: date, answer_by: date, today: date) -> None:
    """Raise `Invalid` unless the days of a sent referral can be."""
    if sent_on > today:
        raise Invalid(Problem("sent_on", NOT_YET))
    if answer_by < sent_on:
        raise Invalid(Problem("answer_by", BEFORE))
    if answer_by > today + LONGEST:
        raise Invalid(Problem("answer_by", TOO_FAR))


def check_ended(on: date, sent_on: date | None, today: date) -> None:
    """Raise `Invalid` unless an answer can be of this day."""
    if on > today:
        raise Invalid(Problem("on", NOT_YET))
    if sent_on is not None and on < sent_on:
        raise Invalid(Problem("on", BEFORE))
