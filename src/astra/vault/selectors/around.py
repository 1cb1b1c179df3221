"""Who lists a record, and whom does it speak about? For what a later room writes beside it."""

from uuid import UUID

from astra.kernel.clock import now
from astra.vault.models import ErasureOwner, Reach
from astra.vault.models.circles import CASE, DESK, PERSON
from astra.vault.selectors.opening import is_living

WIDE = ("house", "index", "safety")
"""Circles that everybody sits in: what is written beside a record is not for all of them."""


def circles_listing(record_id: UUID) -> list[UUID]:
    """The desks and teams whose record it is; somebody's own circle only where there is no other."""
    rows = Reach.objects.filter(is_living(now()), record=record_id, record__erased_at=None)
    rows = rows.exclude(circle__name__in=WIDE)
    found = dict(rows.filter(circle__kind__in=(DESK, CASE, PERSON)).values_list("circle", "circle__kind"))
    wide = sorted(circle for circle, kind in found.items() if kind != PERSON)
    return wide or sorted(found)


def owners_of(record_id: UUID, retention: str = "") -> list[UUID]:
    """The people that what is sealed in a record (or one part of it) speaks about; itself where it is nobody's."""
    rows = ErasureOwner.objects.filter(handle__record=record_id, handle__erased_at=None)
    rows = rows.filter(handle__retention=retention) if retention else rows
    return sorted(set(rows.values_list("owner", flat=True)))


def parts_owned_by(owner_id: UUID) -> list[str]:
    """The retention classes of everything sealed that speaks about somebody, one for each part."""
    rows = ErasureOwner.objects.filter(owner=owner_id, handle__erased_at=None)
    return list(rows.values_list("handle__retention", flat=True))
