"""On which day was it? What is written down afterwards bears its own day; none lies ahead."""

from datetime import date

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

AHEAD = msg("This day lies in the future. Enter the day on which it was.")


def told_on(field: str, on: date | None, today: date) -> date:
    """The day that was given, or today.

    >>> told_on("on", None, date(2026, 3, 1))
    datetime.date(2026, 3, 1)
    """
    if on is not None and on > today:
        raise Invalid(Problem(field, AHEAD))
    return on or today
