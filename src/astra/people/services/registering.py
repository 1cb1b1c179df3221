"""How does somebody get a file of her own? One at a time on the phone, hundreds at a time from a spreadsheet."""

from collections.abc import Callable, Collection, Iterable, Sequence
from uuid import UUID

from astra import vocabulary
from astra.audit import services as audit
from astra.kernel.clock import now, today
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.people import index
from astra.people.models import Person
from astra.people.rules import ages, codenames
from astra.people.rules.cards import make_card, with_prepared
from astra.people.rules.persons import ContactDetails, Identity, NewPerson, Safety, Stay, Whereabouts
from astra.people.sections import CARD, CONTACT_DETAILS, IDENTITY, SAFETY, WHEREABOUTS
from astra.science.script import normalise
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.rows import insert
from astra.vault.services.sealing import Sealing

KIND = "person"
BATCH = 500
TAKEN = msg("Somebody is known by this code name already.")
DESKS = ("hotline", "people", "cases", "missing")


def register_person(
    *,
    actor: Actor,
    identity: Identity | None = None,
    details: ContactDetails | None = None,
    safety: Safety | None = None,
    stay: Stay | None = None,
    code_name: str = "",
    to: Collection[UUID] = (),
) -> UUID:
    """Open a file for one person; a code name is enough, and is drawn if none is given.

    `to` names the circles that may open and list her; without it the desk that the actor sits at.
    """
    new = NewPerson(
        identity=identity or Identity(),
        details=details or ContactDetails(),
        safety=safety or Safety(),
        stay=stay,
        code_name=code_name,
        to=tuple(to),
    )
    return _register(actor, [new], "people.registered")[0]


def register_people(
    *, actor: Actor, people: Sequence[NewPerson], alongside: Callable[[Sequence[UUID]], None] | None = None
) -> list[UUID]:
    """Open files for many, 500 a transaction, with one entry in the log for each; returns their ids in order.

    `alongside` runs inside each transaction with the ids it made: what must be written with them or not at all.
    """
    made: list[UUID] = []
    for start in range(0, len(people), BATCH):
        made += _register(actor, people[start : start + BATCH], "people.registered_many", alongside)
    return made


def _register(
    actor: Actor,
    people: Sequence[NewPerson],
    verb: str,
    alongside: Callable[[Sequence[UUID]], None] | None = None,
) -> list[UUID]:
    _check_may_register(actor)
    for new in people:
        check_identity(new.identity)
        check_details(new.details)
    named = _code_names(people)
    home = home_circles(actor)
    desks = {name: vault.desk_circle(name) for name in ("index", "safety")}
    sealing = Sealing(actor)
    rows = []
    for new, code_name in zip(people, named, strict=True):
        rows.append(_seal(sealing, new, code_name, set(new.to) or home, desks))
    with sealing.transaction():
        insert(rows)
        subjects = [sealing.pseudonym(row.pk) for row in rows]
        audit.record(actor_id=actor.id, verb=verb, subjects=subjects, detail={"people": len(rows)})
        if alongside is not None:
            alongside([row.pk for row in rows])
    index.note_change()
    return [row.pk for row in rows]


def _check_may_register(actor: Actor) -> None:
    """Staff of the desks that meet people; unattended work and import act for a colleague who does."""
    if actor.kind == "staff":
        actor.check_desk(*DESKS)


def home_circles(actor: Actor) -> set[UUID]:
    """For whom a new person is sealed unless somebody says otherwise: the desks that the actor answers for."""
    circles = vault.desk_circles()
    mine = {circles[name] for name in ("hotline", "missing") if actor.keyring.holds(circles[name])}
    if mine:
        return mine
    home = {circles["hotline"]}
    if actor.keyring.personal is not None and actor.has_desk("cases"):
        home.add(actor.keyring.personal)
    return home


def _code_names(people: Sequence[NewPerson]) -> list[str]:
    given = [new.code_name.strip() for new in people if new.code_name.strip()]
    if len({normalise(name) for name in given}) < len(given) or taken_code_names(given):
        raise Invalid(Problem("code_name", TAKEN))
    drawn = iter(codenames.draw_unused(len(people) - len(given), lambda some: {*taken_code_names(some), *given}))
    return [new.code_name.strip() or next(drawn) for new in people]


def taken_code_names(some: Collection[str]) -> set[str]:
    """Those of some code names by which somebody is known already."""
    keys = {normalise(name) for name in some}
    taken = set(Person.objects.filter(code_key__in=keys).values_list("code_key", flat=True)) if keys else set()
    return {name for name in some if normalise(name) in taken}


def _seal(sealing: Sealing, new: NewPerson, code_name: str, to: set[UUID], desks: dict[str, UUID]) -> Person:
    """Seal one person's sections and return her coded row, not yet written."""
    day = new.registered_on or today()
    record_id = sealing.new_record(KIND, listed_at=sealing.at, listed_for=to)
    sealing.seal(record_id, IDENTITY, new.identity, to=to)
    stays = Whereabouts((new.stay,) if new.stay else ())
    if new.details.entries:
        sealing.seal(record_id, CONTACT_DETAILS, new.details, to=to)
    if stays.stays:
        sealing.seal(record_id, WHEREABOUTS, stays, to=to)
    if not new.safety.is_empty:
        sealing.seal(record_id, SAFETY, new.safety, to={*to, desks["safety"]}, owners=[record_id])
    card = with_prepared(make_card(code_name, new.identity, new.details, stays, phone_kinds()))
    sealing.seal(record_id, CARD, card, to={*to, desks["index"]})
    row = Person(record_id=record_id, code_name=code_name, code_key=normalise(code_name), registered_on=day)
    code_identity(row, new.identity)
    if new.stay:
        row.whereabouts, row.whereabouts_since = new.stay.kind, new.stay.since
    return row


def code_identity(row: Person, identity: Identity) -> None:
    """Set the coded facts that the server may know of an identity."""
    birth = identity.birth
    row.sex = identity.sex
    row.citizenship = identity.citizenships[0] if identity.citizenships else ""
    row.age_band = ages.age_band(birth.age_on(row.registered_on) if birth else None, age_bands())
    row.of_age_quarter = ages.of_age_quarter(birth, row.registered_on)
    row.card_changed_at = now()


def age_bands() -> tuple[tuple[str, int, int], ...]:
    """The broad ages of the statistics, as rules read them."""
    bands = vocabulary.codes("age_band")
    return tuple((entry.code, entry.facts["from"], entry.facts.get("to", ages.OLDEST)) for entry in bands)


def phone_kinds() -> frozenset[str]:
    """The kinds of contact detail that are phone numbers."""
    return frozenset(vocabulary.codes("contact_detail_kind").having(is_phone=True))


def check_identity(identity: Identity) -> None:
    """Raise `Invalid` if a coded part of an identity is not in its list."""
    for name, code in (("sex", identity.sex), ("gender", identity.gender)):
        if code:
            vocabulary.check(name, code)
    _check_all("country", identity.citizenships, "citizenships")
    _check_all("language", identity.languages, "languages")
    _check_all("name_kind", (name.kind for name in identity.names if name.kind), "names")


def check_details(details: ContactDetails) -> None:
    """Raise `Invalid` if a contact detail is of an unknown kind."""
    _check_all("contact_detail_kind", (entry.kind for entry in details.entries), "details")


def _check_all(list_name: str, codes: Iterable[str], field: str) -> None:
    for code in codes:
        vocabulary.check(list_name, code, field=field)
