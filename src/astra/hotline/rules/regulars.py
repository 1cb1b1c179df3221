"""What must a plan for a regular caller say, when is it looked at again, and who may change it?"""

from datetime import date, timedelta

from astra import vocabulary
from astra.kernel.errors import Denied, Invalid, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

ACTIVE, ENDED = "active", "ended"
REGULAR = Lifecycle("caller_plan", ACTIVE, [Step(ACTIVE, "end", ENDED), Step(ENDED, "begin_again", ACTIVE)])
"""A plan holds until somebody ends it with a reason; who calls again after all gets it back."""

END = "caller_plan_end"
REVIEWED_WITHIN = timedelta(days=92)
"""No plan stands longer without anybody looking whether it still helps."""
FIRST_REVIEW = timedelta(days=28)

WHO = msg("Say who it is: choose a contact or a person, or write down what the shift calls this caller.")
WHAT = msg("Write down what helps, what does not help, or how long and how often.")
WHEN = msg("Choose a day within the next three months: a plan that nobody looks at helps nobody.")
NOT_YOURS = msg("Whoever leads the plan ends it, or a senior colleague.")


def check_plan(*, names_somebody: bool, says_something: bool, review_on: date | None, today: date) -> None:
    """Raise `Invalid` with everything that a plan lacks."""
    problems = []
    if not names_somebody:
        problems.append(Problem("nickname", WHO))
    if not says_something:
        problems.append(Problem("helps", WHAT))
    if review_on is None or not today < review_on <= today + REVIEWED_WITHIN:
        problems.append(Problem("review_on", WHEN))
    if problems:
        raise Invalid(*problems)


def check_end(reason: str, *, is_lead: bool, is_senior: bool) -> None:
    """Raise unless this colleague may end a plan, and says why."""
    if not (is_lead or is_senior):
        raise Denied(NOT_YOURS)
    vocabulary.check(END, reason, field="reason")


def is_nickname(typed: str, nickname: str) -> bool:
    """Whether what somebody types may be what the shift calls a caller: a beginning of three letters is enough."""
    given, known = typed.strip().casefold(), nickname.strip().casefold()
    return len(given) >= 3 and any(word.startswith(given) for word in (known, *known.split()))
