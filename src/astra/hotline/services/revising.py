"""How is a saved contact mended? Words added, facts corrected, taken back: the earlier revision stays sealed."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError

from astra.hotline.entries import NO_CALLER, NO_RULES, NO_WORDS, NOTHING_SEEN, Seen
from astra.hotline.models import Callback, Contact, ContactCode, ContactPerson, OfferCheck
from astra.hotline.rules import contacts as rules
from astra.hotline.rules.lifecycles import OPEN, RETURNED, REVIEW, STANDING, STOPPED, TO_LOG, TO_REVIEW
from astra.hotline.rules.offers import DROPPED, WAITING_STATES
from astra.hotline.sections import CALLER, LEAVING, SAFE_CONTACT, WORDS, Caller, SafeContact, Words
from astra.hotline.services.audience import Audience, Part, note, seal_part
from astra.hotline.services.drafts import end_draft
from astra.hotline.services.safe_rules import carry_rules
from astra.hotline.services.writing import code_rows, set_coded
from astra.kernel.clock import now
from astra.kernel.errors import Conflict, Denied, NotAllowedNow, NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services import withdrawal
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing

T = TypeVar("T")
NOT_YOURS_TO_CHANGE = msg("Only who took this contact, or a colleague who reads it, can change it.")


def revise_contact(
    *,
    actor: Actor,
    contact_id: UUID,
    coded: rules.Coded | None = None,
    words: Words | None = None,
    caller: Caller | None = None,
    safe: SafeContact | None = None,
    seen: Seen = NOTHING_SEEN,
    draft_id: UUID | None = None,
) -> None:
    """Change a saved contact, only what is given; what a volunteer changes goes to the senior (again)."""
    actor.check_desk("hotline")
    contact, sealing, audience = _find(actor, contact_id), Sealing(actor), Audience(actor)
    _check_may_change(audience, contact)
    links = [rules.Link(row.person_id, row.role) for row in ContactPerson.objects.filter(contact=contact)]
    if coded is not None:
        rules.check_coded(coded, at=sealing.at, links=tuple(links), has_caller=caller not in (None, NO_CALLER))
        if contact.standing == TO_LOG:
            _log(actor, contact, sealing.at)
        set_coded(contact, coded)
    callers = rules.caller_owners(links, contact.caller_role)
    if words is not None:
        _put(sealing, contact, Part(WORDS, words, rules.words_owners(links)), seen.words, NO_WORDS)
    if caller is not None:
        _put(sealing, contact, Part(CALLER, caller, callers), seen.caller, NO_CALLER)
    if safe is not None:
        _put(sealing, contact, Part(SAFE_CONTACT, safe, callers), seen.safe, NO_RULES)
    sealing.touch(contact_id, contact.received_at)
    was_lent = contact.review == RETURNED
    if audience.is_volunteer() and rules.carries_data(contact.kind):
        contact.review = REVIEW.check(contact.review, "resubmit") if contact.review else TO_REVIEW
    lent = audience.own() if was_lent and audience.is_volunteer() else []
    try:
        _write(sealing, contact, coded, draft_id, lent)
    except IntegrityError as error:  # the part was there already, and the writer could not see it
        raise Conflict(SOMEBODY_SAVED) from error
    if safe is not None:
        carry_rules(actor=actor, contact_ids=[contact_id])


def _log(actor: Actor, contact: Contact, at: datetime) -> None:
    """A call's contact counts from now on: somebody has said what it was."""
    contact.standing, contact.saved_at = STANDING.check(contact.standing, "record"), at
    contact.entered_by_id, contact.counsellor_id = actor.id, contact.counsellor_id or actor.id


def _put(sealing: Sealing, contact: Contact, part: Part[T], revision: int | None, blank: T) -> None:
    """Revise a part that was seen; seal one that is new and says something."""
    if revision is not None:
        sealing.revise(contact.pk, part.kind, part.content, revision=revision)
    elif part.content != blank:
        seal_part(sealing, Audience(sealing.actor), contact, part)


def _check_may_change(audience: Audience, contact: Contact) -> None:
    own = audience.actor.id is not None and audience.actor.id in (contact.counsellor_id, contact.entered_by_id)
    if not own and not audience.is_reader(contact.line) and not contact.teams:
        raise Denied(NOT_YOURS_TO_CHANGE)


def _write(
    sealing: Sealing, contact: Contact, coded: rules.Coded | None, draft_id: UUID | None, lent: Iterable[UUID]
) -> None:
    actor = sealing.actor
    with sealing.transaction():
        contact.save()
        if coded is not None:
            ContactCode.objects.filter(contact=contact).delete()
            ContactCode.objects.bulk_create(code_rows(contact.pk, coded))
        for own in lent:  # the volunteer's own circle: she has mended her entry and reads it no longer
            withdrawal.withdraw(actor=actor, record_id=contact.pk, circle_id=own, kinds=LEAVING)
        if draft_id is not None:
            end_draft(actor, draft_id, contact_id=contact.pk)
        note(sealing, "hotline.contact_revised", contact.pk, kind=contact.kind)


def withdraw(*, actor: Actor, contact_id: UUID, reason: str = "undo") -> None:
    """Take a contact back: it is no longer listed or counted. One's own for a quarter of an hour, later by readers."""
    actor.check_desk("hotline")
    contact = _find(actor, contact_id)
    own = actor.id is not None and contact.entered_by_id == actor.id and rules.can_undo(contact.saved_at, now())
    if not own and not Audience(actor).is_reader(contact.line):
        raise NotAllowedNow(rules.TOO_LATE_TO_UNDO)
    _change_standing(actor, contact, "withdraw", reason)


def restore_contact(*, actor: Actor, contact_id: UUID) -> None:
    """Count a contact again that was taken back by mistake."""
    actor.check_desk("hotline")
    Audience(actor).check_reader()
    contact = _find(actor, contact_id)
    _change_standing(actor, contact, "restore" if contact.kind else "restore_call", "")


def _change_standing(actor: Actor, contact: Contact, verb: str, reason: str) -> None:
    standing = STANDING.check(contact.standing, verb)
    sealing = Sealing(actor)
    with sealing.transaction():
        if not Contact.objects.filter(pk=contact.pk, standing=contact.standing).update(standing=standing):
            raise Conflict(SOMEBODY_SAVED)
        if verb == "withdraw":
            promised = Callback.objects.filter(contact=contact, state=OPEN)
            promised.update(state=STOPPED, reason="contact_withdrawn", ended_at=sealing.at)
            OfferCheck.objects.filter(contact=contact, state__in=WAITING_STATES).update(state=DROPPED)
        note(sealing, "hotline.standing_changed", contact.pk, reason=reason, standing=standing)


def close_follow_up(*, actor: Actor, contact_id: UUID, at: datetime | None = None) -> None:
    """What was to follow a contact has been done."""
    actor.check_desk("hotline", "cases")
    contact = _find(actor, contact_id)
    sealing = Sealing(actor)
    with sealing.transaction():
        Contact.objects.filter(pk=contact.pk, followed_up_at=None).update(followed_up_at=at or sealing.at)
        note(sealing, "hotline.follow_up_done", contact.pk)


def _find(actor: Actor, contact_id: UUID) -> Contact:
    vault.check_reach(actor, contact_id)
    contact = Contact.objects.filter(pk=contact_id).first()
    if contact is None:
        raise NotFound
    return contact
