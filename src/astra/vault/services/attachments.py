"""How is a file kept? Scanned and sealed while it arrives, in chunks; never on disk in clear.

The sealed bytes go to `media/` under the attachment's record id; the file's key, name, type and the scanner's word
are in a sealed section of that record, so grants, withdrawal and erasure work as for any other words. The file is
sealed while the scanner reads it, and kept only if the scanner finds nothing.
"""

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from astra.kernel.errors import Invalid, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.crypto import aead, streams
from astra.vault.models import Attachment
from astra.vault.scanner import Scanner, ScannerDown
from astra.vault.sections import Opened, declare
from astra.vault.services.erasure import attachment_path
from astra.vault.services.sealing import Sealing

LARGEST = 200 * 1024 * 1024
TOO_LARGE = msg("The file is larger than %(largest)s MB.")
EMPTY = msg("The file is empty.")
INFECTED = msg("The virus scanner found something in this file. It was not kept. Ask the sender for another copy.")
NO_SCANNER = msg("The virus scanner does not answer. The file was not kept; try again in a minute.")


@dataclass(frozen=True)
class FileFacts:
    """What is known about an attached file; sealed like everything said about a person."""

    name: str = ""
    content_type: str = ""
    size: int = 0
    sha256: bytes = b""
    key: bytes = b""
    scan: str = ""
    """'clean', or 'not scanned' where the installation has no scanner."""


FILE = declare("vault.file", FileFacts, retention="document")


def _bound(record_id: UUID) -> bytes:
    return aead.context("astra.attachment.v1", record_id.bytes)


class Incoming:
    """A file on its way in: give it chunks, then `finish` it, or `abandon` it."""

    def __init__(self, record_id: UUID, scanner: Scanner, *, largest: int = LARGEST) -> None:
        self.record_id = record_id
        self.largest = largest
        self.key = aead.new_key()
        self.size = 0
        self._hash = hashlib.sha256()
        self._scanner = scanner
        self._path = attachment_path(record_id)
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._part = self._path.with_suffix(".part")
        descriptor = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self._sealer = streams.Sealer(self.key, _bound(record_id))
        self._file.write(self._sealer.header)

    def write(self, chunk: bytes) -> None:
        """Take the next bytes: to the scanner, and sealed to disk."""
        self.size += len(chunk)
        if self.size > self.largest:
            self.abandon()
            raise Invalid(Problem("file", TOO_LARGE, parts={"largest": self.largest // 1024 // 1024}))
        self._hash.update(chunk)
        try:
            self._scanner.feed(chunk)
        except ScannerDown:
            self.abandon()
            raise Invalid(Problem("file", NO_SCANNER)) from None
        for sealed in self._sealer.add(chunk):
            self._file.write(sealed)

    def finish(self, *, name: str, content_type: str) -> FileFacts:
        """Ask the scanner for its word and put the sealed file in its place, safely on disk."""
        if self.size == 0:
            self.abandon()
            raise Invalid(Problem("file", EMPTY))
        try:
            verdict = self._scanner.verdict()
        except ScannerDown:
            self.abandon()
            raise Invalid(Problem("file", NO_SCANNER)) from None
        if verdict == "infected":
            self.abandon()
            raise Invalid(Problem("file", INFECTED))
        self._file.write(self._sealer.last())
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.rename(self._path)
        return FileFacts(name, content_type, self.size, self._hash.digest(), self.key, verdict)

    def abandon(self) -> None:
        """Remove what has arrived."""
        self._scanner.close()
        self._file.close()
        self._part.unlink(missing_ok=True)


def discard(files: Iterable[UUID]) -> None:
    """Remove files that have arrived and are not kept after all."""
    for file_id in files:
        attachment_path(file_id).unlink(missing_ok=True)


class Kept(Protocol):
    """A file that lies sealed in its place, whether it came or was made here."""

    record_id: UUID


def attach(
    *, sealing: Sealing, incoming: Kept, facts: FileFacts, to: Iterable[UUID], owners: Collection[UUID]
) -> Attachment:
    """Add a received file to what is being written; save the returned row inside the sealing's transaction."""
    circles = list(to)
    record_id = sealing.new_record("document", listed_for=circles, record_id=incoming.record_id)
    sealing.seal(record_id, FILE, facts, to=circles, owners=owners)
    chunks = max(1, -(-facts.size // streams.CHUNK))
    return Attachment(record_id=record_id, chunks=chunks, stored_bytes=attachment_path(record_id).stat().st_size)


def open_file(actor: Actor, record_id: UUID) -> tuple[Opened[FileFacts], Iterator[bytes]]:
    """Open an attachment: what is known about it, and its bytes chunk by chunk as they are asked for."""
    facts = selectors.open_section(actor, record_id, FILE)
    path = attachment_path(record_id)
    if not path.exists():
        raise NotFound
    return facts, read_pieces(record_id, facts.content.key)


def read_pieces(record_id: UUID, key: bytes) -> Iterator[bytes]:
    """The clear bytes of a sealed file, chunk by chunk, for whoever has its key."""
    with attachment_path(record_id).open("rb") as sealed:
        yield from streams.open_chunks(key, sealed, _bound(record_id))


def read_from(record_id: UUID, facts: FileFacts, start: int) -> Iterator[bytes]:
    """The same from a byte on: a sound that is wound forward is not opened from its beginning."""
    with attachment_path(record_id).open("rb") as sealed:
        yield from streams.open_range(facts.key, sealed, _bound(record_id), facts.size, start)
