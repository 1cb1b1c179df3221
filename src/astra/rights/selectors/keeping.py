"""What goes next month, what waits for a second person, and what is kept for longer?

Counts for those who answer for it; which file or person a line is, is told only to whoever may know of her anyway.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q

from astra.cases import selectors as cases
from astra.kernel.clock import today
from astra.kernel.errors import NotFound
from astra.people import selectors as people
from astra.rights.models import Disposal, Ending
from astra.rights.rules import keeping as rules
from astra.vault import selectors as vault
from astra.vault.actor import Actor

DESKS = ("coordination", "data_protection")
FEW = 20
MOST = 200


@dataclass(frozen=True)
class Preview:
    """How much of one class ends."""

    category: str
    over: int
    """Its time is over: it can be proposed today."""
    coming: int
    """Until the end of next month."""
    held: int
    longer: int
    proposed: int


@dataclass(frozen=True)
class EndingLine:
    """One line of a class. Without a name where the reader may not know of the record."""

    id: UUID
    category: str
    record_id: UUID
    name: str
    is_known: bool
    ends_on: date
    is_over: bool
    is_held: bool
    is_proposed: bool
    kept_until: date | None
    kept_because: str


@dataclass(frozen=True)
class DisposalLine:
    """One proposal, as far as it has come."""

    id: UUID
    category: str
    reason: str
    state: str
    asked: int
    gone: int
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    can_decide: bool
    is_mine: bool


def preview(actor: Actor) -> list[Preview]:
    """Every class that two people decide about, with what ends of it until the end of next month."""
    actor.check_desk(*DESKS)
    day, counts = today(), {category: Counter[str]() for category in rules.CATEGORIES}
    rows = list(Ending.objects.all())
    held = _held(rows)
    for row in rows:
        counts[row.category][_where(row, row.pk in held, day)] += 1
    names = ("over", "coming", "held", "longer", "proposed")
    return [Preview(category, *(counts[category][name] for name in names)) for category in rules.CATEGORIES]


def _where(row: Ending, is_held: bool, day: date) -> str:
    if row.disposal_id is not None:
        return "proposed"
    if is_held:
        return "held"
    if row.kept_until is not None and row.kept_until >= day:
        return "longer"
    return "over" if row.ends_on < day else "coming"


def endings(actor: Actor, category: str) -> list[EndingLine]:
    """What ends of one class, the longest over first."""
    actor.check_desk(*DESKS)
    if category not in rules.CATEGORIES:
        raise NotFound
    return _lines(actor, list(Ending.objects.filter(category=category).order_by("ends_on", "pk")[:MOST]))


def ending(actor: Actor, ending_id: UUID) -> EndingLine:
    """One line, or `NotFound`."""
    actor.check_desk(*DESKS)
    found = _lines(actor, list(Ending.objects.filter(pk=ending_id)))
    if not found:
        raise NotFound
    return found[0]


def in_disposal(actor: Actor, disposal_id: UUID) -> list[EndingLine]:
    """What a proposal names and still waits."""
    actor.check_desk(*DESKS)
    return _lines(actor, list(Ending.objects.filter(disposal=disposal_id).order_by("ends_on", "pk")[:MOST]))


def disposals(actor: Actor) -> list[DisposalLine]:
    """The latest proposals, those that wait first."""
    actor.check_desk(*DESKS)
    rows = Disposal.objects.order_by(F("decided_at").desc(nulls_first=True), "-proposed_at")
    return [_disposal(actor, row) for row in rows[:FEW]]


def disposal(actor: Actor, disposal_id: UUID) -> DisposalLine:
    """One proposal, or `NotFound`."""
    actor.check_desk(*DESKS)
    row = Disposal.objects.filter(pk=disposal_id).first()
    if row is None:
        raise NotFound
    return _disposal(actor, row)


def count_to_decide(actor: Actor) -> int:
    """How many proposals wait for somebody like this actor."""
    if not actor.has_desk(*DESKS):
        return 0
    return Disposal.objects.filter(state=rules.WAITING).exclude(proposed_by=actor.id).count()


def count_over(actor: Actor) -> int:
    """Of how much the time is over and nobody has proposed anything yet."""
    if not actor.has_desk(*DESKS):
        return 0
    day = today()
    rows = Ending.objects.filter(Q(kept_until=None) | Q(kept_until__lt=day), ends_on__lt=day, disposal=None)
    return rows.filter(record__is_held=False).count()


def _disposal(actor: Actor, row: Disposal) -> DisposalLine:
    is_waiting = row.state == rules.WAITING
    return DisposalLine(
        id=row.pk,
        category=row.category,
        reason=row.reason,
        state=row.state,
        asked=row.asked,
        gone=row.gone,
        proposed_by=row.proposed_by_id,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by_id,
        decided_at=row.decided_at,
        can_decide=is_waiting and row.proposed_by_id != actor.id,
        is_mine=is_waiting and row.proposed_by_id == actor.id,
    )


def _held(rows: Collection[Ending]) -> set[UUID]:
    records = vault.held_among([row.record_id for row in rows])
    return {row.pk for row in rows if row.record_id in records}


def _lines(actor: Actor, rows: list[Ending]) -> list[EndingLine]:
    ids = [row.record_id for row in rows]
    known = vault.reachable_among(actor, ids) if ids else set()
    names: dict[UUID, str] = cases.numbers_of(list(known)) if known else {}
    persons = [row.record_id for row in rows if row.category == rules.IDENTITY and row.record_id in known]
    names |= people.display_names(actor, set(persons)) if persons else {}
    held, day = _held(rows), today()
    return [
        EndingLine(
            id=row.pk,
            category=row.category,
            record_id=row.record_id,
            name=names.get(row.record_id, ""),
            is_known=row.record_id in known,
            ends_on=row.ends_on,
            is_over=max(row.ends_on, row.kept_until or row.ends_on) < day,
            is_held=row.pk in held,
            is_proposed=row.disposal_id is not None,
            kept_until=row.kept_until if row.kept_until and row.kept_until >= day else None,
            kept_because=row.kept_because,
        )
        for row in rows
    ]
