"""Who demands something of a file, does the right hold, what is the least that is given, and was she told?

Whoever takes the demand seals it to the legal tier; only a lawyer's check there opens the way to an answer: a
colleague who is a lawyer writes it, or whoever asked a lawyer outside says whose opinion it is.
"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from astra import vocabulary
from astra.accounts.selectors import roles_of_member
from astra.cases.rules.tiers import LEGAL
from astra.cases.services import TierFiling
from astra.justice.models import Demand
from astra.justice.rules import lifecycles as life
from astra.justice.sections import DEMAND, DemandWords
from astra.justice.selectors.access import get_part
from astra.justice.services.moments import noon
from astra.justice.services.proceedings import SOMEBODY_WAS_FASTER, check_past
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Invalid, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

LAWYER = "lawyer"
A_LAWYER_CHECKS = msg("A lawyer gives this opinion. Write whose it is, or leave it to a colleague who is a lawyer.")
WANTED_NEEDED = msg("Write what is demanded.")
OPINION_NEEDED = msg("Write why the right holds or does not.")
GIVEN_NEEDED = msg("Write what exactly is given: the least that answers the demand.")
HELD_BACK_NEEDED = msg("Write what is held back, and why.")
NO_RIGHT = msg("The lawyer's check says that no right holds. Refuse, or have it checked anew.")
TOLD_OR_WHY = msg("Write when the person was told, or choose why not yet.")


def add_demand(
    *,
    actor: Actor,
    case_id: UUID,
    asker: str,
    right: str,
    received_on: date,
    words: DemandWords,
    due_on: date | None = None,
) -> UUID:
    """Take in a demand; a task asks for the lawyer's check by its day, today if there is none."""
    vocabulary.check("demand_asker", asker, field="asker")
    vocabulary.check("demand_right", right, field="right")
    check_past("received_on", received_on)
    if not words.wanted.strip():
        raise Invalid(Problem("wanted", WANTED_NEEDED))
    filing = TierFiling(actor, case_id, LEGAL)
    record_id = filing.seal("justice_demand", DEMAND, words)
    filing.line("demand", record_id, code=asker, happened_at=noon(received_on))
    task_id = filing.task("check_demand", due_on=max(due_on or today(), today()))
    with filing.transaction("justice.demand_received", detail={"kind": asker}):
        Demand.objects.create(
            record_id=record_id,
            case_id=case_id,
            tier=LEGAL,
            asker=asker,
            right=right,
            received_on=received_on,
            due_on=due_on,
            task_id=task_id,
        )
    return record_id


def check_demand(*, actor: Actor, demand_id: UUID, right_holds: str, opinion: str, lawyer: str = "") -> None:
    """The lawyer's check: whether the named right holds, and why; by name where the lawyer is not the actor."""
    demand = get_part(actor, Demand, demand_id)
    target = life.DEMAND.check(demand.state, "check")
    vocabulary.check("right_holds", right_holds, field="right_holds")
    if not opinion.strip():
        raise Invalid(Problem("opinion", OPINION_NEEDED))
    if not lawyer.strip() and LAWYER not in roles_of_member(actor.id):
        raise Invalid(Problem("lawyer", A_LAWYER_CHECKS))
    filing = TierFiling(actor, demand.case_id, LEGAL)
    opened = vault.open_section(actor, demand_id, DEMAND)
    filing.revise(demand_id, DEMAND, replace(opened.content, opinion=opinion, lawyer=lawyer), revision=opened.revision)
    filing.end_task(demand.task_id, "done")
    with filing.transaction("justice.demand_checked", detail={"kind": right_holds}):
        _move(demand, target, checked_by=actor.id, checked_on=today(), right_holds=right_holds, task_id=None)


def answer_demand(*, actor: Actor, demand_id: UUID, verb: str, day: date, given: str = "", held_back: str = "") -> None:
    """Give what is demanded, the least of it, or refuse; a task then asks that she is told."""
    demand = get_part(actor, Demand, demand_id)
    target = life.DEMAND.check(demand.state, verb)
    check_past("day", day, after=demand.received_on)
    if target in life.DECIDED:
        _check_answer(demand, target, given, held_back)
    filing = TierFiling(actor, demand.case_id, LEGAL)
    opened = vault.open_section(actor, demand_id, DEMAND)
    words = replace(opened.content, given=given, held_back=held_back)
    filing.revise(demand_id, DEMAND, words, revision=opened.revision)
    filing.line("demand", demand_id, code=target, happened_at=noon(day))
    filing.end_task(demand.task_id, "done")
    # Told of the demand is not yet told of the answer.
    task_id = filing.task("tell_her", due_on=today()) if target in life.DECIDED else None
    with filing.transaction("justice.demand_answered", detail={"kind": verb}):
        _move(demand, target, answered_on=day, task_id=task_id)


def _check_answer(demand: Demand, target: str, given: str, held_back: str) -> None:
    problems = []
    if target != life.REFUSED and demand.right_holds == "no":
        problems.append(Problem("given", NO_RIGHT))
    if target != life.REFUSED and not given.strip():
        problems.append(Problem("given", GIVEN_NEEDED))
    if target != life.GIVEN and not held_back.strip():
        problems.append(Problem("held_back", HELD_BACK_NEEDED))
    if problems:
        raise Invalid(*problems)


def tell_her(*, actor: Actor, demand_id: UUID, told_on: date | None, untold_because: str = "", told: str = "") -> None:
    """She was told of a demand for her file, or why she is not told yet."""
    demand = get_part(actor, Demand, demand_id)
    if (told_on is None) == (not untold_because):
        raise Invalid(Problem("told_on", TOLD_OR_WHY))
    if told_on is not None:
        check_past("told_on", told_on, after=demand.received_on)
    else:
        vocabulary.check("untold_because", untold_because, field="untold_because")
    filing = TierFiling(actor, demand.case_id, LEGAL)
    opened = vault.open_section(actor, demand_id, DEMAND)
    filing.revise(demand_id, DEMAND, replace(opened.content, told=told), revision=opened.revision)
    is_waiting_for_telling = demand.state in life.DECIDED
    if told_on is not None and is_waiting_for_telling:
        filing.end_task(demand.task_id, "done")
    with filing.transaction("justice.told_of_demand", detail={"kind": untold_because or "told"}):
        Demand.objects.filter(pk=demand_id).update(told_on=told_on, untold_because=untold_because)


def _move(demand: Demand, target: str, **changed: object) -> None:
    if "checked_by" in changed:
        changed["checked_by_id"] = changed.pop("checked_by")
    if not Demand.objects.filter(pk=demand.pk, state=demand.state).update(state=target, **changed):
        raise Conflict(SOMEBODY_WAS_FASTER)
