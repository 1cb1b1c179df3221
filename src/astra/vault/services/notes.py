"""How do words get on the log without being readable there? Sealed for data protection, committed in the leaf.

Words that led to people also need the erasure key of each of them: when one is erased nobody reads any more what was
typed to find her. Words that led to nobody may have meant somebody who was not known yet; they share a key of their
own, which is destroyed with the next person that is erased.
"""

import os
from collections.abc import Collection, Mapping
from uuid import UUID

import msgspec
from django.db import transaction

from astra.kernel.clock import today
from astra.kernel.ids import new_id
from astra.vault import selectors
from astra.vault.actor import Actor, system
from astra.vault.crypto import aead, hybrid, padding
from astra.vault.models import ErasureHandle, ErasureKey, ErasureOwner, Record
from astra.vault.router import KEYSTORE
from astra.vault.services.erasure import erase_owner
from astra.vault.services.keys import KeyMaker

SALT_BYTES = 16
DATA_PROTECTION = "data_protection"
FRUITLESS = "fruitless"


class WordsErased(Exception):
    """The words went with somebody they had led to."""


class _Note(msgspec.Struct, array_like=True):
    """What is sealed to the circle: the words are closed once more under the keys of those they speak about."""

    id: UUID
    handles: tuple[UUID, ...]
    key: bytes
    closed: bytes


def _note_context(circle: UUID) -> bytes:
    return aead.context("astra.audit.note.v2", circle.bytes)


def _words_context(note_id: UUID) -> bytes:
    return aead.context("astra.audit.words.v1", note_id.bytes)


def _words_key(note_id: UUID, key: bytes, erasure_keys: Collection[bytes]) -> bytes:
    return aead.derive(key, _words_context(note_id), salt=b"".join(erasure_keys))


def _fruitless() -> UUID:
    """The record whose key closes words that led to nobody; a new one after each erasure."""
    living = Record.objects.filter(kind=FRUITLESS, erased_at=None).values_list("pk", flat=True).first()
    if living is not None:
        return living
    handle = ErasureHandle(record_id=new_id(), retention="audit")
    with transaction.atomic(using=KEYSTORE):
        ErasureKey.objects.create(id=handle.id, key=aead.new_key(), made_on=today())
    with transaction.atomic():
        Record.objects.create(id=handle.record_id, kind=FRUITLESS, pseudonym_handle=handle.id)
        handle.save(force_insert=True)
        ErasureOwner.objects.create(handle=handle, owner_id=handle.record_id)
    return handle.record_id


def forget_fruitless() -> int:
    """Destroy the key of all words that led to nobody; somebody was erased whom they may have meant."""
    living = list(Record.objects.filter(kind=FRUITLESS, erased_at=None).values_list("pk", flat=True))
    for record_id in living:
        erase_owner(actor=system(), owner_id=record_id, reason="search_words")
    return len(living)


def seal_search(actor: Actor, text: str, found: Collection[UUID]) -> tuple[bytes, bytes, list[str]]:
    """Seal what somebody searched for, with the records that it led to, if any; returns their audit names besides."""
    keys = selectors.name_keys(found or [_fruitless()])
    return *_seal(actor, text, keys), sorted(selectors.names_from(keys).values()) if found else []


def seal_note(actor: Actor, text: str, about: Collection[UUID] = ()) -> tuple[bytes, bytes]:
    """Seal free words to the data-protection circle; returns (sealed, commitment) for `audit.services.record`.

    `about` are the records they speak about.
    """
    return _seal(actor, text, selectors.name_keys(about))


def _seal(actor: Actor, text: str, about: Mapping[UUID, tuple[UUID, bytes] | None]) -> tuple[bytes, bytes]:
    circle = selectors.desk_circle(DATA_PROTECTION)
    target = KeyMaker(actor).targets({circle})[circle]
    salt, note_id, key = os.urandom(SALT_BYTES), new_id(), aead.new_key()
    keys = dict(sorted(found for found in about.values() if found))
    body = padding.pad(salt + text.encode())
    closed = aead.seal(_words_key(note_id, key, keys.values()), body, _words_context(note_id))
    note = msgspec.msgpack.encode(_Note(note_id, tuple(keys), key, closed))
    sealed = target.generation.to_bytes(4) + target.wrap(note, _note_context(circle))
    return sealed, aead.mac(salt, text.encode())


def open_note(actor: Actor, sealed: bytes, commitment: bytes) -> str | None:
    """Open a note as a member of data protection; None if the words are not those the leaf committed to."""
    circle = selectors.desk_circle(DATA_PROTECTION)
    keys = actor.keyring.keys(circle, int.from_bytes(sealed[:4]))
    try:
        note = msgspec.msgpack.decode(hybrid.unwrap(keys, sealed[4:], _note_context(circle)), type=_Note)
        living = selectors.erasure_keys(note.handles)
        if len(living) < len(note.handles):
            raise WordsErased
        words_key = _words_key(note.id, note.key, [living[handle] for handle in note.handles])
        body = padding.unpad(aead.open_box(words_key, note.closed, _words_context(note.id)))
    except (aead.WrongBox, padding.BadPadding, msgspec.DecodeError):
        return None
    text = body[SALT_BYTES:].decode(errors="replace")
    return text if aead.is_mac(body[:SALT_BYTES], text.encode(), commitment) else None
