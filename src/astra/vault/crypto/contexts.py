"""What are ciphertexts bound to? The same words at sealing and at opening, or nothing opens."""

from functools import cache
from uuid import UUID

from astra.vault.crypto import aead


def section_context(record: UUID, kind: str, revision: int, key_id: UUID) -> bytes:
    """What a sealed section is bound to."""
    return aead.context("astra.section.v1", record.bytes, kind, revision, key_id.bytes)


def grant_context(record: UUID, kind: str, key_id: UUID, circle: UUID, generation: int) -> bytes:
    """What a grant's wrap is bound to."""
    return aead.context("astra.grant.v1", record.bytes, kind, key_id.bytes, circle.bytes, generation)


def content_key(data_key: bytes, erasure_key: bytes, record: UUID, kind: str) -> bytes:
    """Data key and erasure key together give the key of a section."""
    return aead.derive(data_key, aead.context("astra.content.v1", record.bytes, kind), salt=erasure_key)


def stream_key(data_key: bytes, erasure_key: bytes, record: UUID, kind: str) -> bytes:
    """The same two give the key of a stream's items."""
    return aead.derive(data_key, aead.context("astra.stream.v1", record.bytes, kind), salt=erasure_key)


def item_context(record: UUID, kind: str, number: int, mark: UUID) -> bytes:
    """What an item of a stream is bound to: its place too, so that none can be moved."""
    return aead.context("astra.item.v1", record.bytes, kind, number, mark.bytes)


class ContextsOf:
    """The same contexts for many records, of one kind and by grants to one generation of one circle."""

    def __init__(self, kind: str, circle: UUID, generation: int) -> None:
        self._kind = aead.piece(kind)
        self._circle = aead.piece(circle.bytes) + aead.piece(generation)
        self._revision = cache(aead.piece)

    def grant(self, record: bytes, key_id: bytes) -> bytes:
        """As `grant_context`."""
        return _GRANT + record + self._kind + _SIXTEEN + key_id + self._circle

    def content(self, record: bytes) -> bytes:
        """What `content_key` derives for."""
        return _CONTENT + record + self._kind

    def section(self, record: bytes, revision: int, key_id: bytes) -> bytes:
        """As `section_context`."""
        return _SECTION + record + self._kind + self._revision(revision) + _SIXTEEN + key_id


_SIXTEEN = aead.piece(bytes(16))[:4]
"""What stands before the bytes of an id."""
_GRANT, _CONTENT, _SECTION = (
    aead.piece(domain) + _SIXTEEN for domain in ("astra.grant.v1", "astra.content.v1", "astra.section.v1")
)
