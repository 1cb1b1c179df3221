"""How is something about identification written into a file? Laid down by that room, with the file's line and log.

Nothing follows by itself: a screening sets no assessment, an assessment no decision, a decision no choice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from astra.cases.models import Case, CasePerson, Task
from astra.cases.rules.lifecycle import is_living
from astra.cases.rules.tiers import TEAM
from astra.cases.sections import TASK as WORDS
from astra.cases.sections import TaskWords
from astra.cases.selectors.access import get_case, tier_circles
from astra.cases.services.holds import hold_new
from astra.cases.services.tasks import CLOSED_FILE, NOT_IN_TEAM
from astra.cases.services.timeline import entry
from astra.cases.services.walls import wall_new
from astra.cases.services.writing import Writing
from astra.identification import services as identification
from astra.identification.entries import NewAssessment, NewChoice, NewDecision, NewRisk, NewScreening
from astra.identification.rules import risk as risks
from astra.identification.services import Laid
from astra.kernel.clock import today
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound, Problem
from astra.vault import selectors as vault
from astra.vault.actor import Actor

New = TypeVar("New", NewScreening, NewAssessment, NewDecision, NewChoice)
RISK_TOLD = "risk_told"


@dataclass(frozen=True)
class _How:
    """Who lays it down, and what stands on the timeline and on the log."""

    lay: Callable[..., Laid]
    kind: str
    verb: str
    code: str = ""


def screen(*, actor: Actor, case_id: UUID, person_id: UUID, new: NewScreening) -> UUID:
    """Write down what was heard about somebody in the file."""
    how = _How(identification.lay_screening, "screening", "cases.screened")
    return _lay(actor, case_id, person_id, new, how)


def assess(*, actor: Actor, case_id: UUID, person_id: UUID, new: NewAssessment) -> UUID:
    """Write down what we think ourselves, and why."""
    how = _How(identification.lay_assessment, "own_assessment", "cases.assessed", new.status)
    return _lay(actor, case_id, person_id, new, how)


def record_decision(*, actor: Actor, case_id: UUID, person_id: UUID, new: NewDecision) -> UUID:
    """Write down how the formal procedure stands."""
    how = _How(identification.lay_decision, "formal_decision", "cases.decision_recorded", new.decision)
    return _lay(actor, case_id, person_id, new, how)


def record_choice(*, actor: Actor, case_id: UUID, person_id: UUID, new: NewChoice) -> UUID:
    """Write down what the person wants."""
    how = _How(identification.lay_choice, "own_choice", "cases.choice_recorded", new.choice)
    return _lay(actor, case_id, person_id, new, how)


def assess_risk(*, actor: Actor, case_id: UUID, person_id: UUID, new: NewRisk, title: str = "") -> UUID:
    """Assess the risk; who must know now has it among her tasks today, and the file's own risk follows.

    `title` says what their task is called, in the language of the office.
    """
    case = _open_file(actor, case_id, person_id)
    circle = tier_circles([case_id]).get(case_id, {}).get(TEAM)
    if circle is None or not set(new.told) <= vault.workers_in(circle):
        raise Invalid(Problem("told", NOT_IN_TEAM))
    writing = Writing(actor, case)
    readers = [writing.circle(TEAM)]
    laid = identification.lay_risk(writing.sealing, person_id, new, readers=readers, owners=[person_id])
    level = risks.highest(one.level for one in new.levels)
    tasks = [_told(writing, case, member, title) for member in dict.fromkeys(new.told)]
    line = entry(actor, case_id, "risk_assessed", subject_id=laid.record_id, code=level)
    written = [laid.record_id, *(task.record_id for task in tasks)]
    detail: dict[str, str | int | bool] = {"told": len(tasks)}
    with writing.transaction("cases.risk_assessed", lines=[line], subjects=written[:1], detail=detail):
        laid.write()
        Task.objects.bulk_create(tasks)
        Case.objects.filter(pk=case_id).update(risk=level)
        wall_new(actor, case_id, written)
        hold_new(case, written)
    return laid.record_id


def _told(writing: Writing, case: Case, member: UUID, title: str) -> Task:
    task_id = writing.new_record("case_task", TEAM)
    if title:
        writing.sealing.seal(task_id, WORDS, TaskWords(title), to=[writing.circle(TEAM)], owners=writing.owners)
    return Task(record_id=task_id, case=case, kind=RISK_TOLD, tier=TEAM, due_on=today(), assigned_id=member)


def _lay(actor: Actor, case_id: UUID, person_id: UUID, new: New, how: _How) -> UUID:
    case = _open_file(actor, case_id, person_id)
    writing = Writing(actor, case)
    readers: Sequence[UUID] = [writing.circle(TEAM)]
    laid = how.lay(writing.sealing, person_id, new, readers=readers, owners=[person_id])
    line = entry(actor, case_id, how.kind, subject_id=laid.record_id, code=how.code)
    with writing.transaction(how.verb, lines=[line], subjects=[laid.record_id]):
        laid.write()
        wall_new(actor, case_id, [laid.record_id])
        hold_new(case, [laid.record_id])
    return laid.record_id


def _open_file(actor: Actor, case_id: UUID, person_id: UUID) -> Case:
    case = get_case(actor, case_id)
    if not CasePerson.objects.filter(case=case_id, person=person_id).exists():
        raise NotFound
    if not is_living(case.state):
        raise NotAllowedNow(CLOSED_FILE)
    return case
