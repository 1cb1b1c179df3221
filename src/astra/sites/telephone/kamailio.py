"""What does Kamailio say about calls? Lines of JSON over a socket, each acknowledged when it is stored.

Kamailio keeps what nobody has acknowledged in a journal (data/kamailio.cfg). On connecting and every now and then the
journal is read, page by page, then the list of calls that go on: so neither what came and went while nobody listened is
lost, nor what did not fit into the socket, and a call whose end Kamailio itself has forgotten does not stay open.
"""

import json
import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from astra.hotline.rules.calls import CallEvent
from astra.sites.telephone.exchanges import Ears, Gone

PROVIDER = "kamailio"
PATIENCE_S, ASK_EVERY_S, ANSWERS_WITHIN_S = 0.5, 20.0, 60.0
LONGEST_FRAME = 4_000_000
OVER = 5
"""The state of a dialog that has ended and is about to be forgotten."""
JOURNAL, CALLS = "journal", "calls"


class NotAFrame(Exception):
    """What came is not what the exchange's configuration of ours sends."""


class Frames:
    """Puts netstrings together again, however they were cut on the way."""

    def __init__(self) -> None:
        self._held = b""

    def take(self, data: bytes) -> Iterator[bytes]:
        """The whole frames that are there now."""
        self._held += data
        while b":" in self._held[:9]:
            size, _, rest = self._held.partition(b":")
            if not size.isdigit() or int(size) > LONGEST_FRAME:
                raise NotAFrame
            length = int(size)
            if len(rest) <= length:
                return
            if rest[length : length + 1] != b",":
                raise NotAFrame
            self._held = rest[length + 1 :]
            yield rest[:length]
        if len(self._held) > 8 and b":" not in self._held[:9]:
            raise NotAFrame


def frame(text: str) -> bytes:
    """One message as a netstring."""
    data = text.encode()
    return b"%d:%s," % (len(data), data)


def _text(hexadecimal: object) -> str:
    return bytes.fromhex(str(hexadecimal)).decode("utf-8", "replace")


def event_of(told: Mapping[str, Any]) -> CallEvent:
    """What one message says."""
    return CallEvent(
        provider=PROVIDER,
        call=_text(told["call"]),
        kind=str(told["kind"]),
        at=datetime.fromtimestamp(float(told["at"]), UTC),
        sequence=int(told["sequence"]),
        dialled=_text(told["dialled"]),
        extension=_text(told["extension"]),
        number=_text(told["number"]),
        is_withheld=bool(told["withheld"]),
        cause=_text(told["cause"]),
    )


@dataclass
class Kamailio:
    """One Kamailio with our configuration."""

    host: str
    port: int
    provider: str = PROVIDER

    def listen(self, ears: Ears) -> None:
        """Listen until the end; what is lost on the way stands in the journal."""
        try:
            with socket.create_connection((self.host, self.port), timeout=PATIENCE_S * 10) as line:
                line.settimeout(PATIENCE_S)
                line.sendall(frame(JOURNAL))
                self._listen(line, ears)
        except (OSError, NotAFrame, ValueError, KeyError) as error:
            raise Gone(type(error).__name__) from error

    def _listen(self, line: socket.socket, ears: Ears) -> None:
        frames, asked_at, answered_at = Frames(), time.monotonic(), time.monotonic()
        while not ears.ending.is_set():
            for message in frames.take(self._read(line)):
                told = json.loads(message)
                if "key" in told:
                    ears.hear(event_of(told))
                    line.sendall(frame(f"heard {told['key']}"))
                elif JOURNAL in told:
                    line.sendall(frame(JOURNAL if told[JOURNAL] else CALLS))
                elif "result" in told:
                    answered_at = time.monotonic()
                    living = [str(one["call-id"]) for one in told["result"] if int(one["state"]) != OVER]
                    ears.close_lost(living)
            if time.monotonic() - asked_at > ASK_EVERY_S:
                asked_at = time.monotonic()
                line.sendall(frame(JOURNAL))
            if time.monotonic() - answered_at > ANSWERS_WITHIN_S:
                raise OSError

    @staticmethod
    def _read(line: socket.socket) -> bytes:
        try:
            data = line.recv(65536)
        except TimeoutError:
            return b""
        if not data:
            raise OSError
        return data
