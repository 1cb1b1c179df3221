"""Of which parts does what we know about a person consist? The contents of the sealed sections, as plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from astra.kernel.partial_dates import PartialDate


@dataclass(frozen=True)
class Name:
    """A name in either script. `text` is the name in one piece, while nobody knows which part is the surname."""

    given: str = ""
    family: str = ""
    text: str = ""
    kind: str = "birth"
    """A code of the list `name_kind`."""

    @property
    def full(self) -> str:
        """The name as one says it."""
        return " ".join(part for part in (self.text, self.given, self.family) if part)


@dataclass(frozen=True)
class IdNumber:
    """A number on a document: national number, passport, an old file number."""

    kind: str = ""
    number: str = ""
    country: str = ""


@dataclass(frozen=True)
class Identity:
    """Who somebody is, as far as she told us; every part may be unknown."""

    names: tuple[Name, ...] = ()
    """The first is the one she is called by."""
    mother: str = ""
    father: str = ""
    birth: PartialDate | None = None
    """A date, a part of one, or the range that an age leaves open."""
    birth_place: str = ""
    sex: str = ""
    gender: str = ""
    citizenships: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    numbers: tuple[IdNumber, ...] = ()
    notes: str = ""
    imported: tuple[tuple[str, str], ...] = ()
    """What an imported row said and no other field holds: column and value, for giving it back as it came."""


@dataclass(frozen=True)
class ContactDetail:
    """One way to reach her; several people may share it."""

    kind: str = "mobile"
    """A code of the list `contact_detail_kind`."""
    value: str = ""
    is_safe: str = ""
    """yes, no, or blank: not known."""
    note: str = ""
    """Whose it is, when it works, who else reads it."""


@dataclass(frozen=True)
class ContactDetails:
    """Every way to reach her."""

    entries: tuple[ContactDetail, ...] = ()


@dataclass(frozen=True)
class SafeRule:
    """One rule of contacting her safely: a code of the list `contact_rule`, with words where it needs them."""

    code: str = ""
    words: str = ""


@dataclass(frozen=True)
class Safety:
    """How she may be contacted without bringing her into danger; shown wherever a contact detail is shown."""

    rules: tuple[SafeRule, ...] = ()
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody has asked yet."""
        return not self.rules and not self.note


@dataclass(frozen=True)
class Stay:
    """Where she was from some day on, and what follows from it for contacting her."""

    kind: str = "unknown"
    """A code of the list `whereabouts`."""
    since: date | None = None
    place: str = ""
    contact_rules: str = ""
    note: str = ""
    noted_at: datetime | None = None
    noted_by: UUID | None = None


@dataclass(frozen=True)
class Whereabouts:
    """Where she has been, oldest first."""

    stays: tuple[Stay, ...] = ()


class CardName(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name on a search card."""

    given: str = ""
    family: str = ""
    text: str = ""
    is_nickname: bool = False

    @property
    def full(self) -> str:
        """The name as one says it."""
        return " ".join(part for part in (self.text, self.given, self.family) if part)


class SearchCard(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the search index may know of a person, and nothing more. There are as many as people: it is kept short."""

    code_name: str = ""
    names: tuple[CardName, ...] = ()
    born_from: date | None = None
    born_until: date | None = None
    sex: str = ""
    places: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    """Digits with country code; the same number may be on many cards."""
    numbers: tuple[str, ...] = ()
    """Old file numbers and document numbers, letters and digits only."""
    father: str = ""
    mother: str = ""
    is_age_guessed: bool = False
    """Whether the days of birth come from an age that somebody said or guessed."""
    handles: tuple[str, ...] = ()
    """E-mail addresses and accounts, without @ in front and capitals."""
    national: str = ""
    """The number that her state gave her."""
    prepared: tuple[Any, ...] = ()  # Any: words and numbers as the matcher of some edition wrote them
    """The card as the matcher reads it, so that a million open in seconds; made anew when the matcher has changed."""

    @property
    def display_name(self) -> str:
        """The name to show, or the code name."""
        return self.names[0].full if self.names else self.code_name


@dataclass(frozen=True)
class NewPerson:
    """Somebody to be registered, as a form, a call, an import or the demo gives her."""

    identity: Identity = field(default_factory=Identity)
    details: ContactDetails = field(default_factory=ContactDetails)
    safety: Safety = field(default_factory=Safety)
    stay: Stay | None = None
    code_name: str = ""
    registered_on: date | None = None
    to: tuple[UUID, ...] = ()
    """The circles that may open her file; blank: the hotline's."""
