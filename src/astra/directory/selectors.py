"""To whom can one refer somebody? Organisations by name, service and place, and whom we know there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from astra.directory.models import Organisation, Place, Service
from astra.directory.rules import check_is_due
from astra.directory.rules.hours import is_open
from astra.directory.rules.maps import WIDE
from astra.directory.sections import CONTACTS, Contacts
from astra.kernel.clock import LOCAL, now
from astra.kernel.errors import NotFound
from astra.science.linkage.normalise.places import Place as GazetteerPlace
from astra.science.linkage.normalise.places import distance_km, find_places
from astra.science.script import normalise
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened

NEAR_KM, EVERYBODY = 50, "everybody"
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
    referral_note: str = ""
    accepts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    is_open: bool | None = None
    """Now, by the hours of its places; None where no hours are known or they cannot be read."""
    km: int | None = None
    """How far its nearest place is from the town that was asked for."""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; every part may be blank."""

    text: str = ""
    service: str = ""
    place: str = ""
    kind: str = ""
    language: str = ""
    accepts: str = ""
    country: str = ""
    open_at: datetime | None = None
    with_closed: bool = False


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
    return search(actor, Wanted(text, service, place, kind, with_closed=with_closed), day=day)


def search(actor: Actor, wanted: Wanted, *, day: date) -> list[OrganisationLine]:
    """Who helps with this, near there, in her language, now, and takes her; the nearest first where a town is named."""
    actor.check_desk(*READERS)
    near, town = _meant(wanted.place), normalise(wanted.place)
    lines = [_line(row, day, near=near, at=wanted.open_at) for row in _narrowed(wanted)]
    words = normalise(wanted.text).split()
    lines = [line for line in lines if all(word in normalise(line.name) for word in words)]
    if town:
        lines = [line for line in lines if _is_near(line, town)]
    if wanted.open_at is not None:
        lines = [line for line in lines if line.is_open]
    return sorted(lines, key=lambda line: (line.is_closed, *_nearness(line, town), normalise(line.name)))


def _meant(text: str) -> list[GazetteerPlace]:
    """The towns that may be meant; one of which the gazetteer knows nothing is found by its name alone."""
    return [place for place in find_places(text) if place.kind not in WIDE] if text.strip() else []


def _is_near(line: OrganisationLine, town: str) -> bool:
    return any(town in normalise(other) for other in line.towns) or (line.km is not None and line.km <= NEAR_KM)


def _nearness(line: OrganisationLine, town: str) -> tuple[bool, int]:
    is_there = bool(town) and any(town in normalise(other) for other in line.towns)
    return not is_there, line.km or 0


def _narrowed(wanted: Wanted) -> QuerySet[Organisation]:
    rows = Organisation.objects.filter(record__erased_at=None)
    offers = Service.objects.all()
    if wanted.service:
        offers = offers.filter(kind=wanted.service)
    if wanted.language:
        offers = offers.filter(_holds("languages", wanted.language))
    if wanted.accepts:
        offers = offers.filter(_holds("for_whom", wanted.accepts) | _holds("for_whom", EVERYBODY))
    if wanted.service or wanted.language or wanted.accepts:
        rows = rows.filter(pk__in=offers.values("organisation"))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.country:
        rows = rows.filter(Q(country=wanted.country) | Q(places__country=wanted.country, places__is_hidden=False))
    if not wanted.with_closed:
        rows = rows.filter(closed_on=None)
    return rows.distinct().prefetch_related("services", "places")


def _holds(field: str, code: str) -> Q:
    """A filter for codes that stand in one field with single spaces between them."""
    ways = {"": code, "__startswith": f"{code} ", "__endswith": f" {code}", "__contains": f" {code} "}
    found = Q()
    for way, words in ways.items():
        found |= Q(**{field + way: words})
    return found


def _line(
    row: Organisation, day: date, *, near: Sequence[GazetteerPlace] = (), at: datetime | None = None
) -> OrganisationLine:
    services = list(row.services.all())
    shown = [place for place in row.places.all() if place.town]
    hours = tuple(dict.fromkeys(place.hours for place in row.places.all() if place.hours))
    return OrganisationLine(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        services=tuple(sorted(service.kind for service in services)),
        towns=tuple(dict.fromkeys(place.town for place in shown)),
        public_phone=row.public_phone,
        needs_check=row.closed_on is None and check_is_due(row.checked_on, day),
        is_closed=row.closed_on is not None,
        referral_note=row.referral_note,
        accepts=tuple(dict.fromkeys(code for one in services for code in one.for_whom.split())),
        languages=tuple(dict.fromkeys(code for one in services for code in one.languages.split())),
        hours=hours,
        is_open=_open_at(hours, at or now()),
        km=_distance([place.town for place in shown], near),
    )


def _open_at(hours: Sequence[str], at: datetime) -> bool | None:
    known = [is_open(text, at.astimezone(LOCAL)) for text in hours]
    if any(known):
        return True
    return False if any(one is False for one in known) else None


def _distance(towns: Sequence[str], near: Sequence[GazetteerPlace]) -> int | None:
    found = [distance_km(here, there) for town in towns for here in _meant(town) for there in near]
    return round(min(found)) if found else None


def choices(actor: Actor) -> list[tuple[UUID, str]]:
    """Open organisations for a form, by name."""
    actor.check_desk(*READERS)
    rows = Organisation.objects.filter(record__erased_at=None, closed_on=None).values_list("pk", "name")
    return sorted(rows, key=lambda row: normalise(row[1]))


def names(organisation_ids: list[UUID]) -> dict[UUID, str]:
    """What organisations are called; their names are no secret."""
    return dict(Organisation.objects.filter(pk__in=organisation_ids).values_list("pk", "name"))
