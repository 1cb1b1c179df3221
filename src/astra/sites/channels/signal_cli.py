"""How do Signal messages come and go? Through signal-cli, which speaks JSON-RPC over a socket of this machine.

signal-cli hands a message over once and asks for no acknowledgement. It is started with `--receive-mode manual`, so
that it fetches nothing while nobody listens; what is lost is what was handed over when we were killed.
"""

import json
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from astra.hotline.rules.channels import AWAY, BUSY, REFUSED, SIGNAL, Inbound, Letter
from astra.sites.channels.providers import Abilities, Arrived, Gone, Later, NotTaken, Told, Unsure
from astra.sites.channels.settings import ChannelSettings

PATIENCE_S, LISTENS_S = 30.0, 10.0
LONGEST_LINE = 4_000_000
RATE_LIMITED = -5
"""What signal-cli answers when Signal asks for a pause."""
Json = Any


class Signal:
    """One signal-cli daemon with one account."""

    channel = SIGNAL
    can = Abilities(writes_to_itself=False)

    def __init__(self, told: ChannelSettings) -> None:
        self.path, self.account = told.text("socket"), told.text("number")

    def receive(self) -> Iterator[Arrived]:
        """What comes while we listen."""
        try:
            with self._line(LISTENS_S) as line:
                _say(line, "subscribeReceive", {"account": self.account})
                for told in _lines(line, LISTENS_S):
                    inbound = self.read(told)
                    if inbound is not None:
                        yield Arrived(lambda: None, inbound)
        except (OSError, ValueError) as error:
            raise Gone(f"signal-cli: {type(error).__name__}") from error

    def send(self, letter: Letter) -> None:
        """Hand a letter over and wait for its word."""
        name = str(uuid4())
        given = {"account": self.account, "recipient": [letter.address], "message": letter.text}
        try:
            line = self._line(PATIENCE_S)
        except OSError as error:
            raise Later(AWAY) from error
        with line:
            try:
                _say(line, "send", given, name)
                answer = next((told for told in _lines(line, PATIENCE_S) if told.get("id") == name), None)
            except (OSError, ValueError) as error:
                raise Unsure from error
        if answer is None:
            raise Unsure
        if "error" in answer:
            code = answer["error"].get("code")
            raise Later(BUSY) if code == RATE_LIMITED else NotTaken(REFUSED)

    def told(self) -> Iterator[Told]:
        """It says at once what it took."""
        return iter(())

    @staticmethod
    def read(told: Json) -> Inbound | None:
        """What somebody wrote; None where it is anything else (a receipt, typing, a group)."""
        if told.get("method") != "receive":
            return None
        given = told.get("params", {})
        envelope = given.get("envelope") or given.get("result", {}).get("envelope") or {}
        message = envelope.get("dataMessage")
        sender = envelope.get("sourceNumber") or envelope.get("sourceUuid") or envelope.get("source")
        if not message or not sender or message.get("groupInfo") or message.get("reaction"):
            return None
        stamp = int(message.get("timestamp") or envelope["timestamp"])
        at = datetime.fromtimestamp(stamp / 1000, UTC)
        return Inbound(SIGNAL, f"{sender}:{stamp}", str(sender), str(message.get("message") or ""), at)

    def _line(self, patience_s: float) -> socket.socket:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(patience_s)
        try:
            line.connect(self.path)
        except OSError:
            line.close()
            raise
        return line


def _say(line: socket.socket, method: str, given: Json, name: str = "1") -> None:
    asked = {"jsonrpc": "2.0", "id": name, "method": method, "params": given}
    line.sendall(json.dumps(asked).encode() + b"\n")


def _lines(line: socket.socket, within_s: float) -> Iterator[Json]:
    """The answers that come within some seconds, each a line of JSON."""
    held, ends = b"", time.monotonic() + within_s
    while (left := ends - time.monotonic()) > 0:
        line.settimeout(left)
        try:
            data = line.recv(65536)
        except TimeoutError:
            return
        if not data:
            raise OSError
        *whole, held = (held + data).split(b"\n")
        if len(held) > LONGEST_LINE:
            raise ValueError
        for one in whole:
            if one.strip():
                yield json.loads(one)
