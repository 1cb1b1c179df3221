"""What has the last shift left to this one, and has anybody read it?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.hotline.models import Handover, HandoverPoint
from astra.hotline.rules import handover as rules
from astra.hotline.sections import HANDOVER
from astra.hotline.selectors.queues import is_reader
from astra.kernel.clock import now
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vocabulary import codes

MOST = 200


@dataclass(frozen=True)
class PointLine:
    """One thing that goes from shift to shift."""

    id: UUID
    line: str
    kind: str
    words: str
    subject_id: UUID | None
    subject_kind: str
    written_by: UUID | None
    written_at: datetime
    done_by: UUID | None
    done_at: datetime | None


@dataclass(frozen=True)
class HandoverLine:
    """That a shift handed over, and who has read it."""

    id: UUID
    lines: tuple[str, ...]
    written_by: UUID
    written_at: datetime
    acknowledged_by: UUID | None
    acknowledged_at: datetime | None

    def is_unread(self, at: datetime) -> bool:
        """Whether it has waited too long."""
        return rules.is_unread(self.written_at, self.acknowledged_at, at)


def handover_points(actor: Actor, *, is_done: bool = False) -> list[PointLine]:
    """What is open, by how much it weighs and then by age; or what was done lately."""
    actor.check_desk("hotline")
    rows = HandoverPoint.objects.filter(is_shredded=False).order_by("written_at")
    done = rows.filter(done_at__gt=now() - rules.SHOWN_DONE)
    found = list((done if is_done else rows.filter(done_at=None))[:MOST])
    order = {kind: place for place, kind in enumerate(codes(rules.KIND).codes)}
    return sorted(_lines(actor, found), key=lambda one: (order.get(one.kind, len(order)), one.written_at))


def last_handover(actor: Actor) -> HandoverLine | None:
    """The newest hand-over."""
    actor.check_desk("hotline")
    row = Handover.objects.order_by("-written_at").first()
    return _handover(row) if row else None


def overdue_handovers() -> list[HandoverLine]:
    """Hand-overs that nobody has read in time, as coded facts; for the coordinator."""
    rows = Handover.objects.filter(acknowledged_at=None, written_at__lte=now() - rules.READ_WITHIN)
    return [_handover(row) for row in rows.order_by("written_at")]


def count_unread_handovers(actor: Actor) -> int | None:
    """How many hand-overs wait for the actor to read them; none where she reads none."""
    if not is_reader(actor):
        return None
    waiting = Handover.objects.filter(acknowledged_at=None)
    return (waiting.exclude(written_by=actor.id) if actor.id else waiting).count()


def _lines(actor: Actor, rows: Collection[HandoverPoint]) -> list[PointLine]:
    hers = vault.reachable_among(actor, [row.pk for row in rows]) if rows else set()
    words = vault.open_sections(actor, hers, HANDOVER) if hers else {}
    subjects = {row.subject_id for row in rows if row.subject_id}
    known = vault.reachable_among(actor, subjects) if subjects else set()
    kinds = vault.kinds_of(known) if known else {}
    return [
        PointLine(
            id=row.pk,
            line=row.line,
            kind=row.kind,
            words=words[row.pk].content.words if row.pk in words else "",
            subject_id=row.subject_id if row.subject_id in known else None,
            subject_kind=kinds.get(row.subject_id, "") if row.subject_id else "",
            written_by=row.written_by_id,
            written_at=row.written_at,
            done_by=row.done_by_id,
            done_at=row.done_at,
        )
        for row in rows
        if row.pk in hers
    ]


def _handover(row: Handover) -> HandoverLine:
    return HandoverLine(
        row.pk, tuple(row.lines), row.written_by_id, row.written_at, row.acknowledged_by_id, row.acknowledged_at
    )
