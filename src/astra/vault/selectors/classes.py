"""Which classes of a record still live, and what does a legal hold keep? Coded facts, for the clocks of retention."""

from collections.abc import Collection
from uuid import UUID

from astra.vault.models import ErasureHandle, Record


def living_classes(record_ids: Collection[UUID]) -> dict[UUID, set[str]]:
    """The classes of records whose keys still live; records of which nothing is left are missing."""
    found: dict[UUID, set[str]] = {}
    for record, retention in ErasureHandle.objects.filter(record__in=record_ids, erased_at=None).values_list(
        "record", "retention"
    ):
        found.setdefault(record, set()).add(retention)
    return found


def held_among(record_ids: Collection[UUID]) -> set[UUID]:
    """Those records that a legal hold keeps."""
    return set(Record.objects.filter(pk__in=record_ids, is_held=True).values_list("pk", flat=True))
