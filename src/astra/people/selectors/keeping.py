"""Since when is somebody known, and when did she come of age? Coded facts, for the clocks of retention."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.people.models import Person


@dataclass(frozen=True)
class Known:
    """One person of whom something is left."""

    id: UUID
    registered_on: date
    of_age_quarter: date | None


def known_since(before: date) -> list[Known]:
    """People registered before a day, joined duplicates left out: they go with the kept file."""
    rows = Person.objects.filter(registered_on__lt=before, record__erased_at=None, merged_into=None).order_by("pk")
    return [Known(*row) for row in rows.values_list("pk", "registered_on", "of_age_quarter")]


def coming_of_age(person_ids: Collection[UUID]) -> dict[UUID, date]:
    """The quarter in which each of these came or comes of age, for those who were children."""
    rows = Person.objects.filter(pk__in=person_ids, of_age_quarter__isnull=False)
    return {pk: day for pk, day in rows.values_list("pk", "of_age_quarter") if day is not None}
