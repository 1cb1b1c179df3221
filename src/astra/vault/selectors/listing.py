"""How is a long list shown a page at a time? Each circle gives its newest rows from the index."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
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


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page of a list, and the cursor that continues it."""

    rows: list[M]
    next_cursor: str


def page(
    actor: Actor,
    queryset: QuerySet[M],
    *,
    kind: str,
    limit: int = 25,
    after: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> Page[M]:
    """List a room's rows that the actor's circles may list, newest first.

    Each wide circle and all narrow ones together give their own first rows from the index; the few are merged
    here. So a list costs the same in a circle of a million records and in one of ten. `since` and `until` (not
    included) bound the sort key within the index. When the room's own filter leaves few rows, the walk begins there.
    """
    is_narrowed = bool(queryset.query.where)
    few = list(queryset.order_by().values_list("pk", flat=True)[: FEW + 1]) if is_narrowed else []
    bounds = {"since": since, "until": until, **_read_cursor(after)}
    asked = {"kind": kind, "at": now(), **{name: bound for name, bound in bounds.items() if bound is not None}}
    rows: dict[UUID, tuple[datetime, UUID]] = {}
    for seats in _branches(actor, kind):
        values = {**asked, **seats, "reader": actor.id or actor.keyring.personal}
        if not is_narrowed:
            found = _newest(limit + 1)(**values)
        elif len(few) <= FEW:
            found = _newest(limit + 1)(**values, records=few)
        else:
            fitting = Exists(queryset.filter(pk=OuterRef("record")).order_by())
            found = list(_walk(**values).filter(fitting)[: limit + 1])
        rows.update({record: (at, record) for at, record in found})
    ordered = sorted(rows.values(), reverse=True)[: limit + 1]
    shown = [record for _, record in ordered[:limit]]
    # By name alone: with the room's filter beside it SQLite would take the filter's index and read every such row.
    by_id = {row.pk: row for row in _by_id(queryset.model)(records=shown)}
    cursor = _write_cursor(*ordered[limit - 1]) if len(ordered) > limit else ""
    return Page([by_id[record] for record in shown if record in by_id], cursor)


def _walk(
    *,
    kind: str,
    at: datetime,
    reader: UUID,
    circles: Collection[UUID] | None = None,
    seats_of: UUID | None = None,
    records: Collection[UUID] | None = None,
    **bounds: Any,  # Any: moments and the cursor's record
) -> QuerySet[Reach, Any]:  # Any: rows of a moment and a record
    """The newest first, of some circles or of all case circles that somebody sits in."""
    by_seat = Q(circle__in=case_circles_of(seats_of)) if seats_of is not None else Q(circle__in=circles)
    living = Reach.objects.filter(by_seat, is_living(at), kind=kind, record__erased_at=None)
    if records is not None:
        living = living.filter(record__in=records)
    if "since" in bounds:
        living = living.filter(listed_at__gte=bounds["since"])
    if "until" in bounds:
        living = living.filter(listed_at__lt=bounds["until"])
    if "last" in bounds:
        last, record = bounds["last"], bounds["last_record"]
        living = living.filter(Q(listed_at__lt=last) | Q(listed_at=last, record__lt=record))
    before_no_wall = living.exclude(record__walls__member=reader)
    return before_no_wall.order_by("-listed_at", "-record").values_list("listed_at", "record")


@cache
def _newest(limit: int) -> Prepared:
    return Prepared(lambda **values: _walk(**values)[:limit])


@cache
def _by_id(model: type[M]) -> PreparedRows[M]:
    return PreparedRows(model, lambda records: model._default_manager.filter(pk__in=records))


_LISTING = Prepared(
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
    wide = _LISTING(kind=kind, wide=actor.keyring.wide_circles())  # most desks list only some kinds
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
