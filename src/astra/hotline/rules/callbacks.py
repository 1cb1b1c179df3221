"""When is somebody called back, and when may nobody call any more?"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.people.rules.safety import STOPS

REACHED, NO_ANSWER, SOMEBODY_ELSE, UNSAFE = "reached", "no_answer", "somebody_else", "unsafe"
ATTEMPTS = (REACHED, NO_ANSWER, SOMEBODY_ELSE, UNSAFE)
"""How an attempt ended. `unsafe` stops all further attempts until somebody decides anew."""

MAX_AHEAD = timedelta(days=366)
AGAIN_AFTER = (timedelta(hours=2), timedelta(hours=12), timedelta(days=1), timedelta(days=3))
"""How long to wait after each attempt that did not reach her; afterwards it is time to decide."""

TOO_FAR = msg("A callback is planned for at most a year ahead.")
NOBODY_TO_CALL = msg("This person has died. Nobody is to call; end the promise.")
RULE_FORBIDS = msg(
    "Her safe-contact rules say that nobody calls her. Change the rules first if she wants it otherwise."
)
ABOUT_WHOM = msg("Say which contact or which person is to be called back.")


def check_callback(due_at: datetime, *, at: datetime, is_about_somebody: bool) -> None:
    """Raise `Invalid` when a callback cannot be promised like this."""
    problems = []
    if due_at > at + MAX_AHEAD:
        problems.append(Problem("due_at", TOO_FAR))
    if not is_about_somebody:
        problems.append(Problem("person", ABOUT_WHOM))
    if problems:
        raise Invalid(*problems)


def forbids_calling(rule_codes: Iterable[str]) -> bool:
    """Whether one of a person's safe-contact rules forbids calling her."""
    return not set(STOPS).isdisjoint(rule_codes)


def next_attempt(attempted_at: datetime, attempts: int) -> datetime:
    """When to try again after this many attempts that did not reach her."""
    return attempted_at + AGAIN_AFTER[min(attempts, len(AGAIN_AFTER)) - 1]


def is_time_to_decide(attempts: int) -> bool:
    """Whether so many attempts failed that somebody should decide rather than try once more."""
    return attempts >= len(AGAIN_AFTER)
