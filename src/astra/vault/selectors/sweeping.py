"""How is every section of one kind opened that a circle may open? In the order of its grants, a batch at a time.

For the search index, which reads a million cards when somebody signs in. The same is asked as at every opening: is the
record alive, is there a living grant of this very key, and does the circle's secret open it. But what takes longest at
a single opening is done once for all: the circle is opened once, no row becomes an object, and nothing is noted for
each record: who sweeps writes one entry. Walls stand before people, not before a desk's index: whoever shows something
of a sweep cuts by them.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connections
from django.db.models import F, QuerySet

from astra.kernel.clock import now
from astra.vault.actor import Actor
from astra.vault.crypto.unlocking import WRAP_BROKEN, Box, Circle, Clear, opener
from astra.vault.keyring import NotHeld
from astra.vault.models import ErasureKey, Generation, Grant
from astra.vault.prepared import Prepared
from astra.vault.router import KEYSTORE
from astra.vault.sections import AnyKind
from astra.vault.selectors.opening import is_living

T = TypeVar("T")
BATCH = 2_000


def _granted(circle: UUID, generation: int, kind: str, after: int, at: datetime) -> QuerySet[Grant, Any]:  # Any: rows
    section = "record__sections__"
    living = {"record__erased_at": None, f"{section}handle__erased_at": None}
    found = Grant.objects.filter(is_living(at), circle=circle, generation=generation, kind=kind, pk__gt=after)
    found = found.filter(**living, **{f"{section}kind": kind, f"{section}key_id": F("key_id")})
    columns = [f"{section}{name}" for name in ("handle", "revision", "sealed")]
    return found.order_by("pk").values_list("pk", "record", "key_id", "wrapped", *columns)[:BATCH]


_GRANTED = Prepared(_granted)
_SHREDDERS = f"SELECT id, key FROM {ErasureKey._meta.db_table} WHERE id IN ({{}})"  # noqa: S608  (a table of ours)


def sweep(
    actor: Actor, circle_id: UUID, kind: AnyKind, read: Callable[[bytes], T], *, is_many: bool = False
) -> Iterator[list[tuple[bytes, T]]]:
    """Open every section of a kind that a circle may open; gives batches of record ids, as bytes, and contents.

    `read` makes the content of the clear bytes; `is_many` lets a second process open them. A section that is sealed
    anew meanwhile may come twice or in neither state: whoever sweeps looks at the changes afterwards.
    """
    numbers = Generation.objects.filter(circle=circle_id).order_by("number").values_list("number", flat=True)
    for generation in list(numbers):
        try:
            keys = actor.keyring.keys(circle_id, generation)
        except NotHeld:
            continue
        circle = Circle(keys.secret, kind.name, circle_id.bytes, generation)
        with opener(circle, is_many=is_many) as opening:
            before: _Batch | None = None
            for batch in _batches(circle_id, generation, kind.name):
                clear = opening.take() if before else []
                opening.give(batch.boxes)
                if before:  # these are read while the next are opened
                    yield _contents(actor, before, clear, read)
                before = batch
            if before:
                yield _contents(actor, before, opening.take(), read)


@dataclass(frozen=True)
class _Batch:
    """Boxes with the numbers of their grants."""

    grants: list[int]
    boxes: list[Box]


def _batches(circle: UUID, generation: int, kind: str) -> Iterator[_Batch]:
    """What is to be opened: rows whose erasure key is still there."""
    after = 0
    while rows := _GRANTED.raw(circle=circle, generation=generation, kind=kind, after=after, at=now()):
        after = rows[-1][0]
        shredders = _shredders([row[4] for row in rows])
        as_bytes = _as_bytes(rows[0][1])
        living = [row for row in rows if row[4] in shredders]
        yield _Batch(
            [row[0] for row in living],
            [
                (as_bytes(record), as_bytes(key), bytes(wrapped), revision, bytes(sealed), shredders[handle])
                for _, record, key, wrapped, handle, revision, sealed in living
            ],
        )


def _contents(actor: Actor, batch: _Batch, clear: list[Clear], read: Callable[[bytes], T]) -> list[tuple[bytes, T]]:
    """What was in the boxes; what did not open is noted and left out."""
    found = []
    for grant, box, content in zip(batch.grants, batch.boxes, clear, strict=True):
        if isinstance(content, bytes):
            found.append((box[0], read(content)))
        else:
            actor.trail.broken.add(f"grant:{grant}" if content == WRAP_BROKEN else f"section of grant:{grant}")
    return found


def _shredders(handles: Collection[Any]) -> dict[Any, bytes]:  # Any: ids as the database gives them
    """The erasure keys, by their ids as the database gives them; destroyed ones are absent."""
    with connections[KEYSTORE].cursor() as cursor:
        cursor.execute(_SHREDDERS.format(", ".join(["%s"] * len(handles))), list(handles))
        return {pk: bytes(key) for pk, key in cursor.fetchall()}


def _as_bytes(example: object) -> Callable[[Any], bytes]:  # Any: an id as the database gives it
    """How this database's ids become bytes: SQLite gives them as text."""
    if isinstance(example, str):
        return bytes.fromhex

    def of_uuid(found: UUID) -> bytes:
        return found.bytes

    return of_uuid
