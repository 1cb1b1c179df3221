"""What stands in a stream? Its items in their order, from a number on, as far as the actor may open it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from astra.kernel.errors import NotFound
from astra.vault.actor import Actor
from astra.vault.crypto import aead, padding
from astra.vault.crypto.contexts import item_context, stream_key
from astra.vault.models import Grant, Section, StreamFile, StreamItem
from astra.vault.prepared import Prepared, PreparedRows
from astra.vault.sections import StreamKind
from astra.vault.selectors.names import pseudonyms
from astra.vault.selectors.opening import keyed_sections

T = TypeVar("T")


@dataclass(frozen=True)
class Item(Generic[T]):
    """One item as it was opened."""

    number: int
    content: T
    at: datetime
    author_id: UUID | None


@dataclass(frozen=True)
class OpenStream(Generic[T]):
    """A stream with its key: for reading, and for whoever adds to it."""

    kind: StreamKind[T]
    section: Section
    key: bytes

    def open(self, row: StreamItem) -> Item[T]:
        """Open one of its items, or raise `aead.WrongBox` where somebody changed or moved it."""
        bound = item_context(self.section.record_id, self.kind.name, row.number, row.mark)
        clear = padding.unpad(aead.open_box(self.key, bytes(row.sealed), bound))
        return Item(row.number, self.kind.decode(clear), row.at, row.author)

    def seal(self, content: T, number: int, mark: UUID) -> bytes:
        """Seal what will stand at a number."""
        bound = item_context(self.section.record_id, self.kind.name, number, mark)
        return aead.seal(self.key, padding.pad(self.kind.encode(content)), bound)


def open_stream(actor: Actor, record_id: UUID, kind: StreamKind[T], *, is_reading: bool = True) -> OpenStream[T]:
    """Find the key of a stream, or raise `NotFound`: absent, erased, walled off, another's.

    Whoever only adds to it reads nothing: no reading is noted for the log, the adding has an entry of its own.
    """
    before, about = set(actor.trail.opened), set(actor.trail.about)
    keyed = keyed_sections(actor, [record_id], [kind.name]).get((record_id, kind.name))
    if not is_reading:
        actor.trail.opened.intersection_update(before)
        actor.trail.about.intersection_update(about)
    if keyed is None:
        actor.trail.refused.add((pseudonyms([record_id]).get(record_id, ""), kind.name))
        raise NotFound
    return OpenStream(kind, keyed.section, stream_key(keyed.data_key, keyed.erasure_key, record_id, kind.name))


def read_stream(actor: Actor, record_id: UUID, kind: StreamKind[T], *, after: int = 0) -> list[Item[T]]:
    """Open the items behind a number. Without any nothing is opened, so that asking again and again is no reading."""
    rows = _ITEMS(record=record_id, kind=kind.name, after=after)
    return list(_opened(actor, open_stream(actor, record_id, kind), rows)) if rows else []


def read_item(actor: Actor, record_id: UUID, kind: StreamKind[T], number: int) -> Item[T]:
    """Open one item, or raise `NotFound`."""
    rows = [row for row in _ITEMS(record=record_id, kind=kind.name, after=number - 1) if row.number == number]
    found = list(_opened(actor, open_stream(actor, record_id, kind), rows))
    if not found:
        raise NotFound
    return found[0]


_ITEMS = PreparedRows(
    StreamItem,
    lambda record, kind, after: StreamItem.objects.filter(
        section__record=record, section__kind=kind, number__gt=after
    ).order_by("number"),
)


def _opened(actor: Actor, stream: OpenStream[T], rows: list[StreamItem]) -> Iterator[Item[T]]:
    for row in rows:
        try:
            yield stream.open(row)
        except (aead.WrongBox, padding.BadPadding):
            actor.trail.broken.add(f"item:{row.pk}")


_MARKED = Prepared(
    lambda records, mark: StreamItem.objects.filter(section__record__in=records, mark=mark).values_list(
        "section__record", "number"
    )
)


def item_with_mark(records: Collection[UUID], mark: UUID) -> tuple[UUID, int] | None:
    """The record and the number of the item that came with a mark into one of these records' streams."""
    found = _MARKED(records=records, mark=mark)
    return (found[0][0], found[0][1]) if found else None


_LATELY = Prepared(
    lambda records, since: (
        StreamItem.objects.filter(section__record__in=records, author=None, at__gt=since)
        .order_by("at")
        .values_list("at")
    )
)


def items_since(records: Collection[UUID], since: datetime) -> list[datetime]:
    """When items that nobody of ours wrote came into these records' streams, since a moment."""
    return [at for (at,) in _LATELY(records=records, since=since)]


def has_lasting_grant(record_id: UUID, circles: Collection[UUID]) -> bool:
    """Whether one of these circles opens a record without an end date."""
    return bool(_LASTING(record=record_id, circles=circles))


_LASTING = Prepared(
    lambda record, circles: Grant.objects.filter(record=record, circle__in=circles, expires_at=None).values_list("pk")
)


def files_since(records: Collection[UUID], since: datetime) -> list[int]:
    """The sizes of the files that came into these records' streams since a moment, originals and clean copies."""
    found = StreamFile.objects.filter(section__record__in=records, at__gt=since)
    return list(found.values_list("stored_bytes", flat=True))
