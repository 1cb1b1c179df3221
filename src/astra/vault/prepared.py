"""How is a question that every page asks put into SQL only once?

Django writes a statement anew each time it is asked, which takes ten times as long as the database needs to answer.
Here it writes the statement once for each shape of the values, with stand-ins in their places, and later pages put
their own values there. The statement is Django's, and so are the conversions in both directions.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, Field, Model, QuerySet, UUIDField

M = TypeVar("M", bound=Model)
Row = tuple[Any, ...]  # columns of every type
Many = list[Any]
"""A collection of values of one type, padded to a length that comes up again."""

FIELDS: "dict[type, Field[Any, Any]]" = {
    UUID: UUIDField(),
    str: CharField(),
    datetime: DateTimeField(),
    date: DateField(),
    int: BigIntegerField(),
}
DOUBLED_UP_TO, STEP, LARGEST = 64, 64, 1024
"""Collections are padded to powers of two, then in steps; larger ones are seldom and not worth keeping."""


class NotPreparable(TypeError):
    """A question whose statement cannot be kept: it would answer something else the next time."""


@dataclass(frozen=True)
class _Statement:
    """SQL with the places of the values, and how the columns of its answer become Python's."""

    sql: str
    constants: list[Any]
    """The parameters, where a value has no place what is always the same."""
    places: list[tuple[int, str, int]]
    """Which parameter is which value, and which one of a collection."""
    converters: list[tuple[int, list[Callable[..., Any]], Any]]
    alias: str


class Prepared:
    """A question whose statement is kept; made from a function that returns rows as values (`values_list`).

    Everything that differs from one asking to the next must be a value: a moment that the function looks up itself
    is refused, since it would stay. Values are ids, texts, dates, moments and numbers, or collections of one of these;
    a yes or no is no value of the statement but chooses between two.
    """

    def __init__(self, ask: Callable[..., QuerySet[Any, Any]]) -> None:
        self._ask = ask
        self._statements: dict[tuple[object, ...], _Statement] = {}

    def __call__(self, **values: object) -> list[Row]:
        """Ask with these values; where a collection is empty nothing is found."""
        return self._asked(values, is_raw=False)

    def raw(self, **values: object) -> list[Row]:
        """The same rows as the database gives them: for what reads a million and turns them itself."""
        return self._asked(values, is_raw=True)

    def _asked(self, values: dict[str, object], *, is_raw: bool) -> list[Row]:
        padded = {name: _padded(value) for name, value in values.items()}
        if any(isinstance(value, list) and not value for value in padded.values()):
            return []
        shape = tuple((name, *_shape(value)) for name, value in padded.items())
        statement = self._statements.get(shape)
        if statement is None:
            statement = self._write(padded)
            if all(len(value) <= LARGEST for value in padded.values() if isinstance(value, list)):
                self._statements[shape] = statement
        return _answer(statement, padded, is_raw=is_raw)

    def _write(self, padded: dict[str, object]) -> _Statement:
        """Have Django write the statement twice with different stand-ins; what differs must be theirs."""
        numbers = count(1)
        first, again = (self._written({n: _stand_in(v, numbers) for n, v in padded.items()}) for _ in range(2))
        if (first.sql, first.places) != (again.sql, again.places) or first.constants != again.constants:
            raise NotPreparable(f"{self._ask.__qualname__} asks something else each time")
        return first

    def _written(self, stand_ins: dict[str, object]) -> _Statement:
        queryset = self._ask(**stand_ins)
        connection = connections[queryset.db]
        compiler = queryset.query.get_compiler(queryset.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            raise NotPreparable(f"{self._ask.__qualname__} finds nothing whatever it is asked") from None
        named = {one: (name, i) for name, value in _ready(stand_ins, connection).items() for i, one in enumerate(value)}
        places = [(place, *named[one]) for place, one in enumerate(params) if one in named]
        if {(name, i) for _, name, i in places} != set(named.values()):
            raise NotPreparable(f"a value of {self._ask.__qualname__} has no place in its statement")
        constants = [None if one in named else one for one in params]
        columns = [selected[0] for selected in compiler.select[: compiler.col_count]]
        converters = [(i, *found) for i, found in compiler.get_converters(columns).items()]
        return _Statement(sql, constants, places, converters, queryset.db)


class PreparedRows(Generic[M]):
    """A prepared question that is answered with whole rows of one model, without joined ones."""

    def __init__(self, model: type[M], ask: Callable[..., QuerySet[M]]) -> None:
        self._model = model
        self._names = [field.attname for field in model._meta.concrete_fields]
        self._rows = Prepared(lambda **values: ask(**values).values_list(*self._names))

    def __call__(self, **values: object) -> list[M]:
        """Ask with these values."""
        alias = router.db_for_read(self._model)
        return [self._model.from_db(alias, self._names, row) for row in self._rows(**values)]


def _answer(statement: _Statement, padded: dict[str, object], *, is_raw: bool) -> list[Row]:
    connection = connections[statement.alias]
    ready = _ready(padded, connection)
    params = list(statement.constants)
    for place, name, i in statement.places:
        params[place] = ready[name][i]
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, params)
        rows: list[Row] = cursor.fetchall()
    if is_raw or not statement.converters:
        return rows
    answers = []
    for row in map(list, rows):
        for column, converters, expression in statement.converters:
            for converter in converters:
                row[column] = converter(row[column], expression, connection)
        answers.append(tuple(row))
    return answers


def _padded(value: object) -> object:
    """A collection as a list whose length comes up again: its last value fills it up."""
    if not isinstance(value, Collection) or isinstance(value, str):
        return value
    found = list(value)
    many = len(found)
    wanted = 1 << (many - 1).bit_length() if many <= DOUBLED_UP_TO else -(-many // STEP) * STEP
    return found + found[-1:] * (wanted - many) if found else found


def _kind(value: object) -> type:
    for kind in FIELDS:
        if isinstance(value, kind):
            return kind
    raise NotPreparable(f"{type(value).__name__} cannot be a value of a prepared question")


def _shape(value: object) -> tuple[type, int]:
    if isinstance(value, bool):
        return bool, int(value)
    return (_kind(value[0]), len(value)) if isinstance(value, list) else (_kind(value), 0)


def _ready(values: dict[str, object], connection: BaseDatabaseWrapper) -> dict[str, Many]:
    """The values as the database wants them, each as a list."""
    ready = {}
    for name, value in values.items():
        if isinstance(value, bool):
            continue
        many = value if isinstance(value, list) else [value]
        prepare = FIELDS[_kind(many[0])].get_db_prep_value
        ready[name] = [prepare(one, connection) for one in many]
    return ready


def _stand_in(value: object, numbers: "count[int]") -> object:
    """A value of the same type that is nobody's."""
    if isinstance(value, list):
        return [_stand_in(one, numbers) for one in value]
    if isinstance(value, bool):
        return value
    kind, number = _kind(value), next(numbers)
    made: dict[type, object] = {
        UUID: UUID(int=0xA57A << 96 | number),
        str: f"stand-in {number}",
        datetime: datetime(2500, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
        date: date(2700, 1, 1) + timedelta(days=number),
        int: 31_000 + number,  # within the smallest integer field: PostgreSQL finds nothing beyond its range
    }
    return made[kind]
