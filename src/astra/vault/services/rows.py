"""How are many new rows written at once? As values, without building a statement for every row.

`bulk_create` spends as much time on the statement as the database on the rows; an import of fifty thousand rows and the
invented past of a large organisation wait for it. Only for rows that are certainly new: there is no conflict clause.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Field, Model

Value = Any  # what a column holds: text, number, day, bytes, UUID
FEW = 20
"""So few rows are written faster by `bulk_create`, which also tells their numbers."""
AS_THEY_ARE = (models.CharField, models.IntegerField, models.BooleanField)


def insert(rows: Collection[Model]) -> None:
    """Write new rows of one model; a number that the database gives does not come back. Call it in a transaction."""
    if not rows:
        return
    model = type(next(iter(rows)))
    if len(rows) < FEW:
        model._default_manager.bulk_create(rows)
        return
    connection = connections[router.db_for_write(model)]
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    columns = [_column(field, rows, connection) for field in fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column or "") for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                cursor.cursor.copy(f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN") as copy,
            ):
                for row in zip(*columns, strict=True):
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(fields))
        statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608  (names of our own tables)
        cursor.executemany(statement, list(zip(*columns, strict=True)))


def _column(field: "Field[Any, Any]", rows: Collection[Model], connection: BaseDatabaseWrapper) -> list[Value]:
    given = [getattr(row, field.attname) for row in rows]
    prepare = _preparing(field, connection)
    return given if prepare is None else [None if value is None else prepare(value) for value in given]


def _preparing(field: "Field[Any, Any]", connection: BaseDatabaseWrapper) -> Callable[[Value], Value] | None:
    """What turns a value into what the database takes; None where it takes it as it is."""
    target = field
    while target.remote_field is not None:
        target = target.target_field  # type: ignore[attr-defined]  # of a foreign key
    if type(target) in AS_THEY_ARE or isinstance(target, AS_THEY_ARE):
        return None
    if isinstance(target, models.UUIDField):
        return None if connection.features.has_native_uuid_field else lambda value: value.hex
    return lambda value: target.get_db_prep_save(value, connection)
