"""About whom has nobody called or written for years? Coded facts, for the clocks of retention."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q

from astra.hotline.models import Contact, ContactPerson
from astra.kernel.clock import LOCAL


def idle_contacts(since: datetime) -> dict[UUID, date]:
    """Contacts before a moment that no case has taken over and whose people have been silent since; with their day."""
    lately = Contact.objects.filter(received_at__gte=since)
    root = OuterRef("repeat_of")
    people = ContactPerson.objects.filter(contact=OuterRef(OuterRef("pk"))).values("person")
    rows = Contact.objects.filter(received_at__lt=since, joined_at=None, record__erased_at=None).filter(
        ~Exists(lately.filter(Q(pk=root) | Q(repeat_of=root) | Q(repeat_of=OuterRef("pk")))),
        ~Exists(ContactPerson.objects.filter(contact__received_at__gte=since, person__in=people)),
    )
    found = rows.order_by("received_at").values_list("pk", "received_at")
    return {pk: at.astimezone(LOCAL).date() for pk, at in found}


def last_contacts(person_ids: Collection[UUID]) -> dict[UUID, date]:
    """The day of the last contact with each of these people, or about them."""
    rows = ContactPerson.objects.filter(person__in=person_ids).order_by().values("person")
    return {
        row["person"]: row["last"].astimezone(LOCAL).date() for row in rows.annotate(last=Max("contact__received_at"))
    }
