"""Whom does what stands beside a contact speak about? Its people, so that all of it goes when one of them is erased."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from astra.hotline.models import (
    Call,
    Callback,
    CallerPlan,
    Contact,
    ContactPerson,
    Correspondent,
    Danger,
    HandoverPoint,
    MeetingPoint,
    OfferCheck,
    QualityReview,
    Talk,
)
from astra.hotline.rules.contacts import Link, caller_owners, words_owners
from astra.hotline.sections import CALLER_KEY, CONTACT, DANGER_KEY, DEBRIEF_KEY, HANDOVER_KEY, NUMBER_KEY, TALK
from astra.vault.actor import Actor
from astra.vault.services import erasure

# What is sealed beside a contact speaks about everybody in it; a test looks that no model with words is forgotten.
BESIDE = (
    (Callback, CONTACT),
    (OfferCheck, CONTACT),
    (Danger, DANGER_KEY),
    (QualityReview, DEBRIEF_KEY),
)


@dataclass(frozen=True)
class Beside:
    """A key beside contacts: which record, which part of it, and whose it is while nobody is linked."""

    record: UUID
    retention: str
    contacts: tuple[UUID, ...]
    nobody: UUID
    is_callers: bool = False


def owners_of(contact_id: UUID) -> tuple[UUID, ...]:
    """The people of a contact; while nobody is known, the contact itself."""
    rows = ContactPerson.objects.filter(contact=contact_id).values_list("person", "role")
    return words_owners(Link(person, role) for person, role in rows) or (contact_id,)


def settle_owners(actor: Actor, contacts: Collection[UUID]) -> None:
    """Words, caller and whatever stands beside each contact belong to the people who are now linked to it."""
    found = list(_beside(contacts))
    known = {contact for beside in found for contact in beside.contacts}
    links: dict[UUID, list[Link]] = {contact: [] for contact in known}
    for contact, person, role in ContactPerson.objects.filter(contact__in=known).values_list(
        "contact", "person", "role"
    ):
        links[contact].append(Link(person, role))
    roles = dict(Contact.objects.filter(pk__in=known).values_list("pk", "caller_role"))
    for beside in found:
        owners: dict[UUID, None] = {}
        for contact in beside.contacts:
            its = links[contact]
            owners |= dict.fromkeys(caller_owners(its, roles[contact]) if beside.is_callers else words_owners(its))
        # Whoever links a contact may not reach all that stands beside it; it has to follow nevertheless.
        erasure.change_owners(
            actor=actor,
            record_id=beside.record,
            retention=beside.retention,
            owners=tuple(owners) or (beside.nobody,),
            through=next(contact for contact in beside.contacts if contact in contacts),
        )


def _beside(contacts: Collection[UUID]) -> Iterator[Beside]:
    """The keys of the contacts themselves and of all that stands beside them."""
    for contact in contacts:
        yield Beside(contact, CONTACT, (contact,), contact)
        yield Beside(contact, CALLER_KEY, (contact,), contact, is_callers=True)
    for talk, contact in _pairs(Talk, contacts):
        yield Beside(talk, TALK, (contact,), talk)
        yield Beside(talk, CALLER_KEY, (contact,), talk, is_callers=True)
    for model, retention in BESIDE:
        for record, contact in _pairs(model, contacts):
            yield Beside(record, retention, (contact,), contact)
    numbers = Call.objects.filter(contact__in=contacts).exclude(number=None).values_list("number", "contact")
    for number, contact in numbers:
        yield Beside(number, NUMBER_KEY, (contact,), number, is_callers=True)
    for plan, contact in _pairs(CallerPlan, contacts):
        yield Beside(plan, CALLER_KEY, (contact,), contact, is_callers=True)
    yield from _of_conversations(contacts)


def _pairs(
    model: type[Talk | Callback | OfferCheck | Danger | QualityReview | CallerPlan], contacts: Collection[UUID]
) -> Iterable[tuple[UUID, UUID]]:
    return model.objects.filter(contact__in=contacts).values_list("pk", "contact")


def _of_conversations(contacts: Collection[UUID]) -> Iterator[Beside]:
    """From where somebody writes, points for the next shift and the team: also beside what sittings became."""
    about = {contact: (contact,) for contact in contacts}
    sittings = Talk.objects.filter(conversation__talks__contact__in=contacts).exclude(contact=None)
    for conversation, contact in sittings.values_list("conversation", "contact").distinct():
        about[conversation] = (*about.get(conversation, ()), contact)
    for point, subject in HandoverPoint.objects.filter(subject__in=list(about)).values_list("pk", "subject"):
        yield Beside(point, HANDOVER_KEY, about[subject], point)
    for point, subject in MeetingPoint.objects.filter(subject__in=list(about)).values_list("pk", "subject"):
        yield Beside(point, CONTACT, about[subject], point)
    written = Correspondent.objects.filter(conversation__in=list(about)).exclude(address=None)
    for address, conversation in written.values_list("address", "conversation"):
        yield Beside(address, CALLER_KEY, about[conversation], address, is_callers=True)
