"""Who reads what is written here? The circles of a line, and whether the writer sits in one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar
from uuid import UUID

from astra.audit import services as audit
from astra.hotline.models import Contact
from astra.hotline.rules.contacts import hotline_reads_until, reading_desks
from astra.hotline.sections import SAFE_CONTACT
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

    def readers(self, line: str = "") -> list[UUID]:
        """The circles that read a line's words."""
        return [self._circles[name] for name in reading_desks(line)]

    def own(self) -> list[UUID]:
        """The writer's own circle, if she works here."""
        return [self.actor.keyring.personal] if self.actor.keyring.personal else []

    def lists(self, line: str) -> list[UUID]:
        """The circles that list a contact of this line: its readers, and the writer if she is not one of them."""
        return self.readers(line) if self.is_reader(line) else [*self.readers(line), *self.own()]

    def is_reader(self, line: str = "") -> bool:
        """Whether the actor reads what is written on this line."""
        return not self._held.isdisjoint(self.readers(line))

    def is_volunteer(self) -> bool:
        """Whether the actor works here but reads no contacts: a volunteer, whose entries a senior reviews."""
        return self.actor.kind == "staff" and not self._held

    def check_reader(self) -> None:
        """Raise `Denied` unless the actor reads the contacts of a line."""
        if not self._held:
            raise Denied(READERS_ONLY)

    def check_senior(self) -> None:
        """Raise `Denied` unless the actor is one of the seniors."""
        if not self.actor.keyring.holds(self._circles[SENIORS]):
            raise Denied(SENIORS_ONLY)

    @cached_property
    def _held(self) -> set[UUID]:
        """Which of the circles that read lines the actor sits in."""
        return self.actor.keyring.find([self._circles[HOTLINE], self._circles[MISSING]])


@dataclass(frozen=True)
class Part(Generic[T]):
    """A sealed part of a contact: what it says, and about whom."""

    kind: SectionKind[T]
    content: T
    owners: Sequence[UUID]


def seal_part(sealing: Sealing, audience: Audience, contact: Contact, part: Part[T]) -> None:
    """Seal a new part of a contact to its cases' teams, and to its line for as long as the line reads it.

    How the caller may be called back goes to everybody who may have to call, and stays with them.
    """
    teams, readers = [UUID(team) for team in contact.teams], audience.readers(contact.line)
    if part.kind.name == SAFE_CONTACT.name:
        sealing.seal(contact.pk, part.kind, part.content, to=[audience.safety, *teams], owners=part.owners)
    elif contact.joined_at is None:
        sealing.seal(contact.pk, part.kind, part.content, to=readers, owners=part.owners)
    else:
        sealing.seal(contact.pk, part.kind, part.content, to=teams, owners=part.owners)
        until = hotline_reads_until(contact.joined_at)
        if until > sealing.at:
            sealing.grant(contact.pk, [part.kind], to=readers, until=until)


def note(sealing: Sealing, verb: str, *record_ids: UUID, reason: str = "", **detail: str | int | bool) -> None:
    """Write the one audit entry of an act, inside its transaction."""
    subjects = [sealing.pseudonym(record_id) for record_id in record_ids]
    audit.record(actor_id=sealing.actor.id, verb=verb, subjects=subjects, reason=reason, detail=detail)
