"""What does data protection still have to see done? Shared parts to rewrite, erasures ordered, records on hold."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from astra.vault.models import Erasure, Record, Rewriting

MOST = 200
FEW = 20


@dataclass(frozen=True)
class ToRewrite:
    """A part that speaks about others too: somebody who can read it writes it again without the erased person."""

    handle_id: UUID
    record_id: UUID
    kind: str
    """The kind of record: a contact, a note."""
    retention: str
    due_on: date


def to_rewrite() -> list[ToRewrite]:
    """What waits to be rewritten, the most overdue first; erased keys only wait to be destroyed."""
    waiting = list(Rewriting.objects.filter(done_at=None).values_list("pk", flat=True))
    rows = Rewriting.objects.filter(pk__in=waiting, handle__erased_at=None).select_related("handle__record")
    rows = rows.order_by("due_on", "pk")
    return [
        ToRewrite(row.handle_id, row.handle.record_id, row.handle.record.kind, row.handle.retention, row.due_on)
        for row in rows[:MOST]
    ]


@dataclass(frozen=True)
class Ordered:
    """An erasure that somebody ordered."""

    record_id: UUID
    kind: str
    reason: str
    ordered_by: UUID
    at: datetime
    is_finished: bool


def ordered_erasures() -> list[Ordered]:
    """The latest erasures that a person ordered, newest first; ended drafts go by themselves and are left out."""
    rows = Erasure.objects.exclude(ordered_by=None).select_related("owner").order_by("-at")
    return [
        Ordered(row.owner_id, row.owner.kind, row.reason, row.ordered_by, row.at, row.finished_at is not None)
        for row in rows[:FEW]
        if row.ordered_by is not None
    ]


def held_counts() -> dict[str, int]:
    """How many records of each kind a legal hold keeps from being erased."""
    return dict(Counter(Record.objects.filter(is_held=True).values_list("kind", flat=True)))
