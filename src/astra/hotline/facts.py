"""What may statistics know of the contacts? De-identified rows: codes and dates, no words, no people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from astra.hotline.models import ACTION, TOPIC, Contact, ContactCode
from astra.hotline.rules.contacts import carries_data, day_begins
from astra.hotline.rules.lifecycles import RECORDED
from astra.kernel.clock import LOCAL

AT_ONCE = 2000


@dataclass(frozen=True)
class ContactFact:
    """One contact as a row of statistics. The unit is the contact, the count date the day on which it came in."""

    day: date
    hour: int
    line: str
    kind: str
    is_data: bool
    channel: str
    language: str
    caller_role: str
    topics: tuple[str, ...]
    actions: tuple[str, ...]
    urgency: str
    minutes: int | None
    is_repeat: bool
    is_in_case: bool
    source: str


def contact_facts(*, since: date, until: date) -> Iterator[ContactFact]:
    """Every counted contact from one day to another, both included, in order of time; blank is unknown, not no."""
    rows = Contact.objects.filter(
        standing=RECORDED, received_at__gte=day_begins(since), received_at__lt=day_begins(until + timedelta(days=1))
    ).order_by("received_at", "pk")
    batch: list[Contact] = []
    for row in rows.iterator(AT_ONCE):
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield from _facts(batch)
            batch = []
    yield from _facts(batch)


def _facts(rows: list[Contact]) -> Iterator[ContactFact]:
    codes: dict[tuple[object, str], list[str]] = {}
    marked = ContactCode.objects.filter(contact__in=[row.pk for row in rows]).order_by("pk")
    for contact_id, what, code in marked.values_list("contact", "what", "code"):
        codes.setdefault((contact_id, what), []).append(code)
    for row in rows:
        at = row.received_at.astimezone(LOCAL)
        yield ContactFact(
            day=at.date(),
            hour=at.hour,
            line=row.line,
            kind=row.kind,
            is_data=carries_data(row.kind),
            channel=row.channel,
            language=row.language,
            caller_role=row.caller_role,
            topics=tuple(codes.get((row.pk, TOPIC), ())),
            actions=tuple(codes.get((row.pk, ACTION), ())),
            urgency=row.urgency,
            minutes=row.minutes,
            is_repeat=row.repeat_of_id is not None,
            is_in_case=row.joined_at is not None,
            source=row.source,
        )
