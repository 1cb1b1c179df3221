"""To whom can one refer somebody? Organisations by name, service and place, and whom we know there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from astra.directory.models import Organisation, Place, Service
from astra.directory.rules import check_is_due
from astra.directory.sections import CONTACTS, Contacts
from astra.kernel.errors import NotFound
from astra.science.script import normalise
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened

READERS = ("directory", "hotline", "cases", "people", "missing", "consent")


@dataclass(frozen=True)
class OrganisationLine:
    """One organisation in a list."""

    id: UUID
    name: str
    kind: str
    services: tuple[str, ...]
    towns: tuple[str, ...]
    public_phone: str
    needs_check: bool
    is_closed: bool


def organisation_row(actor: Actor, organisation_id: UUID) -> Organisation:
    """The row of an organisation, or `NotFound`."""
    actor.check_desk(*READERS)
    row = Organisation.objects.filter(pk=organisation_id, record__erased_at=None).first()
    if row is None:
        raise NotFound
    return row


def services_of(row: Organisation) -> list[Service]:
    """What an organisation offers."""
    return list(row.services.order_by("kind"))


def places_of(row: Organisation) -> list[Place]:
    """Where it can be found."""
    return list(row.places.order_by("is_hidden", "town", "name"))


def contacts_of(actor: Actor, organisation_id: UUID) -> Opened[Contacts] | None:
    """Whom we know there, and hidden addresses; for all staff."""
    return vault.find_section(actor, organisation_id, CONTACTS)


def list_organisations(
    actor: Actor,
    *,
    text: str = "",
    service: str = "",
    place: str = "",
    kind: str = "",
    with_closed: bool = False,
    day: date,
) -> list[OrganisationLine]:
    """Organisations by name, narrowed by service, town and kind; either script, with or without diacritics."""
    actor.check_desk(*READERS)
    rows = _narrowed(service=service, kind=kind, with_closed=with_closed)
    wanted, town = normalise(text), normalise(place)
    lines = [_line(row, day) for row in rows]
    lines = [line for line in lines if all(word in normalise(line.name) for word in wanted.split())]
    if town:
        lines = [line for line in lines if any(town in normalise(other) for other in line.towns)]
    return sorted(lines, key=lambda line: (line.is_closed, normalise(line.name)))


def _narrowed(*, service: str, kind: str, with_closed: bool) -> QuerySet[Organisation]:
    rows = Organisation.objects.filter(record__erased_at=None)
    if service:
        rows = rows.filter(services__kind=service)
    if kind:
        rows = rows.filter(kind=kind)
    if not with_closed:
        rows = rows.filter(closed_on=None)
    return rows.prefetch_related("services", "places")


def _line(row: Organisation, day: date) -> OrganisationLine:
    return OrganisationLine(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        services=tuple(sorted(service.kind for service in row.services.all())),
        towns=tuple(dict.fromkeys(place.town for place in row.places.all() if place.town)),
        public_phone=row.public_phone,
        needs_check=row.closed_on is None and check_is_due(row.checked_on, day),
        is_closed=row.closed_on is not None,
    )


def choices(actor: Actor) -> list[tuple[UUID, str]]:
    """Open organisations for a form, by name."""
    actor.check_desk(*READERS)
    rows = Organisation.objects.filter(record__erased_at=None, closed_on=None).values_list("pk", "name")
    return sorted(rows, key=lambda row: normalise(row[1]))


def names(organisation_ids: list[UUID]) -> dict[UUID, str]:
    """What organisations are called; their names are no secret."""
    return dict(Organisation.objects.filter(pk__in=organisation_ids).values_list("pk", "name"))
