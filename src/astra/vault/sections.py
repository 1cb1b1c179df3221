"""What may a sealed section hold? Each room declares its kinds here, typed, with their retention class."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec

from astra.kernel.words import msg

T = TypeVar("T")


@dataclass(frozen=True)
class SectionKind(Generic[T]):
    """A kind of sealed section: its name in the database, its content's type, its retention class."""

    name: str
    content: type[T]
    retention: str

    def encode(self, content: T) -> bytes:
        """Write a content as bytes."""
        return msgspec.json.encode(content)

    def decode(self, data: bytes) -> T:
        """Read a content; parts unknown to this version are left out, missing ones get their defaults."""
        return msgspec.json.decode(data, type=self.content)


class StreamKind(SectionKind[T]):
    """A kind of section that only grows: items, each sealed for itself, in the order in which they came."""

    @property
    def head(self) -> SectionKind["Nothing"]:
        """The section itself, which holds nothing but the key of its items; sealed once, when the stream begins."""
        return SectionKind(self.name, Nothing, self.retention)


@dataclass(frozen=True)
class Nothing:
    """What the head of a stream says."""


@dataclass(frozen=True)
class Opened(Generic[T]):
    """A section as it was opened: its content, and which revision by whom and when."""

    content: T
    revision: int
    at: datetime
    author_id: UUID | None


AnyKind = SectionKind[Any]
"""A kind of whatever content, where only its name matters."""

_KINDS: dict[str, AnyKind] = {}


def declare(name: str, content: type[T], *, retention: str) -> SectionKind[T]:
    """Register a kind of section; a name is given once."""
    if name in _KINDS and _KINDS[name].content is not content:
        raise ValueError(f"section kind {name} is declared twice")
    kind = SectionKind(name, content, retention)
    _KINDS[name] = kind
    return kind


def declare_stream(name: str, content: type[T], *, retention: str) -> StreamKind[T]:
    """Register a kind of stream; `content` is what each of its items holds."""
    kind = StreamKind(name, content, retention)
    if _KINDS.setdefault(name, kind) != kind:
        raise ValueError(f"section kind {name} is declared twice")
    return kind


def declared() -> dict[str, AnyKind]:
    """Every declared kind by name."""
    return dict(_KINDS)


CANNOT_OPEN = msg("This part of the file cannot be opened.")
