"""How does a contact find its people? Linking gives the words their owners; ciphertext stays as it is."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from astra.audit import services as audit
from astra.hotline.models import Callback, Contact, ContactPerson, Correspondent, OfferCheck, Talk
from astra.hotline.rules.contacts import CALLER, LINK_ROLES, NOT_ALLOWED, Link, caller_owners, words_owners
from astra.hotline.sections import CALLER_KEY, CONTACT, TALK
from astra.hotline.services.safe_rules import carry_rules
from astra.kernel.clock import now
from astra.kernel.errors import Invalid, NotFound, Problem
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services import erasure


def link_person(
    *, actor: Actor, contact_id: UUID, person_id: UUID, role: str, with_repeats: bool = True
) -> tuple[UUID, ...]:
    """Say who called or whom a contact is about; earlier contacts of the same caller follow. Returns the contacts."""
    actor.check_desk("hotline")
    if role not in LINK_ROLES:
        raise Invalid(Problem("role", NOT_ALLOWED, ", ".join(LINK_ROLES)))
    vault.check_reach(actor, person_id)
    contacts = _same_caller(actor, contact_id) if with_repeats else _only(actor, contact_id)
    _link(actor, contacts, person_id, role)
    carry_rules(actor=actor, contact_ids=contacts)
    return contacts


def follow_repeats(*, actor: Actor, contact_id: UUID) -> tuple[UUID, ...]:
    """She who calls again has a file now: earlier contacts of the same caller without one follow. Returns them."""
    callers = set(ContactPerson.objects.filter(contact=contact_id, role=CALLER).values_list("person", flat=True))
    if len(callers) != 1:
        return ()
    others = set(_same_caller(actor, contact_id)) - {contact_id}
    known = ContactPerson.objects.filter(contact__in=others, role=CALLER).values_list("contact", flat=True)
    contacts = tuple(sorted(others - set(known)))
    if contacts:
        _link(actor, contacts, callers.pop(), CALLER)
    return contacts


def _link(actor: Actor, contacts: Collection[UUID], person_id: UUID, role: str) -> None:
    with transaction.atomic():
        rows = [
            ContactPerson(contact_id=contact, person_id=person_id, role=role, linked_by_id=actor.id, linked_at=now())
            for contact in contacts
        ]
        ContactPerson.objects.bulk_create(rows, ignore_conflicts=True)
        Callback.objects.filter(contact__in=contacts, person=None).update(person=person_id)
        settle_owners(actor, contacts)
        names = vault.pseudonyms([*contacts, person_id])
        audit.record(
            actor_id=actor.id, verb="hotline.person_linked", subjects=list(names.values()), detail={"role": role}
        )


def unlink_person(*, actor: Actor, contact_id: UUID, person_id: UUID, role: str) -> None:
    """Take a wrong link away; the words belong again to whoever is left, or to the contact itself."""
    actor.check_desk("hotline")
    contacts = _only(actor, contact_id)
    with transaction.atomic():
        if not ContactPerson.objects.filter(contact=contact_id, person=person_id, role=role).delete()[0]:
            raise NotFound
        if not ContactPerson.objects.filter(contact=contact_id, person=person_id).exists():
            Callback.objects.filter(contact=contact_id, person=person_id).update(person=None)
        settle_owners(actor, contacts)
        names = vault.pseudonyms([contact_id, person_id])
        audit.record(
            actor_id=actor.id, verb="hotline.person_unlinked", subjects=list(names.values()), detail={"role": role}
        )


def _only(actor: Actor, contact_id: UUID) -> tuple[UUID, ...]:
    vault.check_reach(actor, contact_id)
    if not Contact.objects.filter(pk=contact_id).exists():
        raise NotFound
    return (contact_id,)


def _same_caller(actor: Actor, contact_id: UUID) -> tuple[UUID, ...]:
    """The contact and those known to be of the same caller, as far as the actor may know of them."""
    (contact_id,) = _only(actor, contact_id)
    root = Contact.objects.values_list("repeat_of", flat=True).get(pk=contact_id) or contact_id
    chain = Contact.objects.filter(Q(pk=root) | Q(repeat_of=root)).values_list("pk", flat=True)
    reachable = vault.reachable_among(actor, list(chain))
    return (contact_id, *sorted(reachable - {contact_id}))


def settle_owners(actor: Actor, contacts: Collection[UUID]) -> None:
    """Words, caller and messages of each contact belong to the people who are now linked to it."""
    links: dict[UUID, list[Link]] = {contact: [] for contact in contacts}
    for row in ContactPerson.objects.filter(contact__in=contacts):
        links[row.contact_id].append(Link(row.person_id, row.role))
    roles = dict(Contact.objects.filter(pk__in=contacts).values_list("pk", "caller_role"))
    for contact in contacts:
        callers = caller_owners(links[contact], roles[contact])
        for retention, owners in ((CONTACT, words_owners(links[contact])), (CALLER_KEY, callers)):
            erasure.change_owners(actor=actor, record_id=contact, retention=retention, owners=owners)
    for talk in Talk.objects.filter(contact__in=contacts).exclude(contact=None):
        if talk.contact_id and vault.can_reach(actor, talk.pk):
            its = links[talk.contact_id]
            callers = caller_owners(its, roles[talk.contact_id]) or (talk.pk,)
            owners = words_owners(its) or (talk.pk,)
            erasure.change_owners(actor=actor, record_id=talk.pk, retention=TALK, owners=owners)
            erasure.change_owners(actor=actor, record_id=talk.pk, retention=CALLER_KEY, owners=callers)
            _settle_address(actor, talk, caller_owners(its, roles[talk.contact_id]))
    for callback in Callback.objects.filter(contact__in=contacts).exclude(contact=None):
        owners = words_owners(links[callback.contact_id]) if callback.contact_id else ()
        own = owners or ([callback.contact_id] if callback.contact_id else [])
        if vault.can_reach(actor, callback.pk):
            erasure.change_owners(actor=actor, record_id=callback.pk, retention=CONTACT, owners=own)
    for check in OfferCheck.objects.filter(contact__in=contacts).exclude(contact=None):
        if check.contact_id and vault.can_reach(actor, check.pk):
            owners = words_owners(links[check.contact_id]) or (check.contact_id,)
            erasure.change_owners(actor=actor, record_id=check.pk, retention=CONTACT, owners=owners)


def _settle_address(actor: Actor, talk: Talk, callers: Collection[UUID]) -> None:
    """From where she writes belongs to whoever wrote: it goes when she is erased."""
    address = Correspondent.objects.filter(conversation=talk.conversation_id).values_list("address", flat=True).first()
    if address is not None and vault.can_reach(actor, address):
        erasure.change_owners(actor=actor, record_id=address, retention=CALLER_KEY, owners=callers or (address,))
