"""What are ciphertexts bound to? The same words at sealing and at opening, or nothing opens."""

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
