"""Until when is something of the hotline kept? So many months of its retention class after what the class names.

The months stand in the list `retention_class`, which an organisation may replace by its own; no number stands here.
"""

from calendar import monthrange
from datetime import date, datetime

from astra import vocabulary
from astra.hotline.rules.contacts import day_begins
from astra.kernel.clock import LOCAL

CLASS = "retention_class"
CONTACT, PLAIN, DANGER, DEBRIEF = "contact", "contact_plain", "danger", "debrief"
HANDOVER, ROTA, ORGANISATION, VISIT = "handover", "rota", "organisation", "visit"


def months_of(retention: str) -> int:
    """How many months a class is kept."""
    return int(vocabulary.codes(CLASS).fact(retention, "months"))


def over_before(retention: str, at: datetime) -> datetime:
    """What began its time before this moment is over: the first moment of the day so many months ago."""
    return day_begins(months_before(at.astimezone(LOCAL).date(), months_of(retention)))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of a shorter month."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
