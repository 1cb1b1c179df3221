"""What is kept of rows that an erasure takes away? Their codes, coarsened, beside a mark drawn at random per file."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date
from typing import TypeVar
from uuid import UUID, uuid4

from astra.justice.models import (
    Claim,
    Decision,
    Demand,
    Hearing,
    Incident,
    KeptClaim,
    KeptDecision,
    KeptDemand,
    KeptLetter,
    KeptProceeding,
    KeptRight,
    Letter,
    Measure,
    Party,
    Payment,
    Penalty,
    Proceeding,
    Qualification,
    Right,
)
from astra.justice.rules.keeping import capped, coarse_sum, common, month
from astra.justice.rules.money import NOTHING
from astra.vocabulary.coarsening import RARE_BELOW

V = TypeVar("V")


class Keeping:
    """One erasure: every file that goes has one mark, so that its rows stay countable as one file's."""

    def __init__(self) -> None:
        self._marks: dict[UUID, UUID] = defaultdict(uuid4)

    def keep(self, gone: Collection[UUID]) -> None:
        """Keep what figures are made of, of those records; within the transaction that deletes their rows."""
        self._proceedings(gone)
        self._decisions(gone)
        self._claims(gone)
        for right in Right.objects.filter(pk__in=gone):
            KeptRight.objects.create(
                mark=self._marks[right.case_id],
                kind=right.kind,
                state=right.state,
                asked_on=_cut(right.asked_on),
                answered_on=month(right.answered_on),
            )
        for demand in Demand.objects.filter(pk__in=gone):
            KeptDemand.objects.create(
                mark=self._marks[demand.case_id],
                asker=demand.asker,
                right=demand.right,
                state=demand.state,
                received_on=_cut(demand.received_on),
                is_told=demand.told_on is not None,
            )
        for letter in Letter.objects.filter(pk__in=gone):
            KeptLetter.objects.create(
                year=letter.year,
                running=letter.running,
                direction=letter.direction,
                subject=letter.subject,
                dated_on=_cut(letter.dated_on),
            )

    def _proceedings(self, gone: Collection[UUID]) -> None:
        rows = list(Proceeding.objects.filter(pk__in=gone).order_by("begun_on"))
        if not rows:
            return
        roles = _by(Party.objects.filter(proceeding__in=rows).values_list("proceeding", "role"))
        articles = _by(Qualification.objects.order_by("since", "pk").values_list("proceeding", "article"))
        measures = _by(Measure.objects.values_list("proceeding", "kind"))
        granted = _by(Measure.objects.filter(state__in=("granted", "ended")).values_list("proceeding", "kind"))
        harms = _by(Incident.objects.values_list("proceeding", "kind"))
        hearings = _by(Hearing.objects.filter(proceeding__in=rows).values_list("proceeding", "state"))
        kept = list(KeptProceeding.objects.values_list("articles", "measures_asked", "harms"))
        of_articles = _standing([*articles.values(), *(one for one, _, _ in kept)])
        of_measures = _standing([*measures.values(), *(one for _, one, _ in kept)])
        of_harms = _standing([*harms.values(), *(one for _, _, one in kept)])
        KeptProceeding.objects.bulk_create(
            KeptProceeding(
                mark=self._marks[row.case_id],
                kind=row.kind,
                roles=sorted(roles[row.pk]),
                state=row.state,
                begun_on=_cut(row.begun_on),
                ended_on=month(row.ended_on),
                articles=common(articles[row.pk], of_articles, RARE_BELOW),
                hearings_held=capped(hearings[row.pk].count("held")),
                hearings_postponed=capped(hearings[row.pk].count("postponed")),
                measures_asked=sorted(common(measures[row.pk], of_measures, RARE_BELOW)),
                measures_granted=sorted(common(granted[row.pk], of_measures, RARE_BELOW)),
                harms=sorted(common(harms[row.pk], of_harms, RARE_BELOW)),
            )
            for row in rows
        )

    def _decisions(self, gone: Collection[UUID]) -> None:
        rows = list(Decision.objects.filter(pk__in=gone).select_related("proceeding").order_by("decided_on"))
        penalties = defaultdict(list)
        for row in Penalty.objects.filter(decision__in=rows).order_by("pk"):
            penalties[row.decision_id].append([row.kind, row.years * 12 + row.months])
        KeptDecision.objects.bulk_create(
            KeptDecision(
                mark=self._marks[row.case_id],
                proceeding_kind=row.proceeding.kind,
                instance=row.instance,
                outcome=row.outcome,
                is_plea=row.is_plea,
                is_final=row.final_on is not None,
                decided_on=_cut(row.decided_on),
                penalties=penalties[row.pk],
            )
            for row in rows
        )

    def _claims(self, gone: Collection[UUID]) -> None:
        rows = list(Claim.objects.filter(pk__in=gone).select_related("proceeding").order_by("claimed_on"))
        payments = _by(Payment.objects.filter(claim__in=rows).values_list("claim", "amount"))
        days = _by(Payment.objects.filter(claim__in=rows).values_list("claim", "paid_on"))
        KeptClaim.objects.bulk_create(
            KeptClaim(
                mark=self._marks[row.case_id],
                kind=row.kind,
                proceeding_kind=row.proceeding.kind,
                state=row.state,
                currency=row.currency,
                claimed=coarse_sum(row.claimed),
                claimed_on=_cut(row.claimed_on),
                ordered=None if row.ordered is None else coarse_sum(row.ordered),
                ordered_on=month(row.ordered_on),
                paid=coarse_sum(sum(payments[row.pk], NOTHING)),
                payments=capped(len(payments[row.pk])),
                last_paid_on=month(max(days[row.pk], default=None)),
            )
            for row in rows
        )


def _cut(day: date) -> date:
    return day.replace(day=1)


def _by(pairs: Collection[tuple[UUID, V]]) -> dict[UUID, list[V]]:
    found: dict[UUID, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _standing(lists: Collection[list[str]]) -> Counter[str]:
    """In how many proceedings each code stands."""
    return Counter(code for codes in lists for code in set(codes))
