"""How is a saved contact mended? Words added, facts corrected, taken back: the earlier revision stays sealed."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError

from astra.audit import services as audit
from astra.hotline.models import Callback, Contact, ContactCode, ContactPerson
from astra.hotline.rules import contacts as rules
from astra.hotline.rules.lifecycles import OPEN, RETURNED, REVIEW, STANDING, STOPPED
from astra.hotline.sections import CALLER, SAFE_CONTACT, WORDS, Caller, SafeContact, Words
from astra.hotline.services.audience import Audience, seal_on, seal_rules
from astra.hotline.services.drafts import end_draft
from astra.hotline.services.writing import NO_CALLER, NO_RULES, NO_WORDS, code_rows, set_coded
from astra.kernel.clock import now
from astra.kernel.errors import Conflict, Denied, NotAllowedNow, NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import SectionKind
from astra.vault.services import withdrawal
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing

T = TypeVar("T")
NOT_YOURS_TO_CHANGE = msg("Only who took this contact, or a colleague who reads the hotline, can change it.")


@dataclass(frozen=True)
class Seen:
    """Which revision of each sealed part the writer had before her; none where there was nothing to see."""

    words: int | None = None
    caller: int | None = None
    safe: int | None = None


def revise_contact(
    *,
    actor: Actor,
    contact_id: UUID,
    coded: rules.Coded | None = None,
    words: Words | None = None,
    caller: Caller | None = None,
    safe: SafeContact | None = None,
    seen: Seen = Seen(),
    draft_id: UUID | None = None,
) -> None:
    """Change a saved contact: only what is given; a volunteer's returned entry goes back to the senior."""
    actor.check_desk("hotline")
    contact, sealing, audience = _find(actor, contact_id), Sealing(actor), Audience(actor)
    _check_may_change(actor, audience, contact)
    links = [rules.Link(row.person_id, row.role) for row in ContactPerson.objects.filter(contact=contact)]
    if coded is not None:
        rules.check_coded(coded, at=sealing.at, links=tuple(links), has_caller=caller not in (None, NO_CALLER))
        set_coded(contact, coded)
    callers = rules.caller_owners(links, contact.caller_role)
    if words is not None and not (seen.words is None and words == NO_WORDS):
        if not _revised(sealing, contact, WORDS, words, seen.words):
            seal_on(sealing, audience, contact, WORDS, words, rules.words_owners(links))
    if caller is not None and not (seen.caller is None and caller == NO_CALLER):
        if not _revised(sealing, contact, CALLER, caller, seen.caller):
            seal_on(sealing, audience, contact, CALLER, caller, callers)
    if safe is not None and not (seen.safe is None and safe == NO_RULES):
        if not _revised(sealing, contact, SAFE_CONTACT, safe, seen.safe):
            seal_rules(sealing, audience, contact, safe, callers)
    sealing.touch(contact_id, contact.received_at)
    _resubmit(audience, contact)
    try:
        _write(sealing, contact, coded, draft_id)
    except IntegrityError as error:  # the part was already there, and the writer could not see it
        raise Conflict(SOMEBODY_SAVED) from error


def _revised(sealing: Sealing, contact: Contact, kind: SectionKind[T], content: T, revision: int | None) -> bool:
    if revision is None:
        return False
    sealing.revise(contact.pk, kind, content, revision=revision)
    return True


def _check_may_change(actor: Actor, audience: Audience, contact: Contact) -> None:
    own = actor.id is not None and actor.id in (contact.counsellor_id, contact.entered_by_id)
    if not own and not audience.is_reader(contact.line) and not contact.teams:
        raise Denied(NOT_YOURS_TO_CHANGE)


def _resubmit(audience: Audience, contact: Contact) -> None:
    """What a volunteer changes is read by a senior, whether it was returned to her or never had words before."""
    if not audience.needs_review() or not rules.carries_data(contact.kind):
        return
    contact.review = REVIEW.check(RETURNED, "resubmit")


def _write(sealing: Sealing, contact: Contact, coded: rules.Coded | None, draft_id: UUID | None) -> None:
    actor = sealing.actor
    with sealing.transaction():
        contact.save()
        if coded is not None:
            ContactCode.objects.filter(contact=contact).delete()
            ContactCode.objects.bulk_create(code_rows(contact.pk, coded))
        if contact.review and actor.keyring.personal is not None and Audience(actor).needs_review():
            kinds: list[SectionKind[object]] = [WORDS, CALLER]  # type: ignore[list-item]  # kinds of any content
            withdrawal.withdraw(actor=actor, record_id=contact.pk, circle_id=actor.keyring.personal, kinds=kinds)
        if draft_id is not None:
            end_draft(actor, draft_id, contact_id=contact.pk)
        subjects = [sealing.pseudonym(contact.pk)]
        audit.record(
            actor_id=actor.id, verb="hotline.contact_revised", subjects=subjects, detail={"kind": contact.kind}
        )


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
    _change_standing(actor, _find(actor, contact_id), "restore", "")


def _change_standing(actor: Actor, contact: Contact, verb: str, reason: str) -> None:
    standing = STANDING.check(contact.standing, verb)
    sealing = Sealing(actor)
    with sealing.transaction():
        if not Contact.objects.filter(pk=contact.pk, standing=contact.standing).update(standing=standing):
            raise Conflict(SOMEBODY_SAVED)
        if verb == "withdraw":
            open_ones = Callback.objects.filter(contact=contact, state=OPEN)
            open_ones.update(state=STOPPED, reason="contact_withdrawn", ended_at=sealing.at)
        subjects = [sealing.pseudonym(contact.pk)]
        detail: dict[str, str | int | bool] = {"standing": standing}
        audit.record(
            actor_id=actor.id, verb="hotline.standing_changed", subjects=subjects, reason=reason, detail=detail
        )


def close_follow_up(*, actor: Actor, contact_id: UUID, at: datetime | None = None) -> None:
    """What was to follow a contact has been done."""
    actor.check_desk("hotline", "cases")
    contact = _find(actor, contact_id)
    sealing = Sealing(actor)
    with sealing.transaction():
        Contact.objects.filter(pk=contact.pk, followed_up_at=None).update(followed_up_at=at or sealing.at)
        subjects = [sealing.pseudonym(contact.pk)]
        audit.record(actor_id=actor.id, verb="hotline.follow_up_done", subjects=subjects)


def _find(actor: Actor, contact_id: UUID) -> Contact:
    vault.check_reach(actor, contact_id)
    contact = Contact.objects.filter(pk=contact_id).first()
    if contact is None:
        raise NotFound
    return contact
