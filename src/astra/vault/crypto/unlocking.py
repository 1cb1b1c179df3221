"""How are very many sealed sections opened, if need be beside the process that reads the database?

A million boxes keep one processor busy for half a minute. `Beside` opens them in a second process while the first
fetches the next and puts the last in order. The circle's secret goes there through a pipe that nobody else holds; the
process keeps nothing, writes nothing, and ends with the pipe.
"""

import fcntl
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import IO
from uuid import UUID

import msgspec

from astra.vault.crypto import aead, hybrid, padding
from astra.vault.crypto.contexts import ContextsOf

WRAP_BROKEN, SECTION_BROKEN = 1, 2
"""What does not open: the wrapped key, or the section under it."""
_LENGTH = 4
PIPE_BYTES = 1 << 20
"""What anybody may ask of Linux: a whole batch goes through in one piece."""

Box = tuple[bytes, bytes, bytes, int, bytes, bytes]
"""Record, key id, wrapped key, revision, sealed section, erasure key."""
Clear = bytes | int
"""The clear bytes, or why there are none."""


class Circle(msgspec.Struct, array_like=True):
    """What opens the grants of one circle's generation."""

    secret: bytes
    kind: str
    circle: bytes
    generation: int


class Here:
    """Opens boxes in this process; given, and taken back open."""

    def __init__(self, circle: Circle) -> None:
        self._keys = hybrid.CircleKeys(circle.secret)
        self._contexts = ContextsOf(circle.kind, UUID(bytes=circle.circle), circle.generation)
        self._open_wrap = aead.opener(self._keys.symmetric)
        self._given: Sequence[Box] = ()

    def __enter__(self) -> "Here":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._given = ()

    def give(self, boxes: Sequence[Box]) -> None:
        """Give boxes; the ones before must have been taken."""
        self._given = boxes

    def take(self) -> list[Clear]:
        """What was in the boxes, in their order."""
        return [self._open(box) for box in self._given]

    def _open(self, box: Box) -> Clear:
        record, key_id, wrapped, revision, sealed, shredder = box
        contexts = self._contexts
        try:
            bound = contexts.grant(record, key_id)
            if wrapped[:1] == hybrid.VERSION:  # sealed by somebody who does not sit in the circle
                data_key = hybrid.open_with(self._keys, wrapped, bound)
            else:
                data_key = self._open_wrap(wrapped, bound)
        except aead.WrongBox:
            return WRAP_BROKEN
        content_key = aead.derive(data_key, contexts.content(record), salt=shredder)
        try:
            return padding.unpad(aead.open_box(content_key, sealed, contexts.section(record, revision, key_id)))
        except (aead.WrongBox, padding.BadPadding):
            return SECTION_BROKEN


class Beside(Here):
    """The same in a second process; should that end, the work goes on here."""

    def __init__(self, circle: Circle) -> None:
        super().__init__(circle)
        command = [sys.executable, "-m", "astra.vault.crypto.unlocking"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  our own module, nothing that anybody typed
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and sys.platform == "linux":
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._is_gone = False
        self._send(msgspec.msgpack.encode(circle))

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()
        super().__exit__(kind, raised, traceback)

    def give(self, boxes: Sequence[Box]) -> None:
        """Give boxes; the ones before must have been taken."""
        super().give(boxes)
        self._send(msgspec.msgpack.encode(boxes))

    def take(self) -> list[Clear]:
        """What was in the boxes, in their order."""
        answer = b"" if self._is_gone else _received(self._process.stdout)
        if not answer:
            self._note_gone()
            return super().take()
        return _ANSWER.decode(answer)

    def _send(self, message: bytes) -> None:
        if self._is_gone or self._process.stdin is None:
            return
        try:
            _sent(self._process.stdin, message)
        except OSError:
            self._note_gone()

    def _note_gone(self) -> None:
        if not self._is_gone:
            logging.getLogger(__name__).warning("The second process that opens cards has ended; one goes on alone.")
        self._is_gone = True


def opener(circle: Circle, *, is_many: bool) -> Here:
    """What opens the boxes of a circle: where there are many, and a second processor, beside this process."""
    return Beside(circle) if is_many and len(os.sched_getaffinity(0)) > 1 else Here(circle)


_BOXES = msgspec.msgpack.Decoder(list[Box])
_ANSWER = msgspec.msgpack.Decoder(list[Clear])


def _sent(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(_LENGTH, "big") + message)
    pipe.flush()


def _received(pipe: IO[bytes] | None) -> bytes:
    """The next message; nothing once the other side has ended."""
    if pipe is None:
        return b""
    length = int.from_bytes(pipe.read(_LENGTH), "big")
    message = pipe.read(length)
    return message if len(message) == length else b""


def main() -> None:
    """Open what comes in, until nothing comes any more."""
    come, go = sys.stdin.buffer, sys.stdout.buffer
    here = Here(msgspec.msgpack.decode(_received(come), type=Circle))
    while message := _received(come):
        here.give(_BOXES.decode(message))
        _sent(go, msgspec.msgpack.encode(here.take()))


if __name__ == "__main__":
    main()
