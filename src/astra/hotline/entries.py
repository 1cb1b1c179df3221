"""What is handed to the hotline's services? A whole contact before it is saved, and a promise to call back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.hotline.rules.contacts import Coded, Link
from astra.hotline.sections import Caller, SafeContact, Words

NO_WORDS, NO_CALLER, NO_RULES = Words(), Caller(), SafeContact()


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
    words: Words = NO_WORDS
    caller: Caller = NO_CALLER
    safe: SafeContact = NO_RULES
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
    saved_at: datetime | None = None
    """When it was saved in an invented past; blank: now."""


@dataclass(frozen=True)
class Seen:
    """Which revision of each sealed part a writer had before her; none where there was nothing to see."""

    words: int | None = None
    caller: int | None = None
    safe: int | None = None


NOTHING_SEEN = Seen()


@dataclass(frozen=True)
class Typed:
    """A form as it stands while somebody types, valid or not.

    `window` names the browser window, `based_on` is the save that it began from: a second window that does not know
    of the newest save is refused instead of overwriting it.
    """

    values: Sequence[tuple[str, str]]
    window: str = ""
    based_on: int = 0
    people: Collection[UUID] = ()
    about: UUID | None = None
    """The saved contact that the form changes."""
