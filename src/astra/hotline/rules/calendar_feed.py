"""What stands in the calendar of a colleague's telephone? When she is on, and nothing of where, with whom or for what.

RFC 5545, written by the icalendar library. The address is a secret, and still somebody else may see the calendar on her
table: the title is neutral, and there is no place, no colleague, no description and no name of a product.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from icalendar import Calendar, Event

from astra.hotline.rules.rota import Span
from astra.kernel.clock import LOCAL

PRODUCER = "-//Rota//EN"


@dataclass(frozen=True)
class Entry:
    """One shift in a calendar."""

    id: UUID
    span: Span
    title: str


def written(entries: Iterable[Entry], at: datetime, *, name: str) -> bytes:
    """The calendar as a file; hours are those on the wall, with the rules by which the clocks change."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", str(entry.id))
        event.add("dtstamp", at)
        event.add("dtstart", entry.span.begins.astimezone(LOCAL))
        event.add("dtend", entry.span.ends.astimezone(LOCAL))
        event.add("summary", entry.title)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    file: bytes = calendar.to_ical()
    return file
