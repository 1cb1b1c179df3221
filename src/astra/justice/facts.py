"""What may research see of the justice room? Proceedings, decisions, judgments, redress: codes, days and sums.

Rows of a living file and those kept after an erasure are counted alike; of the kept ones a day is its month's first,
sums have two digits, rare codes read "other" (`rules.keeping`).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from astra.justice.models import (
    Claim,
    Decision,
    Demand,
    Hearing,
    Incident,
    Judgment,
    KeptClaim,
    KeptDecision,
    KeptDemand,
    KeptProceeding,
    KeptRight,
    Measure,
    Party,
    Payment,
    Penalty,
    Proceeding,
    Qualification,
    Right,
)
from astra.justice.rules.analysis import JudgmentRow
from astra.justice.rules.money import NOTHING

CHUNK = 2000


class _Files:
    """Numbers for files that mean something within one reading only."""

    def __init__(self) -> None:
        self._known: dict[UUID, int] = {}

    def number(self, case_or_mark: UUID) -> int:
        return self._known.setdefault(case_or_mark, len(self._known) + 1)


@dataclass(frozen=True)
class ProceedingFact:
    """One proceeding. Unit: proceedings; counted by the day it began or ended. Blank codes are 'not known'."""

    kind: str
    roles: tuple[str, ...]
    """What each client is in it; two clients of one file may be there as two things."""
    state: str
    begun_on: date
    ended_on: date | None
    articles: tuple[str, ...]
    """In the order in which they were named: more than one is a re-qualification."""
    hearings_held: int
    hearings_postponed: int
    measures_asked: tuple[str, ...]
    measures_granted: tuple[str, ...]
    harms: tuple[str, ...]
    file: int = 0
    """A number that means the same file within one reading only."""
    is_coarse: bool = False
    """Kept after an erasure: months for days, rare codes as "other"."""


@dataclass(frozen=True)
class DecisionFact:
    """One decision. Unit: decisions at an instance, counted by the day of the decision."""

    file: int
    proceeding_kind: str
    instance: str
    outcome: str
    is_plea: bool
    is_final: bool
    decided_on: date
    penalties: tuple[tuple[str, int], ...]
    """Kind and months; unit: penalties."""
    is_coarse: bool = False


@dataclass(frozen=True)
class CompensationFact:
    """One claim. Unit: claims; sums are in its currency and never added across currencies."""

    kind: str
    proceeding_kind: str
    state: str
    currency: str
    claimed: Decimal
    claimed_on: date
    ordered: Decimal | None
    ordered_on: date | None
    paid: Decimal
    payments: int
    last_paid_on: date | None
    file: int = 0
    is_coarse: bool = False


@dataclass(frozen=True)
class RightFact:
    """One right that was asked for. Unit: requests, counted by the day of asking; a renewal is a request of its own."""

    file: int
    kind: str
    state: str
    asked_on: date
    answered_on: date | None
    is_coarse: bool = False


@dataclass(frozen=True)
class DemandFact:
    """One demand for a file. Unit: demands, counted by the day they came."""

    file: int
    asker: str
    right: str
    state: str
    received_on: date
    is_told: bool
    is_coarse: bool = False


def proceeding_facts() -> Iterator[ProceedingFact]:
    """Every proceeding, with those that were kept after an erasure."""
    files = _Files()
    yield from _living_proceedings(files)
    for row in KeptProceeding.objects.order_by("begun_on", "kind", "pk").iterator(CHUNK):
        yield ProceedingFact(
            kind=row.kind,
            roles=tuple(row.roles),
            state=row.state,
            begun_on=row.begun_on,
            ended_on=row.ended_on,
            articles=tuple(row.articles),
            hearings_held=row.hearings_held,
            hearings_postponed=row.hearings_postponed,
            measures_asked=tuple(row.measures_asked),
            measures_granted=tuple(row.measures_granted),
            harms=tuple(row.harms),
            file=files.number(row.mark),
            is_coarse=True,
        )


def _living_proceedings(files: _Files) -> Iterator[ProceedingFact]:
    articles: dict[UUID, list[str]] = defaultdict(list)
    for proceeding, article in Qualification.objects.order_by("since", "pk").values_list("proceeding", "article"):
        articles[proceeding].append(article)
    roles: dict[UUID, list[str]] = defaultdict(list)
    for proceeding, role in Party.objects.values_list("proceeding", "role"):
        roles[proceeding].append(role)
    states: dict[UUID, list[str]] = defaultdict(list)
    for proceeding, state in Hearing.objects.values_list("proceeding", "state"):
        states[proceeding].append(state)
    measures: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for proceeding, kind, state in Measure.objects.values_list("proceeding", "kind", "state"):
        measures[proceeding].append((kind, state))
    harms: dict[UUID, list[str]] = defaultdict(list)
    for proceeding, kind in Incident.objects.values_list("proceeding", "kind"):
        harms[proceeding].append(kind)
    for row in (
        Proceeding.objects.filter(record__erased_at=None, case__record__decoy=None)
        .order_by("begun_on", "kind")
        .iterator(CHUNK)
    ):
        asked = measures[row.pk]
        yield ProceedingFact(
            kind=row.kind,
            roles=tuple(sorted(roles[row.pk])),
            state=row.state,
            begun_on=row.begun_on,
            ended_on=row.ended_on,
            articles=tuple(articles[row.pk]),
            hearings_held=states[row.pk].count("held"),
            hearings_postponed=states[row.pk].count("postponed"),
            measures_asked=tuple(sorted(kind for kind, _ in asked)),
            measures_granted=tuple(sorted(kind for kind, state in asked if state in ("granted", "ended"))),
            harms=tuple(sorted(harms[row.pk])),
            file=files.number(row.case_id),
        )


def decision_facts() -> Iterator[DecisionFact]:
    """Every decision with its penalties, with those that were kept after an erasure."""
    files = _Files()
    penalties: dict[UUID, list[tuple[str, int]]] = defaultdict(list)
    for one in Penalty.objects.order_by("pk").iterator(CHUNK):
        penalties[one.decision_id].append((one.kind, one.years * 12 + one.months))
    rows = Decision.objects.filter(record__erased_at=None, case__record__decoy=None).select_related("proceeding")
    for row in rows.order_by("decided_on", "outcome").iterator(CHUNK):
        yield DecisionFact(
            file=files.number(row.case_id),
            proceeding_kind=row.proceeding.kind,
            instance=row.instance,
            outcome=row.outcome,
            is_plea=row.is_plea,
            is_final=row.final_on is not None,
            decided_on=row.decided_on,
            penalties=tuple(penalties[row.pk]),
        )
    for kept in KeptDecision.objects.order_by("decided_on", "outcome", "pk").iterator(CHUNK):
        yield DecisionFact(
            file=files.number(kept.mark),
            proceeding_kind=kept.proceeding_kind,
            instance=kept.instance,
            outcome=kept.outcome,
            is_plea=kept.is_plea,
            is_final=kept.is_final,
            decided_on=kept.decided_on,
            penalties=tuple((kind, months) for kind, months in kept.penalties),
            is_coarse=True,
        )


def compensation_facts() -> Iterator[CompensationFact]:
    """Every claim with what was paid on it, with those that were kept after an erasure."""
    files = _Files()
    payments: dict[UUID, list[tuple[Decimal, date]]] = defaultdict(list)
    for claim, amount, day in Payment.objects.values_list("claim", "amount", "paid_on"):
        payments[claim].append((amount, day))
    rows = (
        Claim.objects.filter(record__erased_at=None, case__record__decoy=None)
        .select_related("proceeding")
        .order_by("claimed_on", "kind")
    )
    for row in rows.iterator(CHUNK):
        its = payments[row.pk]
        yield CompensationFact(
            kind=row.kind,
            proceeding_kind=row.proceeding.kind,
            state=row.state,
            currency=row.currency,
            claimed=row.claimed,
            claimed_on=row.claimed_on,
            ordered=row.ordered,
            ordered_on=row.ordered_on,
            paid=sum((amount for amount, _ in its), NOTHING),
            payments=len(its),
            last_paid_on=max((day for _, day in its), default=None),
            file=files.number(row.case_id),
        )
    for kept in KeptClaim.objects.order_by("claimed_on", "kind", "pk").iterator(CHUNK):
        yield CompensationFact(
            kind=kept.kind,
            proceeding_kind=kept.proceeding_kind,
            state=kept.state,
            currency=kept.currency,
            claimed=kept.claimed,
            claimed_on=kept.claimed_on,
            ordered=kept.ordered,
            ordered_on=kept.ordered_on,
            paid=kept.paid,
            payments=kept.payments,
            last_paid_on=kept.last_paid_on,
            file=files.number(kept.mark),
            is_coarse=True,
        )


def right_facts() -> Iterator[RightFact]:
    """Every right that was asked for, with those that were kept after an erasure."""
    files = _Files()
    for row in (
        Right.objects.filter(record__erased_at=None, case__record__decoy=None)
        .order_by("asked_on", "kind")
        .iterator(CHUNK)
    ):
        yield RightFact(files.number(row.case_id), row.kind, row.state, row.asked_on, row.answered_on)
    for kept in KeptRight.objects.order_by("asked_on", "kind", "pk").iterator(CHUNK):
        yield RightFact(files.number(kept.mark), kept.kind, kept.state, kept.asked_on, kept.answered_on, is_coarse=True)


def demand_facts() -> Iterator[DemandFact]:
    """Every demand for a file, with those that were kept after an erasure."""
    files = _Files()
    for row in (
        Demand.objects.filter(record__erased_at=None, case__record__decoy=None)
        .order_by("received_on", "asker")
        .iterator(CHUNK)
    ):
        told = row.told_on is not None
        yield DemandFact(files.number(row.case_id), row.asker, row.right, row.state, row.received_on, told)
    for kept in KeptDemand.objects.order_by("received_on", "asker", "pk").iterator(CHUNK):
        file = files.number(kept.mark)
        yield DemandFact(file, kept.asker, kept.right, kept.state, kept.received_on, kept.is_told, is_coarse=True)


def judgment_facts() -> Iterator[JudgmentRow]:
    """Every judgment that was entered for the yearly analysis. Units: judgments and accused; counted by year."""
    rows = Judgment.objects.prefetch_related("accused").order_by("year", "court", "pk")
    yield from (one.row() for one in rows.iterator(CHUNK))
