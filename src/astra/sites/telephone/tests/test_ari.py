"""Is what Asterisk says heard as calls, each once, also when the line to it breaks in between?"""

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from astra.hotline.rules.calls import CallEvent, Heard, fold
from astra.sites.telephone.ari import Asterisk as Listener
from astra.sites.telephone.ari import event_of
from astra.sites.telephone.exchanges import Ears, Gone, NoExchange, read_address
from astra.sites.telephone.tests.scripted_asterisk import Asterisk

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
Told = dict[str, Any]  # Any: JSON
BEGAN = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def at(seconds: float) -> str:
    return (BEGAN + timedelta(seconds=seconds)).isoformat(timespec="milliseconds").replace("+00:00", "+0000")


def channel(name: str, state: str = "Ring", *, number: str = "+381601112223", other: str = "") -> Told:
    return {
        "id": name,
        "name": f"PJSIP/trunk-{name}",
        "state": state,
        "caller": {"name": "", "number": number},
        "connected": {"name": "", "number": other},
        "accountcode": "",
        "dialplan": {"context": "from-trunk", "exten": "0117850000", "priority": 1, "app_name": "Stasis"},
        "creationtime": at(0),
        "language": "en",
    }


def told(kind: str, seconds: float, one: Told, **more: object) -> Told:
    return {
        "type": kind,
        "timestamp": at(seconds),
        "channel": one,
        "asterisk_id": "00:11:22:33:44:55",
        "application": "astra",
        **more,
    }


def answered(name: str) -> list[Told]:
    """A call that is answered at telephone 21, as Asterisk tells it."""
    leg = channel(f"{name}-leg", "Ringing", number="21")
    return [
        told("StasisStart", 0, channel(name), args=["in"]),
        told("StasisEnd", 0.1, channel(name)),
        told("ChannelStateChange", 0.2, leg),
        told("ChannelStateChange", 6, channel(name, "Up", other="21")),
        told("ChannelConnectedLine", 6.1, channel(name, "Up", other="21")),
        told("ChannelHangupRequest", 60, channel(name, "Up", other="21"), cause=16, soft=False),
        told("ChannelDestroyed", 60.1, channel(name, "Up", other="21"), cause=16, cause_txt="Normal Clearing"),
        told("ChannelDestroyed", 60.2, leg, cause=16, cause_txt="Normal Clearing"),
    ]


def given_up(name: str) -> list[Told]:
    return [
        told("StasisStart", 0, channel(name, number="anonymous"), args=["in"]),
        told("StasisEnd", 0.1, channel(name, number="anonymous")),
        told("ChannelHangupRequest", 9, channel(name, number="anonymous"), cause=16),
        told("ChannelDestroyed", 9.1, channel(name, number="anonymous"), cause=16, cause_txt="Normal Clearing"),
    ]


def heard_from(asterisk: Asterisk, *, tries: int = 1) -> tuple[list[CallEvent], list[set[str]]]:
    """Everything that is heard until the last script is told; so many connections."""
    events, living, ending = list[CallEvent](), list[set[str]](), threading.Event()
    address = read_address(f"ari://astra@127.0.0.1:{asterisk.port}/astra")
    listener = Listener(address, "tajna")
    ears = Ears(events.append, lambda known: living.append(set(known)), ending)

    def listen() -> None:
        for _ in range(tries):
            try:
                listener.listen(ears)
            except Gone:
                continue

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        assert asterisk.is_told.wait(20)
        wait_for(lambda: len(events) >= 1)
    finally:
        threading.Timer(1.0, ending.set).start()
        thread.join(20)
    return events, living


def wait_for(holds: Callable[[], bool]) -> None:
    pausing = threading.Event()
    for _ in range(200):
        if holds():
            return
        pausing.wait(0.05)


def states(events: Iterable[CallEvent]) -> dict[str, str]:
    by_call: dict[str, list[Heard]] = {}
    for one in events:
        by_call.setdefault(one.call, []).append(Heard(one.place, one.kind, one.at, one.extension))
    return {call: fold(known).state for call, known in by_call.items()}


def test_calls_as_asterisk_tells_them() -> None:
    with Asterisk([*answered("1763776800.7"), *given_up("1763776800.9")]) as asterisk:
        events, _ = heard_from(asterisk)
    assert states(events) == {"1763776800.7": "ended", "1763776800.9": "missed"}
    first = events[0]
    assert (first.kind, first.number, first.dialled) == ("ringing", "+381601112223", "0117850000")
    assert {one.extension for one in events if one.kind == "answered"} == {"21"}
    assert {(one.number, one.is_withheld) for one in events if one.call.endswith(".9")} == {("", True)}


def test_a_call_is_given_back_to_the_dialplan_at_once() -> None:
    with Asterisk(answered("1763776800.7")) as asterisk:
        heard_from(asterisk)
        posts = [path for path in asterisk.asked if "1763776800.7" in path]
    assert posts == [
        "/ari/applications/astra/subscription?eventSource=channel:1763776800.7",
        "/ari/channels/1763776800.7/continue",
    ]


def test_the_line_breaks_in_the_middle_of_a_call() -> None:
    whole = answered("1763776800.7")
    going_on = iter([[], [channel("1763776800.7", "Up", other="21"), channel("1763776800.8", "Ring")]])
    with Asterisk(whole[:3], whole[5:], channels=lambda: next(going_on, [])) as asterisk:
        events, living = heard_from(asterisk, tries=2)
        assert asterisk.connections == 2
    found = states(events)
    assert found["1763776800.7"] == "ended"
    assert found["1763776800.8"] == "ringing", "a call that began while nobody listened"
    assert living[1] == {"1763776800.7", "1763776800.8"}


def test_somebody_else_takes_over() -> None:
    known = {"1763776800.7"}
    blind = {"type": "BridgeBlindTransfer", "timestamp": at(30), "channel": channel("leg"), "exten": "22"}
    blind["transferee"] = channel("1763776800.7", "Up")
    attended = {"type": "BridgeAttendedTransfer", "timestamp": at(31), "transferee": channel("1763776800.7", "Up")}
    attended["transfer_target"] = channel("target", "Up", number="23")
    found = [event_of(one, known) for one in (blind, attended)]
    assert [(one.kind, one.extension) for one in found if one] == [("transferred", "22"), ("transferred", "23")]
    assert event_of({**blind, "transferee": channel("another")}, known) is None


def test_a_wrong_password_is_no_silence() -> None:
    with Asterisk([]) as asterisk:
        listener = Listener(read_address(f"ari://astra@127.0.0.1:{asterisk.port}/astra"), "pogrešna")
        with pytest.raises(Gone):
            listener.listen(Ears(lambda _: None, lambda _: None, threading.Event()))
    assert "pogrešna" not in repr(listener)


@pytest.mark.parametrize("wrong", ["", "127.0.0.1:8088", "ari://", "ari://user:secret@host/app", "sip://host"])
def test_an_address_that_is_none_says_how_it_should_be(wrong: str) -> None:
    with pytest.raises(NoExchange) as refused:
        read_address(wrong)
    assert "kamailio://127.0.0.1:8448" in str(refused.value)
    assert "secret" not in str(refused.value)
