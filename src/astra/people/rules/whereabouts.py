"""What does it mean for callbacks where somebody is now?"""

from collections.abc import Sequence
from datetime import date

from astra.people.rules.persons import Stay

DIED = "died"


def may_be_called(whereabouts: str) -> bool:
    """A death stops callbacks; it does not stop proceedings, compensation or the family's questions."""
    return whereabouts != DIED


def in_order(stays: Sequence[Stay]) -> tuple[Stay, ...]:
    """Stays as they followed one another: by day, and where none was said by when they were noted."""
    return tuple(sorted(stays, key=lambda stay: stay.since or (stay.noted_at.date() if stay.noted_at else date.min)))


def current(stays: Sequence[Stay]) -> Stay | None:
    """Where she is now. After a death nothing else follows, whatever is noted later about earlier times."""
    if not stays:
        return None
    died = [stay for stay in stays if stay.kind == DIED]
    return died[-1] if died else in_order(stays)[-1]
