"""What is to be done in a file, by whom, and until when?"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from astra import vocabulary
from astra.cases.models import Case, Task
from astra.cases.rules.lifecycle import DROPPED, TASK, TO_DO, audit_verb, is_living
from astra.cases.rules.tiers import TEAM
from astra.cases.sections import TASK as WORDS
from astra.cases.sections import TaskWords
from astra.cases.selectors.access import get_case, tier_circles
from astra.cases.selectors.single import get_task
from astra.cases.services.holds import hold_new
from astra.cases.services.timeline import entry
from astra.cases.services.walls import wall_new
from astra.cases.services.writing import Writing
from astra.kernel.clock import now
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

CLOSED_FILE = msg("The case is closed. Reopen it before you set tasks.")
NOT_IN_TEAM = msg("This colleague does not sit in the part of the case that the task belongs to.")
SOMEBODY_WAS_FASTER = msg("Somebody else has changed this task meanwhile.")


def add_task(
    *,
    actor: Actor,
    case_id: UUID,
    kind: str,
    title: str = "",
    remark: str = "",
    due_on: date | None = None,
    assigned: UUID | None = None,
    tier: str = TEAM,
) -> UUID:
    """Set a task in a file; nobody named: whoever leads the file."""
    case = get_case(actor, case_id)
    if not is_living(case.state):
        raise NotAllowedNow(CLOSED_FILE)
    vocabulary.check("task_kind", kind, field="kind")
    vocabulary.check("case_tier", tier, field="tier")
    assigned = assigned or case.lead_id
    check_sits_there(case_id, tier, assigned)
    writing = Writing(actor, case)
    task_id = writing.new_record("case_task", tier)
    if title or remark:
        words = TaskWords(title, remark)
        writing.sealing.seal(task_id, WORDS, words, to=[writing.circle(tier)], owners=writing.owners)
    with writing.transaction("cases.add_task", subjects=[task_id], detail={"kind": kind}):
        Task.objects.create(record_id=task_id, case=case, kind=kind, tier=tier, due_on=due_on, assigned_id=assigned)
        wall_new(actor, case_id, [task_id])
        hold_new(case, [task_id])
    return task_id


def move_task(*, actor: Actor, task_id: UUID, due_on: date | None, assigned: UUID | None) -> None:
    """Give a task another day or another colleague."""
    task = get_task(actor, task_id)
    check_sits_there(task.case_id, task.tier, assigned)
    with Writing(actor, task.case).transaction("cases.move_task", subjects=[task_id]):
        Task.objects.filter(pk=task_id).update(due_on=due_on, assigned=assigned)


def step_task(*, actor: Actor, task_id: UUID, verb: str) -> None:
    """Do one step of a task: done, no longer needed, or put back."""
    task = get_task(actor, task_id)
    target = TASK.check(task.state, verb)
    if target == TO_DO and not is_living(task.case.state):
        raise NotAllowedNow(CLOSED_FILE)
    writing = Writing(actor, task.case)
    is_ended = target != TO_DO
    lines = []
    if verb == "finish_task":
        lines = [entry(actor, task.case_id, "task_done", subject_id=task_id, tier=task.tier, code=task.kind)]
    with writing.transaction(audit_verb(verb), lines=lines, subjects=[task_id]):
        if not Task.objects.filter(pk=task_id, state=task.state).update(
            state=target, ended_at=writing.sealing.at if is_ended else None, ended_by=actor.id if is_ended else None
        ):
            raise Conflict(SOMEBODY_WAS_FASTER)


def check_sits_there(case_id: UUID, tier: str, member_id: UUID | None) -> None:
    """Whoever is to do something must be able to read what."""
    circle = tier_circles([case_id]).get(case_id, {}).get(tier)
    if member_id is not None and circle is not None and member_id not in vault.workers_in(circle):
        raise Invalid(Problem("assigned", NOT_IN_TEAM))


def drop_tasks(*, actor: Actor, task_ids: Collection[UUID]) -> int:
    """Open tasks that something else has settled are no longer needed; within the caller's transaction."""
    open_tasks = Task.objects.filter(pk__in=task_ids, state=TO_DO)
    return open_tasks.update(state=DROPPED, ended_at=now(), ended_by=actor.id)


def end_all(case: Case, actor: Actor, state: str) -> int:
    """End every open task of a file that is being closed, within the caller's transaction."""
    open_tasks = Task.objects.filter(case=case, state=TO_DO)
    return open_tasks.update(state=state, ended_at=now(), ended_by=actor.id)
