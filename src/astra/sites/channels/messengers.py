"""How do answers go out through Telegram, Viber, WhatsApp, Messenger and Instagram? One request each, as they document.

What somebody wrote comes to our own address (`hooks`); here is only the way back. Meta lets us answer for 24 hours
after she wrote; later it refuses, and that is shown.
"""

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from astra.hotline.rules.channels import (
    AWAY,
    BUSY,
    INSTAGRAM,
    MESSENGER,
    NO_SIGN_IN,
    REFUSED,
    TELEGRAM,
    VIBER,
    WHATSAPP,
    Letter,
)
from astra.sites.channels.providers import Abilities, Arrived, Later, NotConfigured, NotTaken, Told, Unsure
from astra.sites.channels.settings import LOOPBACK, ChannelSettings, password

PATIENCE_S = 20.0
GRAPH = "https://graph.facebook.com/v23.0"
APIS = {
    TELEGRAM: "https://api.telegram.org",
    VIBER: "https://chatapi.viber.com",
    WHATSAPP: GRAPH,
    MESSENGER: GRAPH,
    INSTAGRAM: GRAPH,
}
VIBER_BUSY, VIBER_TOKEN = 12, 2
"""What Viber answers, always with 200: too many requests; a token that is none."""
Json = Any


@dataclass(frozen=True)
class Asked:
    """One request: where to, with which headers, and what it says."""

    path: str
    headers: dict[str, str]
    body: Json


class Messenger:
    """The way out through one of them."""

    can = Abilities(receives=False, writes_to_itself=False)

    def __init__(self, told: ChannelSettings) -> None:
        self.channel = told.channel
        self.api = str(told.told.get("api", APIS[told.channel]))
        if not self.api.startswith("https://") and urlsplit(self.api).hostname not in LOOPBACK:
            raise NotConfigured(f'[{told.channel}] api = "{self.api}" is not encrypted')
        self._from = str(told.told.get("sender", ""))

    def receive(self) -> Iterator[Arrived]:
        """Messages come to our own address."""
        return iter(())

    def told(self) -> Iterator[Told]:
        """They say at once what they took."""
        return iter(())

    def send(self, letter: Letter) -> None:
        """One request, and what it is answered."""
        asked = self.ask(letter, password(f"channel-{self.channel}-token"))
        status, answer, after = self._post(asked)
        if status == HTTPStatus.TOO_MANY_REQUESTS or self._is_busy(answer):
            raise Later(BUSY, after)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unsure  # it may have been passed on before something broke
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN) or self._is_stranger(answer):
            raise Later(NO_SIGN_IN)
        if status != HTTPStatus.OK or (self.channel == VIBER and answer.get("status") != 0):
            raise NotTaken(REFUSED)

    def ask(self, letter: Letter, token: str) -> Asked:
        """What to ask, in the way of each."""
        text, to = letter.text, letter.address
        bearer = {"Authorization": f"Bearer {token}"}
        if self.channel == TELEGRAM:
            return Asked(f"/bot{token}/sendMessage", {}, {"chat_id": to, "text": text, "protect_content": True})
        if self.channel == VIBER:
            body = {"receiver": to, "type": "text", "text": text, "sender": {"name": self._from or "Info"}}
            return Asked("/pa/send_message", {"X-Viber-Auth-Token": token}, body)
        if self.channel == WHATSAPP:
            said = {"preview_url": False, "body": text}
            body = {"messaging_product": "whatsapp", "to": to.lstrip("+"), "type": "text", "text": said}
            return Asked(f"/{self._from}/messages", bearer, body)
        body = {"recipient": {"id": to}, "messaging_type": "RESPONSE", "message": {"text": text}}
        return Asked(f"/{self._from or 'me'}/messages", bearer, body)

    def _is_busy(self, answer: Json) -> bool:
        return self.channel == VIBER and answer.get("status") == VIBER_BUSY

    def _is_stranger(self, answer: Json) -> bool:
        return self.channel == VIBER and answer.get("status") == VIBER_TOKEN

    def _post(self, asked: Asked) -> tuple[int, Json, timedelta | None]:
        parts = urlsplit(self.api)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        line = kind(parts.hostname or "", parts.port, timeout=PATIENCE_S)
        try:
            try:
                line.connect()
            except OSError as error:
                raise Later(AWAY) from error
            try:
                data = json.dumps(asked.body).encode()
                line.request(
                    "POST", parts.path + asked.path, data, asked.headers | {"Content-Type": "application/json"}
                )
                answer = line.getresponse()
                said = answer.read(65536)
            except (OSError, http.client.HTTPException) as error:
                raise Unsure from error
        finally:
            line.close()
        return answer.status, _json(said), _after(answer.getheader("Retry-After"), _json(said))


def _json(said: bytes) -> Json:
    try:
        told = json.loads(said)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _after(header: str | None, answer: Json) -> timedelta | None:
    """How long it asks us to wait: in the header, or as Telegram says it."""
    parameters = answer.get("parameters")
    seconds = header or (parameters.get("retry_after") if isinstance(parameters, dict) else None)
    said = str(seconds or "")
    return timedelta(seconds=int(said)) if said.isdecimal() else None
