"""Which files may this actor list, and what does a list say of each?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from astra.accounts import selectors as accounts
from astra.cases.models import Case, CasePerson, Task
from astra.cases.rules.lifecycle import LIVING_STATES, TO_DO
from astra.cases.rules.tiers import TEAM
from astra.cases.sections import SUMMARY
from astra.cases.selectors.access import find_cases
from astra.kernel.clock import today
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared

OPEN = "open"
"""A filter for every state in which work goes on."""


_TASKS = Prepared(
    lambda cases, day: (
        Task.objects.filter(case__in=cases, state=TO_DO, tier=TEAM)
        .values("case")
        .annotate(tasks=Count("pk"), late=Count("pk", filter=Q(due_on__lt=day)))
        .values_list("case", "tasks", "late")
    )
)


@dataclass(frozen=True)
class Filters:
    """How a list of files is narrowed; every part may be blank."""

    state: str = ""
    kind: str = ""
    ground: str = ""
    lead: UUID | None = None
    is_mine: bool = False
    is_due: bool = False


@dataclass(frozen=True)
class CaseLine:
    """What a list says of one file."""

    id: UUID
    number: str
    title: str
    kind: str
    state: str
    ground: str
    risk: str
    opened_on: date
    closed_on: date | None
    lead_id: UUID | None
    lead_name: str
    is_held: bool
    is_open: bool = True
    """Whether the reader may open its summary: a title that is blank is none."""
    tasks: int = 0
    """How many of the team's tasks wait in it."""
    late: int = 0
    """How many of them are overdue."""


@dataclass(frozen=True)
class CaseList:
    """One page of files, and the cursor that continues it."""

    lines: list[CaseLine]
    next_cursor: str


def list_cases(actor: Actor, filters: Filters, *, limit: int = 25, after: str = "") -> CaseList:
    """One page of the files that the actor may list: those in which something happened last come first."""
    actor.check_desk("cases")
    if filters.is_mine and (actor.id is None or actor.keyring.personal is None):
        return CaseList([], "")
    found = _LISTED.page(actor, limit=limit, after=after, given=_given(actor, filters))
    return CaseList(lines(actor, found.rows), found.next_cursor)


def _given(actor: Actor, filters: Filters) -> dict[str, Any]:  # Any: the values of `_fitting`
    states = LIVING_STATES if filters.state == OPEN else (filters.state,) if filters.state else None
    given = {
        "states": states,
        "kind": filters.kind,
        "ground": filters.ground,
        "lead": filters.lead,
        "member": actor.id if filters.is_mine else None,
        "personal": actor.keyring.personal if filters.is_mine else None,
        "due_by": today() if filters.is_due else None,
    }
    return {name: value for name, value in given.items() if value}


def _fitting(
    *,
    states: Collection[str] | None = None,
    member: UUID | None = None,
    personal: UUID | None = None,
    due_by: date | None = None,
    **codes: str | UUID,
) -> QuerySet[Case]:
    rows = Case.objects.filter(**codes)
    if states:
        rows = rows.filter(state__in=states)
    if member and personal:
        rows = rows.filter(_of_member(member, personal))
    if due_by:
        rows = rows.filter(Exists(Task.objects.filter(case=OuterRef("pk"), state=TO_DO, due_on__lte=due_by)))
    return rows


def _of_member(member_id: UUID | None, personal: UUID | None) -> Q:
    if member_id is None or personal is None:
        return Q(pk=None)
    return Q(lead=member_id) | Q(record__circles__in=vault.case_circles_of(personal))


_LISTED = vault.Listing(Case, "case", _fitting)


def lines(actor: Actor, rows: Iterable[Case]) -> list[CaseLine]:
    """What a list says of files that were found already; their titles are opened together."""
    found = list(rows)
    ids = [row.pk for row in found]
    summaries = vault.open_sections(actor, ids, SUMMARY) if ids else {}
    names = accounts.work_names(row.lead_id for row in found if row.lead_id)
    waiting = _waiting(ids)
    return [
        CaseLine(
            id=row.pk,
            number=row.number,
            title=summaries[row.pk].content.title if row.pk in summaries else "",
            kind=row.kind,
            state=row.state,
            ground=row.ground,
            risk=row.risk,
            opened_on=row.opened_on,
            closed_on=row.closed_on,
            lead_id=row.lead_id,
            lead_name=names.get(row.lead_id, "") if row.lead_id else "",
            is_held=row.is_held,
            is_open=row.pk in summaries,
            tasks=waiting.get(row.pk, (0, 0))[0],
            late=waiting.get(row.pk, (0, 0))[1],
        )
        for row in found
    ]


def _waiting(case_ids: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    return {case: (tasks, late) for case, tasks, late in _TASKS(cases=case_ids, day=today())}


def find_lines(actor: Actor, case_ids: Collection[UUID]) -> list[CaseLine]:
    """Those of the given files that the actor may know of, newest number first."""
    known = vault.reachable_among(actor, case_ids) if case_ids else set()
    return lines(actor, find_cases(known))


def cases_of_person(actor: Actor, person_id: UUID) -> list[CaseLine]:
    """The files in which somebody is, joined duplicates of her included, as far as the actor may know of them."""
    actor.check_desk("cases", "people", "hotline")
    kept = people.resolve(person_id)
    everywhere = {kept, person_id, *people.duplicates_of(kept)}
    found = CasePerson.objects.filter(person__in=everywhere).values_list("case", flat=True)
    return find_lines(actor, list(dict.fromkeys(found)))


def cases_of_contact(actor: Actor, contact_id: UUID) -> list[CaseLine]:
    """The files that a contact belongs to, as far as the actor may know of them."""
    actor.check_desk("cases", "hotline")
    found = Case.objects.filter(contacts__contact=contact_id).values_list("pk", flat=True)
    return find_lines(actor, list(found))


def open_cases_of(actor: Actor, member_id: UUID | None = None) -> list[CaseLine]:
    """The cases in work that a colleague leads or sits in (the actor, if none is named): what can be handed over."""
    personal = vault.personal_circle(member_id) if member_id else actor.keyring.personal
    theirs = _of_member(member_id or actor.id, personal)
    rows = Case.objects.filter(theirs, state__in=LIVING_STATES).order_by("-year", "-running").distinct()
    return find_lines(actor, list(rows.values_list("pk", flat=True)[:200]))
