"""What may statistics know of the contacts? De-identified rows: codes and dates, no words, no people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from astra.hotline.models import ACTION, OFFER_FLAG, TOPIC, Contact, ContactCode, OfferCheck, OfferCode
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


@dataclass(frozen=True)
class OfferFact:
    """One check of an offer of work. The unit is the check, the count date the day on which it was begun."""

    day: date
    line: str
    country: str
    sector: str
    channel: str
    has_agency: bool
    flags: tuple[str, ...]
    """Confirmed by a counsellor."""
    verdict: str
    state: str
    days_to_finding: int | None
    days_to_travel: int | None
    """From the asking; negative when the person had left already, none where the day is not known."""


def offer_facts(*, since: date, until: date) -> Iterator[OfferFact]:
    """Every check begun from one day to another, both included; blank is unknown, not no."""
    rows = OfferCheck.objects.filter(
        began_at__gte=day_begins(since), began_at__lt=day_begins(until + timedelta(days=1))
    ).order_by("began_at", "pk")
    flags: dict[object, list[str]] = {}
    marked = OfferCode.objects.filter(check_of__in=rows.values("pk"), what=OFFER_FLAG).order_by("code")
    for check_id, code in marked.values_list("check_of", "code"):
        flags.setdefault(check_id, []).append(code)
    for row in rows.iterator(AT_ONCE):
        day = row.began_at.astimezone(LOCAL).date()
        yield OfferFact(
            day=day,
            line=row.line,
            country=row.country,
            sector=row.sector,
            channel=row.channel,
            has_agency=row.agency_id is not None,
            flags=tuple(flags.get(row.pk, ())),
            verdict=row.verdict,
            state=row.state,
            days_to_finding=(row.concluded_on - day).days if row.concluded_on else None,
            days_to_travel=(row.travel_on - day).days if row.travel_on else None,
        )
