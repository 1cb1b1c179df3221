"""Which files has nobody a reason to open, and who opened one? Told to those alone who answer for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.vault.actor import Actor
from astra.vault.models import Decoy, DecoyAlarm

DESKS = ("coordination", "data_protection")
FEW = 50


@dataclass(frozen=True)
class Alarm:
    """Somebody opened such a file, or tried to."""

    id: UUID
    record_id: UUID
    opened_by: UUID
    at: datetime
    was_refused: bool
    seen_by: UUID | None


def decoys(actor: Actor) -> list[UUID]:
    """The records that lie out, for those who must know."""
    actor.check_desk(*DESKS)
    return list(Decoy.objects.order_by("laid_at", "pk").values_list("pk", flat=True))


def decoys_among(record_ids: Collection[UUID]) -> set[UUID]:
    """Those of some records that lie out; for the watch, and for what counts."""
    return set(Decoy.objects.filter(pk__in=record_ids).values_list("pk", flat=True))


def decoys_behind(record_ids: Collection[UUID]) -> set[UUID]:
    """Those of some records that lie out; if none does, those whose notes and papers are among them."""
    owned = Decoy.objects.filter(record__owned__handle__record__in=record_ids)
    return decoys_among(record_ids) or set(owned.values_list("pk", flat=True))


def alarms(actor: Actor) -> list[Alarm]:
    """The latest alarms, those first that nobody has looked into."""
    actor.check_desk(*DESKS)
    rows = [*DecoyAlarm.objects.filter(seen_at=None).order_by("-at")[:FEW]]
    rows += DecoyAlarm.objects.exclude(seen_at=None).order_by("-at")[:FEW]
    return [Alarm(row.pk, row.record_id, row.opened_by_id, row.at, row.was_refused, row.seen_by_id) for row in rows]


def count_alarms(actor: Actor) -> int:
    """How many alarms nobody has looked into; none for those who need not know."""
    return DecoyAlarm.objects.filter(seen_at=None).count() if actor.has_desk(*DESKS) else 0
