"""What was asked for, opened and reviewed in emergencies? For the officers who answer for it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.kernel.clock import now
from astra.vault.actor import Actor
from astra.vault.models import EmergencyRequest, EmergencyShare

FEW = 30


@dataclass(frozen=True)
class Emergency:
    """One request, as far as it has come."""

    id: UUID
    record_id: UUID
    kind: str
    """The kind of record: a contact, a case."""
    reason: str
    asked_by: UUID
    reader: UUID
    asked_at: datetime
    lapses_at: datetime
    granted_by: UUID | None
    ends_at: datetime | None
    outcome: str
    is_waiting: bool
    """A second officer can still agree."""
    can_agree: bool
    """This actor is the second officer."""
    is_open: bool
    can_review: bool


def share_holders() -> list[UUID]:
    """The officers who hold a share each, any two of whom can open a record."""
    return list(EmergencyShare.objects.order_by("at", "pk").values_list("member", flat=True))


def emergencies(actor: Actor) -> list[Emergency]:
    """The latest requests, newest first; those that nobody agreed to in time are left out."""
    at = now()
    rows = EmergencyRequest.objects.exclude(granted_at=None, lapses_at__lt=at).select_related("record")
    return [_emergency(row, actor.id, at) for row in rows.order_by("-at")[:FEW]]


def _emergency(row: EmergencyRequest, me: UUID | None, at: datetime) -> Emergency:
    is_waiting = row.granted_at is None
    is_granted = row.granted_at is not None
    return Emergency(
        id=row.id,
        record_id=row.record_id,
        kind=row.record.kind,
        reason=row.reason,
        asked_by=row.asked_by_id,
        reader=row.reader_id,
        asked_at=row.at,
        lapses_at=row.lapses_at,
        granted_by=row.granted_by_id,
        ends_at=row.ends_at,
        outcome=row.outcome,
        is_waiting=is_waiting,
        can_agree=is_waiting and str(me) in row.shares,
        is_open=row.ends_at is not None and row.ends_at > at,
        can_review=is_granted and not row.outcome and me not in (row.asked_by_id, row.reader_id),
    )
