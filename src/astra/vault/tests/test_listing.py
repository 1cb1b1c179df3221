"""Does a list show the same rows whichever way the database was asked for them, many or few, narrowed or not?"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from astra.kernel.ids import new_id
from astra.vault import selectors
from astra.vault.models import Reach, Record, Wall
from astra.vault.selectors.reach import FEW
from astra.vault.tests.conftest import House

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
AT = datetime(2026, 3, 29, 2, 30, tzinfo=UTC)
MANY = 2 * FEW + 20


def _fitting(
    *, kinds: Collection[str] | None = None, since: datetime | None = None, is_early: bool = False
) -> QuerySet[Record]:
    rows = Record.objects.all()
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if since:
        rows = rows.filter(created_at__gte=since)
    return rows.filter(created_at__lt=AT + timedelta(hours=30)) if is_early else rows


FILTERS: list[dict[str, Any]] = [
    {},
    {"kinds": ("even",)},
    {"kinds": ("even", "odd")},
    {"since": AT + timedelta(hours=MANY - 7)},
    {"kinds": ("odd",), "since": AT + timedelta(hours=9)},
    {"kinds": ("odd",), "is_early": True},
    {"kinds": ("nobody",)},
]


def _records(circle: UUID) -> list[Record]:
    """Every third is nobody's to list."""
    made = [Record(id=new_id(), kind=("even", "odd")[n % 2], created_at=AT + timedelta(hours=n)) for n in range(MANY)]
    Record.objects.bulk_create(made)
    hers = [row for n, row in enumerate(made) if n % 3]
    Reach.objects.bulk_create(
        Reach(circle_id=circle, record=row, kind="note", listed_at=row.created_at) for row in hers
    )
    return hers


@pytest.mark.parametrize("given", FILTERS)
def test_every_page_of_every_filter(house: House, given: dict[str, Any]) -> None:
    reader = house.join("reader", "hotline")
    hers = _records(selectors.desk_circle("hotline"))
    assert reader.id is not None
    Wall.objects.create(record=hers[-2], member_id=reader.id)
    fit = set(_fitting(**given).values_list("pk", flat=True)) - {hers[-2].pk}
    expected = [row.pk for row in reversed(hers) if row.pk in fit]
    shown = selectors.Listing(Record, "note", _fitting)
    for _ in range(2):  # the second time it is known how much fits
        seen, cursor = [], ""
        while True:
            page = shown.page(reader, limit=50, after=cursor, given=given)
            seen += [row.pk for row in page.rows]
            cursor = page.next_cursor
            if not cursor:
                break
        assert seen == expected


def test_a_filter_that_left_many_may_leave_few_later(house: House) -> None:
    reader = house.join("reader", "hotline")
    hers = _records(selectors.desk_circle("hotline"))
    shown = selectors.Listing(Record, "note", _fitting)
    assert len(shown.page(reader, given={"kinds": ("even",)}).rows) == 25
    Record.objects.filter(kind="even").exclude(pk=hers[1].pk).update(kind="odd")
    left = [row.pk for row in hers if Record.objects.get(pk=row.pk).kind == "even"]
    for _ in range(3):
        assert [row.pk for row in shown.page(reader, given={"kinds": ("even",)}).rows] == left


def test_the_second_page_view_does_not_count_again(house: House) -> None:
    reader = house.join("reader", "hotline")
    _records(selectors.desk_circle("hotline"))
    shown = selectors.Listing(Record, "note", _fitting)
    shown.page(reader, given={"kinds": ("even",)})
    with CaptureQueriesContext(connection) as asked:
        shown.page(reader, given={"kinds": ("even",)})
    assert not any(f"LIMIT {FEW + 1}" in one["sql"] for one in asked.captured_queries)
