"""How does a call become a contact and, if she wants one, a file of her own? In one transaction or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from astra.hotline.entries import NewContact
from astra.hotline.models import ContactPerson
from astra.hotline.rules.contacts import CALLER, Link
from astra.hotline.sections import CALLER as CALLER_PART
from astra.hotline.sections import SAFE_CONTACT, WORDS, Caller, SafeContact
from astra.hotline.selectors import sheet
from astra.hotline.selectors.completing import caller_of, not_in_file
from astra.hotline.services.links import follow_repeats, link_person
from astra.hotline.services.recording import finish_draft
from astra.hotline.services.safe_rules import carry_rules, safety_from
from astra.hotline.services.writing import known_by_key
from astra.kernel.errors import NotFound
from astra.people import selectors as people_reading
from astra.people import services as people
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, Name
from astra.vault import selectors as vault
from astra.vault.actor import Actor


@dataclass(frozen=True)
class Registering:
    """Somebody in a contact for whom a file is to be opened; without a name a code name is drawn."""

    role: str
    name: str = ""


def record_call(*, actor: Actor, draft_id: UUID, contact: NewContact, registering: Sequence[Registering] = ()) -> UUID:
    """Save a contact and open files for those in it who get one; sent twice it is one contact and one file."""
    actor.check_desk("hotline")
    known = known_by_key([draft_id])
    if draft_id in known:
        return known[draft_id]
    contact_id = _save(actor, draft_id, contact, registering)
    if contact.repeat_of is not None:
        follow_repeats(actor=actor, contact_id=contact_id)
    carry_rules(actor=actor, contact_ids=[contact_id])
    return contact_id


def _save(actor: Actor, draft_id: UUID, contact: NewContact, registering: Sequence[Registering]) -> UUID:
    """The contact itself, with the files that are opened in the same act."""
    if not registering:
        return finish_draft(actor=actor, draft_id=draft_id, contact=contact)
    with transaction.atomic():
        made = tuple(Link(_register(actor, one, contact.caller, contact.safe), one.role) for one in registering)
        whole = replace(contact, links=(*contact.links, *made))
        contact_id = finish_draft(actor=actor, draft_id=draft_id, contact=whole)
        # Two windows sent the form at once and the other one won: the files opened here are nobody's.
        theirs = ContactPerson.objects.filter(contact=contact_id, person__in=[link.person_id for link in made])
        if not theirs.exists():
            transaction.set_rollback(True)
    return contact_id


def open_file(*, actor: Actor, contact_id: UUID, role: str, name: str = "") -> UUID:
    """Open a file for somebody in a saved contact and link the contacts of the same caller; returns the person."""
    actor.check_desk("hotline")
    vault.check_reach(actor, contact_id)
    caller = vault.find_section(actor, contact_id, CALLER_PART)
    safe = vault.find_section(actor, contact_id, SAFE_CONTACT)
    words = vault.find_section(actor, contact_id, WORDS)
    said = caller.content.name if caller and role == CALLER else words.content.about if words else ""
    with transaction.atomic():
        person_id = _register(
            actor,
            Registering(role, name or said),
            caller.content if caller else Caller(),
            safe.content if safe else SafeContact(),
        )
        link_person(actor=actor, contact_id=contact_id, person_id=person_id, role=role)
    return person_id


def complete_file(*, actor: Actor, contact_id: UUID) -> UUID:
    """Add to the caller's file what she said of herself in this contact and it does not have yet; returns the person.

    Her name becomes the one she is called by if the file had only a code name; another name stands behind the first.
    """
    actor.check_desk("hotline")
    whole = sheet(actor, contact_id)
    person_id, missing = caller_of(whole), not_in_file(actor, whole)
    if person_id is None:
        raise NotFound
    if missing is None:
        return person_id
    with transaction.atomic():
        if missing.name:
            people.add_name(actor=actor, person_id=person_id, name=Name(text=missing.name))
        fresh = _details(missing)
        if fresh:
            known = people_reading.contact_details(actor, person_id)
            entries = known.content.entries if known else ()
            revision = known.revision if known else None
            details = ContactDetails((*entries, *fresh))
            people.revise_contact_details(actor=actor, person_id=person_id, details=details, revision=revision)
    return person_id


def _details(caller: Caller) -> tuple[ContactDetail, ...]:
    given = (("mobile", caller.phone), ("email", caller.email))
    return tuple(ContactDetail(kind=kind, value=value) for kind, value in given if value)


def _register(actor: Actor, one: Registering, caller: Caller, safe: SafeContact) -> UUID:
    """Number, address and rules of a call are the caller's; who is only spoken of gets none of them."""
    identity = Identity(names=(Name(text=one.name),)) if one.name else Identity()
    if one.role != CALLER:
        return people.register_person(actor=actor, identity=identity)
    details = ContactDetails(_details(caller))
    return people.register_person(actor=actor, identity=identity, details=details, safety=safety_from(safe))
