"""What may research see of identification? Rows without names, words or ids that lead anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from astra.identification.models import (
    Choice,
    Decision,
    KeptAssessment,
    KeptChoice,
    KeptDecision,
    OwnAssessment,
)
from astra.identification.rules.decisions import Procedure


@dataclass(frozen=True)
class AssessmentFact:
    """Unit: assessments; count date: the day of the assessment; only the newest of a person is marked."""

    on: date
    status: str
    profile: str
    forms: tuple[str, ...]
    is_latest: bool
    is_kept: bool = False
    """Of an erased person: the day is the first of the month."""
    is_coarsened: bool = False
    """A rare form gave way at the erasure."""


@dataclass(frozen=True)
class ChoiceFact:
    """Unit: choices; count date: the day on which it was said."""

    on: date
    choice: str


def assessment_facts() -> Iterator[AssessmentFact]:
    """Every assessment of ours."""
    seen: set[object] = set()
    rows = OwnAssessment.objects.filter(person__decoy=None).order_by("-on", "-pk")
    for person, on, status, profile, forms in rows.values_list("person", "on", "status", "profile", "forms"):
        yield AssessmentFact(on, status, profile, tuple(forms), person not in seen)
        seen.add(person)
    for kept in KeptAssessment.objects.order_by("-month", "mark"):
        yield AssessmentFact(
            kept.month,
            kept.status,
            kept.profile,
            tuple(kept.forms),
            kept.is_latest,
            is_kept=True,
            is_coarsened=kept.is_coarsened,
        )


def procedure_facts() -> Iterator[Procedure]:
    """Every formal procedure as it stands now; unit: reports, count dates: of the report and of the decision."""
    rows = Decision.objects.filter(is_latest=True, person__decoy=None)
    for reported_on, decision, decided_on in rows.values_list("reported_on", "decision", "decided_on"):
        yield Procedure(reported_on, decision, decided_on)
    of_erased = KeptDecision.objects.values_list("reported_month", "decision", "decided_month")
    for reported_on, decision, decided_on in of_erased:
        yield Procedure(reported_on, decision, decided_on)


def choice_facts() -> Iterator[ChoiceFact]:
    """Every choice that somebody made."""
    for on, choice in Choice.objects.filter(person__decoy=None).values_list("on", "choice"):
        yield ChoiceFact(on, choice)
    for on, choice in KeptChoice.objects.values_list("month", "choice"):
        yield ChoiceFact(on, choice)
