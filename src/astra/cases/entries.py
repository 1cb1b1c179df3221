"""What is handed to the room's services? A whole file before it is opened, and somebody to be put into a group."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.cases.rules.grounds import NOT_YET_ASKED
from astra.cases.rules.lifecycle import ACTIVE
from astra.cases.sections import Common


@dataclass(frozen=True)
class NewCase:
    """A file to be opened, as a form, an import or the demo gives it."""

    ground: str
    kind: str = "trafficking"
    title: str = ""
    story: str = ""
    ground_on: date | None = None
    ground_words: str = ""
    people: tuple[tuple[UUID, str], ...] = ()
    """Records of persons with their roles (codes of `case_role`)."""
    contact_ids: tuple[UUID, ...] = ()
    team: tuple[UUID, ...] | None = None
    """Members who sit in the team; None: whoever opens it."""
    lead: UUID | None = None
    without_coordinators: bool = False
    common: Common | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    state: str = ACTIVE
    outcome: str = ""
    old_numbers: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    risk: str = ""
    is_imported: bool = False


@dataclass(frozen=True)
class NewMember:
    """Somebody of a group: known already, or by a name or a code name as it was said; she gets a file of her own."""

    name: str = ""
    code_name: str = ""
    person_id: UUID | None = None
    ground: str = NOT_YET_ASKED
    role: str = "client"
    title: str = ""
