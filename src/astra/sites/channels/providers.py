"""What does every provider of messages have to do, and what may go wrong with it?

A provider gives what waits there, each with what acknowledges it: called only after the message is stored. It takes a
letter once. What it says of a letter is one of four: taken, surely not taken (tried again), never taken, or
nobody knows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from astra.hotline.rules.channels import Inbound, Letter
from astra.kernel.errors import AstraError


class NotConfigured(AstraError):
    """The settings of a channel are missing or wrong; the message names what mends it."""

    exit_status = 3  # the supervisor does not start again what ends with it


class Gone(Exception):
    """The provider does not answer, or refuses us; it is asked again after a pause. Says why, never about whom."""


class Later(Exception):
    """A letter was surely not taken; it may be tried again."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, after


class NotTaken(Exception):
    """A letter will never be taken."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unsure(Exception):
    """The connection broke where nobody can know whether the letter was taken."""


@dataclass(frozen=True)
class Abilities:
    """What a provider can do, as far as ours goes."""

    receives: bool = True
    """Whether it is looked at; others call an address of ours."""
    sends: bool = True
    files: bool = False
    """Whether files that come with messages are taken."""
    writes_to_itself: bool = True
    """Whether what is sent to our own address comes back as a message."""
    tells_later: bool = False
    """Whether it says only afterwards what became of a letter."""


@dataclass(frozen=True)
class Arrived:
    """Something that waited at the provider."""

    acknowledge: Callable[[], None]
    """Tells the provider that it is stored; called after it is."""
    inbound: Inbound | None = None
    returned: UUID | None = None
    """A letter of ours that could not be delivered."""


@dataclass(frozen=True)
class Told:
    """What a provider says afterwards of a letter."""

    letter_id: UUID
    is_sent: bool
    acknowledge: Callable[[], None]


class Provider(Protocol):
    """A provider of one channel."""

    @property
    def channel(self) -> str:
        """Its code in the vocabulary list of channels."""

    @property
    def can(self) -> Abilities:
        """What it can do."""

    def receive(self) -> Iterator[Arrived]:
        """What waits there now; raises `Gone` when it does not answer."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over; raises `Later`, `NotTaken` or `Unsure` unless it was taken."""

    def told(self) -> Iterator[Told]:
        """What became of letters that were handed over earlier."""
