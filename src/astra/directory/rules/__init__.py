"""What must hold for an organisation's entry, and when should somebody look at it again?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

CHECK_AFTER = timedelta(days=365)
"""A phone number that nobody has checked for a year is not given to somebody in need."""

NO_NAME = msg("Write the organisation's name.")
TWICE = msg("This service is listed twice.")
NO_ADDRESS = msg("A hidden place needs an address; it will be sealed.")


@dataclass(frozen=True)
class ServiceLine:
    """One kind of help, as it is written down."""

    kind: str
    for_whom: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class PlaceLine:
    """One place, as it is written down; a hidden one's town and address are sealed by the service."""

    name: str = ""
    town: str = ""
    country: str = "RS"
    address: str = ""
    hours: str = ""
    is_hidden: bool = False
    id: UUID | None = None


@dataclass(frozen=True)
class Entry:
    """An organisation as a form or an import gives it."""

    name: str
    kind: str
    country: str = "RS"
    website: str = ""
    public_phone: str = ""
    referral_note: str = ""
    services: tuple[ServiceLine, ...] = ()
    places: tuple[PlaceLine, ...] = ()


@dataclass(frozen=True)
class Seed:
    """An organisation that the product brings along, unverified until somebody here has checked it."""

    key: str
    entry: Entry
    source: str
    source_on: date


def problems(entry: Entry) -> Iterable[Problem]:
    """What is wrong with an entry, beside its codes."""
    if not entry.name.strip():
        yield Problem("name", NO_NAME)
    kinds = [service.kind for service in entry.services]
    if len(set(kinds)) < len(kinds):
        yield Problem("services", TWICE)
    if any(place.is_hidden and not place.address.strip() for place in entry.places):
        yield Problem("places", NO_ADDRESS)


def check_entry(entry: Entry) -> None:
    """Raise `Invalid` with everything that is wrong."""
    found = list(problems(entry))
    if found:
        raise Invalid(*found)


def check_is_due(checked_on: date | None, day: date) -> bool:
    """Whether somebody should make sure that an entry is still right."""
    return checked_on is None or checked_on + CHECK_AFTER <= day
