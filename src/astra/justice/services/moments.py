"""Where on a timeline does something stand of which only the day is known? At noon, where the organisation works."""

from datetime import date, datetime, time

from astra.kernel.clock import LOCAL

NOON = time(12)


def noon(day: date) -> datetime:
    """Noon of a day."""
    return datetime.combine(day, NOON, tzinfo=LOCAL)
