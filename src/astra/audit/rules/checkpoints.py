"""What does a log promise, and what does a witness add? Checkpoints (c2sp.org/tlog-checkpoint) and cosignatures.

A checkpoint says: this log has so many leaves and this root. A witness cosigns it (c2sp.org/tlog-cosignature,
Ed25519) after checking that it continues the last checkpoint that she saw.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from astra.audit.rules.merkle import HASH_BYTES, is_consistent
from astra.audit.rules.notes import (
    WITNESS,
    BadNote,
    Note,
    Signature,
    SigningKey,
    VerifierKey,
    check_note,
    check_signature,
    decode64,
    encode64,
    is_name,
    sign_note,
)

# A checkpoint of every second would soon outweigh the entries. The newest is always signed; for the shelf one is
# kept after so many leaves or seconds, whichever comes first.
KEEP_AFTER_LEAVES = 4096
KEEP_AFTER_SECONDS = 600
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: its name, how many leaves it has, and their root."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{encode64(self.root)}\n"

    @classmethod
    def parse(cls, body: str) -> "Checkpoint":
        """Read the text; further lines are allowed by the format and mean nothing here."""
        lines = body.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
            raise BadNote("not a checkpoint")
        origin, size, root = lines[0], read_number(lines[1]), decode64(lines[2])
        if not is_name(origin) or len(root) != HASH_BYTES:
            raise BadNote("not a checkpoint")
        return cls(origin, size, root)


def read_number(text: str) -> int:
    """A number in its one decimal form."""
    if not _NUMBER.fullmatch(text):
        raise BadNote("not a number")
    return int(text)


def sign_checkpoint(checkpoint: Checkpoint, key: SigningKey) -> str:
    """The signed text of a checkpoint; the key carries the name of the log."""
    if checkpoint.origin != key.name:
        raise BadNote("the key belongs to another log")
    return sign_note(checkpoint.body(), key).text()


def open_checkpoint(text: str, keys: Iterable[VerifierKey]) -> Checkpoint:
    """The checkpoint in a signed text, after checking that the log of that name signed it."""
    note = Note.parse(text)
    checkpoint = Checkpoint.parse(note.body)
    check_note(note, [key for key in keys if key.name == checkpoint.origin])
    return checkpoint


def is_worth_keeping(size: int, at: datetime, kept_size: int, kept_at: datetime | None) -> bool:
    """Whether a checkpoint goes to the shelf, given the last one there."""
    if kept_at is None:
        return True
    return size - kept_size >= KEEP_AFTER_LEAVES or (at - kept_at).total_seconds() >= KEEP_AFTER_SECONDS


def _cosigned(body: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{body}".encode()


def cosign(text: str, key: SigningKey, at: datetime) -> str:
    """The signed text with the witness's line added under it."""
    note = Note.parse(text)
    if key.kind != WITNESS:
        raise BadNote("a witness signs with her own kind of key")
    seconds = int(at.timestamp())
    data = seconds.to_bytes(8) + key.sign(_cosigned(note.body, seconds))
    return Note(note.body, (*note.signatures, Signature(key.name, key.verifier.key_id, data))).text()


def check_cosignature(text: str, key: VerifierKey) -> int:
    """When the witness signed, in seconds since 1970; refuses a text that she did not sign."""
    note = Note.parse(text)
    for signature in note.signatures:
        if (signature.name, signature.key_id) == (key.name, key.key_id) and key.kind == WITNESS:
            seconds = int.from_bytes(signature.data[:8])
            check_signature(key, _cosigned(note.body, seconds), signature.data[8:])
            return seconds
    raise BadNote("this witness did not sign")


@dataclass(frozen=True)
class Seen:
    """What a witness remembers of a log: the largest tree she has signed."""

    size: int
    root: bytes


class NotContinued(BadNote):
    """The log no longer begins with what the witness saw: two histories were shown."""


class Older(BadNote):
    """The checkpoint is older than the one that the witness saw last; that alone proves nothing."""


class ProofNeeded(BadNote):
    """The proof starts from another size than the one that the witness saw last."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(f"a proof from size {size} is needed")


def check_continues(seen: Seen | None, newer: Checkpoint, old_size: int, path: tuple[bytes, ...]) -> None:
    """Refuse a checkpoint that is not proven to continue what was seen (c2sp.org/tlog-witness)."""
    if seen is None:
        return
    if newer.size == seen.size and newer.root != seen.root:
        raise NotContinued("the log showed another root for the same size")
    if newer.size < seen.size:
        raise Older("a larger checkpoint of this log was cosigned before")
    if newer.size > seen.size and old_size != seen.size:
        raise ProofNeeded(seen.size)
    if newer.size > seen.size and not is_consistent(seen.size, newer.size, seen.root, newer.root, path):
        raise NotContinued("the log does not begin with what was seen")
