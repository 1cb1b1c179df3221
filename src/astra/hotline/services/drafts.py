"""How is nothing lost that was typed? Each save of a draft is sealed and on disk before 'saved' is shown.

A draft is sealed to its writer and to her line's readers, so that a colleague can finish it. When it ends, its key is
given back to the draft itself and destroyed by the next `shred_drafts`: no copy of the words outlives the contact's.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from astra.hotline.entries import Typed
from astra.hotline.models import Draft
from astra.hotline.sections import DRAFT, DRAFT_CONTENT, DraftContent
from astra.hotline.services.audience import Audience, note
from astra.kernel.clock import now
from astra.kernel.errors import Conflict, NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor, system
from astra.vault.services import erasure
from astra.vault.services.sealing import Sealing

ENDED = msg("This draft was already saved as a contact or discarded.")
TAKEN_OVER = msg("A colleague has taken this draft over.")
ANOTHER_WINDOW = msg("This draft was changed in another window. Copy your words before you close this one.")
SHRED_AT_ONCE = 200


@dataclass(frozen=True)
class SavedDraft:
    """A draft that is on disk: since when, and how many times it was saved."""

    draft_id: UUID
    saved_at: datetime
    sequence: int


def save_draft(*, actor: Actor, draft_id: UUID, typed: Typed) -> SavedDraft:
    """Save what was typed so far; the same save again changes nothing."""
    actor.check_desk("hotline")
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is None:
        try:
            return _begin(actor, draft_id, typed)
        except IntegrityError:  # the first save was sent twice at once
            draft = Draft.objects.get(pk=draft_id)
    vault.check_reach(actor, draft_id)
    _check_open(actor, draft)
    if typed.window != draft.window and typed.based_on != draft.sequence:
        raise Conflict(ANOTHER_WINDOW)
    return _continue(actor, draft, typed)


def _check_open(actor: Actor, draft: Draft) -> None:
    if draft.ended_at is not None:
        raise Conflict(ENDED)
    if draft.writer_id != actor.id:
        raise Conflict(TAKEN_OVER)


def _begin(actor: Actor, draft_id: UUID, typed: Typed) -> SavedDraft:
    if actor.id is None:
        raise NotFound
    sealing, audience = Sealing(actor), Audience(actor)
    if typed.about is not None:
        vault.check_reach(actor, typed.about)
    people = vault.reachable_among(actor, typed.people) if typed.people else set()
    to = list(dict.fromkeys([*audience.own(), *audience.readers()]))
    sealing.new_record("draft", record_id=draft_id, listed_for=to)
    sealing.seal(draft_id, DRAFT_CONTENT, DraftContent(tuple(typed.values)), to=to, owners=people)
    with sealing.transaction():
        Draft.objects.create(
            record_id=draft_id,
            writer_id=actor.id,
            about_id=typed.about,
            began_at=sealing.at,
            saved_at=sealing.at,
            window=typed.window,
            sequence=1,
            people=sorted(map(str, people)),
        )
        note(sealing, "hotline.draft_begun", draft_id)
    return SavedDraft(draft_id, sealing.at, 1)


def _continue(actor: Actor, draft: Draft, typed: Typed) -> SavedDraft:
    opened = vault.open_section(actor, draft.pk, DRAFT_CONTENT)
    content = DraftContent(tuple(typed.values))
    people = sorted(map(str, vault.reachable_among(actor, typed.people))) if typed.people else []
    if content == opened.content and people == draft.people and typed.window == draft.window:
        return SavedDraft(draft.pk, draft.saved_at, draft.sequence)
    sealing = Sealing(actor)
    sealing.revise(draft.pk, DRAFT_CONTENT, content, revision=opened.revision)
    with sealing.transaction():
        still = Draft.objects.filter(pk=draft.pk, ended_at=None, writer=actor.id)
        number = draft.sequence + 1
        if not still.update(saved_at=sealing.at, window=typed.window, sequence=number, people=people):
            raise Conflict(ENDED)
        if people != draft.people:
            owners = [UUID(person) for person in people]
            erasure.change_owners(actor=actor, record_id=draft.pk, retention=DRAFT, owners=owners)
        note(sealing, "hotline.draft_saved", draft.pk)
    return SavedDraft(draft.pk, sealing.at, number)


def take_over_draft(*, actor: Actor, draft_id: UUID) -> None:
    """A colleague finishes what somebody could not finish; the first writer's open window is told so."""
    actor.check_desk("hotline")
    draft = _find(actor, draft_id)
    vault.open_section(actor, draft_id, DRAFT_CONTENT)  # only who can read it can finish it
    sealing = Sealing(actor)
    with sealing.transaction():
        Draft.objects.filter(pk=draft.pk, ended_at=None).update(writer=actor.id, window="")
        note(sealing, "hotline.draft_taken_over", draft_id)


def discard_draft(*, actor: Actor, draft_id: UUID) -> None:
    """Throw a draft away; only its present writer can, and her page asks first."""
    actor.check_desk("hotline")
    draft = _find(actor, draft_id)
    _check_open(actor, draft)
    sealing = Sealing(actor)
    with sealing.transaction():
        end_draft(actor, draft_id, contact_id=None)
        note(sealing, "hotline.draft_discarded", draft_id)


def end_draft(actor: Actor, draft_id: UUID, *, contact_id: UUID | None) -> None:
    """Mark a draft as ended, in the caller's transaction; a form that was never saved as a draft has none.

    A draft that was discarded in one window may still be saved from another: words weigh more than tidiness.
    """
    draft = Draft.objects.filter(pk=draft_id, is_shredded=False).first()
    if draft is None:
        return
    vault.check_reach(actor, draft_id)
    if draft.writer_id != actor.id:
        raise Conflict(TAKEN_OVER)
    unsaved = Draft.objects.filter(pk=draft_id, contact=None)
    if not unsaved.update(ended_at=draft.ended_at or now(), contact=contact_id, people=[]):
        raise Conflict(ENDED)
    if draft.people:
        erasure.change_owners(actor=actor, record_id=draft_id, retention=DRAFT, owners=[draft_id])


def shred_drafts() -> int:
    """Destroy the keys of ended drafts; unattended work, needs no reading key."""
    ended = Draft.objects.exclude(ended_at=None).filter(is_shredded=False).order_by("ended_at")
    waiting = list(ended.values_list("pk", flat=True)[:SHRED_AT_ONCE])
    for draft_id in waiting:
        erasure.erase_owner(actor=system(), owner_id=draft_id, reason="draft_ended")
        Draft.objects.filter(pk=draft_id).update(is_shredded=True)
    return len(waiting)


def _find(actor: Actor, draft_id: UUID) -> Draft:
    vault.check_reach(actor, draft_id)
    draft = Draft.objects.filter(pk=draft_id, ended_at=None).first()
    if draft is None:
        raise NotFound
    return draft
