"""How does a stream grow? One item at a time, sealed before the transaction, stored once however often it is sent.

An item's number is bound into its seal. Two who write at the same moment may want the same one: the second takes the
next and seals again.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from astra.kernel.clock import now
from astra.kernel.errors import Conflict
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.crypto.contexts import stream_key
from astra.vault.models import Section, StreamFile, StreamItem
from astra.vault.sections import StreamKind
from astra.vault.services.erasure import attachment_path, still_living
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing

T = TypeVar("T")
TRIES = 20


@dataclass(frozen=True)
class Appended:
    """Where an item stands, and whether it came just now or was there already."""

    number: int
    is_new: bool


def append(
    *,
    actor: Actor,
    record_id: UUID,
    kind: StreamKind[T],
    content: T,
    mark: UUID,
    files: Collection[UUID] = (),
    after: int | None = None,
    alongside: Callable[[int], None] | None = None,
) -> Appended:
    """Add an item to a stream that the actor can open; the same mark again adds nothing.

    `files` have arrived sealed, and the content holds what opens them. `after` is the number of the newest item, as far
    as the caller knows. `alongside` gets the number and writes the
    room's own rows and the audit entry, in the same transaction.
    """
    stream = selectors.open_stream(actor, record_id, kind, is_reading=False)
    items = StreamItem.objects.filter(section=stream.section)
    last = after
    for _ in range(TRIES):
        number = (_newest(items) if last is None else last) + 1
        row = StreamItem(section=stream.section, number=number, mark=mark, author=actor.id, at=now())
        row.sealed = stream.seal(content, number, mark)
        try:
            with transaction.atomic():
                if not still_living({stream.section.handle_id}):
                    raise Conflict(SOMEBODY_SAVED)
                row.save(force_insert=True)
                _keep(stream.section, files, row.at)
                if alongside is not None:
                    alongside(number)
        except IntegrityError:
            known = items.filter(mark=mark).values_list("number", flat=True).first()
            if known is not None:
                return Appended(known, is_new=False)
            if not items.filter(number=number).exists():
                raise
            last = None
            continue
        return Appended(number, is_new=True)
    raise Conflict(SOMEBODY_SAVED)


@dataclass(frozen=True)
class First:
    """One of the items with which a stream begins."""

    content: Any  # Any: what the stream's kind holds
    mark: UUID
    at: datetime
    files: Collection[UUID] = ()


def begin(sealing: Sealing, record_id: UUID, kind: StreamKind[T], items: Sequence[First]) -> int:
    """Write the first items of a stream that is sealed in the same act; called inside its transaction.

    Who begins a stream holds its key until then, also somebody who may never read it again. Returns the last number.
    """
    section, data_key = sealing.opened(record_id, kind.name)
    erasure_key = selectors.erasure_keys([section.handle_id])[section.handle_id]
    stream = selectors.OpenStream(kind, section, stream_key(data_key, erasure_key, record_id, kind.name))
    for number, item in enumerate(items, 1):
        row = StreamItem(section=section, number=number, mark=item.mark, author=sealing.actor.id, at=item.at)
        row.sealed = stream.seal(item.content, number, item.mark)
        row.save(force_insert=True)
        _keep(section, item.files, sealing.at)
    return len(items)


def _newest(items: QuerySet[StreamItem]) -> int:
    return items.aggregate(last=Max("number"))["last"] or 0


def _keep(section: Section, files: Collection[UUID], at: datetime) -> None:
    """From now on these files belong to the stream: they are swept no more, and go when its key goes."""
    StreamFile.objects.bulk_create(
        StreamFile(id=file_id, section=section, stored_bytes=attachment_path(file_id).stat().st_size, at=at)
        for file_id in files
    )
