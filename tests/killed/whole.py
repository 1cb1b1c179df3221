"""Is everything that stands in the two databases whole? Run as a program; prints what is not, one a line."""
# ruff: noqa: E402  (Django is set up before a model is imported)

import os
import sys
from collections.abc import Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astra.config.settings")
django.setup()

from django.db import connections

from astra.hotline.models import Contact, Draft
from astra.vault.models import ErasureKey, Grant, Record, Section


def torn() -> Iterator[str]:
    """Whatever was written by half: a record without its row, a part without key or reader, a broken database."""
    for kind, model in (("contact", Contact), ("draft", Draft)):
        known = set(model._default_manager.values_list("pk", flat=True))
        records = set(Record.objects.filter(kind=kind).values_list("pk", flat=True))
        yield from (f"{kind} {one} has its record and no row" for one in records - known)
        yield from (f"{kind} {one} has its row and no record" for one in known - records)
    keys = set(ErasureKey.objects.values_list("pk", flat=True))
    granted = set(Grant.objects.values_list("record", "kind"))
    for section in Section.objects.select_related("handle"):
        if section.handle_id not in keys and section.handle.erased_at is None:
            yield f"{section.kind} of {section.record_id} has no key"
        if (section.record_id, section.kind) not in granted:
            yield f"{section.kind} of {section.record_id} can be opened by nobody"
    for alias in ("default", "keystore"):
        look = _in_sqlite if connections[alias].vendor == "sqlite" else _in_postgresql
        yield from (f"{alias}: {fault}" for fault in look(alias))


def _in_sqlite(alias: str) -> Iterator[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield from (row[0] for row in cursor.fetchall() if row[0] != "ok")
        cursor.execute("PRAGMA foreign_key_check")
        yield from (f"a link of {row[0]} leads nowhere" for row in cursor.fetchall())


def _in_postgresql(alias: str) -> Iterator[str]:
    """What PostgreSQL's own checker says of every table and index of ours; a broken index ends it with its error."""
    ours = "FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = "
    with connections[alias].cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        cursor.execute(f"SELECT bt_index_check(oid, true) {ours} 'i'")
        cursor.execute(f"SELECT relname, (verify_heapam(oid)).msg {ours} 'r'")
        yield from (f"{table}: {fault}" for table, fault in cursor.fetchall())


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in torn())
