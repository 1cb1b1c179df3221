"""Through which states does a contact go? Whether it counts, and whether a senior has read a volunteer's entry."""

from astra.hotline.rules.calls import CALL
from astra.hotline.rules.channels import OUTGOING
from astra.hotline.rules.conversations import CONVERSATION
from astra.hotline.rules.danger import DANGER
from astra.hotline.rules.meeting import MEETING_POINT
from astra.hotline.rules.offers import OFFER_CHECK
from astra.hotline.rules.regulars import REGULAR
from astra.hotline.rules.rota import SWAP
from astra.kernel.transitions import Lifecycle, Step

NEW, RECORDED, TO_CONFIRM, WITHDRAWN = "new", "recorded", "to_confirm", "withdrawn"
TO_LOG = "to_log"
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
        # A call has its contact from the first ring on; it counts when somebody says what it was, or nobody answered.
        Step(NEW, "ring", TO_LOG),
        Step(TO_LOG, "record", RECORDED),
        Step(TO_LOG, "withdraw", WITHDRAWN),
        Step(WITHDRAWN, "restore_call", TO_LOG),
        Step(RECORDED, "turn_out_answered", TO_LOG),
    ],
)
"""A contact logged without keys waits to be confirmed, one of a call to be logged; only recorded ones are counted."""

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

LIFECYCLES = (
    STANDING,
    REVIEW,
    CALLBACK,
    CONVERSATION,
    OFFER_CHECK,
    CALL,
    SWAP,
    DANGER,
    OUTGOING,
    REGULAR,
    MEETING_POINT,
)
