"""What does Asterisk say about calls? Events of its REST interface over a WebSocket; see docs/howto/telephone.md.

The dialplan hands an incoming call to our application for a moment; we ask to hear of it further and hand it back at
once, so that it rings where it always rang, with or without us. Asterisk keeps no journal: a call that came and went
while nobody listened is not told afterwards. What goes on is asked for on connecting.
"""

import base64
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from astra.hotline.rules import calls as rules
from astra.hotline.rules.calls import CallEvent
from astra.hotline.selectors import UNKNOWN_LINE, line_of
from astra.sites.telephone.exchanges import Address, Ears, Gone

PROVIDER = "ari"
PATIENCE_S, ASK_EVERY_S, REST_WITHIN_S = 0.5, 20.0, 5.0
ANONYMOUS = ("anonymous", "restricted", "unavailable", "unknown", "private")
UP = "Up"
Told = Mapping[str, Any]  # Any: JSON


@dataclass
class Asterisk:
    """One Asterisk, by its REST interface."""

    address: Address
    password: str = field(repr=False)
    provider: str = PROVIDER
    _known: set[str] = field(default_factory=set)
    """The channels of callers; every other one is a leg to one of our telephones."""

    def listen(self, ears: Ears) -> None:
        """Connect, ask what goes on, listen until the end."""
        try:
            with connect(self._events(), additional_headers=self._headers(), open_timeout=REST_WITHIN_S) as line:
                self._catch_up(ears)
                self._listen(line, ears)
        except (OSError, WebSocketException, ValueError, KeyError) as error:
            raise Gone(type(error).__name__) from error

    def _listen(self, line: ClientConnection, ears: Ears) -> None:
        asked_at = time.monotonic()
        while not ears.ending.is_set():
            try:
                message = line.recv(timeout=PATIENCE_S)
            except TimeoutError:
                message = ""
            if message:
                self._take(json.loads(message), ears)
            if time.monotonic() - asked_at > ASK_EVERY_S:
                asked_at = time.monotonic()
                self._catch_up(ears)

    def _take(self, told: Told, ears: Ears) -> None:
        """One event: what it says of a caller's channel is heard, the rest is not ours."""
        if told.get("type") == "StasisStart":
            self._welcome(told["channel"])
        event = event_of(told, self._known)
        if event is not None:
            ears.hear(event)
        if told.get("type") == "ChannelDestroyed":
            self._known.discard(told["channel"]["id"])

    def _welcome(self, channel: Told) -> None:
        """Ask to hear of a call further, and give it back to the dialplan at once."""
        name = urllib.parse.quote(str(channel["id"]), safe="")
        self._known.add(channel["id"])
        subscription = f"applications/{self.address.application}/subscription?eventSource=channel:{name}"
        for asked in (subscription, f"channels/{name}/continue"):
            try:
                self._ask(asked, method="POST")
            except urllib.error.HTTPError:  # she has hung up already, and what follows says so
                return

    def _catch_up(self, ears: Ears) -> None:
        """What goes on at this moment: calls that we do not know of begin, those that are gone end."""
        channels: list[Told] = json.loads(self._ask("channels"))
        for channel in channels:
            if channel["id"] in self._known or is_call(channel):
                self._known.add(channel["id"])
                ears.hear(_event(channel, rules.RINGS, channel["creationtime"]))
                if channel["state"] == UP:
                    ears.hear(_event(channel, rules.ANSWERED_BY, channel["creationtime"], extension=_other(channel)))
        living = [str(channel["id"]) for channel in channels]
        self._known &= set(living)
        ears.close_lost(living)

    def _ask(self, path: str, *, method: str = "GET") -> bytes:
        secure = "s" if self.address.scheme == "aris" else ""
        url = f"http{secure}://{self.address.host}:{self.address.port}/ari/{path}"
        asked = urllib.request.Request(url, method=method, headers=self._headers())  # noqa: S310  (http or https)
        with urllib.request.urlopen(asked, timeout=REST_WITHIN_S) as answer:  # noqa: S310  (the same)
            found: bytes = answer.read()
        return found

    def _events(self) -> str:
        secure = "s" if self.address.scheme == "aris" else ""
        return f"ws{secure}://{self.address.host}:{self.address.port}/ari/events?app={self.address.application}"

    def _headers(self) -> dict[str, str]:
        both = base64.b64encode(f"{self.address.user}:{self.password}".encode()).decode()
        return {"Authorization": f"Basic {both}"}


def event_of(told: Told, known: set[str]) -> CallEvent | None:
    """What an event says of a caller's channel; None where it says nothing of one."""
    at = told.get("timestamp", "")
    if told.get("type") in ("BridgeBlindTransfer", "BridgeAttendedTransfer"):
        return _passed_on(told, known, at)
    channel = told.get("channel")
    if not channel or channel["id"] not in known:
        return None
    match told["type"]:
        case "StasisStart":
            return _event(channel, rules.RINGS, at)
        case "ChannelStateChange" | "ChannelConnectedLine" if channel["state"] == UP:
            return _event(channel, rules.ANSWERED_BY, at, extension=_other(channel))
        case "ChannelDestroyed":
            kind = rules.ENDS if channel["state"] == UP else rules.ABANDONED
            return _event(channel, kind, at, cause=str(told.get("cause", "")))
        case _:  # StasisEnd says only that we gave it back, ChannelHangupRequest that the end will follow
            return None


def is_call(channel: Told) -> bool:
    """Whether a channel is a caller's: it came in on one of our numbers."""
    return line_of(str(channel.get("dialplan", {}).get("exten", ""))) != UNKNOWN_LINE


def _passed_on(told: Told, known: set[str], at: str) -> CallEvent | None:
    channel = told.get("transferee") or told.get("channel") or {}
    if channel.get("id") not in known:
        return None
    target = told.get("exten") or (told.get("transfer_target") or {}).get("caller", {}).get("number", "")
    return _event(channel, rules.PASSED_ON, at, extension=str(target))


def _event(channel: Told, kind: str, at: str, *, extension: str = "", cause: str = "") -> CallEvent:
    number = str(channel.get("caller", {}).get("number", ""))
    is_withheld = number.lower() in ANONYMOUS
    return CallEvent(
        provider=PROVIDER,
        call=str(channel["id"]),
        kind=kind,
        at=datetime.fromisoformat(at),
        dialled=str(channel.get("dialplan", {}).get("exten", "")),
        extension=extension,
        number="" if is_withheld else number,
        is_withheld=is_withheld,
        cause=cause,
    )


def _other(channel: Told) -> str:
    """The telephone at the other end, where Asterisk says it."""
    return str(channel.get("connected", {}).get("number", ""))
