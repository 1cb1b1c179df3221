"""How do supervisors keep notes of their own? In a circle that no role opens: only its members let others in."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from astra.accounts import selectors as accounts
from astra.audit import services as audit
from astra.hotline.models import Supervision, SupervisionNote
from astra.hotline.rules import supervision as rules
from astra.hotline.sections import SUPERVISION_NOTE, SupervisionWords
from astra.hotline.selectors.supervision import DESKS, SupervisionNow, supervision
from astra.hotline.services.audience import note
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services import circles, erasure
from astra.vault.services.sealing import Sealing

NARROW = "case"
"""The vault's kind of a circle that belongs to one record and whose members are chosen one by one."""


def found_supervision(*, actor: Actor, members: Collection[UUID]) -> UUID:
    """Begin the circle with those who supervise; whoever begins it sits in it only if she names herself."""
    actor.check_desk("coordination")
    chosen = list(dict.fromkeys(members))
    rules.check_founding(chosen, is_founded=Supervision.objects.exists())
    _check_colleagues(chosen)
    if actor.id is None:
        raise NotFound
    sealing = Sealing(actor)
    record_id = sealing.new_record("supervision")
    holders = [vault.personal_circle(member) for member in chosen]
    circle = sealing.new_circle(NARROW, record_id=record_id, tier=rules.TIER, holders=holders)
    with sealing.transaction():
        Supervision.objects.create(record_id=record_id, circle_id=circle, founded_by_id=actor.id)
        note(sealing, "hotline.supervision_founded", members=len(chosen))
    if actor.id not in chosen:
        actor.keyring.forget(circle)
    return circle


def admit_supervisor(*, actor: Actor, member_id: UUID) -> None:
    """Let a colleague into the circle; she reads what was written before, as everybody in it."""
    now_there = _of_hers(actor)
    _check_colleagues([member_id])
    with transaction.atomic():
        holder = vault.personal_circle(member_id)
        circles.admit(actor=actor, circle_id=_circle(now_there), holder_circle_ids=[holder])
        audit.record(actor_id=actor.id, verb="hotline.supervisor_admitted", detail={"member": str(member_id)})


def let_supervisor_go(*, actor: Actor, member_id: UUID) -> None:
    """Take somebody out of the circle, oneself too; the others get a new key at once."""
    now_there = _of_hers(actor)
    if member_id not in now_there.members:
        raise NotFound
    rules.check_can_go(now_there.members)
    with transaction.atomic():
        holder = vault.personal_circle(member_id)
        circles.dismiss(actor=actor, circle_id=_circle(now_there), holder_circle_ids=[holder])
        audit.record(actor_id=actor.id, verb="hotline.supervisor_left", detail={"member": str(member_id)})


def write_supervision(*, actor: Actor, words: str, about_id: UUID | None = None, is_shared: bool = False) -> UUID:
    """Write a note on a sitting: sealed to the circle alone, and to the colleague concerned if it is shared."""
    now_there = _of_hers(actor)
    if actor.id is None:
        raise NotFound
    rules.check_note(words, about_id, is_shared=is_shared)
    if about_id is not None:
        _check_colleagues([about_id])
    shared = [vault.personal_circle(about_id)] if is_shared and about_id else []
    sealing, to = Sealing(actor), [_circle(now_there), *shared]
    record_id = sealing.new_record("supervision_note", listed_for=to)
    sealing.seal(record_id, SUPERVISION_NOTE, SupervisionWords(words.strip()), to=to)
    with sealing.transaction():
        SupervisionNote.objects.create(
            record_id=record_id, writer_id=actor.id, about_id=about_id, is_shared=bool(shared)
        )
        note(sealing, "hotline.supervision_written", record_id, shared=bool(shared))
    return record_id


def destroy_supervision(*, actor: Actor, supervision_note_id: UUID) -> None:
    """Destroy a note that one has written, for everybody and for good."""
    actor.check_desk(*DESKS)
    vault.check_reach(actor, supervision_note_id)
    with transaction.atomic():
        if not SupervisionNote.objects.filter(pk=supervision_note_id, writer=actor.id).delete()[0]:
            raise NotFound
        subjects = list(vault.pseudonyms([supervision_note_id]).values())
        audit.record(actor_id=actor.id, verb="hotline.supervision_destroyed", subjects=subjects)
    erasure.erase_record(actor=actor, record_id=supervision_note_id, reason="her_request")


def _of_hers(actor: Actor) -> SupervisionNow:
    found = supervision(actor)
    rules.check_member(is_member=found.is_member)
    return found


def _circle(found: SupervisionNow) -> UUID:
    if found.circle_id is None:
        raise NotFound
    return found.circle_id


def _check_colleagues(members: Collection[UUID]) -> None:
    if not set(members) <= {one.member_id for one in accounts.colleagues(desks=DESKS)}:
        raise NotFound
