"""What stands in the calendar of a colleague's telephone? That she has a hearing, and when; nothing else.

Somebody may see the calendar on her table: no place, no court, no number, no name, and the title is the same each time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event

from astra.kernel.clock import LOCAL

PRODUCER = "-//Calendar//EN"
TAKES = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """One hearing in a calendar."""

    id: UUID
    begins_at: datetime
    title: str


def written(entries: Iterable[Entry], at: datetime, *, name: str) -> bytes:
    """The calendar as a file (RFC 5545); hours are those on the wall."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", str(entry.id))
        event.add("dtstamp", at)
        event.add("dtstart", entry.begins_at.astimezone(LOCAL))
        event.add("dtend", (entry.begins_at + TAKES).astimezone(LOCAL))
        event.add("summary", entry.title)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    file: bytes = calendar.to_ical()
    return file
