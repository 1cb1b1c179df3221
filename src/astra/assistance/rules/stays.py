"""Which steps does a stay take, how long may it be, and for whom is a bed?"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from astra.kernel.errors import Invalid, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

EXPECTED, HERE, LEFT, CALLED_OFF = "expected", "here", "left", "called_off"

STAY = Lifecycle(
    "stay",
    EXPECTED,
    [
        Step(EXPECTED, "arrive", HERE),
        Step(EXPECTED, "call_off_stay", CALLED_OFF),
        Step(HERE, "leave_bed", LEFT),
    ],
)
LIFECYCLES = (STAY,)
STAY_STATE_NAMES = {
    EXPECTED: msg("Expected"),
    HERE: msg("Staying"),
    LEFT: msg("Has left"),
    CALLED_OFF: msg("Called off"),
}
STAY_VERB_NAMES = {
    "arrive": msg("Has arrived"),
    "call_off_stay": msg("Call it off"),
    "leave_bed": msg("Leaves"),
}
TAKING = (EXPECTED, HERE)
OF_AGE = 18
"""States in which a stay takes its nights."""

LONGEST = timedelta(days=366)
LONG_AGO = timedelta(days=366 * 5)
ENDS_BEFORE = msg("The last morning cannot come before the first evening.")
NO_NIGHT = msg("A stay has at least one night: the last morning is a later day.")
TOO_LONG = msg("A stay is planned for a year at most; it can be prolonged.")
TOO_OLD = msg("This day is more than five years ago.")
LEFT_BEFORE = msg("Nobody leaves before arriving on %(first)s.")
LEFT_AHEAD = msg("This day lies in the future. Enter the day on which the person left.")
NOT_LATER = msg("Prolong to a day after %(until)s.")
NOT_FOR_HER = msg("This place is for: %(whom)s. Choose another, or ask a coordinator to change whom it is for.")

WOMEN, MEN, CHILDREN, FAMILIES = "women", "men", "children", "families"


def nights_between(first: date, until: date) -> Iterator[date]:
    """The nights from an evening to a morning.

    >>> [night.day for night in nights_between(date(2026, 3, 30), date(2026, 4, 1))]
    [30, 31]
    """
    for number in range((until - first).days):
        yield first + timedelta(days=number)


def check_span(first: date, until: date, today: date) -> None:
    """Raise `Invalid` unless the days of a stay can be."""
    problems = []
    if until < first:
        problems.append(Problem("until", ENDS_BEFORE))
    elif until == first:
        problems.append(Problem("until", NO_NIGHT))
    elif until - first > LONGEST:
        problems.append(Problem("until", TOO_LONG))
    if first < today - LONG_AGO:
        problems.append(Problem("first", TOO_OLD))
    if problems:
        raise Invalid(*problems)


def check_leaving(first: date, left_on: date, today: date) -> None:
    """Raise `Invalid` unless somebody can have left on this day."""
    if left_on < first:
        raise Invalid(Problem("left_on", LEFT_BEFORE, parts={"first": f"{first:%d.%m.%Y.}"}))
    if left_on > today:
        raise Invalid(Problem("left_on", LEFT_AHEAD))


def check_prolonging(until: date, new_until: date) -> None:
    """Raise `Invalid` unless the new last morning is later."""
    if new_until <= until:
        raise Invalid(Problem("until", NOT_LATER, parts={"until": f"{until:%d.%m.%Y.}"}))
    if new_until - until > LONGEST:
        raise Invalid(Problem("until", TOO_LONG))


def is_for(accepts: Collection[str], *, sex: str, is_child: bool) -> bool:
    """Whether a bed takes somebody; a bed that says nothing of whom takes everybody, doubt about a person is no bar.

    Families are grown-ups with children: a family's bed takes women, men and children alike.
    """
    said = set(accepts) & {WOMEN, MEN, CHILDREN, FAMILIES}
    if not said or FAMILIES in said:
        return True
    if is_child:
        return CHILDREN in said
    if sex == "female":
        return WOMEN in said
    if sex == "male":
        return MEN in said
    return bool(said & {WOMEN, MEN})


def nights_of(first: date, left_on: date | None, *, state: str, today: date) -> int:
    """How many nights somebody has slept there up to this morning; who is expected has slept none.

    >>> nights_of(date(2026, 3, 1), None, state="here", today=date(2026, 3, 4))
    3
    """
    if state not in {HERE, LEFT}:
        return 0
    end = left_on or max(today, first)
    return (end - first).days
