"""What may research see of the justice room? Proceedings, judgments, redress: codes, days and sums."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from astra.justice.models import Claim, Hearing, Incident, Judgment, Measure, Payment, Proceeding, Qualification
from astra.justice.rules.analysis import JudgmentRow
from astra.justice.rules.money import NOTHING

CHUNK = 2000


@dataclass(frozen=True)
class ProceedingFact:
    """One proceeding. Unit: proceedings; counted by the day it began or ended. Blank codes are 'not known'."""

    kind: str
    role: str
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


def proceeding_facts() -> Iterator[ProceedingFact]:
    """Every proceeding whose record has not been erased."""
    articles: dict[UUID, list[str]] = defaultdict(list)
    for proceeding, article in Qualification.objects.order_by("since", "pk").values_list("proceeding", "article"):
        articles[proceeding].append(article)
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
            role=row.role,
            state=row.state,
            begun_on=row.begun_on,
            ended_on=row.ended_on,
            articles=tuple(articles[row.pk]),
            hearings_held=states[row.pk].count("held"),
            hearings_postponed=states[row.pk].count("postponed"),
            measures_asked=tuple(sorted(kind for kind, _ in asked)),
            measures_granted=tuple(sorted(kind for kind, state in asked if state in ("granted", "ended"))),
            harms=tuple(sorted(harms[row.pk])),
        )


def compensation_facts() -> Iterator[CompensationFact]:
    """Every claim whose record has not been erased, with what was paid on it."""
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
        )


def judgment_facts() -> Iterator[JudgmentRow]:
    """Every judgment that was entered for the yearly analysis. Units: judgments and accused; counted by year."""
    rows = Judgment.objects.prefetch_related("accused").order_by("year", "court", "pk")
    yield from (one.row() for one in rows.iterator(CHUNK))
