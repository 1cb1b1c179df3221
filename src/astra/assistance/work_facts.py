"""What may research see of work, school and receipts? Coded rows: no name, no place, no word."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from astra.assistance.models import Placement, Receipt, Schooling

CHUNK = 2000
LIVING_OR_KEPT = Q(case=None) | Q(case__record__decoy=None)
"""Not the files that are there to raise an alarm."""


@dataclass(frozen=True)
class PlacementFact:
    """One placement: the unit is the placement, counted by the month in which work began."""

    client: int
    """A number that means the same person within one reading only."""
    sector: str
    workplace: str
    is_partner: bool
    began_year: int
    began_month: int
    has_ended: bool
    end: str
    retention: tuple[tuple[int, str], ...]
    """After how many months, and what was answered; blank where nobody has been asked yet."""


@dataclass(frozen=True)
class EducationFact:
    """One schooling: the unit is the schooling, counted by the month of enrolment."""

    client: int
    kind: str
    began_year: int
    began_month: int
    end: str
    exams: tuple[str, ...]
    """A result each; blank for one that is ahead."""
    scholarship: Decimal
    """What is granted a month, in dinars."""


@dataclass(frozen=True)
class ReceiptSum:
    """What was handed over in a month, by funder and kind; voided receipts are counted nowhere."""

    month: date
    funded_by: str
    kind: str
    currency: str
    receipts: int
    amount: Decimal


def placement_facts() -> Iterator[PlacementFact]:
    """Every placement, the oldest first."""
    numbers: dict[UUID | None, int] = {}
    rows = Placement.objects.filter(LIVING_OR_KEPT).order_by("began_on", "pk").prefetch_related("checks")
    for row in rows.iterator(CHUNK):
        yield PlacementFact(
            client=numbers.setdefault(row.person_id or row.client_mark, len(numbers) + 1),
            sector=row.sector,
            workplace=row.workplace,
            is_partner=row.is_partner,
            began_year=row.began_on.year,
            began_month=row.began_on.month,
            has_ended=row.ended_on is not None,
            end=row.end,
            retention=tuple(sorted((check.months, check.answer) for check in row.checks.all())),
        )


def education_facts() -> Iterator[EducationFact]:
    """Every schooling, the oldest first."""
    numbers: dict[UUID | None, int] = {}
    rows = Schooling.objects.filter(LIVING_OR_KEPT).order_by("began_on", "pk").prefetch_related("exams", "scholarships")
    for row in rows.iterator(CHUNK):
        yield EducationFact(
            client=numbers.setdefault(row.person_id or row.client_mark, len(numbers) + 1),
            kind=row.kind,
            began_year=row.began_on.year,
            began_month=row.began_on.month,
            end=row.end,
            exams=tuple(exam.result for exam in row.exams.all()),
            scholarship=sum((one.amount for one in row.scholarships.all()), Decimal(0)),
        )


def receipt_sums() -> Iterator[ReceiptSum]:
    """What was handed over, month by month."""
    rows = Receipt.objects.filter(LIVING_OR_KEPT, voided_on=None).annotate(month=TruncMonth("issued_on"))
    grouped = rows.values("month", "funded_by", "kind", "currency").annotate(count=Count("pk"), total=Sum("amount"))
    for row in grouped.order_by("month", "funded_by", "kind"):
        yield ReceiptSum(
            month=row["month"],
            funded_by=row["funded_by"],
            kind=row["kind"],
            currency=row["currency"],
            receipts=row["count"],
            amount=row["total"],
        )
