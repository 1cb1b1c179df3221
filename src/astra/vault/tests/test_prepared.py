"""A question whose statement is kept answers as Django would, whatever the values; what would go wrong is refused."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Length
from django.test.utils import CaptureQueriesContext, register_lookup
from hypothesis import given, settings
from hypothesis import strategies as st

from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.vault.models import Circle, Record
from astra.vault.models.circles import CASE
from astra.vault.prepared import NotPreparable, Prepared, PreparedRows

pytestmark = pytest.mark.django_db
BEGUN = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)


def _of_kinds(kinds: list[str], since: datetime, until: datetime | None = None) -> QuerySet[Record, Any]:
    rows = Record.objects.filter(kind__in=kinds, created_at__gte=since, erased_at=None)
    return (
        (rows if until is None else rows.filter(created_at__lt=until)).order_by("created_at").values_list("pk", "kind")
    )


@pytest.fixture
def records(db: None) -> list[Record]:
    kinds = ("person", "case", "o'clock", "a%sb", "žćč", "person")
    made = [Record(kind=kind, created_at=BEGUN + timedelta(hours=i)) for i, kind in enumerate(kinds)]
    return Record.objects.bulk_create(made)


@pytest.mark.usefixtures("records")
@settings(max_examples=60)
@given(
    kinds=st.lists(st.sampled_from(["person", "case", "o'clock", "a%sb", "žćč", "nobody"]), max_size=6),
    since=st.integers(-2, 7),
    until=st.none() | st.integers(-2, 7),
)
def test_it_answers_as_django_does(kinds: list[str], since: int, until: int | None) -> None:
    values: dict[str, Any] = {"kinds": kinds, "since": BEGUN + timedelta(hours=since)}
    if until is not None:
        values["until"] = BEGUN + timedelta(hours=until)
    assert PREPARED(**values) == list(_of_kinds(**values))


PREPARED = Prepared(_of_kinds)


def test_numbers_are_values_and_rows_may_stay_as_the_database_gives_them(records: list[Record]) -> None:
    ids = [row.pk for row in records]
    ask = Prepared(lambda ids, longest: Record.objects.filter(pk__in=ids, kind__length__lte=longest).values_list("pk"))
    with register_lookup(CharField, Length):
        assert [len(ask(ids=ids, longest=longest)) for longest in (3, 4, 6)] == [1, 3, 5]
        assert {UUID(str(pk)) for (pk,) in ask.raw(ids=ids, longest=99)} == set(ids)


def test_ids_moments_and_missing_values_come_back_as_they_are(records: list[Record]) -> None:
    ask = Prepared(lambda ids: Record.objects.filter(pk__in=ids).values_list("pk", "created_at", "erased_at"))
    assert sorted(ask(ids=[row.pk for row in records])) == sorted((row.pk, row.created_at, None) for row in records)
    assert ask(ids=[new_id()]) == []


def test_whole_rows_come_back_as_models(records: list[Record]) -> None:
    rows = PreparedRows(Record, lambda ids: Record.objects.filter(pk__in=ids).order_by("created_at"))
    found = rows(ids={row.pk for row in records})
    assert found == records
    found[0].kind = "other"
    found[0].save()
    assert Record.objects.get(pk=records[0].pk).kind == "other"


def test_an_empty_collection_finds_nothing_and_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert PREPARED(kinds=[], since=BEGUN) == []
    assert not asked.captured_queries


def test_the_statement_is_written_once_for_lengths_that_come_close(records: list[Record]) -> None:
    written: list[int] = []

    def ask(ids: list[UUID]) -> QuerySet[Record, Any]:
        written.append(len(ids))
        return Record.objects.filter(pk__in=ids).values_list("pk")

    prepared = Prepared(ask)
    ids = [row.pk for row in records]
    for many in (3, 4, 3, 4):
        assert {pk for (pk,) in prepared(ids=ids[:many])} == set(ids[:many])
    assert written == [4, 4]


def test_very_many_values_are_asked_too(records: list[Record]) -> None:
    ids = [new_id() for _ in range(3000)] + [records[0].pk]
    ask = Prepared(lambda ids: Record.objects.filter(pk__in=ids).values_list("pk"))
    assert ask(ids=ids) == [(records[0].pk,)]


@pytest.mark.parametrize(
    ("ask", "values", "said"),
    [
        (lambda ids: Record.objects.filter(pk__in=ids, created_at__lt=now()), {"ids": [new_id()]}, "something else"),
        (lambda ids: Record.objects.none(), {"ids": [new_id()]}, "finds nothing"),
        (lambda kind, ids: Record.objects.filter(pk__in=ids), {"kind": "person", "ids": [new_id()]}, "no place"),
        (lambda kind: Record.objects.filter(kind__contains=kind), {"kind": "per"}, "no place"),
        (lambda number: Record.objects.filter(kind=number), {"number": 3.0}, "float cannot be a value"),
        (lambda ids: Record.objects.filter(pk__in=ids), {"ids": [None]}, "NoneType cannot be a value"),
    ],
)
def test_what_would_answer_something_else_is_refused(ask: Any, values: dict[str, Any], said: str) -> None:
    with pytest.raises(NotPreparable, match=said):
        Prepared(lambda **given: ask(**given).values_list("pk"))(**values)


def test_another_shape_is_another_statement(records: list[Record]) -> None:
    def ask(kind: str | None = None, ids: list[UUID] | None = None) -> QuerySet[Record, Any]:
        wanted = Q(kind=kind) if kind is not None else Q(pk__in=ids)
        return Record.objects.filter(wanted).order_by("created_at").values_list("kind")

    prepared = Prepared(ask)
    assert prepared(kind="person") == [("person",), ("person",)]
    assert prepared(ids=[records[1].pk]) == [("case",)]
    assert prepared(kind="case") == [("case",)]


def test_numbers_and_flags_are_read_from_either_database() -> None:
    circle = Circle.objects.create(kind=CASE, name="team")
    ask = Prepared(lambda circle: Circle.objects.filter(pk=circle).values_list("pk", "current", "is_stale"))
    assert ask(circle=circle.pk) == [(circle.pk, 1, False)]
