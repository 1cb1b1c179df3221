"""Do rows that were written as values read back as they were, few or many?"""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from astra.kernel.ids import new_id
from astra.vault.models import ErasureHandle, Record, Section
from astra.vault.services.rows import FEW, insert

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
AT = datetime(2026, 3, 29, 2, 30, 15, 123456, tzinfo=UTC)


def rows_of(count: int) -> tuple[list[Record], list[ErasureHandle], list[Section]]:
    records = [Record(id=new_id(), kind="note", created_at=AT + timedelta(hours=n)) for n in range(count)]
    handles = [ErasureHandle(id=new_id(), record=record, retention="note") for record in records]
    sections = [
        Section(
            record=handle.record,
            kind="tests.rows",
            key_id=new_id(),
            handle=handle,
            sealed=os.urandom(40) + b"\x00\\n\t",
            author=new_id() if number % 2 else None,
            needs_new_key=bool(number % 3),
            at=AT,
        )
        for number, handle in enumerate(handles)
    ]
    return records, handles, sections


@pytest.mark.parametrize("count", [0, 1, FEW - 1, FEW, 3 * FEW])
def test_every_value_comes_back(count: int) -> None:
    written = rows_of(count)
    for rows in written:
        insert(rows)
    for record in written[0]:
        assert Record.objects.values_list("kind", "created_at", "erased_at", "pseudonym_handle").get(pk=record.pk) == (
            "note",
            record.created_at,
            None,
            None,
        )
    for section in written[2]:
        row = Section.objects.get(record=section.record_id)
        for name in ("kind", "key_id", "handle_id", "revision", "needs_new_key", "author", "at"):
            assert getattr(row, name) == getattr(section, name), name
        assert bytes(row.sealed) == bytes(section.sealed)
    assert (Record.objects.count(), Section.objects.count()) == (count, count)


def test_one_row_twice_writes_none_of_them() -> None:
    records, _, _ = rows_of(2 * FEW)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([*records, records[0]])
    assert not Record.objects.exists()
