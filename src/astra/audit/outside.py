"""What does the log leave outside the database? Two files that only grow, under ASTRA_HOME/audit.

`leaves.bin` holds the 32 bytes of every leaf hash in order, `checkpoints.txt` the checkpoints that were kept, as
signed notes with an empty line between them. Whoever rewrites the database consistently, even with the
signing key, still disagrees with these files from the first changed leaf on.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from astra.audit.rules.merkle import HASH_BYTES

_CHUNK = 1 << 20
_HOLE = 16
_TAIL = 16_384  # our own notes have some 300 bytes
_RECORD_START = re.compile(rb"\n\n(?!\xe2\x80\x94)")  # an empty line that no signature follows
_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700


def make_folder(folder: Path) -> None:
    """Make a folder that only this account can enter, durably."""
    if not folder.is_dir():
        folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_new(path: Path, text: str) -> None:
    """Write a small file that must not exist yet, readable by this account alone, durably."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
    with os.fdopen(handle, "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def append(path: Path, data: bytes) -> None:
    """Add bytes at the end of a file and wait until they are on the disk."""
    is_new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _PRIVATE_FILE)
    with os.fdopen(handle, "ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(path.parent)


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Hold the turn to write in a folder; whoever else wants it waits."""
    make_folder(folder)
    handle = os.open(folder / "turn", os.O_RDWR | os.O_CREAT, _PRIVATE_FILE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)  # also gives the turn back


def append_note(path: Path, note: str, torn: bytes = b"") -> None:
    """Append a signed note and an empty line; of one that was half-written only the missing rest."""
    append(path, (note + "\n").encode().removeprefix(torn))


def last_notes(path: Path) -> tuple[str, bytes]:
    """The last whole note of a file, and what follows it: nothing, or the half of one that a power cut left."""
    if not path.exists():
        return "", b""
    with path.open("rb") as file:
        start = max(0, path.stat().st_size - _TAIL)
        file.seek(start)
        data = file.read()
    if start:
        data = _RECORD_START.split(data, maxsplit=1)[-1]
    # Each note holds one empty line and is followed by another: text, signatures, text, signatures, rest.
    parts = data.split(b"\n\n")
    whole = len(parts) - (1 if len(parts) % 2 else 2)
    last = b"\n\n".join(parts[whole - 2 : whole]) + b"\n" if whole else b""
    return last.decode("utf-8", errors="replace"), b"\n\n".join(parts[whole:])


@dataclass(frozen=True)
class Outside:
    """The outside record of one installation."""

    folder: Path

    @property
    def leaves(self) -> Path:
        """The file of leaf hashes."""
        return self.folder / "leaves.bin"

    @property
    def checkpoints(self) -> Path:
        """The file of kept checkpoints."""
        return self.folder / "checkpoints.txt"

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the turn to write: sequencers on one machine go one after the other."""
        with turn(self.folder):
            yield

    def length(self) -> int:
        """How many bytes the file of leaves has."""
        return self.leaves.stat().st_size if self.leaves.exists() else 0

    def count(self) -> int:
        """How many whole leaf hashes the file holds."""
        return self.length() // HASH_BYTES

    def torn_leaf(self) -> bytes:
        """The bytes of a last, half-written hash, if a power cut left one."""
        return self._read(self.count() * HASH_BYTES, HASH_BYTES)

    def hashes(self, start: int, end: int) -> Iterator[bytes]:
        """The leaf hashes from start up to, not including, end, as far as there are any."""
        if not self.leaves.exists():
            return
        with self.leaves.open("rb") as file:
            file.seek(start * HASH_BYTES)
            left = (end - start) * HASH_BYTES
            while left > 0:
                chunk = file.read(min(left, _CHUNK))
                whole = len(chunk) - len(chunk) % HASH_BYTES
                for at in range(0, whole, HASH_BYTES):
                    yield chunk[at : at + HASH_BYTES]
                left = left - len(chunk) if whole else 0

    def add_hashes(self, data: bytes) -> None:
        """Append leaf hashes, joined."""
        append(self.leaves, data)

    def drop_hole(self) -> None:
        """Cut zeros off the end of the leaves: what a power cut may leave of a growing file.

        Sixteen zeros in a row are no end of a hash. If a real last byte was zero, catching up writes it again.
        """
        length = kept = self.length()
        if not length % HASH_BYTES and any(self._read(length - _HOLE, _HOLE)):
            return
        while kept:
            start = max(0, kept - _CHUNK)
            solid = len(self._read(start, kept - start).rstrip(b"\0"))
            kept = start + solid
            if solid:
                break
        if kept < length:
            with self.leaves.open("r+b") as file:
                file.truncate(kept)
                os.fsync(file.fileno())

    def notes_length(self) -> int:
        """How many bytes the file of checkpoints has."""
        return self.checkpoints.stat().st_size if self.checkpoints.exists() else 0

    def notes(self, length: int) -> Iterator[str]:
        """The whole checkpoints within so many bytes of the file, in order."""
        if not self.checkpoints.exists():
            return
        note, gaps = b"", 0
        with self.checkpoints.open("rb") as file:
            for line in file:
                length -= len(line)
                if length < 0:
                    return
                gaps += line == b"\n"
                if gaps == 2:
                    yield note.decode("utf-8", errors="replace")
                    note, gaps = b"", 0
                else:
                    note += line

    def last_notes(self) -> tuple[str, bytes]:
        """The last whole checkpoint, and what follows it: nothing, or the half of one that a power cut left."""
        return last_notes(self.checkpoints)

    def add_note(self, note: str, torn: bytes = b"") -> None:
        """Append a signed checkpoint; of one that was half-written only the missing rest."""
        append_note(self.checkpoints, note, torn)

    def set_aside(self, stamp: str) -> None:
        """Rename both files, so that new ones begin; the old ones stay as evidence."""
        for path in (self.leaves, self.checkpoints):
            if path.exists():
                path.rename(path.with_name(f"{path.stem}-{stamp}{path.suffix}"))
        sync_folder(self.folder)

    def aside(self) -> list[str]:
        """The names of files that were set aside."""
        return sorted(path.name for path in self.folder.glob("leaves-*.bin"))

    def _read(self, start: int, size: int) -> bytes:
        if not self.leaves.exists():
            return b""
        with self.leaves.open("rb") as file:
            file.seek(start)
            return file.read(size)
