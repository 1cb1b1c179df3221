"""Is what Kamailio sends put together again, however it was cut, and is nonsense noticed?"""

import json
import socket
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra.sites.telephone.exchanges import Ears, Gone
from astra.sites.telephone.kamailio import Frames, Kamailio, NotAFrame, event_of, frame

TOLD = {
    "key": "aa",
    "call": "6140782e302e31",
    "kind": "ringing",
    "sequence": 1,
    "at": "1795374944.760981",
    "dialled": "30313137383530303030",
    "number": "30363031313131",
    "withheld": 0,
    "extension": "",
    "cause": "",
}


@given(st.lists(st.text(max_size=40), max_size=6), st.integers(1, 9))
def test_frames_come_whole_however_they_are_cut(texts: list[str], cut: int) -> None:
    data, frames = b"".join(map(frame, texts)), Frames()
    found = [one for start in range(0, len(data), cut) for one in frames.take(data[start : start + cut])]
    assert [one.decode() for one in found] == texts


@pytest.mark.parametrize("nonsense", [b"abc:def,", b"3:abcd", b"GET / HTTP/1.1\r\n", b"99999999:"])
def test_nonsense_is_noticed(nonsense: bytes) -> None:
    with pytest.raises(NotAFrame):
        list(Frames().take(nonsense))


def test_what_stands_in_a_header_stays_a_text() -> None:
    evil = b'x","kind":"ended'.hex()
    found = event_of({**TOLD, "call": evil})
    assert (found.call, found.kind, found.number) == ('x","kind":"ended', "ringing", "0601111")


class Scripted(threading.Thread):
    """A Kamailio that answers as a script says, and remembers what it was told."""

    def __init__(self, *answers: bytes) -> None:
        super().__init__()
        self.answers, self.told = answers, b""
        self.door = socket.create_server(("127.0.0.1", 0))

    def run(self) -> None:
        """Answer one connection."""
        line, _ = self.door.accept()
        with line, self.door:
            for answer in self.answers:
                self.told += line.recv(4096)
                line.sendall(answer)
            line.settimeout(2)
            while data := line.recv(4096):
                self.told += data
                if b"heard" in self.told:
                    return


def listen(exchange: Scripted, hear: Any) -> list[set[str]]:  # Any: what is done with an event
    living, ending = list[set[str]](), threading.Event()
    exchange.start()
    with pytest.raises(Gone):
        Kamailio("127.0.0.1", exchange.door.getsockname()[1]).listen(
            Ears(hear, lambda one: living.append(set(one)), ending)
        )
    exchange.join()
    return living


def test_the_journal_first_then_the_calls_that_go_on() -> None:
    calls = {"result": [{"call-id": "one", "state": 4}, {"call-id": "two", "state": 5}]}
    exchange = Scripted(frame('{"journal":0}'), frame(json.dumps(calls)) + frame(json.dumps(TOLD)))
    heard: list[str] = []
    living = listen(exchange, lambda event: heard.append(event.kind))
    assert living == [{"one"}]
    assert heard == ["ringing"]
    assert exchange.told.startswith(frame("journal") + frame("calls"))
    assert exchange.told.endswith(frame("heard aa"))


def test_what_could_not_be_stored_is_not_acknowledged() -> None:
    def fail(_: object) -> None:
        raise OSError

    exchange = Scripted(frame(json.dumps(TOLD)))
    listen(exchange, fail)
    assert b"heard" not in exchange.told
