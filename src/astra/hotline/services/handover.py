"""How does one shift tell the next what it has to know? Points stay until they are done; somebody says she read it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from astra import vocabulary
from astra.audit import services as audit
from astra.hotline.models import Handover, HandoverPoint
from astra.hotline.rules import handover as rules
from astra.hotline.sections import HANDOVER, HandoverWords
from astra.hotline.selectors.conversations import contact_of
from astra.hotline.services.audience import SENIORS, Audience, note
from astra.hotline.services.owners import owners_of
from astra.hotline.services.waking import wake
from astra.kernel.clock import now
from astra.kernel.errors import Denied, NotAllowedNow, NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor, system
from astra.vault.services import erasure
from astra.vault.services.sealing import Sealing

NOT_YOUR_OWN = msg("Somebody else has to read what you handed over.")
WAS_READ = msg("A colleague has already said that she read this.")
AT_ONCE = 200
TOGETHER = timedelta(minutes=2)


def add_point(*, actor: Actor, kind: str, line: str, words: str = "", subject_id: UUID | None = None) -> UUID:
    """Write down one thing for the next shift; its words share the fate of whom they are about."""
    actor.check_desk("hotline")
    audience = Audience(actor)
    audience.check_reader()
    rules.check_point(kind, line, words, is_about_something=subject_id is not None)
    if subject_id is not None:
        vault.check_reach(actor, subject_id)
    sealing = Sealing(actor)
    to = list(dict.fromkeys([*audience.readers(line), vault.desk_circle(SENIORS)]))
    record_id = sealing.new_record("handover_point", listed_for=to)
    if words.strip():
        sealing.seal(record_id, HANDOVER, HandoverWords(words.strip()), to=to, owners=_owners(subject_id))
    with sealing.transaction():
        HandoverPoint.objects.create(
            record_id=record_id, line=line, kind=kind, subject_id=subject_id, written_by_id=actor.id
        )
        note(sealing, "hotline.handover_point_added", record_id, kind=kind)
    return record_id


def _owners(subject_id: UUID | None) -> Sequence[UUID]:
    """Whom the words are about: the person, or the people of the contact; a case is nobody's."""
    kind = vault.kinds_of([subject_id]).get(subject_id) if subject_id else None
    contact = contact_of(subject_id) if subject_id and kind == "conversation" else subject_id
    if kind in ("contact", "conversation") and contact:
        return owners_of(contact)
    return [subject_id] if subject_id and kind == "person" else []


def finish_point(*, actor: Actor, point_id: UUID, is_done: bool = True) -> None:
    """Say that a point is done, or after all not."""
    actor.check_desk("hotline")
    Audience(actor).check_reader()
    vault.check_reach(actor, point_id)
    by, at = (actor.id, now()) if is_done else (None, None)
    sealing = Sealing(actor)
    with sealing.transaction():
        if not HandoverPoint.objects.filter(pk=point_id, is_shredded=False).update(done_by=by, done_at=at):
            raise NotFound
        note(sealing, "hotline.handover_point_done" if is_done else "hotline.handover_point_reopened", point_id)


def hand_over(*, actor: Actor, lines: Iterable[str]) -> UUID:
    """Say that one's shift has handed over; pressed twice, it is one hand-over."""
    actor.check_desk("hotline")
    Audience(actor).check_reader()
    for line in (given := list(dict.fromkeys(lines))):
        vocabulary.check("hotline_line", line, field="lines")
    if actor.id is None:
        raise NotFound
    with transaction.atomic():
        just = Handover.objects.filter(written_by=actor.id, acknowledged_at=None, written_at__gt=now() - TOGETHER)
        row = just.order_by("-written_at").first()
        if row is None:
            row = Handover.objects.create(lines=given, written_by_id=actor.id)
            audit.record(actor_id=actor.id, verb="hotline.handed_over")
            wake()
    handover_id: UUID = row.pk
    return handover_id


def acknowledge_handover(*, actor: Actor, handover_id: UUID) -> None:
    """Say that one has read what the last shift handed over."""
    actor.check_desk("hotline")
    Audience(actor).check_reader()
    with transaction.atomic():
        row = Handover.objects.filter(pk=handover_id).first()
        if row is None:
            raise NotFound
        if row.written_by_id == actor.id:
            raise Denied(NOT_YOUR_OWN)
        # Whoever reads the newest has read all that is open: points are carried on, not copied.
        unread = Handover.objects.filter(acknowledged_at=None, written_at__lte=row.written_at)
        if not unread.exclude(written_by=actor.id).update(acknowledged_by=actor.id, acknowledged_at=now()):
            raise NotAllowedNow(WAS_READ)
        audit.record(actor_id=actor.id, verb="hotline.handover_read", detail={"from": str(row.written_by_id)})
        wake()


def shred_handovers() -> int:
    """Destroy the keys of points that were done a month ago; unattended work, needs no reading key."""
    done = HandoverPoint.objects.filter(is_shredded=False, done_at__lt=now() - rules.KEPT).order_by("done_at")
    waiting = list(done.values_list("pk", flat=True)[:AT_ONCE])
    for point_id in waiting:
        erasure.erase_record(record_id=point_id, reason="handover_over", actor=system())
        HandoverPoint.objects.filter(pk=point_id).update(is_shredded=True, subject=None)
    Handover.objects.filter(written_at__lt=now() - rules.KEPT).delete()
    return len(waiting)
