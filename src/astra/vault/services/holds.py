"""What may not be erased for now? A legal hold on records, set and lifted by the room that knows why."""

from collections.abc import Collection
from uuid import UUID

from astra.vault.models import Record


def hold(record_ids: Collection[UUID]) -> int:
    """Put a legal hold on records, within the caller's transaction and under its entry in the log."""
    return Record.objects.filter(pk__in=record_ids, is_held=False).update(is_held=True)


def lift(record_ids: Collection[UUID]) -> int:
    """Lift the hold from records, within the caller's transaction and under its entry in the log."""
    return Record.objects.filter(pk__in=record_ids, is_held=True).update(is_held=False)
