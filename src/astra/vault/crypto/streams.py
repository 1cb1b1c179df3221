"""How is a large file sealed without holding it? Chunks, each bound to its number and to being the last or not.

Following the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, "Online authenticated-encryption and its
nonce-reuse misuse-resistance", CRYPTO 2015): nonce = prefix, chunk number, last-flag. Cutting, swapping, doubling or
joining chunks of different files is noticed.
"""

import os
import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from astra.vault.crypto.aead import WrongBox

CHUNK = 256 * 1024
PREFIX_BYTES = 7
TAG_BYTES = 16
MAGIC = b"ASTRA\x01"


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, is_last)


class Sealer:
    """Seals a file piece by piece; memory stays at two chunks whatever the pieces are."""

    def __init__(self, key: bytes, bound: bytes) -> None:
        self._prefix = os.urandom(PREFIX_BYTES)
        self._cipher = AESGCM(key)
        self._bound = bound
        self._waiting = bytearray()
        self._number = 0
        self.header = MAGIC + self._prefix

    def add(self, piece: bytes) -> Iterator[bytes]:
        """Take clear bytes, give back the chunks that are full; the newest chunk waits, as it may be the last."""
        self._waiting += piece
        while len(self._waiting) > CHUNK:
            nonce = _nonce(self._prefix, self._number, is_last=False)
            yield self._cipher.encrypt(nonce, bytes(self._waiting[:CHUNK]), self._bound)
            del self._waiting[:CHUNK]
            self._number += 1

    def last(self) -> bytes:
        """Give the closing chunk."""
        nonce = _nonce(self._prefix, self._number, is_last=True)
        return self._cipher.encrypt(nonce, bytes(self._waiting), self._bound)


def seal_chunks(key: bytes, data: Iterable[bytes], bound: bytes) -> Iterator[bytes]:
    """Yield the sealed file."""
    sealer = Sealer(key, bound)
    yield sealer.header
    for piece in data:
        yield from sealer.add(piece)
    yield sealer.last()


def open_chunks(key: bytes, sealed: BinaryIO, bound: bytes) -> Iterator[bytes]:
    """Yield the clear pieces; each is authentic when it is yielded, and a cut file ends in `WrongBox`."""
    header = sealed.read(len(MAGIC) + PREFIX_BYTES)
    if header[: len(MAGIC)] != MAGIC:
        raise WrongBox
    prefix = header[len(MAGIC) :]
    cipher = AESGCM(key)
    number = 0
    current = sealed.read(CHUNK + TAG_BYTES)
    while True:
        following = sealed.read(CHUNK + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(prefix, number, is_last=not following), current, bound)
        except (InvalidTag, ValueError):
            raise WrongBox from None
        if not following:
            return
        current = following
        number += 1


def open_range(key: bytes, sealed: BinaryIO, bound: bytes, size: int, start: int) -> Iterator[bytes]:
    """Yield the clear pieces from a byte on, without reading what stands before; `size` is that of the clear file."""
    header = sealed.read(len(MAGIC) + PREFIX_BYTES)
    if header[: len(MAGIC)] != MAGIC:
        raise WrongBox
    cipher, last = AESGCM(key), max(0, -(-size // CHUNK) - 1)
    sealed.seek(len(header) + start // CHUNK * (CHUNK + TAG_BYTES))
    for number in range(start // CHUNK, last + 1):
        nonce = _nonce(header[len(MAGIC) :], number, is_last=number == last)
        try:
            clear = cipher.decrypt(nonce, sealed.read(CHUNK + TAG_BYTES), bound)
        except (InvalidTag, ValueError):
            raise WrongBox from None
        yield clear[start - number * CHUNK :] if number * CHUNK < start else clear
