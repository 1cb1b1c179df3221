"""How does something get onto a file's timeline? One indexed table, coded, no words."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from astra import vocabulary
from astra.cases.models import TimelineEntry
from astra.cases.rules.tiers import TEAM
from astra.kernel.clock import now
from astra.vault.actor import Actor
from astra.vault.services.sealing import Sealing


def entry(
    actor: Actor,
    case_id: UUID,
    kind: str,
    *,
    happened_at: datetime | None = None,
    subject_id: UUID | None = None,
    tier: str = TEAM,
    code: str = "",
) -> TimelineEntry:
    """Make a line of the timeline, not yet saved."""
    vocabulary.check("event_kind", kind)
    at = now()
    return TimelineEntry(
        case_id=case_id,
        happened_at=happened_at or at,
        kind=kind,
        code=code,
        tier=tier,
        subject_id=subject_id,
        by=actor.id,
        recorded_at=at,
    )


def add_to_timeline(
    *,
    actor: Actor,
    case_id: UUID,
    kind: str,
    happened_at: datetime | None = None,
    subject_id: UUID | None = None,
    tier: str = TEAM,
    code: str = "",
) -> None:
    """Write a line for a later room, within its transaction; the file moves to the top of its lists.

    `kind` is a code of the list `event_kind`; `subject_id` the record that holds the words, which must be granted to
    the circle of `tier`; `code` a coded detail. Whether the actor may write into this file is the caller's question.
    """
    line = entry(actor, case_id, kind, happened_at=happened_at, subject_id=subject_id, tier=tier, code=code)
    moving = Sealing(actor)
    moving.touch(case_id, line.recorded_at)
    with moving.transaction():
        line.save(force_insert=True)


def add_lines(lines: Sequence[TimelineEntry]) -> None:
    """Write many lines that `entry` made, within the caller's transaction."""
    TimelineEntry.objects.bulk_create(lines)
