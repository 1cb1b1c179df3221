"""Do Signal messages come and go? Against a scripted signal-cli that says what a real one says over its socket."""

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from astra.hotline.rules.channels import Letter
from astra.sites.channels import signal_cli
from astra.sites.channels.providers import Gone, Later, NotTaken, Unsure
from astra.sites.channels.settings import ChannelSettings
from astra.sites.channels.signal_cli import Signal

OURS, HERS = "+38160000999", "+38160000111"


def received(**message: object) -> dict[str, Any]:
    """What signal-cli says when somebody writes."""
    said = {"timestamp": 1795378500123, "message": "Pomoć", "expiresInSeconds": 0} | message
    envelope = {"source": HERS, "sourceNumber": HERS, "sourceUuid": str(uuid4()), "timestamp": 1795378500123}
    return {
        "jsonrpc": "2.0",
        "method": "receive",
        "params": {"envelope": envelope | {"dataMessage": said}, "account": OURS},
    }


class Daemon:
    """A scripted signal-cli."""

    def __init__(self, path: Path) -> None:
        self.waiting: list[dict[str, Any]] = []
        self.answer: dict[str, Any] | None = {"result": {"timestamp": 1}}
        self.asked: list[dict[str, Any]] = []
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(path))
        self._server.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            with line:
                told = json.loads(line.makefile().readline())
                self.asked.append(told)
                if told["method"] == "send":
                    if self.answer is not None:
                        line.sendall(json.dumps({"jsonrpc": "2.0", "id": told["id"]} | self.answer).encode() + b"\n")
                    continue
                for one in self.waiting:
                    data = json.dumps(one).encode() + b"\n"
                    line.sendall(data[:20])
                    line.sendall(data[20:])
                line.recv(1)

    def end(self) -> None:
        """It goes away."""
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(5)


@pytest.fixture
def daemon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daemon]:
    monkeypatch.setattr(signal_cli, "LISTENS_S", 0.3)
    made = Daemon(tmp_path / "socket")
    yield made
    made.end()


@pytest.fixture
def signal(tmp_path: Path) -> Signal:
    return Signal(ChannelSettings("signal", {"socket": str(tmp_path / "socket"), "number": OURS}))


def letter() -> Letter:
    return Letter(str(uuid4()), HERS, "Imate poruku.")


def test_what_somebody_writes_and_nothing_else(daemon: Daemon, signal: Signal) -> None:
    daemon.waiting = [
        received(),
        received(groupInfo={"groupId": "x"}),
        {"method": "receive", "params": {"envelope": {}}},
    ]
    (arrived,) = signal.receive()
    assert arrived.inbound is not None
    assert (arrived.inbound.address, arrived.inbound.text) == (HERS, "Pomoć")
    assert daemon.asked[0]["method"] == "subscribeReceive"


def test_the_same_message_has_the_same_name(daemon: Daemon, signal: Signal) -> None:
    daemon.waiting = [received(), received(), received(timestamp=1795378500124)]
    names = [one.inbound.message_id for one in signal.receive() if one.inbound]
    assert names[0] == names[1] != names[2]


def test_a_letter_is_handed_over(daemon: Daemon, signal: Signal) -> None:
    signal.send(letter())
    assert daemon.asked[0]["params"] == {"account": OURS, "recipient": [HERS], "message": "Imate poruku."}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"error": {"code": -5, "message": "rate limit"}}, Later),
        ({"error": {"code": -1, "message": "unregistered"}}, NotTaken),
        (None, Unsure),
    ],
)
def test_what_it_answers_is_understood(
    daemon: Daemon, signal: Signal, answer: dict[str, Any] | None, error: type[Exception]
) -> None:
    daemon.answer = answer
    with pytest.raises(error):
        signal.send(letter())


def test_no_daemon(signal: Signal) -> None:
    with pytest.raises(Gone):
        list(signal.receive())
    with pytest.raises(Later):
        signal.send(letter())
