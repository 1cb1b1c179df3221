"""Through which states does a contact go? Whether it counts, and whether a senior has read a volunteer's entry."""

from astra.hotline.rules.conversations import CONVERSATION
from astra.hotline.rules.danger import DANGER
from astra.hotline.rules.rota import SWAP
from astra.kernel.transitions import Lifecycle, Step

NEW, RECORDED, TO_CONFIRM, WITHDRAWN = "new", "recorded", "to_confirm", "withdrawn"
STANDING = Lifecycle(
    "contact",
    NEW,
    [
        Step(NEW, "record", RECORDED),
        Step(NEW, "log_without_keys", TO_CONFIRM),
        Step(TO_CONFIRM, "confirm", RECORDED),
        Step(TO_CONFIRM, "reject", WITHDRAWN),
        Step(RECORDED, "withdraw", WITHDRAWN),
        Step(WITHDRAWN, "restore", RECORDED),
    ],
)
"""A contact logged without keys waits to be confirmed; only recorded contacts are counted."""

NO_REVIEW, TO_REVIEW, REVIEWED, RETURNED = "", "to_review", "reviewed", "returned"
REVIEW = Lifecycle(
    "contact_review",
    TO_REVIEW,
    [
        Step(TO_REVIEW, "accept", REVIEWED),
        Step(TO_REVIEW, "return", RETURNED),
        Step(RETURNED, "resubmit", TO_REVIEW),
        Step(TO_REVIEW, "resubmit", TO_REVIEW),
        Step(REVIEWED, "resubmit", TO_REVIEW),
        Step(RETURNED, "accept", REVIEWED),
    ],
)
"""A senior reads what a volunteer wrote."""

OPEN, DONE, GIVEN_UP, STOPPED = "open", "done", "given_up", "stopped"
CALLBACK = Lifecycle(
    "callback",
    OPEN,
    [
        Step(OPEN, "reach", DONE),
        Step(OPEN, "give_up", GIVEN_UP),
        Step(OPEN, "stop", STOPPED),
    ],
)
"""A promise to call somebody back ends when she was reached, given up, or must not be called any more."""

LIFECYCLES = (STANDING, REVIEW, CALLBACK, CONVERSATION, SWAP, DANGER)
