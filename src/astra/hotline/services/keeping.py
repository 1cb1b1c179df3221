"""What is let go of because its time is over? Unattended, every night; no reading key is needed to destroy one.

Each class of the inventory that ends by itself has its own sweep here. What lies under a legal hold stays, and what
belongs to a contact stays as long as somebody still speaks with the same people, or a case has taken it over.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from astra.audit import services as audit
from astra.hotline.models import (
    Call,
    Contact,
    ContactPerson,
    Danger,
    Debrief,
    HandoverPoint,
    HardContact,
    Interpreter,
    Interpreting,
    OfferCheck,
    OpeningException,
    QualityReview,
    Shift,
    Telephone,
)
from astra.hotline.rules import keeping as rules
from astra.hotline.rules.calls import OVER_STATES
from astra.kernel.clock import LOCAL, now
from astra.vault.actor import system
from astra.vault.services import erasure

AT_ONCE = 500
TIME_OVER = "time_over"
Rows = QuerySet[Any, Any]  # Any: rows of every model


def let_go_in_time() -> int:
    """Destroy and delete what has been kept as long as its class says; returns how much."""
    at = now()
    gone = sum(_delete(retention, rows) for retention, rows in _coded(at))
    return gone + sum(_erase(retention, rows) for retention, rows in _sealed(at))


def _coded(at: datetime) -> Iterator[tuple[str, Rows]]:
    """Rows without anything sealed, by their class."""
    rota, plain = rules.over_before(rules.ROTA, at), rules.over_before(rules.PLAIN, at)
    yield rules.ROTA, Shift.objects.filter(ends_at__lt=rota)
    yield rules.ROTA, OpeningException.objects.filter(day__lt=rota.astimezone(LOCAL).date())
    yield rules.PLAIN, Interpreting.objects.filter(chosen_at__lt=plain)
    yield rules.PLAIN, HardContact.objects.filter(at__lt=plain)
    # As long as a number is sealed its own chore comes first (`forget_numbers`); its key is destroyed after days.
    yield rules.PLAIN, Call.objects.filter(state__in=OVER_STATES, rang_at__lt=plain, number=None)
    yield rules.VISIT, Telephone.objects.filter(since__lt=rules.over_before(rules.VISIT, at))
    points = HandoverPoint.objects.filter(is_shredded=True, done_at__lt=rules.over_before(rules.HANDOVER, at))
    yield rules.HANDOVER, points


def _sealed(at: datetime) -> Iterator[tuple[str, Rows]]:
    """Records with sealed parts, by their class: first their keys go, then the rows."""
    debrief = rules.over_before(rules.DEBRIEF, at)
    yield rules.DEBRIEF, Debrief.objects.filter(written_at__lt=debrief)
    yield rules.DEBRIEF, QualityReview.objects.filter(drawn_at__lt=debrief)
    danger = rules.over_before(rules.DANGER, at)
    yield rules.DANGER, _without_contact_since(Danger.objects.filter(opened_at__lt=danger), danger)
    contact = rules.over_before(rules.CONTACT, at)
    yield rules.CONTACT, _without_contact_since(OfferCheck.objects.filter(began_at__lt=contact), contact)
    used = rules.over_before(rules.ORGANISATION, at)
    day = used.astimezone(LOCAL).date()
    idle = Interpreter.objects.filter(record__created_at__lt=used, calls=None)
    for known in ("used_on", "signed_on", "ended_on"):
        idle = idle.filter(Q(**{known: None}) | Q(**{f"{known}__lt": day}))
    yield rules.ORGANISATION, idle


def _without_contact_since(rows: Rows, since: datetime) -> Rows:
    """Those about whose people nobody has called or written since, and that no case has taken over."""
    contact, root = OuterRef("contact"), OuterRef("contact__repeat_of")
    lately = Contact.objects.filter(received_at__gte=since)
    people = ContactPerson.objects.filter(contact=OuterRef(OuterRef("contact"))).values("person")
    return rows.filter(
        ~Exists(lately.filter(Q(pk=contact) | Q(pk=root) | Q(repeat_of=contact) | Q(repeat_of=root))),
        ~Exists(ContactPerson.objects.filter(contact__received_at__gte=since, person__in=people)),
        Q(contact=None) | Q(contact__joined_at=None),
        Q(conversation=None) | Q(conversation__last_at__lt=since),
    )


def _delete(retention: str, rows: Rows) -> int:
    """Delete rows, and say in the log how many of which class."""
    model: type[Model] = rows.model
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if not ids:
        return 0
    with transaction.atomic():
        model._default_manager.filter(pk__in=ids).delete()
        detail: dict[str, str | int | bool] = {"what": retention, "rows": len(ids)}
        audit.record(actor_id=None, verb="hotline.time_over", detail=detail)
    return len(ids)


def _erase(retention: str, rows: Rows) -> int:
    """Destroy the keys of records whose time is over, then delete their rows. What is interrupted comes round again."""
    found: Iterable[UUID] = rows.filter(record__is_held=False).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ids = list(found)
    for record_id in ids:
        erasure.erase_record(actor=system(), record_id=record_id, reason=TIME_OVER)
    return _delete(retention, rows.model._default_manager.filter(pk__in=ids)) if ids else 0
