"""How do words get on the log without being readable there? Sealed for data protection, committed in the leaf."""

import os
from uuid import UUID

from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.crypto import aead, hybrid
from astra.vault.services.keys import KeyMaker

SALT_BYTES = 16
DATA_PROTECTION = "data_protection"


def _note_context(circle: UUID) -> bytes:
    return aead.context("astra.audit.note.v1", circle.bytes)


def seal_note(actor: Actor, text: str) -> tuple[bytes, bytes]:
    """Seal free words to the data-protection circle; returns (sealed, commitment) for `audit.services.record`."""
    circle = selectors.desk_circle(DATA_PROTECTION)
    target = KeyMaker(actor).targets({circle})[circle]
    salt = os.urandom(SALT_BYTES)
    body = salt + text.encode()
    generation = target.generation.to_bytes(4)
    sealed = generation + target.wrap(body.ljust(-(-len(body) // 256) * 256, b"\0"), _note_context(circle))
    return sealed, aead.mac(salt, text.encode())


def open_note(actor: Actor, sealed: bytes, commitment: bytes) -> str | None:
    """Open a note as a member of data protection; None if the words are not those the leaf committed to."""
    circle = selectors.desk_circle(DATA_PROTECTION)
    keys = actor.keyring.keys(circle, int.from_bytes(sealed[:4]))
    try:
        body = hybrid.unwrap(keys, sealed[4:], _note_context(circle)).rstrip(b"\0")
    except aead.WrongBox:
        return None
    text = body[SALT_BYTES:].decode(errors="replace")
    return text if aead.is_mac(body[:SALT_BYTES], text.encode(), commitment) else None
