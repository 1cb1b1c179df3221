"""Who reads what is written here? The circles of a line, and whether the writer sits in one of them."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from astra.hotline.models import Contact
from astra.hotline.rules.contacts import hotline_reads_until, reading_desks
from astra.hotline.sections import SAFE_CONTACT, SafeContact
from astra.kernel.errors import Denied
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import SectionKind
from astra.vault.services.sealing import Sealing

T = TypeVar("T")

HOTLINE, MISSING, SAFETY, SENIORS = "hotline", "missing", "safety", "seniors"
SENIORS_ONLY = msg("A senior colleague does this: ask the coordinator on duty.")
READERS_ONLY = msg("Only colleagues who read the hotline's contacts can do this.")


class Audience:
    """The circles to which one act seals; looked up once however many contacts it writes."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._circles = vault.desk_circles()

    @property
    def safety(self) -> UUID:
        """The circle that sees safe-contact rules, volunteers included."""
        return self._circles[SAFETY]

    def readers(self, line: str) -> list[UUID]:
        """The circles that read a line's words."""
        return [self._circles[name] for name in reading_desks(line)]

    def hotline(self) -> list[UUID]:
        """The circle of everybody who reads the hotline."""
        return [self._circles[HOTLINE]]

    def is_reader(self, line: str = "") -> bool:
        """Whether the actor reads what she writes on this line."""
        return bool(self.actor.keyring.find(self.readers(line)))

    def needs_review(self) -> bool:
        """Whether the actor reads no contacts at all: a volunteer, whose entries a senior reviews."""
        return not self.actor.keyring.find([self._circles[HOTLINE], self._circles[MISSING]])

    def lists(self, line: str) -> list[UUID]:
        """The circles that list a contact of this line: its readers, and the writer if she is not one of them."""
        personal = self.actor.keyring.personal
        own = [personal] if personal is not None and not self.is_reader(line) else []
        return [*self.readers(line), *own]

    def check_reader(self) -> None:
        """Raise `Denied` unless the actor reads the hotline's contacts."""
        if not self.actor.keyring.find([self._circles[HOTLINE], self._circles[MISSING]]):
            raise Denied(READERS_ONLY)

    def check_senior(self) -> None:
        """Raise `Denied` unless the actor is one of the seniors."""
        if not self.actor.keyring.holds(self._circles[SENIORS]):
            raise Denied(SENIORS_ONLY)


def seal_on(
    sealing: Sealing, audience: Audience, contact: Contact, kind: SectionKind[T], content: T, owners: Sequence[UUID]
) -> None:
    """Seal a new section of a saved contact to its cases' teams, and to its line while the line still reads it."""
    teams, readers = [UUID(team) for team in contact.teams], audience.readers(contact.line)
    if contact.joined_at is None:
        sealing.seal(contact.pk, kind, content, to=readers, owners=owners)
        return
    sealing.seal(contact.pk, kind, content, to=teams, owners=owners)
    until = hotline_reads_until(contact.joined_at)
    if until > sealing.at:
        sealing.grant(contact.pk, [kind], to=readers, until=until)


def seal_rules(
    sealing: Sealing, audience: Audience, contact: Contact, content: SafeContact, owners: Sequence[UUID]
) -> None:
    """Seal how the caller may be called back: to everybody who may have to call, and it stays with them."""
    teams = [UUID(team) for team in contact.teams]
    sealing.seal(contact.pk, SAFE_CONTACT, content, to=[audience.safety, *teams], owners=owners)
