"""What may research know of people? Coded rows without names, code names or days of birth."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from astra.people.models import Guardianship, Person


@dataclass(frozen=True)
class PersonFact:
    """One person, as the statistics count her: registered when, which broad age, sex, citizenship."""

    registered_on: date
    sex: str
    age_band: str
    """On the day of registration; blank: not known, or between two bands."""
    citizenship: str
    whereabouts: str


@dataclass(frozen=True)
class GuardianFact:
    """One guardianship, without whose it is."""

    role: str
    is_organisation: bool
    from_on: date
    until_on: date | None


def people() -> Iterator[PersonFact]:
    """Every person once: files that were joined to another are left out, and so is who was erased."""
    rows = Person.objects.filter(merged_into=None, record__erased_at=None, record__decoy=None).order_by("pk")
    names = ("registered_on", "sex", "age_band", "citizenship", "whereabouts")
    for values in rows.values_list(*names).iterator(chunk_size=1000):
        yield PersonFact(*values)


def guardianships() -> Iterator[GuardianFact]:
    """Every guardianship."""
    rows = (
        Guardianship.objects.filter(child__record__decoy=None)
        .order_by("pk")
        .values_list("role", "organisation", "from_on", "until_on")
    )
    for role, organisation, from_on, until_on in rows.iterator(chunk_size=1000):
        yield GuardianFact(role, organisation is not None, from_on, until_on)
