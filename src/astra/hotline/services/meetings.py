"""How does something come before the team, and how does a decision become somebody's until it is done?

It stands in this room because contacts, conversations and people come before the team as cases do. A case's own task is
made by the page that joins the rooms; the point only remembers which one it is.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import F

from astra.accounts import selectors as accounts
from astra.audit import services as audit
from astra.hotline.models import Meeting, MeetingPoint
from astra.hotline.rules import meeting as rules
from astra.hotline.sections import MEETING_DECISION, MEETING_WHY, MeetingWords
from astra.hotline.services.audience import Audience, note
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound, Problem
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing

DESKS = ("hotline", "cases")
CARE = "index"
"""A point about nobody in particular is read by everybody who works with people's files."""


def flag_point(*, actor: Actor, words: str, subject_id: UUID | None = None) -> UUID:
    """Bring something before the next meeting; sealed for those whose record it is about."""
    actor.check_desk(*DESKS)
    if not words.strip():
        raise Invalid(Problem("words", rules.WHY))
    if subject_id is not None:
        vault.check_reach(actor, subject_id)
        if vault.kinds_of([subject_id]).get(subject_id) not in rules.SUBJECTS:
            raise NotFound
    sealing = Sealing(actor)
    to = _readers(actor, subject_id)
    record_id = sealing.new_record("meeting_point", listed_for=to)
    owners = vault.owners_of(subject_id) if subject_id else []
    sealing.seal(record_id, MEETING_WHY, MeetingWords(words.strip()), to=to, owners=owners)
    with sealing.transaction():
        MeetingPoint.objects.create(record_id=record_id, subject_id=subject_id, flagged_by_id=actor.id)
        note(sealing, "hotline.meeting_point_flagged", record_id)
    return record_id


def begin_meeting(*, actor: Actor, held_on: date | None, present: Collection[UUID]) -> UUID:
    """Begin a meeting of the team; whoever was there is written down."""
    actor.check_desk("coordination")
    rules.check_meeting(held_on, present, today())
    known = {one.member_id for one in accounts.colleagues(desks=DESKS)}
    if actor.id is None or not set(present) <= known:
        raise NotFound
    sealing = Sealing(actor)
    with sealing.transaction():
        row = Meeting.objects.create(
            held_on=held_on or today(), present=sorted(str(one) for one in set(present)), opened_by_id=actor.id
        )
        audit.record(actor_id=actor.id, verb="hotline.meeting_begun", detail={"present": len(set(present))})
    meeting_id: UUID = row.pk
    return meeting_id


def decide_point(
    *,
    actor: Actor,
    meeting_id: UUID,
    meeting_point_id: UUID,
    words: str,
    assigned_to: UUID | None,
    due_on: date | None,
    task_id: UUID | None = None,
) -> None:
    """Write down what the team decided, who does it and until when; `task_id` names a case's task that carries it."""
    rules.check_decision(words, assigned_to, due_on)
    meeting = _open_meeting(actor, meeting_id)
    row = _find(actor, meeting_point_id)
    state = rules.MEETING_POINT.check(row.state, "decide")
    _check_can_do(row, assigned_to)
    sealing = Sealing(actor)
    opened = vault.find_section(actor, row.pk, MEETING_DECISION)
    owners = vault.owners_of(row.subject_id) if row.subject_id else []
    personal = [vault.personal_circle(assigned_to)] if assigned_to else []
    to = list(dict.fromkeys([*_readers(actor, row.subject_id), *personal]))
    revision = opened.revision if opened else None
    content = MeetingWords(words.strip())
    sealing.write(row.pk, MEETING_DECISION, content, to=to, owners=owners, revision=revision)
    changes = {"meeting": meeting.pk, "assigned_to": assigned_to, "due_on": due_on, "task": task_id}
    with sealing.transaction():
        if not MeetingPoint.objects.filter(pk=row.pk, state=row.state).update(state=state, **changes):
            raise Conflict(SOMEBODY_SAVED)
        note(sealing, "hotline.meeting_point_decided", row.pk, is_task=task_id is not None)


def step_point(*, actor: Actor, meeting_point_id: UUID, verb: str) -> None:
    """Say that a decision is carried out, that a point is no longer needed, or take one up again."""
    row = _find(actor, meeting_point_id)
    state, sealing = rules.MEETING_POINT.check(row.state, verb), Sealing(actor)
    is_over = state in (rules.DONE, rules.DROPPED)
    with sealing.transaction():
        rows = MeetingPoint.objects.filter(pk=row.pk, state=row.state)
        if not rows.update(state=state, ended_at=sealing.at if is_over else None):
            raise Conflict(SOMEBODY_SAVED)
        note(sealing, "hotline.meeting_point_stepped", row.pk, state=state)


def close_meeting(*, actor: Actor, meeting_id: UUID) -> int:
    """Close a meeting: what was not decided goes on to the next one. Returns how many points those are."""
    actor.check_desk("coordination")
    meeting, sealing = _open_meeting(actor, meeting_id), Sealing(actor)
    with sealing.transaction():
        if not Meeting.objects.filter(pk=meeting.pk, closed_at=None).update(closed_at=now()):
            raise Conflict(SOMEBODY_SAVED)
        waiting = MeetingPoint.objects.filter(state=rules.FLAGGED, flagged_at__lt=sealing.at)
        left = waiting.update(carried=F("carried") + 1)
        audit.record(actor_id=actor.id, verb="hotline.meeting_closed", detail={"carried": left})
    return left


def _readers(actor: Actor, subject_id: UUID | None) -> list[UUID]:
    circles = vault.circles_listing(subject_id) if subject_id else [vault.desk_circle(CARE)]
    return list(dict.fromkeys([*circles, *Audience(actor).own()]))


def _check_can_do(row: MeetingPoint, member_id: UUID | None) -> None:
    """Who is to do something must be able to know what it is about."""
    known = {one.member_id for one in accounts.colleagues(desks=DESKS)}
    circles = vault.circles_listing(row.subject_id) if row.subject_id else [vault.desk_circle(CARE)]
    able = {member for circle in circles for member in vault.workers_in(circle)}
    if member_id not in known or member_id not in able | {row.flagged_by_id}:
        raise Invalid(Problem("assigned_to", rules.NOT_WHO))


def _open_meeting(actor: Actor, meeting_id: UUID) -> Meeting:
    actor.check_desk(*DESKS)
    row = Meeting.objects.filter(pk=meeting_id).first()
    if row is None:
        raise NotFound
    if row.closed_at is not None:
        raise NotAllowedNow(rules.IS_CLOSED)
    return row


def _find(actor: Actor, meeting_point_id: UUID) -> MeetingPoint:
    actor.check_desk(*DESKS)
    vault.check_reach(actor, meeting_point_id)
    row = MeetingPoint.objects.filter(pk=meeting_point_id).first()
    if row is None:
        raise NotFound
    if row.subject_id is not None:
        vault.check_reach(actor, row.subject_id)
    return row
