"""What about an organisation is sealed? Persons there and their numbers, and addresses that must stay secret."""

from dataclasses import dataclass
from uuid import UUID

from astra.vault.sections import declare


@dataclass(frozen=True)
class ContactPerson:
    """Somebody at an organisation whom one may write to or call."""

    name: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""


@dataclass(frozen=True)
class HiddenAddress:
    """The address of a place that must stay secret."""

    place_id: UUID | None = None
    town: str = ""
    address: str = ""


@dataclass(frozen=True)
class Contacts:
    """Whom we know at an organisation, and where its hidden places are; open to all staff, to nobody else."""

    persons: tuple[ContactPerson, ...] = ()
    addresses: tuple[HiddenAddress, ...] = ()
    note: str = ""


CONTACTS = declare("directory.contacts", Contacts, retention="organisation")
