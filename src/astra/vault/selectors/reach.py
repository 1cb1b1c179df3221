"""Which records may this actor know of?"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault.actor import Actor
from astra.vault.models import Membership, Reach
from astra.vault.models.circles import CASE
from astra.vault.prepared import Prepared
from astra.vault.selectors.names import pseudonyms
from astra.vault.selectors.opening import is_living

FEW = 200
"""So many records are asked for one by one."""


def _reaching(
    at: datetime, circles: Collection[UUID], reader: UUID, personal: UUID | None = None
) -> QuerySet[Reach, Any]:  # Any: the rooms choose the columns
    """The rows that lead to living records without a wall; with `personal` also by the case circles she sits in."""
    seats: Q | Combinable = Q(circle__in=circles)
    if personal is not None:
        seats |= Exists(Membership.objects.filter(circle=OuterRef("circle"), holder=personal, circle__kind=CASE))
    return Reach.objects.filter(seats, is_living(at), record__erased_at=None).exclude(record__walls__member=reader)


_AMONG = Prepared(lambda records, **hers: _reaching(**hers).filter(record__in=records).values_list("record"))
_FIRST = Prepared(lambda kind, **hers: _reaching(**hers).filter(kind=kind).values_list("record")[: FEW + 1])


def _hers(actor: Actor) -> dict[str, Any] | None:  # Any: the values of `_reaching`
    """By which circles the actor reaches records: her desks' and her own narrow ones; none without keys."""
    personal = actor.keyring.personal
    if personal is None:
        return None
    wide, narrow = {*actor.keyring.wide_circles(), personal}, actor.keyring.few_case_circles()
    hers = {"at": now(), "circles": wide | (narrow or set()), "reader": actor.id or personal}
    return hers if narrow is not None else {**hers, "personal": personal}


def can_reach(actor: Actor, record_id: UUID) -> bool:
    """Whether one of the actor's circles may list the record, and no wall stands before it."""
    return bool(reachable_among(actor, [record_id]))


def reachable_among(actor: Actor, record_ids: Collection[UUID]) -> set[UUID]:
    """Those of the given records that the actor may know of."""
    hers = _hers(actor)
    return {record for (record,) in _AMONG(records=record_ids, **hers)} if hers else set()


def reach_of(actor: Actor, *, kind: str) -> dict[str, Any]:  # Any: the values of `within`
    """The values for a prepared question about rows of this kind that the actor may know of; see `within`.

    Somebody with few records asks for these by name, somebody in a wide circle is asked row by row: so that "the first
    rows by date" costs the same for both.
    """
    hers = _hers(actor)
    few = [record for (record,) in _FIRST(kind=kind, **hers)] if hers else []
    if hers is None or len(few) <= FEW:
        return {"records": few}
    return {"kind": kind, **hers}


def within(path: str, *, records: Collection[UUID] | None = None, kind: str = "", **hers: Any) -> Q:  # Any: `_reaching`
    """A filter for rows whose record, at `path`, the actor may know of; takes what `reach_of` gave."""
    if records is not None:
        return Q(**{f"{path}__in": records})
    return Q(Exists(_reaching(**hers).filter(kind=kind, record=OuterRef(path))))


def check_reach(actor: Actor, record_id: UUID) -> None:
    """Raise `NotFound` unless the actor may know of the record; the refusal is noted for the log."""
    if not can_reach(actor, record_id):
        actor.trail.refused.add((pseudonyms([record_id]).get(record_id, ""), "record"))
        raise NotFound
