"""What may research see of identification? Rows without names, words or ids that lead anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from astra.identification.models import (
    Choice,
    Decision,
    KeptAssessment,
    KeptChoice,
    KeptDecision,
    OwnAssessment,
)
from astra.identification.rules.decisions import IDENTIFIED, Procedure


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


@dataclass(frozen=True)
class IdentifiedFact:
    """Unit: persons who are formally identified; count date: the day of the first such decision that stands.

    What is known of them is our own newest assessment; blank where we never assessed her.
    """

    on: date
    profile: str
    forms: tuple[str, ...]
    is_coarsened: bool = False


def identified_facts() -> Iterator[IdentifiedFact]:
    """Everybody for whom a decision stands that she is identified, once."""
    rows = Decision.objects.filter(is_latest=True, decision=IDENTIFIED, decided_on__isnull=False, person__decoy=None)
    newest = {one.person_id: one for one in OwnAssessment.objects.order_by("on", "pk")}
    for person, on in rows.order_by().values("person").annotate(on=Min("decided_on")).values_list("person", "on"):
        known = newest.get(person)
        yield IdentifiedFact(on, known.profile if known else "", tuple(known.forms) if known else ())
    kept = KeptDecision.objects.filter(decision=IDENTIFIED, decided_month__isnull=False)
    assessed = {one.mark: one for one in KeptAssessment.objects.filter(is_latest=True)}
    for mark, on in kept.order_by().values("mark").annotate(on=Min("decided_month")).values_list("mark", "on"):
        last = assessed.get(mark)
        forms = tuple(last.forms) if last else ()
        yield IdentifiedFact(on, last.profile if last else "", forms, last.is_coarsened if last else False)


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
