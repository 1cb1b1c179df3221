"""What may research see of identification? Rows without names, words or ids that lead anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from astra.identification.models import Choice, Decision, OwnAssessment
from astra.identification.rules.decisions import Procedure


@dataclass(frozen=True)
class AssessmentFact:
    """Unit: assessments; count date: the day of the assessment; only the newest of a person is marked."""

    on: date
    status: str
    profile: str
    forms: tuple[str, ...]
    is_latest: bool


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


def procedure_facts() -> Iterator[Procedure]:
    """Every formal procedure as it stands now; unit: reports, count dates: of the report and of the decision."""
    rows = Decision.objects.filter(is_latest=True, person__decoy=None)
    for reported_on, decision, decided_on in rows.values_list("reported_on", "decision", "decided_on"):
        yield Procedure(reported_on, decision, decided_on)


def choice_facts() -> Iterator[ChoiceFact]:
    """Every choice that somebody made."""
    for on, choice in Choice.objects.filter(person__decoy=None).values_list("on", "choice"):
        yield ChoiceFact(on, choice)
