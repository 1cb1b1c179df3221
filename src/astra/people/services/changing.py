"""What changes in a person's file, and what follows from it? Names, contact details, safe contact, whereabouts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from msgspec import structs

from astra import vocabulary
from astra.audit import services as audit
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, Invalid, Problem
from astra.kernel.words import msg
from astra.people import index
from astra.people.models import Person
from astra.people.rules import whereabouts as where
from astra.people.rules.cards import make_card, with_prepared
from astra.people.rules.persons import ContactDetails, Identity, Name, SafeRule, Safety, Stay, Whereabouts
from astra.people.rules.safety import added
from astra.people.sections import CARD, CONTACT_DETAILS, IDENTITY, SAFETY, WHEREABOUTS
from astra.people.selectors import circles_of, living_person
from astra.people.services.registering import check_details, check_identity, code_identity, phone_kinds
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened, SectionKind
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing

T = TypeVar("T")

IDENTITY_FACTS = ("sex", "citizenship", "age_band", "of_age_quarter", "card_changed_at")
NO_NAME = msg("Write at least one part of the name.")
NEEDS_WORDS = msg("This rule needs a few words.")
NOT_YET = msg("This day has not come yet.")


def revise_identity(*, actor: Actor, person_id: UUID, identity: Identity, revision: int) -> None:
    """Write anew who she is; `revision` is what the writer saw."""
    check_identity(identity)
    row = living_person(actor, person_id)
    code_identity(row, identity)
    sealing = Sealing(actor)
    sealing.revise(person_id, IDENTITY, identity, revision=revision)
    _revise_card(sealing, row, identity=identity)
    _save(sealing, row, "people.identity_revised", IDENTITY_FACTS)


def add_name(*, actor: Actor, person_id: UUID, name: Name, is_first: bool = False) -> None:
    """Add a name that she gave, or by which somebody else knows her; contacts logged earlier follow by themselves."""
    if not name.full:
        raise Invalid(Problem("name", NO_NAME))
    opened = vault.open_section(actor, person_id, IDENTITY)
    known = opened.content.names
    names = known if name in known else ((name, *known) if is_first else (*known, name))
    revise_identity(
        actor=actor, person_id=person_id, identity=replace(opened.content, names=names), revision=opened.revision
    )


def revise_contact_details(*, actor: Actor, person_id: UUID, details: ContactDetails, revision: int | None) -> None:
    """Write anew how she can be reached; `revision` is None where nothing was there."""
    check_details(details)
    row = living_person(actor, person_id)
    sealing = Sealing(actor)
    _check_seen(actor, person_id, CONTACT_DETAILS, revision)
    sealing.write(person_id, CONTACT_DETAILS, details, to=circles_of(person_id), revision=revision)
    _revise_card(sealing, row, details=details)
    row.card_changed_at = now()
    _save(sealing, row, "people.contact_details_revised", ("card_changed_at",))


def set_safety(*, actor: Actor, person_id: UUID, safety: Safety, revision: int | None = None) -> None:
    """Write down how she may be contacted; sealed to the safety circle too, so that every desk that dials sees it."""
    for rule in safety.rules:
        _check_rule(rule)
    row = living_person(actor, person_id)
    sealing = Sealing(actor)
    to = {*circles_of(person_id), vault.desk_circle("safety")}
    _check_seen(actor, person_id, SAFETY, revision)
    sealing.write(person_id, SAFETY, safety, to=to, owners=[person_id], revision=revision)
    _save(sealing, row, "people.safety_set")


def add_safety(*, actor: Actor, person_id: UUID, fresh: Safety) -> None:
    """Add what she (or somebody for her) said about contacting her; what is known already changes nothing."""
    opened = vault.find_section(actor, person_id, SAFETY)
    known = opened.content if opened else Safety()
    whole = added(known, fresh)
    if whole != known:
        set_safety(actor=actor, person_id=person_id, safety=whole, revision=opened.revision if opened else None)


def _check_rule(rule: SafeRule) -> None:
    vocabulary.check("contact_rule", rule.code)
    if vocabulary.codes("contact_rule").fact(rule.code, "needs_words", False) and not rule.words.strip():
        raise Invalid(Problem(rule.code, NEEDS_WORDS))


def set_whereabouts(*, actor: Actor, person_id: UUID, stay: Stay) -> None:
    """Note where she is from some day on. A death stops callbacks; it does not stop proceedings."""
    vocabulary.check("whereabouts", stay.kind)
    day = now()
    if stay.since is not None and stay.since > today():
        raise Invalid(Problem("since", NOT_YET))
    row = living_person(actor, person_id)
    opened = vault.find_section(actor, person_id, WHEREABOUTS)
    stay = replace(stay, noted_at=day, noted_by=actor.id)
    stays = where.in_order((*(opened.content.stays if opened else ()), stay))
    sealing = Sealing(actor)
    revision = opened.revision if opened else None
    content = Whereabouts(stays)
    sealing.write(person_id, WHEREABOUTS, content, to=circles_of(person_id), revision=revision)
    _revise_card(sealing, row, whereabouts=content)
    current = where.current(stays)
    row.whereabouts, row.whereabouts_since = (current.kind, current.since) if current else ("", None)
    row.card_changed_at = day
    facts = ("whereabouts", "whereabouts_since", "card_changed_at")
    _save(sealing, row, "people.whereabouts_set", facts, {"whereabouts": stay.kind})


def _revise_card(
    sealing: Sealing,
    row: Person,
    *,
    identity: Identity | None = None,
    details: ContactDetails | None = None,
    whereabouts: Whereabouts | None = None,
) -> None:
    """Make the search card anew; what this writer cannot open stays on it as it was."""
    actor, person_id = sealing.actor, row.pk
    card = vault.open_section(actor, person_id, CARD)
    identity = identity or vault.open_section(actor, person_id, IDENTITY).content
    known_details = details or _content(vault.find_section(actor, person_id, CONTACT_DETAILS))
    known_stays = whereabouts or _content(vault.find_section(actor, person_id, WHEREABOUTS))
    fresh = make_card(
        row.code_name, identity, known_details or ContactDetails(), known_stays or Whereabouts(), phone_kinds()
    )
    if known_details is None:
        fresh = structs.replace(fresh, phones=card.content.phones, handles=card.content.handles)
    if known_details is None or known_stays is None:
        fresh = structs.replace(fresh, places=tuple(dict.fromkeys((*fresh.places, *card.content.places))))
    fresh = with_prepared(fresh)
    if fresh != card.content:
        sealing.revise(person_id, CARD, fresh, revision=card.revision)


def _check_seen(actor: Actor, person_id: UUID, kind: SectionKind[T], revision: int | None) -> None:
    """Who saw nothing there must not write over what somebody wrote meanwhile."""
    if revision is None and vault.find_section(actor, person_id, kind) is not None:
        raise Conflict(SOMEBODY_SAVED)


def _content(opened: Opened[T] | None) -> T | None:
    return opened.content if opened else None


def _save(
    sealing: Sealing,
    row: Person,
    verb: str,
    facts: tuple[str, ...] = (),
    detail: Mapping[str, str | int | bool] | None = None,
) -> None:
    with sealing.transaction():
        if facts:
            row.save(force_update=True, update_fields=facts)
        audit.record(actor_id=sealing.actor.id, verb=verb, subjects=[sealing.pseudonym(row.pk)], detail=detail)
    index.note_change()
