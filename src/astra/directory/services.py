"""How does an organisation come into the directory, change, and leave it?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from astra import vocabulary
from astra.audit import services as audit
from astra.directory.models import Organisation, Place, Service
from astra.directory.rules import Entry, PlaceLine, Seed, check_entry
from astra.directory.sections import CONTACTS, ContactPerson, Contacts, HiddenAddress
from astra.directory.selectors import organisation_row
from astra.kernel.clock import today
from astra.kernel.ids import new_id
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import Sealing

KIND, DESK, HOUSE = "organisation", "directory", "house"


def add_organisation(*, actor: Actor, entry: Entry, persons: tuple[ContactPerson, ...] = (), note: str = "") -> UUID:
    """Add an organisation with its services and places; what is personal or hidden is sealed to all staff."""
    actor.check_desk(DESK)
    _check(entry)
    entry = _numbered(entry)
    house = vault.desk_circle(HOUSE)
    sealing = Sealing(actor)
    record_id = sealing.new_record(KIND, listed_for=[house])
    sealing.seal(record_id, CONTACTS, Contacts(persons, _hidden(entry), note), to=[house])
    with sealing.transaction():
        row = Organisation.objects.create(record_id=record_id, checked_on=today(), **_facts(entry))
        _write_lines(row, entry)
        _note(actor, "directory.organisation_added", sealing.pseudonym(record_id), entry.kind)
    return record_id


def seed_organisations(*, actor: Actor, seeds: Iterable[Seed]) -> int:
    """Bring along what is not there yet and return how many that were; what people changed or closed is left alone.

    Unattended: the sealed part is empty and sealed to all staff. Nothing is marked as checked.
    """
    known = set(Organisation.objects.exclude(seed_key="").values_list("seed_key", flat=True))
    fresh = [seed for seed in seeds if seed.key not in known]
    house = vault.desk_circle(HOUSE)
    for seed in fresh:
        _check(seed.entry)
        entry = _numbered(seed.entry)
        sealing = Sealing(actor)
        record_id = sealing.new_record(KIND, listed_for=[house])
        sealing.seal(record_id, CONTACTS, Contacts(), to=[house])
        with sealing.transaction():
            marks = {"seed_key": seed.key, "source": seed.source, "source_on": seed.source_on}
            row = Organisation.objects.create(record_id=record_id, **marks, **_facts(entry))
            _write_lines(row, entry)
            _note(actor, "directory.organisation_added", sealing.pseudonym(record_id), entry.kind)
    return len(fresh)


def revise_organisation(*, actor: Actor, organisation_id: UUID, entry: Entry) -> None:
    """Write an entry anew; hidden addresses go to the sealed contacts."""
    actor.check_desk(DESK)
    _check(entry)
    entry = _numbered(entry)
    row = organisation_row(actor, organisation_id)
    opened = vault.open_section(actor, organisation_id, CONTACTS)
    sealing = Sealing(actor)
    contacts = replace(opened.content, addresses=_hidden(entry))
    if contacts != opened.content:
        sealing.revise(organisation_id, CONTACTS, contacts, revision=opened.revision)
    with sealing.transaction():
        Organisation.objects.filter(pk=row.pk).update(checked_on=today(), **_facts(entry))
        _write_lines(row, entry)
        _note(actor, "directory.organisation_revised", sealing.pseudonym(organisation_id), entry.kind)


def revise_contacts(
    *, actor: Actor, organisation_id: UUID, persons: tuple[ContactPerson, ...], note: str, revision: int
) -> None:
    """Write anew whom we know there."""
    actor.check_desk(DESK)
    row = organisation_row(actor, organisation_id)
    opened = vault.open_section(actor, organisation_id, CONTACTS)
    sealing = Sealing(actor)
    fresh = replace(opened.content, persons=persons, note=note)
    sealing.revise(organisation_id, CONTACTS, fresh, revision=revision)
    with sealing.transaction():
        _note(actor, "directory.contacts_revised", sealing.pseudonym(organisation_id), row.kind)


def confirm_organisation(*, actor: Actor, organisation_id: UUID, on: date) -> None:
    """Somebody made sure that everything about an organisation is still right."""
    _set(actor, organisation_id, "directory.organisation_confirmed", checked_on=on)


def close_organisation(*, actor: Actor, organisation_id: UUID, on: date) -> None:
    """An organisation no longer helps; it stays for what was referred there, and is offered no more."""
    _set(actor, organisation_id, "directory.organisation_closed", closed_on=on)


def reopen_organisation(*, actor: Actor, organisation_id: UUID) -> None:
    """It helps again."""
    _set(actor, organisation_id, "directory.organisation_reopened", closed_on=None)


def _set(actor: Actor, organisation_id: UUID, verb: str, **facts: date | None) -> None:
    actor.check_desk(DESK)
    row = organisation_row(actor, organisation_id)
    sealing = Sealing(actor)
    with sealing.transaction():
        Organisation.objects.filter(pk=row.pk).update(**facts)
        _note(actor, verb, sealing.pseudonym(organisation_id), row.kind)


def _note(actor: Actor, verb: str, subject: str, kind: str) -> None:
    audit.record(actor_id=actor.id, verb=verb, subjects=[subject], detail={"kind": kind})


def _check(entry: Entry) -> None:
    check_entry(entry)
    vocabulary.check("organisation_type", entry.kind, field="kind")
    for country in (entry.country, *(place.country for place in entry.places)):
        vocabulary.check("country", country, field="country")
    for service in entry.services:
        vocabulary.check("service_type", service.kind, field="services")
        for group in service.for_whom:
            vocabulary.check("accepted_group", group, field="services")
        for language in service.languages:
            vocabulary.check("language", language, field="languages")


def _numbered(entry: Entry) -> Entry:
    """Give every place an id, so that its hidden address can name it."""
    return replace(entry, places=tuple(replace(place, id=place.id or new_id()) for place in entry.places))


def _hidden(entry: Entry) -> tuple[HiddenAddress, ...]:
    return tuple(HiddenAddress(place.id, place.town, place.address) for place in entry.places if place.is_hidden)


def _facts(entry: Entry) -> dict[str, str]:
    return {
        "name": entry.name.strip(),
        "kind": entry.kind,
        "country": entry.country,
        "website": entry.website,
        "public_phone": entry.public_phone,
        "referral_note": entry.referral_note,
    }


def _write_lines(row: Organisation, entry: Entry) -> None:
    """Write services and places as they are now; what is no longer listed goes."""
    row.services.all().delete()
    Service.objects.bulk_create(
        Service(
            organisation=row,
            kind=service.kind,
            for_whom=" ".join(service.for_whom),
            languages=" ".join(service.languages),
            note=service.note,
        )
        for service in entry.services
    )
    row.places.all().delete()
    Place.objects.bulk_create(_place(row, place) for place in entry.places)


def _place(row: Organisation, place: PlaceLine) -> Place:
    shown = replace(place, town="", address="") if place.is_hidden else place
    return Place(
        id=place.id or new_id(),
        organisation=row,
        name=shown.name,
        town=shown.town,
        country=shown.country,
        address=shown.address,
        hours=shown.hours,
        is_hidden=shown.is_hidden,
    )
