"""What do the providers say that call a web address of ours? Viber, WhatsApp, Messenger, Instagram and Telegram.

Each signs in its own way; what is not signed rightly is nobody's. What is no message (delivered, seen, typing) is
acknowledged and forgotten. Nothing is fetched from a provider: a picture is a message without words that says so.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from astra.hotline import services
from astra.hotline.rules.channels import INSTAGRAM, MESSENGER, TELEGRAM, VIBER, WHATSAPP, Inbound
from astra.sites.channels.providers import NotConfigured
from astra.sites.channels.settings import ChannelSettings, password, read_settings
from astra.vault.actor import system

LONGEST_BODY = 256 * 1024
MOST = 200
Told = Any  # JSON


class Refused(Exception):
    """A call that is not taken, with the status of the answer."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__()
        self.status = status


@dataclass(frozen=True)
class Hook:
    """How one provider signs, and how it says what somebody wrote."""

    channel: str
    header: str
    is_signed: Callable[[str, bytes, str], bool]
    """Whether what stands in the header fits the body and our secret."""
    read: Callable[[Told], Iterator[Inbound]]

    @property
    def secret_file(self) -> str:
        """In which file of keys the secret lies."""
        return f"channel-{self.channel}"


def take(channel: str, headers: Mapping[str, str], body: bytes) -> int:
    """Store what one call brings; returns how much of it was new. Only then may it be acknowledged."""
    told, hook = _find(channel)
    if len(body) > LONGEST_BODY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if not hook.is_signed(_secret(hook), body, headers.get(hook.header, "")):
        raise Refused(HTTPStatus.UNAUTHORIZED)
    try:
        found = [one for _, one in zip(range(MOST), hook.read(json.loads(body)), strict=False)]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError, RecursionError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST) from error
    desk = services.Desk(told.line, told.language)
    count = 0
    for inbound in found:
        if not services.take_probe(inbound=inbound):
            count += services.receive(actor=system(), inbound=inbound, desk=desk)
    return count


def challenge(channel: str, given: Mapping[str, str]) -> str:
    """What Meta asks once to see that the address is ours: its own word back, for our token."""
    _, hook = _find(channel)
    try:
        token = password(f"{hook.secret_file}-verify")
    except NotConfigured as error:
        raise Refused(HTTPStatus.NOT_FOUND) from error
    is_ours = hmac.compare_digest(given.get("hub.verify_token", "").encode(), token.encode())
    if given.get("hub.mode") != "subscribe" or not is_ours or not given.get("hub.challenge", "").isalnum():
        raise Refused(HTTPStatus.FORBIDDEN)
    return given["hub.challenge"]


def _find(channel: str) -> tuple[ChannelSettings, Hook]:
    try:
        told = next((one for one in read_settings().channels if one.channel == channel), None)
    except NotConfigured as error:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE) from error
    if told is None or channel not in HOOKS:  # nobody has opened this door: there is none
        raise Refused(HTTPStatus.NOT_FOUND)
    return told, HOOKS[channel]


def _secret(hook: Hook) -> str:
    try:
        return password(hook.secret_file)
    except NotConfigured as error:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE) from error


def _mac(secret: str, body: bytes) -> str:
    return hmac.digest(secret.encode(), body, hashlib.sha256).hex()


def _by_viber(secret: str, body: bytes, said: str) -> bool:
    return bool(secret) and hmac.compare_digest(_mac(secret, body).encode(), said.lower().encode())


def _by_meta(secret: str, body: bytes, said: str) -> bool:
    return said.startswith("sha256=") and _by_viber(secret, body, said.removeprefix("sha256="))


def _by_telegram(secret: str, _body: bytes, said: str) -> bool:
    return bool(secret) and hmac.compare_digest(secret.encode(), said.encode())


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _viber(told: Told) -> Iterator[Inbound]:
    if told["event"] == "message":
        text = str(told["message"].get("text") or "")
        at = _moment(int(told["timestamp"]) / 1000)
        yield Inbound(VIBER, str(told["message_token"]), str(told["sender"]["id"]), text, at)


def _whatsapp(told: Told) -> Iterator[Inbound]:
    for entry in told.get("entry", []):
        for change in entry.get("changes", []):
            for one in change.get("value", {}).get("messages", []):
                text = (one.get("text") or {}).get("body") or _caption(one)
                yield Inbound(WHATSAPP, str(one["id"]), f"+{one['from']}", str(text), _moment(int(one["timestamp"])))


def _caption(one: Told) -> str:
    kind = one.get("type")
    inner = one.get(kind) if isinstance(kind, str) else None
    return str(inner.get("caption") or inner.get("text") or "") if isinstance(inner, dict) else ""


def _messaging(channel: str) -> Callable[[Told], Iterator[Inbound]]:
    def read(told: Told) -> Iterator[Inbound]:
        for entry in told.get("entry", []):
            for one in entry.get("messaging", []):
                message = one.get("message")
                if not message or message.get("is_echo") or message.get("is_deleted"):
                    continue
                at = _moment(int(one["timestamp"]) / 1000)
                text = str(message.get("text") or "")
                yield Inbound(channel, str(message["mid"]), str(one["sender"]["id"]), text, at)

    return read


def _telegram(told: Told) -> Iterator[Inbound]:
    message = told.get("message")
    if not message or message["chat"]["type"] != "private":  # a group would answer to all of it
        return
    text = str(message.get("text") or message.get("caption") or "")
    chat = str(message["chat"]["id"])
    name = f"{chat}:{message['message_id']}"
    is_machine = bool(message.get("from", {}).get("is_bot"))
    yield Inbound(TELEGRAM, name, chat, text, _moment(int(message["date"])), is_automatic=is_machine)


HOOKS = {
    hook.channel: hook
    for hook in (
        Hook(VIBER, "X-Viber-Content-Signature", _by_viber, _viber),
        Hook(WHATSAPP, "X-Hub-Signature-256", _by_meta, _whatsapp),
        Hook(MESSENGER, "X-Hub-Signature-256", _by_meta, _messaging(MESSENGER)),
        Hook(INSTAGRAM, "X-Hub-Signature-256", _by_meta, _messaging(INSTAGRAM)),
        Hook(TELEGRAM, "X-Telegram-Bot-Api-Secret-Token", _by_telegram, _telegram),
    )
}
