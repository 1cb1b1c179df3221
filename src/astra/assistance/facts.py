"""What may research see of help given? Coded rows: no name, no record, no word; persons as numbers of this reading."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from astra import vocabulary
from astra.assistance.models import CodedAnswer, GivenService, Stay
from astra.assistance.progress_facts import ProgressFact, progress_facts
from astra.assistance.rules.stays import CALLED_OFF, EXPECTED, nights_of
from astra.assistance.work_facts import (
    EducationFact,
    PlacementFact,
    ReceiptSum,
    education_facts,
    placement_facts,
    receipt_sums,
)
from astra.kernel.clock import today

__all__ = [
    "AnswerFact",
    "ClientFact",
    "EducationFact",
    "PlacementFact",
    "ProgressFact",
    "ReceiptSum",
    "ServiceFact",
    "StayFact",
    "answer_facts",
    "client_facts",
    "education_facts",
    "placement_facts",
    "progress_facts",
    "receipt_sums",
    "service_facts",
    "stay_facts",
]

CHUNK = 2000


@dataclass(frozen=True)
class ServiceFact:
    """Services given in one entry: the unit is the service (`units` of it), counted by the day it was given."""

    client: int
    """A number that means the same person within one reading only."""
    kind: str
    pillar: str
    figure: str
    """The family of the yearly figures: psychological, legal, medical, field; blank for the others."""
    given_year: int
    given_month: int
    units: int
    minutes: int | None
    by_organisation: bool
    funded_by: str
    is_group: bool


@dataclass(frozen=True)
class ClientFact:
    """One person who was given something: the unit is the person, counted by her first and last service."""

    client: int
    first_year: int
    last_year: int
    services: int
    figures: tuple[str, ...]
    pillars: tuple[str, ...]


def service_facts(*, since: date | None = None, until: date | None = None) -> Iterator[ServiceFact]:
    """Every service given in a period, both days included."""
    rows = GivenService.objects.filter(Q(case=None) | Q(case__record__decoy=None)).order_by("given_on", "kind")
    if since is not None:
        rows = rows.filter(given_on__gte=since)
    if until is not None:
        rows = rows.filter(given_on__lte=until)
    known, numbers = vocabulary.codes("service_type"), dict[UUID | None, int]()
    for row in rows.iterator(CHUNK):
        entry = known.entries.get(row.kind)
        yield ServiceFact(
            client=numbers.setdefault(row.person_id or row.client_mark, len(numbers) + 1),
            kind=row.kind,
            pillar=entry.group if entry else "",
            figure=known.fact(row.kind, "figure", ""),
            given_year=row.given_on.year,
            given_month=row.given_on.month,
            units=row.units,
            minutes=row.minutes,
            by_organisation=row.organisation_id is not None,
            funded_by=row.funded_by,
            is_group=row.is_group,
        )


def client_facts(*, since: date | None = None, until: date | None = None) -> Iterator[ClientFact]:
    """Every person who was given something in a period."""
    found: dict[int, list[ServiceFact]] = {}
    for fact in service_facts(since=since, until=until):
        found.setdefault(fact.client, []).append(fact)
    for client, facts in found.items():
        years = [fact.given_year for fact in facts]
        yield ClientFact(
            client=client,
            first_year=min(years),
            last_year=max(years),
            services=sum(fact.units for fact in facts),
            figures=tuple(sorted({fact.figure for fact in facts if fact.figure})),
            pillars=tuple(sorted({fact.pillar for fact in facts if fact.pillar})),
        )


@dataclass(frozen=True)
class AnswerFact:
    """One coded answer to a question that its set marks for statistics; the unit is one sheet of answers."""

    set_id: int
    version: int
    question: str
    code: str
    answered_on: date


def answer_facts(*, set_id: int | None = None) -> Iterator[AnswerFact]:
    """Every counted answer, oldest first, then those of erased persons by their month."""
    rows = CodedAnswer.objects.exclude(sheet=None).filter(sheet__case__record__decoy=None).order_by("id")
    kept = CodedAnswer.objects.filter(sheet=None).order_by("version", "question", "code", "month")
    if set_id is not None:
        rows, kept = rows.filter(sheet__version__set=set_id), kept.filter(version__set=set_id)
    found = rows.values_list("sheet__version__set", "sheet__version__number", "question", "code", "sheet__answered_at")
    for in_set, version, question, code, at in found.iterator():
        yield AnswerFact(in_set, version, question, code, at.date())
    of_erased = kept.values_list("version__set", "version__number", "question", "code", "month")
    for in_set, version, question, code, month in of_erased.iterator():
        if month is not None:
            yield AnswerFact(in_set, version, question, code, month)


@dataclass(frozen=True)
class StayFact:
    """One stay in a bed: units are the stay and its nights; counted by the evening on which it began."""

    client: int
    """A number that means the same person within one reading only."""
    is_partners: bool
    state: str
    first_year: int
    first_month: int
    nights: int
    reason: str
    is_kept: bool
    """Of an erased person: the day is not known any more."""


def stay_facts() -> Iterator[StayFact]:
    """Every stay that began, oldest first."""
    numbers = dict[UUID | None, int]()
    rows = Stay.objects.filter(Q(case=None) | Q(case__record__decoy=None)).exclude(state__in=(EXPECTED, CALLED_OFF))
    rows = rows.select_related("bed__house").order_by("first", "pk")
    for row in rows.iterator(CHUNK):
        slept = nights_of(row.first, row.left_on, state=row.state, today=today())
        yield StayFact(
            client=numbers.setdefault(row.person_id or row.client_mark, len(numbers) + 1),
            is_partners=row.bed.house.organisation_id is not None,
            state=row.state,
            first_year=row.first.year,
            first_month=row.first.month,
            nights=slept if row.kept_nights is None else row.kept_nights,
            reason=row.reason,
            is_kept=row.kept_nights is not None,
        )
