"""What may research know of the directory? How many organisations of which kind give which help."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from astra.directory.models import Organisation


@dataclass(frozen=True)
class OrganisationFact:
    """One organisation without its name."""

    kind: str
    country: str
    services: tuple[str, ...]
    added_on: date
    closed_on: date | None


def organisations() -> Iterator[OrganisationFact]:
    """Every organisation as coded facts."""
    for row in Organisation.objects.prefetch_related("services").order_by("pk").iterator(chunk_size=500):
        services = tuple(sorted(service.kind for service in row.services.all()))
        yield OrganisationFact(row.kind, row.country, services, row.created_at.date(), row.closed_on)
