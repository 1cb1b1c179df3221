"""May a parent or guardian see a child's file? Somebody decides, with a reason, after the child was asked."""

from datetime import date

from astra import vocabulary
from astra.kernel.errors import Invalid, NotAllowedNow, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

ASKED, DECIDED, TAKEN_BACK = "asked", "decided", "taken_back"
PARENT_ACCESS = Lifecycle(
    "parent_access", ASKED, [Step(ASKED, "decide", DECIDED), Step(ASKED, "take_back", TAKEN_BACK)]
)
"""A request stays open until somebody decides it: no term, no age and no right gives access by itself."""

GRANTED, PARTLY, REFUSED = "granted", "partly", "refused"
NOT_ASKED = "not_asked"
OF_A_CHILD = ("parent", "parent_sole", "foster_parent")
"""Rights that end when the child comes of age."""
ADULT = 18

WHO_ASKS = msg("Write who asks.")
WHICH_PAPER = msg("Write on what the right rests: which paper you have seen, or that you have seen none.")
ASK_THE_CHILD = msg("Ask the child first, or choose that the child is too young to say.")
WHY = msg("Write why it was decided like this.")
WHAT_IS_SHOWN = msg("Write what exactly is shown, and how.")
NOBODY_ALONE = msg("Somebody other than who wrote the request down decides it.")
OF_AGE = msg("The person is of age. A parent has no right to the file; ask the person.")
LATER = msg("This day is in the future.")


def check_asking(*, asker: str, right: str, paper: str, child_view: str, age: int | None, received_on: date) -> None:
    """Say what is missing in a request before it is kept; `age` is the least that the child can be."""
    vocabulary.check("guardianship", right, field="right")
    vocabulary.check("child_view", child_view, field="child_view")
    problems = [Problem("asker", WHO_ASKS)] if not asker.strip() else []
    if not paper.strip():
        problems.append(Problem("paper", WHICH_PAPER))
    if age is not None and age >= ADULT and right in OF_A_CHILD:
        problems.append(Problem("right", OF_AGE))
    if problems:
        raise Invalid(*problems)


def check_decision(*, outcome: str, child_view: str, reason: str, shown: str) -> None:
    """Say what is missing in a decision: the child's view, the reason, and what is shown if anything is."""
    vocabulary.check("parent_access_outcome", outcome, field="outcome")
    vocabulary.check("child_view", child_view, field="child_view")
    problems = [Problem("child_view", ASK_THE_CHILD)] if child_view == NOT_ASKED else []
    if not reason.strip():
        problems.append(Problem("reason", WHY))
    if outcome != REFUSED and not shown.strip():
        problems.append(Problem("shown", WHAT_IS_SHOWN))
    if problems:
        raise Invalid(*problems)


def check_decider(writer: object, decider: object) -> None:
    """Refuse that the same colleague takes a request in and decides it."""
    if writer == decider:
        raise NotAllowedNow(NOBODY_ALONE)
