"""May somebody know of what a page's question found? The same rows whichever way the database was asked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from astra.kernel.ids import new_id
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.models import Reach, Record, Wall
from astra.vault.prepared import Prepared
from astra.vault.selectors import reach
from astra.vault.tests.conftest import House

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
AT = datetime(2026, 3, 29, 2, 30, tzinfo=UTC)
MOST = 20


def _records(until: datetime, **hers: Any) -> QuerySet[Record, Any]:
    rows = Record.objects.filter(kind="person", created_at__lt=until, erased_at=None)
    return (
        (rows.filter(selectors.within("pk", **hers)) if hers else rows).order_by("created_at").values_list("pk")[:MOST]
    )


QUESTION = Prepared(_records)


@pytest.fixture(autouse=True)
def _nobody_asked_yet() -> Iterator[None]:
    reach._WIDE.clear()
    yield
    reach._WIDE.clear()


def _make(count: int, *circles: UUID, begin: int = 0) -> list[UUID]:
    records = [Record(id=new_id(), kind="person", created_at=AT + timedelta(hours=begin + n)) for n in range(count)]
    Record.objects.bulk_create(records)
    for circle in circles:
        Reach.objects.bulk_create(
            Reach(circle_id=circle, record=row, kind="person", listed_at=row.created_at) for row in records
        )
    return [row.pk for row in records]


def _first(actor: Actor, hours: int) -> list[UUID]:
    walk = selectors.Walk(actor, kind="person", column=0, most=MOST)
    return [pk for (pk,) in walk.first(QUESTION, until=AT + timedelta(hours=hours))]


def test_who_reaches_nearly_everything_finds_hers_and_nothing_else(house: House) -> None:
    reader, hotline = house.join("reader", "hotline"), selectors.desk_circle("hotline")
    foreign = _make(8)
    hers = _make(reach.FEW + 2, hotline, begin=8)
    walled = hers[3]
    assert reader.id is not None
    Wall.objects.create(record_id=walled, member_id=reader.id)
    allowed = [pk for pk in hers if pk != walled]
    for hours in (4, 12, 30, 10_000):  # none of hers, a few, exactly a page with foreign ones in it, all
        expected = [pk for pk in allowed[:MOST] if hers.index(pk) + 8 < hours]
        first, again = _first(reader, hours), _first(reader, hours)
        assert first == again == expected
    assert (reader.id, "person") in reach._WIDE
    assert not set(foreign) & set(_first(reader, 10_000))


def test_the_second_page_of_a_wide_circle_asks_without_looking_row_by_row(house: House) -> None:
    reader = house.join("reader", "hotline")
    _make(reach.FEW + 1, selectors.desk_circle("hotline"))
    _first(reader, 10_000)
    with CaptureQueriesContext(connection) as asked:
        assert len(_first(reader, 10_000)) == MOST
    assert not any("EXISTS" in one["sql"] and "created_at" in one["sql"] for one in asked.captured_queries)


def test_who_reaches_few_or_none_or_no_more_finds_only_those(house: House) -> None:
    reader, outsider, hotline = (
        house.join("reader", "hotline"),
        house.join("outsider"),
        selectors.desk_circle("hotline"),
    )
    _make(3)
    hers = _make(2, hotline, begin=3)
    assert _first(reader, 10_000) == hers
    assert _first(outsider, 10_000) == []
    assert set() == reach._WIDE
    reach._WIDE.update({(reader.id, "person"), (outsider.id, "person")})  # as if they had reached many before
    assert _first(reader, 10_000) == hers
    assert _first(outsider, 10_000) == []


def test_several_questions_look_once_what_somebody_reaches(house: House) -> None:
    reader = house.join("reader", "hotline")
    _make(2, selectors.desk_circle("hotline"))
    walk = selectors.Walk(reader, kind="person", column=0, most=MOST)
    walk.first(QUESTION, until=AT + timedelta(days=1))
    with CaptureQueriesContext(connection) as asked:
        walk.first(QUESTION, until=AT + timedelta(days=2))
    assert len(asked) == 1
