"""What can be said of a service given, and what cannot?"""

from datetime import date
from decimal import Decimal

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

LONGEST_MIN, MOST_UNITS = 7 * 24 * 60, 999
IN_FUTURE = msg("A service is recorded when it was given. Enter a day that is not in the future, or set a task.")
MINUTES = msg("Enter between 0 and %(most)s minutes.")
UNITS = msg("Enter between 1 and %(most)s.")
COST = msg("Enter what it cost in dinars, 0 or more; leave it empty if you do not know.")
LOWEST, HIGHEST = 1, 5
SCALE = msg("Rate each part from %(low)s to %(high)s, or leave it empty.")


def check_given(given_on: date, minutes: int | None, units: int, cost: Decimal | None, *, today: date) -> None:
    """Raise `Invalid` unless a service could have been given so."""
    problems = []
    if given_on > today:
        problems.append(Problem("given_on", IN_FUTURE))
    if minutes is not None and not 0 <= minutes <= LONGEST_MIN:
        problems.append(Problem("minutes", MINUTES, parts={"most": LONGEST_MIN}))
    if not 1 <= units <= MOST_UNITS:
        problems.append(Problem("units", UNITS, parts={"most": MOST_UNITS}))
    if cost is not None and cost < 0:
        problems.append(Problem("cost", COST))
    if problems:
        raise Invalid(*problems)


def check_rating(values: dict[str, int]) -> None:
    """Raise `Invalid` unless every value stands on the scale."""
    wrong = [domain for domain, value in values.items() if not LOWEST <= value <= HIGHEST]
    if wrong or not values:
        parts: dict[str, object] = {"low": LOWEST, "high": HIGHEST}
        raise Invalid(*(Problem(domain, SCALE, parts=parts) for domain in wrong or ["housing"]))
