"""What does the team have to talk over, what did it decide, and who has to do what? A closed record stays closed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from astra.hotline.models import Meeting, MeetingPoint
from astra.hotline.rules import meeting as rules
from astra.hotline.sections import MEETING_DECISION, MEETING_WHY
from astra.kernel.dues import Due
from astra.kernel.errors import NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

MOST = 200
DESKS = ("hotline", "cases")
TO_DO = msg("What the team decided")


@dataclass(frozen=True)
class MeetingLine:
    """One meeting."""

    id: UUID
    held_on: date
    present: tuple[UUID, ...]
    opened_by: UUID
    closed_at: datetime | None
    decided: int


@dataclass(frozen=True)
class MeetingPointLine:
    """One point; closed to the reader, it says nothing but that it is there."""

    id: UUID
    is_open_to_her: bool
    state: str = ""
    subject_id: UUID | None = None
    subject_kind: str = ""
    why: str = ""
    decision: str = ""
    flagged_by: UUID | None = None
    flagged_at: datetime | None = None
    carried: int = 0
    assigned_to: UUID | None = None
    due_on: date | None = None
    task_id: UUID | None = None


def meetings(actor: Actor) -> list[MeetingLine]:
    """The meetings, the newest first."""
    actor.check_desk(*DESKS)
    rows = list(Meeting.objects.order_by("-held_on", "-opened_at")[:MOST])
    return [_meeting(row) for row in rows]


def meeting(actor: Actor, meeting_id: UUID) -> MeetingLine:
    """One meeting, or `NotFound`."""
    actor.check_desk(*DESKS)
    row = Meeting.objects.filter(pk=meeting_id).first()
    if row is None:
        raise NotFound
    return _meeting(row)


def _meeting(row: Meeting) -> MeetingLine:
    present = tuple(UUID(one) for one in row.present)
    return MeetingLine(row.pk, row.held_on, present, row.opened_by_id, row.closed_at, row.points.count())


def agenda(actor: Actor) -> list[MeetingPointLine]:
    """What waits for the next meeting, the oldest first; what she may not open is there without a word."""
    actor.check_desk(*DESKS)
    rows = MeetingPoint.objects.filter(state=rules.FLAGGED).order_by("flagged_at", "pk")
    return _lines(actor, list(rows[:MOST]))


def decided_at(actor: Actor, meeting_id: UUID) -> list[MeetingPointLine]:
    """What a meeting decided."""
    actor.check_desk(*DESKS)
    rows = MeetingPoint.objects.filter(meeting=meeting_id).exclude(state=rules.FLAGGED).order_by("flagged_at", "pk")
    return _lines(actor, list(rows[:MOST]))


def meeting_point(actor: Actor, meeting_point_id: UUID) -> MeetingPointLine:
    """One point that is hers to open, or `NotFound`."""
    actor.check_desk(*DESKS)
    vault.check_reach(actor, meeting_point_id)
    found = [one for one in _lines(actor, list(MeetingPoint.objects.filter(pk=meeting_point_id))) if one.is_open_to_her]
    if not found:
        raise NotFound
    return found[0]


def decisions_due(actor: Actor, day: date) -> list[Due]:
    """What the team decided that she does; what became a task of a case is due there."""
    if actor.id is None or not actor.has_desk(*DESKS):
        return []
    rows = MeetingPoint.objects.filter(assigned_to=actor.id, state=rules.DECIDED, task=None, due_on__lte=day)
    found = list(rows.order_by("due_on")[:MOST])
    hers = vault.reachable_among(actor, [row.pk for row in found]) if found else set()
    return [Due(row.due_on, "hotline.meeting_point", row.pk, TO_DO) for row in found if row.pk in hers and row.due_on]


def _lines(actor: Actor, rows: Collection[MeetingPoint]) -> list[MeetingPointLine]:
    asked = {row.pk for row in rows} | {row.subject_id for row in rows if row.subject_id}
    hers = vault.reachable_among(actor, asked) if asked else set()
    # Who may not know of the case may not read the point either, whichever circles she sits in.
    opened = [row.pk for row in rows if row.pk in hers and (row.subject_id is None or row.subject_id in hers)]
    reading = vault.read_together(actor, opened, [MEETING_WHY, MEETING_DECISION]) if opened else None
    why, decision = (reading.opened(kind) if reading else {} for kind in (MEETING_WHY, MEETING_DECISION))
    kinds = vault.kinds_of([row.subject_id for row in rows if row.subject_id and row.pk in opened])
    return [
        MeetingPointLine(
            id=row.pk,
            is_open_to_her=True,
            state=row.state,
            subject_id=row.subject_id,
            subject_kind=kinds.get(row.subject_id, "") if row.subject_id else "",
            why=why[row.pk].content.words if row.pk in why else "",
            decision=decision[row.pk].content.words if row.pk in decision else "",
            flagged_by=row.flagged_by_id,
            flagged_at=row.flagged_at,
            carried=row.carried,
            assigned_to=row.assigned_to_id,
            due_on=row.due_on,
            task_id=row.task_id,
        )
        if row.pk in opened
        else MeetingPointLine(row.pk, is_open_to_her=False)
        for row in rows
    ]
