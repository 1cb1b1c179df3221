"""What has somebody to do today? Tasks that are due, files nobody has taken on, and what was handed to her."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from astra.accounts import selectors as accounts
from astra.cases.models import Case, HandedCase, Handover, Task
from astra.cases.rules.due import urgency
from astra.cases.rules.lifecycle import LIVING_STATES, TO_DO
from astra.cases.sections import HANDOVER, SUMMARY, TASK
from astra.cases.selectors.access import find_cases, held_tiers
from astra.cases.selectors.listing import CaseLine, find_lines, lines
from astra.kernel.dues import Due
from astra.kernel.errors import NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared, PreparedRows

TASK_DUE = msg("A task in a case")
MOST = 200
FEW = 10
FEW_LED = 300
"""Whose files are asked for by name; somebody leads a few dozen."""


@dataclass(frozen=True)
class TaskLine:
    """One task as a list shows it."""

    id: UUID
    case_id: UUID
    case_number: str
    case_title: str
    kind: str
    tier: str
    state: str
    due_on: date | None
    urgency: str
    assigned_id: UUID | None
    assigned_name: str
    title: str
    remark: str
    ended_at: datetime | None


@dataclass(frozen=True)
class HandoverLine:
    """Files that were handed to somebody, with the note that came with them."""

    id: UUID
    at: datetime
    giver_name: str
    receiver_name: str
    is_staying: bool
    accepted_at: datetime | None
    text: str
    cases: list[CaseLine]


@dataclass(frozen=True)
class MyDay:
    """What the cases room has for somebody's day."""

    tasks: list[TaskLine]
    handed: list[HandoverLine]
    fresh: list[CaseLine]
    """Files in which she sits, or that her desk sees, and that nobody leads yet."""


def _dated(
    day: date, assigned: UUID | None = None, cases: Collection[UUID] | None = None, lead: UUID | None = None
) -> QuerySet[Task]:
    """What is to be done up to a day: by somebody, or by nobody yet in some files or in those that somebody leads."""
    rows = Task.objects.filter(state=TO_DO, due_on__lte=day, assigned=assigned).order_by("due_on", "pk")
    if cases is not None:
        rows = rows.filter(case__in=cases)
    return (rows.filter(case__lead=lead) if lead is not None else rows)[: 2 * MOST]


_DATED = PreparedRows(Task, _dated)
_LED = Prepared(lambda lead: Case.objects.filter(lead=lead).values_list("pk")[: FEW_LED + 1])
_HANDED = PreparedRows(
    Handover, lambda receiver: Handover.objects.filter(receiver=receiver, accepted_at=None).order_by("-at")[:FEW]
)
_LEADERLESS = vault.Listing(Case, "case", lambda: Case.objects.filter(lead=None, state__in=LIVING_STATES))


def my_day(actor: Actor, day: date) -> MyDay:
    """What waits for the actor on a day: due and overdue tasks, hand-overs to accept, files without a lead."""
    if actor.id is None or not actor.has_desk("cases"):
        return MyDay([], [], [])
    return MyDay(tasks_due(actor, day), handed_to(actor), _without_lead(actor))


def tasks_due(actor: Actor, day: date, *, limit: int = MOST) -> list[TaskLine]:
    """The actor's tasks that are due on or before a day, the most overdue first; undated ones come last."""
    return task_lines(actor, _own_tasks(actor, day)[:limit], day)


def _own_tasks(actor: Actor, day: date) -> list[Task]:
    # One after the other and not with "or": each has its index, together they have none.
    own = _DATED(day=day, assigned=actor.id)
    led = {"cases": [case for (case,) in _LED(lead=actor.id)]}
    loose = _DATED(day=day, **(led if len(led["cases"]) <= FEW_LED else {"lead": actor.id}))
    rows = sorted([*own, *loose], key=lambda row: (row.due_on or day, row.pk))[: 2 * MOST]
    cases = {case.pk: case for case in find_cases({row.case_id for row in rows})}
    for row in rows:
        row.case = cases[row.case_id]
    return cut_to_tiers(actor, rows)


