"""Which contacts may this actor list, and what do their coded facts say?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from astra.hotline.models import ACTION, TOPIC, Contact, ContactCode, ContactPerson
from astra.hotline.rules.contacts import Coded, Link, day_begins
from astra.hotline.rules.lifecycles import RECORDED, WITHDRAWN
from astra.hotline.sections import WORDS, Words
from astra.kernel.errors import NotFound
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared, PreparedRows
from astra.vault.sections import Opened


@dataclass(frozen=True)
class ContactLine:
    """The coded facts of one contact, as a list shows them."""

    id: UUID
    coded: Coded
    saved_at: datetime
    counsellor_id: UUID | None
    entered_by_id: UUID | None
    is_late: bool
    standing: str
    review: str
    repeat_of: UUID | None
    followed_up_at: datetime | None
    joined_at: datetime | None
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Filters:
    """How a list of contacts is narrowed; every part may be blank."""

    line: str = ""
    kind: str = ""
    topic: str = ""
    since: date | None = None
    until: date | None = None
    counsellor_id: UUID | None = None
    review: str = ""
    standing: str = RECORDED
    is_repeat: bool = False


_ROWS = PreparedRows(Contact, lambda contacts: Contact.objects.filter(pk__in=contacts).order_by("-received_at", "-pk"))
_CODES = Prepared(
    lambda contacts: ContactCode.objects.filter(contact__in=contacts).values_list("contact", "what", "code")
)
_PEOPLE = Prepared(
    lambda contacts: ContactPerson.objects.filter(contact__in=contacts).values_list("contact", "person", "role")
)
_LAST_LINE = Prepared(
    lambda counsellor: (
        Contact.objects.filter(counsellor=counsellor, standing=RECORDED)
        .order_by("-received_at")
        .values_list("line")[:1]
    )
)


def contacts_page(actor: Actor, filters: Filters, *, limit: int = 25, after: str = "") -> tuple[list[ContactLine], str]:
    """One page of the contacts that the actor may list, newest first, and the cursor that continues it."""
    actor.check_desk("hotline", "cases")
    found = _LISTED.page(actor, limit=limit, after=after, given=_given(filters))
    return _lines(found.rows), found.next_cursor


def _given(filters: Filters) -> dict[str, Any]:  # Any: the values of `_fitting`
    given = {
        "standing": filters.standing,
        "line": filters.line,
        "kind": filters.kind,
        "review": filters.review,
        "counsellor": filters.counsellor_id,
        "topic": filters.topic,
        "since": day_begins(filters.since) if filters.since else None,
        "before": day_begins(filters.until + timedelta(days=1)) if filters.until else None,
        "is_repeat": filters.is_repeat,
    }
    return {name: value for name, value in given.items() if value}


def _fitting(
    *,
    counsellor: UUID | None = None,
    topic: str = "",
    since: datetime | None = None,
    before: datetime | None = None,
    is_repeat: bool = False,
    **codes: str,
) -> QuerySet[Contact]:
    rows = Contact.objects.filter(**codes)
    if counsellor:
        rows = rows.filter(Q(counsellor=counsellor) | Q(entered_by=counsellor))
    if topic:
        rows = rows.filter(Exists(ContactCode.objects.filter(contact=OuterRef("pk"), what=TOPIC, code=topic)))
    if since:
        rows = rows.filter(received_at__gte=since)
    if before:
        rows = rows.filter(received_at__lt=before)
    return rows.exclude(repeat_of=None) if is_repeat else rows


_LISTED = vault.Listing(Contact, "contact", _fitting)


def contact(actor: Actor, contact_id: UUID) -> ContactLine:
    """The coded facts of one contact, or `NotFound`."""
    vault.check_reach(actor, contact_id)
    rows = _lines(_ROWS(contacts=[contact_id]))
    if not rows:
        raise NotFound
    return rows[0]


def lines(actor: Actor, contact_ids: Collection[UUID]) -> list[ContactLine]:
    """Those of the given contacts that the actor may know of, newest first; withdrawn ones are left out."""
    mine = vault.reachable_among(actor, contact_ids) if contact_ids else set()
    return _lines(row for row in _ROWS(contacts=mine) if row.standing != WITHDRAWN)


def contacts_of_person(actor: Actor, person_id: UUID, *, limit: int = 50) -> list[ContactLine]:
    """The contacts in which somebody called or was spoken of, joined duplicates of her file included."""
    kept = people.resolve(person_id)
    everywhere = {kept, person_id, *people.duplicates_of(kept)}
    found = Contact.objects.filter(people__person__in=everywhere).order_by("-received_at").distinct()
    return lines(actor, list(found.values_list("pk", flat=True)[: limit * 2]))[:limit]


def repeats(actor: Actor, contact_id: UUID) -> list[ContactLine]:
    """The other contacts that are known to be of the same caller."""
    root = Contact.objects.filter(pk=contact_id).values_list("repeat_of", flat=True).first() or contact_id
    chain = Contact.objects.filter(Q(pk=root) | Q(repeat_of=root)).exclude(pk=contact_id)
    return lines(actor, list(chain.values_list("pk", flat=True)[:100]))


def last_line_of(actor: Actor) -> str:
    """The line on which the actor took her newest contact; blank before her first."""
    if actor.id is None:
        return ""
    return next((line for (line,) in _LAST_LINE(counsellor=actor.id)), "")


def open_words(actor: Actor, contact_ids: Iterable[UUID]) -> dict[UUID, Opened[Words]]:
    """The words of contacts, as far as they are the actor's to open; for a file's timeline."""
    return vault.open_sections(actor, list(contact_ids), WORDS)


def received_at(contact_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When contacts came in: a coded fact, for whoever holds their ids."""
    return {row.pk: row.received_at for row in _ROWS(contacts=contact_ids)}


def _lines(rows: Iterable[Contact]) -> list[ContactLine]:
    """Rows with their codes and links, in two further queries however many they are."""
    found = list(rows)
    ids = [row.pk for row in found]
    codes: dict[UUID, dict[str, list[str]]] = {pk: {TOPIC: [], ACTION: []} for pk in ids}
    for contact_id, what, code in _CODES(contacts=ids):
        codes[contact_id][what].append(code)
    links: dict[UUID, list[Link]] = {pk: [] for pk in ids}
    for contact_id, person, role in _PEOPLE(contacts=ids):
        links[contact_id].append(Link(person, role))
    return [_line(row, codes[row.pk], links[row.pk]) for row in found]


def _line(row: Contact, codes: dict[str, list[str]], links: list[Link]) -> ContactLine:
    coded = Coded(
        line=row.line,
        kind=row.kind,
        received_at=row.received_at,
        channel=row.channel,
        language=row.language,
        caller_role=row.caller_role,
        topics=tuple(codes[TOPIC]),
        actions=tuple(codes[ACTION]),
        urgency=row.urgency,
        minutes=row.minutes,
        follow_up=row.follow_up,
        follow_up_on=row.follow_up_on,
        source=row.source,
    )
    return ContactLine(
        id=row.pk,
        coded=coded,
        saved_at=row.saved_at,
        counsellor_id=row.counsellor_id,
        entered_by_id=row.entered_by_id,
        is_late=row.is_late,
        standing=row.standing,
        review=row.review,
        repeat_of=row.repeat_of_id,
        followed_up_at=row.followed_up_at,
        joined_at=row.joined_at,
        links=tuple(links),
    )
