"""How does a test place a real telephone call? With sipp: one program calls, another answers, both as scenarios say.

    with Sipp(folder).desk(answers(after_ms=500)), ...:
        Sipp(folder).call(speaks(number="0601112223"))

A scenario is put together from steps; every step is one message sent or awaited.
"""

import itertools
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SIP, DESK = int(os.environ.get("ASTRA_TEST_SIP", "0")), int(os.environ.get("ASTRA_TEST_DESK", "0"))
"""Where calls arrive, and where the exchange hands them on: tests/throwaway_kamailio.sh says it."""
DIALLED = "0117850000"
_PORTS = itertools.cycle(range(DESK + 8, DESK + 30))
VIA = "Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]"
END = "Content-Length: 0\n"


def _send(*lines: str, again: bool = True) -> str:
    message, retransmitting = "\n".join([*lines, END]), ' retrans="500"' if again else ""
    return f"<send{retransmitting}><![CDATA[\n{message}\n]]></send>"


def _receive(request: str = "", response: int = 0, *, optional: bool = False, is_way: bool = True) -> str:
    """Wait for a message; `is_way`: what follows takes the way that it names."""
    what = f'request="{request}"' if request else f'response="{response}"'
    either = ' optional="true"' if optional else ""
    return f'<recv {what} rrs="{str(is_way).lower()}"{either}/>'


def _pause(milliseconds: int) -> str:
    return f'<pause milliseconds="{milliseconds}"/>'


def _scenario(*steps: str) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="s">\n' + "\n".join(steps) + "\n</scenario>\n"


# ---- Whoever calls


def _from(number: str) -> str:
    return f"From: <sip:{number}@[local_ip]:[local_port]>;tag=[pid]C[call_number]"


def _within(method: str, count: int, number: str) -> tuple[str, ...]:
    """A request within a call that has been answered."""
    return (
        f"{method} [next_url] SIP/2.0",
        VIA,
        "[routes]",
        _from(number),
        f"To: <sip:{DIALLED}@[remote_ip]:[remote_port]>[peer_tag_param]",
        "Call-ID: [call_id]",
        f"CSeq: {count} {method}",
        "Max-Forwards: 70",
    )


def _invite(number: str, *more: str) -> str:
    return _send(
        f"INVITE sip:{DIALLED}@[remote_ip]:[remote_port] SIP/2.0",
        VIA,
        _from(number),
        f"To: <sip:{DIALLED}@[remote_ip]:[remote_port]>",
        "Call-ID: [call_id]",
        "CSeq: 1 INVITE",
        "Contact: <sip:caller@[local_ip]:[local_port]>",
        "Max-Forwards: 70",
        *more,
    )


def _refused_ack(number: str) -> str:
    return _send(
        f"ACK sip:{DIALLED}@[remote_ip]:[remote_port] SIP/2.0",
        "[last_Via:]",
        _from(number),
        "[last_To:]",
        "Call-ID: [call_id]",
        "CSeq: 1 ACK",
        "Max-Forwards: 70",
        again=False,
    )


def _cancel(number: str) -> str:
    return _send(
        f"CANCEL sip:{DIALLED}@[remote_ip]:[remote_port] SIP/2.0",
        "[last_Via:]",
        _from(number),
        f"To: <sip:{DIALLED}@[remote_ip]:[remote_port]>",
        "Call-ID: [call_id]",
        "CSeq: 1 CANCEL",
        "Max-Forwards: 70",
        again=False,
    )


_WAITS = (_receive(response=100, optional=True), _receive(response=180, optional=True))


def speaks(number: str = "0601112223", *, for_ms: int = 500, byes: int = 1, more: tuple[str, ...] = ()) -> str:
    """She is answered, speaks for a while and hangs up; `byes`: how often her goodbye is sent, none: she vanishes."""
    ending = [_send(*_within("BYE", 2, number)), _receive(response=200)] if byes else []
    again = [_send(*_within("BYE", 2, number), again=False)] * max(byes - 1, 0)
    return _scenario(
        _invite(number, *more),
        *_WAITS,
        _receive(response=200),
        _send(*_within("ACK", 1, number), again=False),
        _pause(for_ms),
        *ending,
        *again,
        _pause(200),
    )


def is_refused(number: str = "0601112223", *, with_status: int = 486) -> str:
    """She hears that nobody can answer."""
    return _scenario(_invite(number), *_WAITS, _receive(response=with_status), _refused_ack(number))


def gives_up(number: str = "0601112223", *, after_ms: int = 700) -> str:
    """She hangs up before anybody answers."""
    return _scenario(
        _invite(number),
        _receive(response=100, optional=True),
        _receive(response=180),
        _pause(after_ms),
        _cancel(number),
        _receive(response=200),
        _receive(response=487),
        _refused_ack(number),
    )


def gives_up_too_late(number: str = "0601112223") -> str:
    """She hangs up at the very moment at which somebody answers: her CANCEL and the answer cross."""
    return _scenario(
        _invite(number),
        *_WAITS,
        _receive(response=200),
        _cancel(number),
        _receive(response=200, is_way=False),
        _send(*_within("ACK", 1, number), again=False),
        _send(*_within("BYE", 2, number)),
        _receive(response=200),
        _pause(200),
    )


