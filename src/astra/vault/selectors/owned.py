"""Which sealed parts speak about somebody, and about how many others besides? For giving her what is hers alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from astra.vault.models import ErasureHandle, ErasureOwner, Section
from astra.vault.prepared import Prepared
from astra.vault.selectors.names import pseudonyms


@dataclass(frozen=True)
class OwnedPart:
    """One sealed part as the server knows it: where it lies and whom it speaks about; its words stay closed."""

    record: UUID
    kind: str
    retention: str
    revision: int
    at: datetime
    owners: int


def owned_parts(owner_id: UUID) -> list[OwnedPart]:
    """Every living part that speaks about somebody, in the order in which it was written."""
    hers = ErasureHandle.objects.filter(owners__owner=owner_id, erased_at=None).values("pk")
    counted = ErasureHandle.objects.filter(pk__in=hers).annotate(many=Count("owners"))
    many = dict(counted.values_list("pk", "many"))
    rows = Section.objects.filter(handle__in=list(many), record__erased_at=None).order_by("at", "record", "kind")
    columns = rows.values_list("record", "kind", "handle__retention", "revision", "at", "handle")
    return [
        OwnedPart(record, kind, retention, revision, at, many[handle])
        for record, kind, retention, revision, at, handle in columns
    ]


_OWNERS = Prepared(lambda handles: ErasureOwner.objects.filter(handle__in=handles).values_list("owner").distinct())


def spoken_about(handle_ids: Collection[UUID]) -> set[str]:
    """The audit names of everybody about whom parts under these erasure keys speak."""
    if not handle_ids:
        return set()
    return set(pseudonyms([owner for (owner,) in _OWNERS(handles=list(handle_ids))]).values())
