"""What is handed to the hotline's services? A whole contact before it is saved, and a promise to call back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.hotline.rules.contacts import Coded, Link
from astra.hotline.sections import Caller, SafeContact, Words


@dataclass(frozen=True)
class NewCallback:
    """A promise to call somebody back: about a contact, a person, or both."""

    due_at: datetime
    why: str = ""
    contact_id: UUID | None = None
    person_id: UUID | None = None
    line: str = ""
    assigned_to: UUID | None = None


@dataclass(frozen=True)
class NewContact:
    """One contact as it is to be saved."""

    coded: Coded
    words: Words = Words()
    caller: Caller = Caller()
    safe: SafeContact = SafeContact()
    links: tuple[Link, ...] = ()
    repeat_of: UUID | None = None
    """An earlier contact of the same caller."""
    counsellor_id: UUID | None = None
    """Who took the contact, when somebody else types it in."""
    team_circle_id: UUID | None = None
    """The team of the case to which the contact belongs from the start (import)."""
    callback: NewCallback | None = None
    key: UUID | None = None
    """Given by the form or the file: the same key again is the same contact."""
