"""Which records may this actor know of?"""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault.actor import Actor
from astra.vault.models import Membership, Reach
from astra.vault.models.circles import CASE
from astra.vault.prepared import Prepared, Row
from astra.vault.selectors.names import pseudonyms
from astra.vault.selectors.opening import is_living

FEW = 200
"""So many records are asked for one by one."""
_WIDE: set[tuple[UUID | None, str]] = set()
"""Who reached more of a kind the last time: says where to begin, never what she may see."""


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
        _WIDE.discard((actor.id, kind))
        return {"records": few}
    _WIDE.add((actor.id, kind))
    return {"kind": kind, **hers}


class Walk:
    """Several questions of one page about rows of one kind: what the actor reaches is looked up once for all of them.

    Each question gives at most `most` rows with the record in a column, and takes what `reach_of` gave, or nothing for
    everybody's rows. Whoever reached many records the last time most likely reaches the first rows, which is asked for
    all of them at once; only if some are not hers, and more might follow, the database looks row by row.
    """

    def __init__(self, actor: Actor, *, kind: str, column: int, most: int) -> None:
        self._actor, self._kind = actor, kind
        self._column, self._most = column, most

    def first(self, question: Callable[..., list[Row]], **values: Any) -> list[Row]:  # Any: the question's values
        """The first rows whose record the actor may know of."""
        if (self._actor.id, self._kind) in _WIDE:
            rows = question(**values)
            reached = reachable_among(self._actor, {row[self._column] for row in rows}) if rows else set()
            mine = [row for row in rows if row[self._column] in reached]
            if len(rows) < self._most or len(mine) == len(rows):
                return mine
        return question(**values, **self._reach)

    @cached_property
    def _reach(self) -> dict[str, Any]:  # Any: the values of `within`
        return reach_of(self._actor, kind=self._kind)


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
