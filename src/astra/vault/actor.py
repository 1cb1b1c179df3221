"""Who is acting, and which keys does she have open? Every service takes an actor; nothing acts as nobody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from astra.audit.services import NewEntry
from astra.kernel.errors import Denied
from astra.kernel.words import msg
from astra.vault.keyring import Keyring

NOT_YOUR_DESK = msg("Your role does not include this part of the work. Ask your coordinator if you need it.")


@dataclass
class Trail:
    """What was opened, asked for or refused since the last entry in the log; written before an answer leaves."""

    opened: set[tuple[str, str]] = field(default_factory=set)
    about: set[UUID] = field(default_factory=set)
    """The erasure keys of what was opened: whom it speaks about is named in the entry too."""
    refused: set[tuple[str, str]] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    """Wraps and sections that should have opened and did not: somebody changed them."""
    asked: list[NewEntry] = field(default_factory=list)
    """Searches, in their order: each has an entry of its own, sealed when it was answered."""

    def clear(self) -> None:
        """Start afresh, once everything is on the log."""
        self.opened.clear()
        self.about.clear()
        self.refused.clear()
        self.broken.clear()
        self.asked.clear()


@dataclass(frozen=True)
class Actor:
    """Somebody who acts: a member of staff with her keyring, a visitor, or unattended work without keys."""

    id: UUID | None
    kind: str
    desks: frozenset[str] = frozenset()
    keyring: Keyring = field(default_factory=Keyring)
    trail: Trail = field(default_factory=Trail, compare=False)

    def has_desk(self, *desks: str) -> bool:
        """Whether the actor's role has one of these desks."""
        return not self.desks.isdisjoint(desks)

    def check_desk(self, *desks: str) -> None:
        """Raise `Denied` unless the actor's role has one of these desks."""
        if not self.has_desk(*desks):
            raise Denied(NOT_YOUR_DESK)


def staff(member_id: UUID, desks: Iterable[str], keyring: Keyring) -> Actor:
    """A member of staff with open keys."""
    return Actor(member_id, "staff", frozenset(desks), keyring)


def system() -> Actor:
    """Unattended work: it may seal to circles, never read."""
    return Actor(None, "system")


def visitor() -> Actor:
    """Somebody from outside, or a colleague who could not sign in: may seal, never read."""
    return Actor(None, "visitor")
