"""How is a plan made with the person, and reviewed? Her words stand first; her agreement is a fact of its own."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from astra import vocabulary
from astra.assistance.models import Goal, NeedsAssessment, Plan, Step
from astra.assistance.rules.days import told_on
from astra.assistance.rules.lifecycles import GOAL as GOAL_STEPS
from astra.assistance.rules.lifecycles import OPEN, REACHED, audit_verb
from astra.assistance.sections import GOALS, NEEDS, PLAN, GoalWords, NeedsWords, PlanWords
from astra.cases.selectors import get_case, tiers_of
from astra.cases.services import Filing
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Invalid, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED

NOTHING_SAID = msg("Say of at least one part of life how urgent it is, or write what the person says.")
REVIEW_AHEAD = msg("The next review is on a day ahead: enter a day after today.")
WRITE_THE_GOAL = msg("Write the goal as the person says it.")
WRITE_THE_STEP = msg("Write what is to be done.")
ASKED = ("agreed", "agreed_in_part")


def assess_needs(
    *,
    actor: Actor,
    case_id: UUID,
    levels: Mapping[str, str],
    her_words: str = "",
    remark: str = "",
    assessed_on: date | None = None,
) -> UUID:
    """Write down what somebody needs; earlier assessments stay."""
    case = get_case(actor, case_id)
    on = told_on("assessed_on", assessed_on, today())
    given = {domain: level for domain, level in levels.items() if level}
    if not given and not her_words.strip():
        raise Invalid(Problem("her_words", NOTHING_SAID))
    for domain, level in given.items():
        vocabulary.check("life_domain", domain, field=domain)
        vocabulary.check("need_level", level, field=domain)
    filing = Filing(actor, case)
    record_id = filing.seal("needs", NEEDS, NeedsWords(her_words, remark))
    filing.line("needs_assessed", subject=record_id)
    with filing.transaction("assistance.assess_needs"):
        NeedsAssessment.objects.create(record_id=record_id, case=case, assessed_on=on, levels=given, by=actor.id)
    return record_id


def make_plan(*, actor: Actor, case_id: UUID, agreement: str, review_on: date, her_words: str = "") -> UUID:
    """Begin a plan; its review is a task of whoever leads the file."""
    case = get_case(actor, case_id)
    vocabulary.check("plan_agreement", agreement, field="agreement")
    _check_ahead(review_on)
    earlier = Plan.objects.filter(case=case).order_by("-made_on", "-pk").first()
    filing = Filing(actor, case)
    record_id = filing.seal("plan", PLAN, PlanWords(her_words))
    task_id = filing.task("plan_review", review_on)
    filing.line("plan_made", subject=record_id, code=agreement)
    with filing.transaction("assistance.make_plan", detail={"agreement": agreement}):
        if earlier is not None and earlier.review_task_id:
            filing.end_task(earlier.review_task_id, is_done=False)
        Plan.objects.create(
            record_id=record_id,
            case=case,
            agreement=agreement,
            agreed_on=today() if agreement in ASKED else None,
            made_on=today(),
            review_on=review_on,
            review_task_id=task_id,
        )
    return record_id


def review_plan(*, actor: Actor, plan_id: UUID, agreement: str, review_on: date, her_words: str, revision: int) -> None:
    """Look at the plan again with her: what she says now, and when next. What she said before stays readable."""
    plan = get_plan(actor, plan_id)
    vocabulary.check("plan_agreement", agreement, field="agreement")
    _check_ahead(review_on)
    filing = Filing(actor, plan.case)
    filing.writing.sealing.revise(plan_id, PLAN, PlanWords(her_words), revision=revision)
    task_id = filing.task("plan_review", review_on)
    filing.line("plan_reviewed", subject=plan_id, code=agreement)
    with filing.transaction("assistance.review_plan", subject=plan_id, detail={"agreement": agreement}):
        if plan.review_task_id:
            filing.end_task(plan.review_task_id)
        facts = {"agreement": agreement, "review_on": review_on, "review_task_id": task_id}
        agreed_on = today() if agreement in ASKED else plan.agreed_on
        saved = Plan.objects.filter(pk=plan_id, reviews=plan.reviews)
        if not saved.update(**facts, agreed_on=agreed_on, reviews=plan.reviews + 1):
            raise Conflict(SOMEBODY_SAVED)


def add_goal(*, actor: Actor, plan_id: UUID, domain: str, her_words: str, tier: str = "") -> UUID:
    """Add a goal in her words; health goals go to the health tier, legal ones to the legal, unless said otherwise."""
    plan = get_plan(actor, plan_id)
    vocabulary.check("life_domain", domain, field="domain")
    if not her_words.strip():
        raise Invalid(Problem("her_words", WRITE_THE_GOAL))
    tier = tier or vocabulary.codes("life_domain").fact(domain, "tier", "team")
    vocabulary.check("case_tier", tier, field="tier")
    filing = Filing(actor, plan.case)
    record_id = filing.seal("goal", GOALS[tier], GoalWords(her_words), tier)
    with filing.transaction("assistance.add_goal"):
        Goal.objects.create(record_id=record_id, plan=plan, domain=domain, tier=tier)
    return record_id


def add_step(*, actor: Actor, goal_id: UUID, title: str, due_on: date | None, assigned: UUID | None = None) -> UUID:
    """Add a step towards a goal: a task of the file, in the goal's tier."""
    goal = get_goal(actor, goal_id)
    if not title.strip():
        raise Invalid(Problem("title", WRITE_THE_STEP))
    filing = Filing(actor, goal.plan.case)
    task_id = filing.task("plan_step", due_on, title=title, assigned=assigned, tier=goal.tier)
    with filing.transaction("assistance.add_step", subject=goal_id):
        Step.objects.create(task_id=task_id, goal=goal)
    return task_id


def step_goal(*, actor: Actor, goal_id: UUID, verb: str) -> None:
    """A goal is reached, no longer wanted, or taken up again."""
    goal = get_goal(actor, goal_id)
    target = GOAL_STEPS.check(goal.state, verb)
    filing = Filing(actor, goal.plan.case)
    if target == REACHED:
        filing.line("goal_reached", subject=goal_id, tier=goal.tier, code=goal.domain)
    with filing.transaction(audit_verb(verb), subject=goal_id):
        ended_on = None if target == OPEN else today()
        if not Goal.objects.filter(pk=goal_id, state=goal.state).update(state=target, ended_on=ended_on):
            raise Conflict(SOMEBODY_SAVED)


def get_plan(actor: Actor, plan_id: UUID) -> Plan:
    """Return a plan that the actor may know of, or raise `NotFound`."""
    vault.check_reach(actor, plan_id)
    plan = Plan.objects.filter(pk=plan_id).select_related("case").first()
    if plan is None:
        raise NotFound
    get_case(actor, plan.case_id)
    return plan


def get_goal(actor: Actor, goal_id: UUID) -> Goal:
    """Return a goal of a tier in which the actor sits, or raise `NotFound`."""
    vault.check_reach(actor, goal_id)
    goal = Goal.objects.filter(pk=goal_id).select_related("plan__case").first()
    if goal is None or goal.tier not in tiers_of(actor, get_case(actor, goal.plan.case_id).pk):
        raise NotFound
    return goal


def _check_ahead(review_on: date) -> None:
    if review_on <= today():
        raise Invalid(Problem("review_on", REVIEW_AHEAD))
