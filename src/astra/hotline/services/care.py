"""How does a colleague say that a contact was hard, and write of it for herself and whom she chooses?"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from astra.accounts import selectors as accounts
from astra.audit import services as audit
from astra.hotline.models import Contact, Debrief, HardContact
from astra.hotline.rules import care as rules
from astra.hotline.sections import DEBRIEF, FOR_COORDINATION, DebriefWords
from astra.hotline.services.audience import note
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services import erasure
from astra.vault.services.sealing import Sealing

COORDINATORS = "coordinators"


def mark_hard(*, actor: Actor, contact_id: UUID, is_hard: bool = True) -> None:
    """Say that a contact was hard for oneself, or take it back; only whoever took or wrote it can."""
    actor.check_desk("hotline")
    vault.check_reach(actor, contact_id)
    hers = Q(counsellor=actor.id) | Q(entered_by=actor.id)
    if actor.id is None or not Contact.objects.filter(hers, pk=contact_id).exists():
        raise NotFound
    with transaction.atomic():
        if is_hard:
            HardContact.objects.get_or_create(contact_id=contact_id, member_id=actor.id)
        else:
            HardContact.objects.filter(contact=contact_id, member=actor.id).delete()
        audit.record(
            actor_id=actor.id,
            verb="hotline.hard_contact_marked" if is_hard else "hotline.hard_contact_unmarked",
            subjects=list(vault.pseudonyms([contact_id]).values()),
        )


def write_debrief(
    *,
    actor: Actor,
    kind: str,
    words: str = "",
    for_coordination: str = "",
    readers: Collection[UUID] = (),
    contact_id: UUID | None = None,
) -> UUID:
    """Write of one's work: to oneself and the chosen readers, and apart from it what is meant for the coordinators."""
    actor.check_desk("hotline")
    chosen = list(dict.fromkeys(one for one in readers if one != actor.id))
    rules.check_note(kind, words, for_coordination, len(chosen))
    if actor.id is None or not set(chosen) <= {one.member_id for one in accounts.colleagues()}:
        raise NotFound
    if contact_id is not None:
        vault.check_reach(actor, contact_id)
    sealing = Sealing(actor)
    circles = [vault.personal_circle(member) for member in (actor.id, *chosen)]
    coordinators = [vault.desk_circle(COORDINATORS)] if for_coordination.strip() else []
    record_id = sealing.new_record("debrief", listed_for=[*circles, *coordinators])
    if words.strip():
        sealing.seal(record_id, DEBRIEF, DebriefWords(words.strip()), to=circles)
    if coordinators:
        told = DebriefWords(for_coordination.strip())
        sealing.seal(record_id, FOR_COORDINATION, told, to=[circles[0], *coordinators])
    with sealing.transaction():
        Debrief.objects.create(
            record_id=record_id,
            kind=kind,
            writer_id=actor.id,
            contact_id=contact_id,
            readers=[str(one) for one in chosen],
            is_for_coordination=bool(coordinators),
        )
        note(sealing, "hotline.debrief_written", record_id)
    return record_id


def destroy_debrief(*, actor: Actor, debrief_id: UUID) -> None:
    """Destroy one's own note, for everybody and for good."""
    vault.check_reach(actor, debrief_id)
    with transaction.atomic():
        if not Debrief.objects.filter(pk=debrief_id, writer=actor.id).delete()[0]:
            raise NotFound
        audit.record(
            actor_id=actor.id,
            verb="hotline.debrief_destroyed",
            subjects=list(vault.pseudonyms([debrief_id]).values()),
        )
    erasure.erase_record(actor=actor, record_id=debrief_id, reason="her_request")
