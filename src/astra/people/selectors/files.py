"""What may this actor see of one person's file? Coded facts by reach, sealed parts by key."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from astra.kernel.clock import today
from astra.kernel.errors import Invalid, NotFound, Problem
from astra.kernel.partial_dates import AgeRange
from astra.kernel.words import msg
from astra.people.models import Guardianship, Person
from astra.people.rules import ages
from astra.people.rules import whereabouts as where
from astra.people.rules.persons import ContactDetails, Identity, Safety, Whereabouts
from astra.people.sections import CARD, CONTACT_DETAILS, IDENTITY, SAFETY, WHEREABOUTS
from astra.science.script import normalise
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared, PreparedRows
from astra.vault.sections import Opened

_PEOPLE = PreparedRows(Person, lambda persons: Person.objects.filter(pk__in=persons))
_CODE_NAMES = Prepared(lambda persons: Person.objects.filter(pk__in=persons).values_list("pk", "code_name"))
_JOINED = Prepared(lambda person: Person.objects.filter(merged_into=person).order_by("pk").values_list("pk"))
_AROUND = Prepared(
    lambda persons: Person.objects.filter(Q(pk__in=persons) | Q(merged_into__in=persons)).values_list(
        "pk", "merged_into", "whereabouts"
    )
)
NO_SUCH_NAME = msg("There is nobody of this code name whose file you can open.")


@dataclass(frozen=True)
class PersonFacts:
    """The coded facts of a person that the actor may know of."""

    id: UUID
    code_name: str
    sex: str
    age_band: str
    whereabouts: str
    whereabouts_since: date | None
    registered_on: date
    merged_into: UUID | None
    of_age_quarter: date | None
    own_consent_asked_on: date | None


def living_person(actor: Actor, person_id: UUID) -> Person:
    """The row of a person whom the actor may know of, or `NotFound`."""
    vault.check_reach(actor, person_id)
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise NotFound
    return row


def facts_of(actor: Actor, person_id: UUID) -> PersonFacts:
    """The coded facts of one person, or `NotFound`."""
    return _facts(living_person(actor, person_id))


def facts_among(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, PersonFacts]:
    """The coded facts of those of several people whom the actor may know of."""
    known = vault.reachable_among(actor, person_ids) if person_ids else set()
    return {row.pk: _facts(row) for row in _PEOPLE(persons=known)}


def _facts(row: Person) -> PersonFacts:
    return PersonFacts(
        id=row.pk,
        code_name=row.code_name,
        sex=row.sex,
        age_band=row.age_band,
        whereabouts=row.whereabouts,
        whereabouts_since=row.whereabouts_since,
        registered_on=row.registered_on,
        merged_into=row.merged_into_id,
        of_age_quarter=row.of_age_quarter,
        own_consent_asked_on=row.own_consent_asked_on,
    )


_LISTED = vault.Listing(Person, "person", lambda: Person.objects.filter(merged_into=None))


def list_people(actor: Actor, *, limit: int = 25, after: str = "") -> vault.Page[Person]:
    """The people whom the actor's circles may list, newest first; joined duplicates are left out."""
    return _LISTED.page(actor, limit=limit, after=after)


