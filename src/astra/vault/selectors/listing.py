"""How is a long list shown a page at a time? Each circle gives its newest rows from the index."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault.actor import Actor
from astra.vault.models import Circle, Membership, Reach
from astra.vault.models.circles import CASE
from astra.vault.prepared import Prepared, PreparedRows
from astra.vault.selectors.opening import is_living
from astra.vault.selectors.reach import FEW

M = TypeVar("M", bound=Model)
ITS = "its_"
"""Marks the values of a room's filter beside those of the walk."""
MOST_FILTERS = 500


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page of a list, and the cursor that continues it."""

    rows: list[M]
    next_cursor: str


class Listing(Generic[M]):
    """A room's list of records of one kind: rows that fit its filter and that the actor's circles may list.

    The filter is a function that takes what somebody narrowed the list by, as values of a prepared question, and
    returns the rows that fit; without values it gives the list that nobody narrowed.
    """

    def __init__(self, model: type[M], kind: str, fitting: Callable[..., QuerySet[M]]) -> None:
        self._kind = kind
        self._fitting = fitting
        self._few = Prepared(lambda **given: fitting(**given).order_by().values_list("pk")[: FEW + 1])
        self._newest = cache(lambda limit: Prepared(lambda **walk: _walk(**walk)[:limit]))
        self._newest_fitting = cache(lambda limit: Prepared(lambda **values: self._walk_where_fitting(limit, **values)))
        # By name alone: with the room's filter beside it SQLite would take the filter's index and read every such row.
        self._rows = PreparedRows(model, lambda records: model._default_manager.filter(pk__in=records))
        self._large: set[frozenset[tuple[str, object]]] = set()
        """Filters that left many rows the last time: says how to ask, not what is found."""

    def page(
        self, actor: Actor, *, limit: int = 25, after: str = "", given: Mapping[str, Any] | None = None
    ) -> Page[M]:  # Any: the values of the filter
        """One page, newest first.

        Each wide circle and all narrow ones together give their own first rows from the index; the few are merged
        here. So a list costs the same in a circle of a million records and in one of ten. When the room's own filter
        leaves few rows, the walk begins there.
        """
        its = dict(given or {})
        asked = {"kind": self._kind, "at": now(), **_read_cursor(after)}
        few = self._few_that_fit(its)
        rows: dict[UUID, tuple[datetime, UUID]] = {}
        for seats in _branches(actor, self._kind):
            values = {**asked, **seats, "reader": actor.id or actor.keyring.personal}
            if few is not None:
                found = self._newest(limit + 1)(**values, records=few)
            elif its or self._always_narrows:
                found = self._newest_fitting(limit + 1)(**values, **{ITS + name: value for name, value in its.items()})
            else:
                found = self._newest(limit + 1)(**values)
            rows.update({record: (at, record) for at, record in found})
        ordered = sorted(rows.values(), reverse=True)[: limit + 1]
        if len(ordered) <= limit:
            self._large.discard(frozenset(its.items()))
        shown = [record for _, record in ordered[:limit]]
        by_id = {row.pk: row for row in self._rows(records=shown)}
        cursor = _write_cursor(*ordered[limit - 1]) if len(ordered) > limit else ""
        return Page([by_id[record] for record in shown if record in by_id], cursor)

    @cached_property
    def _always_narrows(self) -> bool:
        return bool(self._fitting().query.where)

    def _few_that_fit(self, its: dict[str, Any]) -> list[UUID] | None:  # Any: the values of the filter
        """All rows that fit if they are few; None if they are many, or all."""
        filters = frozenset(its.items())
        if filters in self._large or not (its or self._always_narrows):
            return None
        few = [pk for (pk,) in self._few(**its)]
        if len(few) <= FEW:
            return few
        if len(self._large) >= MOST_FILTERS:
            self._large.clear()
        self._large.add(filters)
        return None

    def _walk_where_fitting(self, limit: int, **values: Any) -> QuerySet[Reach, Any]:  # Any: as in `_walk`
        its = {name.removeprefix(ITS): value for name, value in values.items() if name.startswith(ITS)}
        walk = _walk(**{name: value for name, value in values.items() if not name.startswith(ITS)})
        return walk.filter(Exists(self._fitting(**its).filter(pk=OuterRef("record")).order_by()))[:limit]


def _walk(
    *,
    kind: str,
    at: datetime,
    reader: UUID,
    circles: Collection[UUID] | None = None,
    seats_of: UUID | None = None,
    records: Collection[UUID] | None = None,
    last: datetime | None = None,
    last_record: UUID | None = None,
) -> QuerySet[Reach, Any]:  # Any: rows of a moment and a record
    """The newest first, of some circles or of all case circles that somebody sits in."""
    by_seat = Q(circle__in=case_circles_of(seats_of)) if seats_of is not None else Q(circle__in=circles)
    living = Reach.objects.filter(by_seat, is_living(at), kind=kind, record__erased_at=None)
    if records is not None:
        living = living.filter(record__in=records)
    if last is not None:
        living = living.filter(Q(listed_at__lt=last) | Q(listed_at=last, record__lt=last_record))
    before_no_wall = living.exclude(record__walls__member=reader)
    return before_no_wall.order_by("-listed_at", "-record").values_list("listed_at", "record")


_LISTING_CIRCLES = Prepared(
    lambda kind, wide: (
        Circle.objects.filter(Exists(Reach.objects.filter(circle=OuterRef("pk"), kind=kind)), pk__in=wide)
        .order_by("pk")
        .values_list("pk")
    )
)


def _branches(actor: Actor, kind: str) -> list[dict[str, Any]]:  # Any: the values of `_walk` that name circles
    personal = actor.keyring.personal
    if personal is None:
        return []
    wide = _LISTING_CIRCLES(kind=kind, wide=actor.keyring.wide_circles())  # most desks list only some kinds
    branches: list[dict[str, Any]] = [{"circles": [circle]} for (circle,) in wide]
    narrow = actor.keyring.few_case_circles()
    if narrow is None:
        return [*branches, {"circles": [personal]}, {"seats_of": personal}]
    return [*branches, {"circles": {personal, *narrow}}]


def case_circles_of(personal: UUID) -> QuerySet[Membership, UUID]:
    """The case circles that a person sits in herself, as a subquery."""
    return Membership.objects.filter(holder=personal, circle__kind=CASE).values_list("circle", flat=True)


def _write_cursor(at: datetime, record: UUID) -> str:
    return f"{at.timestamp():.6f}_{record.hex}"


def _read_cursor(cursor: str) -> dict[str, Any]:  # Any: a moment and a record
    if not cursor:
        return {}
    try:
        moment, _, record = cursor.partition("_")
        return {"last": datetime.fromtimestamp(float(moment), tz=now().tzinfo), "last_record": UUID(hex=record)}
    except (ValueError, OverflowError):
        raise NotFound from None
