"""How is a parent's or guardian's request for a child's file taken in and decided? Nothing opens by itself."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from astra.cases.rules.lifecycle import DONE, DROPPED, is_living
from astra.cases.rules.tiers import TEAM
from astra.cases.services import TierFiling
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Invalid, Problem
from astra.kernel.words import msg
from astra.people import selectors as people
from astra.rights.models import ParentAccess
from astra.rights.rules import parents as rules
from astra.rights.rules.requests import due_on
from astra.rights.sections import PARENT_ASKS, PARENT_DECIDED, ParentAsks, ParentDecided
from astra.rights.selectors.access import check_client, get_row
from astra.vault import selectors as vault
from astra.vault.actor import Actor

SOMEBODY_WAS_FASTER = msg("Somebody else has decided this meanwhile. Open the page again.")


def note_parent(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    right: str,
    child_view: str,
    words: ParentAsks,
    received_on: date | None = None,
) -> UUID:
    """Write down who asks for a child's file and on what right; a task asks for the decision within thirty days."""
    check_client(actor, case_id, person_id)
    received = received_on or today()
    if received > today():
        raise Invalid(Problem("received_on", rules.LATER))
    ages = people.ages_of(actor, person_id)
    rules.check_asking(
        asker=words.asker,
        right=right,
        paper=words.paper,
        child_view=child_view,
        age=ages.least if ages else None,
        received_on=received,
    )
    filing = TierFiling(actor, case_id, TEAM)
    record_id = filing.seal("parent_access", PARENT_ASKS, words, owners=[person_id])
    filing.line("parent_asked", record_id, code=right)
    task_id = filing.task("decide_parent_access", due_on=due_on(received)) if is_living(filing.case.state) else None
    with filing.transaction("rights.parent_asked", detail={"right": right}):
        ParentAccess.objects.create(
            record_id=record_id,
            person_id=person_id,
            case_id=case_id,
            right=right,
            child_view=child_view,
            received_on=received,
            written_by=actor.id,
            task_id=task_id,
        )
    return record_id


def decide_parent(
    *, actor: Actor, access_id: UUID, outcome: str, child_view: str, child_words: str, words: ParentDecided
) -> None:
    """Decide with a reason, as a second colleague, after the child was asked; what is shown is written down."""
    row = get_row(actor, ParentAccess, access_id)
    target = rules.PARENT_ACCESS.check(row.state, "decide")
    rules.check_decider(row.written_by, actor.id)
    rules.check_decision(outcome=outcome, child_view=child_view, reason=words.reason, shown=words.shown)
    asked = vault.open_section(actor, access_id, PARENT_ASKS)
    filing = TierFiling(actor, row.case_id, TEAM)
    if child_words.strip():
        told = replace(asked.content, child_words=child_words.strip())
        filing.revise(access_id, PARENT_ASKS, told, revision=asked.revision)
    filing.seal_more(access_id, PARENT_DECIDED, words, owners=[row.person_id])
    filing.touch(access_id)
    filing.line("parent_decided", access_id, code=outcome)
    filing.end_task(row.task_id, DONE)
    with filing.transaction("rights.parent_decided", detail={"outcome": outcome}):
        _move(
            row, target, outcome=outcome, child_view=child_view, decided_by=actor.id, decided_on=today(), task_id=None
        )


def take_back_parent(*, actor: Actor, access_id: UUID) -> None:
    """Note that whoever asked took it back."""
    row = get_row(actor, ParentAccess, access_id)
    target = rules.PARENT_ACCESS.check(row.state, "take_back")
    filing = TierFiling(actor, row.case_id, TEAM)
    filing.touch(access_id)
    filing.end_task(row.task_id, DROPPED)
    with filing.transaction("rights.parent_taken_back"):
        _move(row, target, task_id=None)


def _move(row: ParentAccess, state: str, **more: object) -> None:
    if not ParentAccess.objects.filter(pk=row.pk, state=row.state).update(state=state, **more):
        raise Conflict(SOMEBODY_WAS_FASTER)