def overdue(actor: Actor, day: date, *, limit: int = MOST) -> list[TaskLine]:
    """Everybody's overdue tasks in the files that the actor reaches, for whoever coordinates."""
    actor.check_desk("coordination")
    late = Task.objects.filter(state=TO_DO, due_on__lt=day).select_related("case").order_by("due_on", "pk")
    return task_lines(actor, cut_to_tiers(actor, late[: 2 * limit])[:limit], day)


def cut_to_tiers(actor: Actor, tasks: Iterable[Task]) -> list[Task]:
    """Those tasks whose file the actor reaches and in whose tier she sits."""
    rows = list(tasks)
    cases = {row.case_id for row in rows}
    reached = vault.reachable_among(actor, cases) if cases else set()
    held = held_tiers(actor, reached) if reached else {}
    return [row for row in rows if row.tier in held.get(row.case_id, set())]


def task_lines(actor: Actor, rows: Collection[Task], day: date, *, with_case: bool = True) -> list[TaskLine]:
    """Tasks with their words, as lists show them."""
    if not rows:
        return []
    words = vault.open_sections(actor, [row.pk for row in rows], TASK)
    titles = vault.open_sections(actor, {row.case_id for row in rows}, SUMMARY) if with_case else {}
    names = accounts.work_names(row.assigned_id for row in rows if row.assigned_id)
    return [
        TaskLine(
            id=row.pk,
            case_id=row.case_id,
            case_number=row.case.number,
            case_title=titles[row.case_id].content.title if row.case_id in titles else "",
            kind=row.kind,
            tier=row.tier,
            state=row.state,
            due_on=row.due_on,
            urgency=urgency(row.due_on, day),
            assigned_id=row.assigned_id,
            assigned_name=names.get(row.assigned_id, "") if row.assigned_id else "",
            title=words[row.pk].content.title if row.pk in words else "",
            remark=words[row.pk].content.remark if row.pk in words else "",
            ended_at=row.ended_at,
        )
        for row in rows
    ]


def due(actor: Actor, day: date) -> list[Due]:
    """The actor's dated tasks up to a day, for the pages that join the rooms' deadlines."""
    if actor.id is None or not actor.has_desk("cases"):
        return []
    return sorted(Due(row.due_on, "cases.task", row.pk, TASK_DUE) for row in _own_tasks(actor, day) if row.due_on)


def _without_lead(actor: Actor) -> list[CaseLine]:
    return lines(actor, _LEADERLESS.page(actor, limit=FEW).rows)


def handed_to(actor: Actor, *, with_accepted: bool = False) -> list[HandoverLine]:
    """What was handed to the actor and waits to be accepted, newest first."""
    if actor.id is None:
        return []
    if not with_accepted:
        return _handovers(actor, _HANDED(receiver=actor.id))
    return _handovers(actor, list(Handover.objects.filter(receiver=actor.id).order_by("-at")[:FEW]))


def handed_by(actor: Actor) -> list[HandoverLine]:
    """What the actor handed to others lately, accepted or not."""
    if actor.id is None:
        return []
    return _handovers(actor, list(Handover.objects.filter(giver=actor.id).order_by("-at")[:FEW]))


def handover(actor: Actor, handover_id: UUID) -> HandoverLine:
    """One hand-over that the actor gave or got, or `NotFound`."""
    vault.check_reach(actor, handover_id)
    found = _handovers(actor, list(Handover.objects.filter(pk=handover_id)))
    if not found:
        raise NotFound
    return found[0]


def _handovers(actor: Actor, rows: list[Handover]) -> list[HandoverLine]:
    if not rows:
        return []
    ids = [row.pk for row in rows]
    words = vault.open_sections(actor, ids, HANDOVER)
    names = accounts.work_names({member for row in rows for member in (row.giver_id, row.receiver_id)})
    handed = list(HandedCase.objects.filter(handover__in=ids).values_list("handover", "case"))
    cases = {line.id: line for line in find_lines(actor, {case_id for _, case_id in handed})}
    return [
        HandoverLine(
            id=row.pk,
            at=row.at,
            giver_name=names.get(row.giver_id, ""),
            receiver_name=names.get(row.receiver_id, ""),
            is_staying=row.is_staying,
            accepted_at=row.accepted_at,
            text=words[row.pk].content.text if row.pk in words else "",
            cases=[cases[case_id] for its, case_id in handed if its == row.pk and case_id in cases],
        )
        for row in rows
    ]