def display_names(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """How to call people in a list: by name where the actor may open it, else by code name; blank once erased."""
    names: dict[UUID, str] = dict(_CODE_NAMES(persons=person_ids))
    for person_id, card in vault.open_sections(actor, list(names), CARD).items():
        names[person_id] = card.content.display_name
    return names


def identity(actor: Actor, person_id: UUID) -> Opened[Identity]:
    """Who she is, or `NotFound`."""
    return vault.open_section(actor, person_id, IDENTITY)


def find_identity(actor: Actor, person_id: UUID) -> Opened[Identity] | None:
    """Who she is, if that is the actor's to open."""
    return vault.find_section(actor, person_id, IDENTITY)


def contact_details(actor: Actor, person_id: UUID) -> Opened[ContactDetails] | None:
    """How she can be reached; None if nothing is written or it is not the actor's to open."""
    return vault.find_section(actor, person_id, CONTACT_DETAILS)


def safety(actor: Actor, person_id: UUID) -> Opened[Safety] | None:
    """Her safe-contact rules; None if nobody wrote any."""
    return vault.find_section(actor, person_id, SAFETY)


def whereabouts(actor: Actor, person_id: UUID) -> Opened[Whereabouts] | None:
    """Where she has been, with what follows for contacting her."""
    return vault.find_section(actor, person_id, WHEREABOUTS)


@dataclass
class Files:
    """The files of one person: the one that is kept, those that were joined to it, and what they say of calling her."""

    kept: UUID
    joined: list[UUID] = field(default_factory=list)
    is_stopped: bool = False
    """Where she is by one of them, nobody calls her any more."""


def files_among(person_ids: Collection[UUID]) -> dict[UUID, Files]:
    """Each person's files, whichever of them was asked for."""
    rows = {row[0]: row for row in _AROUND(persons=person_ids)}
    elsewhere = {rows[one][1] for one in person_ids if one in rows and rows[one][1]} - rows.keys()
    rows |= {row[0]: row for row in _AROUND(persons=elsewhere)}
    found: dict[UUID, Files] = {}
    for file, into, whereabouts in sorted(rows.values(), key=lambda row: row[0]):
        its = found.setdefault(into or file, Files(into or file))
        its.is_stopped |= not where.may_be_called(whereabouts)
        if into:
            its.joined.append(file)
    return {one: found[rows[one][1] or one] for one in person_ids if one in rows}


def resolve(person_id: UUID) -> UUID:
    """The file that counts: the kept one if this one was joined to it."""
    kept = Person.objects.filter(pk=person_id).values_list("merged_into", flat=True).first()
    return kept or person_id


def find_code_name(actor: Actor, code_name: str) -> UUID:
    """The file of this code name, if the actor may know of it; either script, capitals do not matter."""
    wanted = normalise(code_name)
    found = Person.objects.filter(code_key=wanted).values_list("pk", flat=True).first() if wanted else None
    if found is None or not vault.can_reach(actor, found):
        raise Invalid(Problem("code_name", NO_SUCH_NAME))
    return found


def duplicates_of(person_id: UUID) -> list[UUID]:
    """The files that were joined to this one; lists of contacts and cases ask for all of them."""
    return [file for (file,) in _JOINED(person=person_id)]


def circles_of(person_id: UUID) -> set[UUID]:
    """The circles that may open a person's identity without an end date."""
    row = Person.objects.select_related("record").filter(pk=person_id).first()
    if row is None:
        raise NotFound
    lasting = row.record.grants.filter(kind=IDENTITY.name, expires_at=None)
    return set(lasting.values_list("circle", flat=True))


def circles_among(person_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The same for many people in one query; a person without such circles is there with none."""
    lasting = Person.objects.filter(
        pk__in=person_ids, record__grants__kind=IDENTITY.name, record__grants__expires_at=None
    )
    found: dict[UUID, set[UUID]] = {person_id: set() for person_id in person_ids}
    for person_id, circle in lasting.values_list("pk", "record__grants__circle"):
        found[person_id].add(circle)
    return found


def ages_of(actor: Actor, person_id: UUID, day: date | None = None) -> AgeRange | None:
    """How old she can be on a day: from her birth where the actor may open it, else from the coded quarter."""
    day = day or today()
    opened = vault.find_section(actor, person_id, IDENTITY)
    if opened is not None and opened.content.birth is not None:
        return opened.content.birth.age_on(day)
    quarter = Person.objects.filter(pk=person_id).values_list("of_age_quarter", flat=True).first()
    return ages.coded_age(quarter, day)


@dataclass(frozen=True)
class Coded:
    """What stands in clear of a person's age and of who decides for her: for a question about whom one cannot reach."""

    age: AgeRange | None
    rights: tuple[tuple[UUID, date, date | None], ...]
    """Who, since when and until when."""


def coded_among(person_ids: Collection[UUID], day: date) -> dict[UUID, Coded]:
    """The same for many people."""
    rights: dict[UUID, list[tuple[UUID, date, date | None]]] = {}
    for row in Guardianship.objects.filter(child__in=person_ids).order_by("from_on", "created_at"):
        who = row.guardian_id or row.organisation_id or row.pk
        rights.setdefault(row.child_id, []).append((who, row.from_on, row.until_on))
    quarters = Person.objects.filter(pk__in=person_ids).values_list("pk", "of_age_quarter")
    return {pk: Coded(ages.coded_age(quarter, day), tuple(rights.get(pk, ()))) for pk, quarter in quarters}


@dataclass(frozen=True)
class GuardianLine:
    """One guardian of a child on a day."""

    id: UUID
    role: str
    person_id: UUID | None
    organisation_id: UUID | None
    name: str
    from_on: date
    until_on: date | None
    is_current: bool


def guardians(actor: Actor, child_id: UUID, day: date | None = None) -> list[GuardianLine]:
    """Who decides, decided or will decide for her; nobody does once she is surely grown up."""
    vault.check_reach(actor, child_id)
    day = day or today()
    reached = ages_of(actor, child_id, day)
    is_child = reached is None or ages.may_be_child(reached)
    in_order = Guardianship.objects.filter(child=child_id).order_by("from_on", "created_at")
    rows = list(in_order.select_related("organisation"))
    names = display_names(actor, [row.guardian_id for row in rows if row.guardian_id])
    return [
        GuardianLine(
            id=row.pk,
            role=row.role,
            person_id=row.guardian_id,
            organisation_id=row.organisation_id,
            name=names.get(row.guardian_id, "") if row.guardian_id else str(row.organisation),
            from_on=row.from_on,
            until_on=row.until_on,
            is_current=is_child and row.from_on <= day and (row.until_on is None or row.until_on >= day),
        )
        for row in rows
    ]
