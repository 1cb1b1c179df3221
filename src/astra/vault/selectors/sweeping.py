"""How is every section of one kind opened that a circle may open? In the order of its grants, a batch at a time.

For the search index, which reads a million cards when somebody signs in. The same is asked as at every opening: is the
record alive, is there a living grant of this very key, and does the circle's secret open it. But what takes longest at
a single opening is done once for all: the circle is opened once, no row becomes an object, and nothing is noted for
each record: who sweeps writes one entry. Walls stand before people, not before a desk's index: whoever shows something
of a sweep cuts by them.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connections
from django.db.models import F, QuerySet

from astra.kernel.clock import now
from astra.vault.actor import Actor
from astra.vault.crypto import aead, hybrid, padding
from astra.vault.keyring import NotHeld
from astra.vault.models import ErasureKey, Generation, Grant
from astra.vault.prepared import Prepared, Row
from astra.vault.router import KEYSTORE
from astra.vault.sections import AnyKind
from astra.vault.selectors.contexts import ContextsOf
from astra.vault.selectors.opening import is_living

T = TypeVar("T")
BATCH = 1_000


def _granted(circle: UUID, generation: int, kind: str, after: int, at: datetime) -> QuerySet[Grant, Any]:  # Any: rows
    section = "record__sections__"
    living = {"record__erased_at": None, f"{section}handle__erased_at": None}
    found = Grant.objects.filter(is_living(at), circle=circle, generation=generation, kind=kind, pk__gt=after)
    found = found.filter(**living, **{f"{section}kind": kind, f"{section}key_id": F("key_id")})
    columns = [f"{section}{name}" for name in ("handle", "revision", "sealed")]
    return found.order_by("pk").values_list("pk", "record", "key_id", "wrapped", *columns)[:BATCH]


_GRANTED = Prepared(_granted)
_SHREDDERS = f"SELECT id, key FROM {ErasureKey._meta.db_table} WHERE id IN ({{}})"  # noqa: S608  (a table of ours)


def sweep(actor: Actor, circle_id: UUID, kind: AnyKind, read: Callable[[bytes], T]) -> Iterator[list[tuple[bytes, T]]]:
    """Open every section of a kind that a circle may open; gives batches of record ids, as bytes, and contents.

    `read` makes the content of the clear bytes. A section that is sealed anew meanwhile may come twice or in neither
    state: whoever sweeps looks at the changes afterwards.
    """
    numbers = Generation.objects.filter(circle=circle_id).order_by("number").values_list("number", flat=True)
    for generation in list(numbers):
        try:
            keys = actor.keyring.keys(circle_id, generation)
        except NotHeld:
            continue
        opening = _Opening(actor, keys, ContextsOf(kind.name, circle_id, generation))
        after = 0
        while rows := _GRANTED.raw(circle=circle_id, generation=generation, kind=kind.name, after=after, at=now()):
            after = rows[-1][0]
            yield opening.contents(rows, read)


class _Opening:
    """Opens rows of one circle's generation."""

    def __init__(self, actor: Actor, keys: hybrid.CircleKeys, contexts: ContextsOf) -> None:
        self._actor, self._keys, self._contexts = actor, keys, contexts
        self._open_grant = aead.opener(keys.symmetric)

    def contents(self, rows: list[Row], read: Callable[[bytes], T]) -> list[tuple[bytes, T]]:
        """What the rows hold; what does not open is noted and left out."""
        shredders = _shredders([row[4] for row in rows])
        as_bytes = _as_bytes(rows[0][1])
        found = []
        for grant, record_id, key_id, wrapped, handle, revision, sealed in rows:
            shredder = shredders.get(handle)
            if shredder is None:
                continue
            record, key = as_bytes(record_id), as_bytes(key_id)
            try:
                data_key = self._unwrap(bytes(wrapped), record, key)
            except aead.WrongBox:
                self._actor.trail.broken.add(f"grant:{grant}")
                continue
            content_key = aead.derive(data_key, self._contexts.content(record), salt=shredder)
            try:
                clear = aead.open_box(content_key, bytes(sealed), self._contexts.section(record, revision, key))
                found.append((record, read(padding.unpad(clear))))
            except (aead.WrongBox, padding.BadPadding):
                self._actor.trail.broken.add(f"section of grant:{grant}")
        return found

    def _unwrap(self, wrapped: bytes, record: bytes, key_id: bytes) -> bytes:
        bound = self._contexts.grant(record, key_id)
        if wrapped[:1] == hybrid.VERSION:  # sealed by somebody who does not sit in the circle
            return hybrid.open_with(self._keys, wrapped, bound)
        return self._open_grant(wrapped, bound)


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
