"""What may research know of consent? Coded lines without people, of how it is asked and how often refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from astra.consent.models import Consent, Override


@dataclass(frozen=True)
class ConsentFact:
    """One line of the ledger, without whom it is about."""

    purpose: str
    recipient: str
    section: str
    ground: str
    answer: str
    giver: str
    method: str
    language: str
    has_interpreter: bool
    given_on: date
    until_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True)
class OverrideFact:
    """One thing done without consent, without whom it is about."""

    reason: str
    purpose: str
    recipient: str
    state: str
    outcome: str
    asked_on: date
    was_reviewed_in_time: bool | None


def consents() -> Iterator[ConsentFact]:
    """Every line."""
    names = tuple(ConsentFact.__dataclass_fields__)
    for values in (
        Consent.objects.filter(person__record__decoy=None).order_by("pk").values_list(*names).iterator(chunk_size=1000)
    ):
        yield ConsentFact(*values)


def overrides() -> Iterator[OverrideFact]:
    """Every exception."""
    for row in Override.objects.filter(person__record__decoy=None).order_by("pk").iterator(chunk_size=1000):
        in_time = row.reviewed_at <= row.review_due_at if row.reviewed_at and row.review_due_at else None
        yield OverrideFact(row.reason, row.purpose, row.recipient, row.state, row.outcome, row.asked_at.date(), in_time)
