"""What was written down before in a file's assistance: needs, what was said to the plan, attempts, welfare checks?"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.accounts import selectors as accounts
from astra.assistance.models import ContactAttempt, NeedsAssessment, Plan, WelfareCheck
from astra.assistance.sections import NEEDS, PLAN, WELFARE, PlanWords, WelfareWords
from astra.assistance.selectors.page import NeedsLine
from astra.cases import selectors as cases
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened


@dataclass(frozen=True)
class AttemptLine:
    """One try to make contact."""

    on: date
    way: str
    result: str
    by_name: str


@dataclass(frozen=True)
class WelfareLine:
    """One welfare check that was weighed."""

    weighed_on: date
    is_wanted: bool
    words: WelfareWords | None
    by_name: str


@dataclass(frozen=True)
class SaidLine:
    """What the person said to a plan, and before; the newest first."""

    made_on: date
    agreement: str
    said: tuple[Opened[PlanWords], ...]


@dataclass(frozen=True)
class Earlier:
    """Everything that was written before, newest first."""

    facts: cases.CaseFacts
    needs: list[NeedsLine]
    plans: list[SaidLine]
    attempts: list[AttemptLine]
    welfare: list[WelfareLine]


def earlier(actor: Actor, case_id: UUID) -> Earlier:
    """The whole of it for one file, or `NotFound`."""
    facts = cases.case_facts(actor, case_id)
    tried = list(ContactAttempt.objects.filter(case=case_id).order_by("-on", "-pk"))
    weighed = list(WelfareCheck.objects.filter(case=case_id).order_by("-weighed_on", "-record__created_at"))
    named = accounts.work_names({by for by in (*(one.by for one in tried), *(one.by for one in weighed)) if by})
    words = vault.open_sections(actor, [row.pk for row in weighed], WELFARE)
    return Earlier(
        facts=facts,
        needs=_needs(actor, case_id),
        plans=_plans(actor, case_id),
        attempts=[AttemptLine(row.on, row.way, row.result, named.get(row.by, "") if row.by else "") for row in tried],
        welfare=[
            WelfareLine(
                row.weighed_on,
                row.is_wanted,
                words[row.pk].content if row.pk in words else None,
                named.get(row.by, "") if row.by else "",
            )
            for row in weighed
        ],
    )


def _needs(actor: Actor, case_id: UUID) -> list[NeedsLine]:
    rows = list(NeedsAssessment.objects.filter(case=case_id).order_by("-assessed_on", "-record__created_at"))
    words = vault.open_sections(actor, [row.pk for row in rows], NEEDS)
    return [NeedsLine(row.assessed_on, row.levels, words[row.pk].content if row.pk in words else None) for row in rows]


def _plans(actor: Actor, case_id: UUID) -> list[SaidLine]:
    said = []
    for row in Plan.objects.filter(case=case_id).order_by("-made_on", "-record__created_at"):
        now = vault.find_section(actor, row.pk, PLAN)
        before = vault.open_earlier(actor, row.pk, PLAN) if now else []
        said.append(SaidLine(row.made_on, row.agreement, tuple(one for one in (now, *before) if one)))
    return said
