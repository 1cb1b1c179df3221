"""What does the page "Assistance" of a file show? Needs and plan on top, what was given, what comes next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Max, Min, QuerySet, Sum

from astra.accounts import selectors as accounts
from astra.assistance.models import ContactAttempt, GivenService, Goal, NeedsAssessment, Plan, Rating, Step
from astra.assistance.rules.silence import Attempt, Silence, silence
from astra.assistance.sections import GOALS, NEEDS, PLAN, SERVICES, NeedsWords, PlanWords
from astra.assistance.selectors.beds import StayLine, stays_of
from astra.assistance.selectors.bookings import BookingLine, bookings_of
from astra.assistance.selectors.field import FieldLine, field_actions_of
from astra.assistance.selectors.referrals import ReferralLine, referrals_of
from astra.cases import selectors as cases
from astra.cases.selectors import TaskLine
from astra.kernel.clock import today
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened

LAST_SERVICES = 50


@dataclass(frozen=True)
class NeedsLine:
    """One assessment of needs."""

    assessed_on: date
    levels: Mapping[str, str]
    words: NeedsWords | None


@dataclass(frozen=True)
class GoalLine:
    """One goal with its steps, which are tasks of the file."""

    id: UUID
    domain: str
    tier: str
    state: str
    her_words: str
    ended_on: date | None
    steps: list[TaskLine]


@dataclass(frozen=True)
class PlanLine:
    """The plan that counts now."""

    id: UUID
    agreement: str
    agreed_on: date | None
    made_on: date
    review_on: date
    reviews: int
    words: Opened[PlanWords] | None
    goals: list[GoalLine]


@dataclass(frozen=True)
class ServiceLine:
    """One service given."""

    kind: str
    tier: str
    given_on: date
    provider_name: str
    organisation: str
    minutes: int | None
    units: int
    cost: Decimal | None
    funded_by: str
    remark: str


@dataclass(frozen=True)
class RatingLine:
    """One filling of the scale."""

    rated_on: date
    rated_by: str
    values: Mapping[str, int]
    person_id: UUID | None = None


@dataclass(frozen=True)
class AssistancePage:
    """Everything that the page shows to this actor."""

    facts: cases.CaseFacts
    needs: NeedsLine | None
    plan: PlanLine | None
    services: list[ServiceLine]
    service_count: int
    field: list[FieldLine]
    silence: Silence
    ratings: list[RatingLine]
    stays: list[StayLine]
    bookings: list[BookingLine]
    referrals: list[ReferralLine]


def assistance_page(actor: Actor, case_id: UUID) -> AssistancePage:
    """Everything of one file, or `NotFound`; what stands in a tier that is not hers is left out."""
    facts = cases.case_facts(actor, case_id)
    tiers = cases.tiers_of(actor, case_id)
    given = GivenService.objects.filter(case=case_id, tier__in=tiers)
    attempts = ContactAttempt.objects.filter(case=case_id).values_list("on", "result")
    return AssistancePage(
        facts=facts,
        needs=_needs(actor, case_id),
        plan=current_plan(actor, case_id, tiers),
        services=_services(actor, given),
        service_count=given.count(),
        field=field_actions_of(actor, case_id),
        silence=silence(facts.risk, [Attempt(*row) for row in attempts], today()),
        ratings=ratings_of(case_id),
        stays=stays_of(actor, case_id),
        bookings=bookings_of(actor, case_id),
        referrals=referrals_of(actor, case_id),
    )


def current_plan(actor: Actor, case_id: UUID, tiers: Collection[str]) -> PlanLine | None:
    """The newest plan of a file, with those goals whose tier is hers."""
    row = Plan.objects.filter(case=case_id).order_by("-made_on", "-record__created_at").first()
    if row is None:
        return None
    goals = list(Goal.objects.filter(plan=row, tier__in=tiers).order_by("made_at"))
    words: dict[UUID, str] = {}
    for tier in sorted({goal.tier for goal in goals}):
        opened = vault.open_sections(actor, [goal.pk for goal in goals if goal.tier == tier], GOALS[tier])
        words |= {pk: one.content.her_words for pk, one in opened.items()}
    steps: dict[UUID, list[UUID]] = {}
    for task_id, goal_id in Step.objects.filter(goal__in=goals).values_list("task", "goal"):
        steps.setdefault(goal_id, []).append(task_id)
    told = {line.id: line for line in cases.tasks_among(actor, case_id, [pk for ids in steps.values() for pk in ids])}
    return PlanLine(
        id=row.pk,
        agreement=row.agreement,
        agreed_on=row.agreed_on,
        made_on=row.made_on,
        review_on=row.review_on,
        reviews=row.reviews,
        words=vault.find_section(actor, row.pk, PLAN),
        goals=[
            GoalLine(
                id=goal.pk,
                domain=goal.domain,
                tier=goal.tier,
                state=goal.state,
                her_words=words[goal.pk],
                ended_on=goal.ended_on,
                steps=[told[pk] for pk in steps.get(goal.pk, []) if pk in told],
            )
            for goal in goals
            if goal.pk in words
        ],
    )


def _needs(actor: Actor, case_id: UUID) -> NeedsLine | None:
    row = NeedsAssessment.objects.filter(case=case_id).order_by("-assessed_on", "-record__created_at").first()
    if row is None:
        return None
    opened = vault.find_section(actor, row.pk, NEEDS)
    return NeedsLine(row.assessed_on, row.levels, opened.content if opened else None)


def _services(actor: Actor, given: QuerySet[GivenService]) -> list[ServiceLine]:
    rows = list(given.select_related("organisation").order_by("-given_on", "-pk")[:LAST_SERVICES])
    names = accounts.work_names({row.provider for row in rows if row.provider})
    words: dict[UUID, str] = {}
    for tier in sorted({row.tier for row in rows if row.words_id}):
        ids = [row.words_id for row in rows if row.words_id and row.tier == tier]
        words |= {pk: one.content.remark for pk, one in vault.open_sections(actor, ids, SERVICES[tier]).items()}
    return [
        ServiceLine(
            kind=row.kind,
            tier=row.tier,
            given_on=row.given_on,
            provider_name=names.get(row.provider, "") if row.provider else "",
            organisation=row.organisation.name if row.organisation else "",
            minutes=row.minutes,
            units=row.units,
            cost=row.cost,
            funded_by=row.funded_by,
            remark=words.get(row.words_id, "") if row.words_id else "",
        )
        for row in rows
    ]


@dataclass(frozen=True)
class GivenOfKind:
    """How much of one kind of service was given, from when to when."""

    kind: str
    units: int
    first: date
    last: date


def given_by_kind(actor: Actor, case_id: UUID) -> list[GivenOfKind]:
    """What was given in a file, by kind, the most first; only of tiers that are hers."""
    cases.get_case(actor, case_id)
    given = GivenService.objects.filter(case=case_id, tier__in=cases.tiers_of(actor, case_id))
    rows = given.values_list("kind").annotate(units=Sum("units"), first=Min("given_on"), last=Max("given_on"))
    return [GivenOfKind(*row) for row in rows.order_by("-units", "kind")]


def ratings_of(case_id: UUID) -> list[RatingLine]:
    """Every filling of the scale, oldest first; asked after the file was found to be hers."""
    found: dict[tuple[date, str, UUID | None], dict[str, int]] = {}
    for row in Rating.objects.filter(case=case_id).order_by("rated_on", "pk"):
        found.setdefault((row.rated_on, row.rated_by, row.person_id), {})[row.domain] = row.value
    return [RatingLine(day, by, values, person) for (day, by, person), values in found.items()]


def goal(actor: Actor, case_id: UUID, goal_id: UUID) -> GoalLine:
    """One goal of a file's plan, or `NotFound`."""
    cases.get_case(actor, case_id)
    plan = current_plan(actor, case_id, cases.tiers_of(actor, case_id))
    for found in plan.goals if plan else []:
        if found.id == goal_id:
            return found
    raise NotFound
