"""How urgent is a dated task?"""

from datetime import date, timedelta

OVERDUE, TODAY, SOON, LATER, UNDATED = "overdue", "today", "soon", "later", "undated"
SOON_WITHIN = timedelta(days=7)


def urgency(due_on: date | None, day: date) -> str:
    """Overdue, today, within a week, later, or without a date."""
    if due_on is None:
        return UNDATED
    if due_on < day:
        return OVERDUE
    if due_on == day:
        return TODAY
    return SOON if due_on <= day + SOON_WITHIN else LATER
