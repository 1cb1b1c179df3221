"""When is somebody asked how she is after support has ended? After one, three, six and twelve months."""

from calendar import monthrange
from datetime import date

MONTHS = (1, 3, 6, 12)


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where there is no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def follow_up_days(ended_on: date) -> tuple[date, ...]:
    """The days of aftercare, counted from the end of support."""
    return tuple(months_after(ended_on, months) for months in MONTHS)