def is_passed_on(number: str = "0601112223") -> str:
    """She is answered, is asked to speak with somebody else, and hangs up later."""
    return _scenario(
        _invite(number),
        *_WAITS,
        _receive(response=200),
        _send(*_within("ACK", 1, number), again=False),
        _receive(request="REFER", is_way=False),
        _send(
            "SIP/2.0 202 Accepted",
            "[last_Via:]",
            "[last_From:]",
            "[last_To:]",
            "[last_Call-ID:]",
            "[last_CSeq:]",
            again=False,
        ),
        _pause(400),
        _send(*_within("BYE", 2, number)),
        _receive(response=200),
    )


# ---- Whoever answers


def _reply(status: str, *more: str, again: bool = False) -> str:
    return _send(
        f"SIP/2.0 {status}",
        "[last_Via:]",
        "[last_From:]",
        "[last_To:];tag=[pid]T[call_number]",
        "[last_Call-ID:]",
        "[last_CSeq:]",
        "[last_Record-Route:]",
        "Contact: <sip:21@[local_ip]:[local_port]>",
        *more,
        again=again,
    )


def _agrees() -> str:
    return _send(
        "SIP/2.0 200 OK", "[last_Via:]", "[last_From:]", "[last_To:]", "[last_Call-ID:]", "[last_CSeq:]", again=False
    )


def answers(*, after_ms: int = 300, hears_bye: bool = True) -> str:
    """A telephone that rings and is answered; without `hears_bye` it never learns that she has hung up."""
    ending = [_receive(request="BYE"), _agrees()] if hears_bye else [_pause(12_000)]
    return _scenario(
        _receive(request="INVITE"),
        _reply("180 Ringing"),
        _pause(after_ms),
        _reply("200 OK", again=True),
        _receive(request="ACK"),
        *ending,
    )


def passes_on(*, to: str = "22") -> str:
    """A telephone that is answered, and from which she is passed on to another."""
    hears = '<recv request="INVITE" rrs="true"><action><ereg regexp=".*" search_in="hdr" header="From:" assign_to="1"/>'
    return _scenario(
        f"{hears}</action></recv>",
        _reply("180 Ringing"),
        _reply("200 OK", again=True),
        _receive(request="ACK"),
        _pause(300),
        _send(
            "REFER [next_url] SIP/2.0",
            VIA,
            "[routes]",
            f"From: <sip:{DIALLED}@[local_ip]:[local_port]>;tag=[pid]T[call_number]",
            "To: [$1]",
            "Call-ID: [call_id]",
            "CSeq: 7 REFER",
            f"Refer-To: <sip:{to}@10.0.0.1>",
            "Contact: <sip:21@[local_ip]:[local_port]>",
            "Max-Forwards: 70",
        ),
        _receive(response=202),
        _receive(request="BYE"),
        _agrees(),
    )


def is_busy() -> str:
    """A telephone that is busy."""
    return _scenario(_receive(request="INVITE"), _reply("486 Busy Here", again=True), _receive(request="ACK"))


def rings_in_vain() -> str:
    """A telephone that nobody answers, until it is told to stop."""
    return _scenario(
        _receive(request="INVITE"),
        _reply("180 Ringing"),
        _receive(request="CANCEL"),
        _agrees(),
        _reply("487 Request Terminated", again=True),
        _receive(request="ACK"),
    )


# ---- The two programs


@dataclass(frozen=True)
class Sipp:
    """sipp in a folder of its own."""

    folder: Path

    def _command(self, scenario: str, port: int, *more: str) -> list[str]:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{port}-{time.monotonic_ns()}.xml"
        path.write_text(scenario, encoding="utf-8")
        own = ("-nostdin", "-i", "127.0.0.1", "-p", str(port))
        return ["sipp", "-sf", str(path), *own, *more, f"127.0.0.1:{SIP}"]

    @contextmanager
    def desk(self, scenario: str) -> Iterator[None]:
        """A telephone on the desk, for as long as the block lasts."""
        answering = subprocess.Popen(
            self._command(scenario, DESK), cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            time.sleep(0.5)
            assert answering.poll() is None, "the telephone on the desk did not start"
            yield
        finally:
            answering.kill()
            answering.wait()

    def call(self, scenario: str, *, count: int = 1, rate: int = 1) -> None:
        """Place calls, and wait until the last is over."""
        self.wait(self.begin(scenario, count=count, rate=rate))

    def begin(self, scenario: str, *, count: int = 1, rate: int = 1) -> "subprocess.Popen[bytes]":
        """Begin to place calls, so many in a second."""
        more = ("-m", str(count), "-r", str(rate), "-l", str(count))
        command = self._command(scenario, next(_PORTS), *more)
        return subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @staticmethod
    def wait(calling: "subprocess.Popen[bytes]", within_s: float = 60) -> None:
        """Wait until the last call is over; every one went as the scenario says."""
        try:
            assert calling.wait(within_s) == 0, "a call did not go as the scenario says"
        finally:
            calling.kill()
            calling.wait()
