"""Do answers go out as the messengers document it? Against a real HTTP server that answers what they answer."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import pytest

from astra.hotline.rules.channels import INSTAGRAM, MESSENGER, TELEGRAM, VIBER, WHATSAPP, Letter
from astra.sites.channels.messengers import Messenger
from astra.sites.channels.providers import Later, NotConfigured, NotTaken, Unsure
from astra.sites.channels.settings import ChannelSettings
from astra.vault.services.secret_files import secret_path

TOKEN = "token-za-probu"
CHANNELS = (TELEGRAM, VIBER, WHATSAPP, MESSENGER, INSTAGRAM)


class Provider(ThreadingHTTPServer):
    """What a messenger's server says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.answer, self.headers = 200, {"status": 0, "ok": True}, dict[str, str]()
        self.asked: list[tuple[str, dict[str, str], Any]] = []


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Provider

    def do_POST(self) -> None:
        """Somebody sends."""
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), json.loads(data)))
        if not self.server.status:
            self.connection.close()
            return
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(json.dumps(self.server.answer).encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture(params=CHANNELS)
def messenger(request: pytest.FixtureRequest, provider: Provider) -> Messenger:
    path = secret_path(f"channel-{request.param}-token")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TOKEN, encoding="utf-8")
    told = {"api": f"http://127.0.0.1:{provider.server_port}/v1", "sender": "42"}
    return Messenger(ChannelSettings(str(request.param), told))


def letter() -> Letter:
    return Letter(str(uuid4()), "+381600000111", "Imate poruku.")


def test_a_letter_is_one_request_with_its_token(messenger: Messenger, provider: Provider) -> None:
    messenger.send(letter())
    ((path, headers, body),) = provider.asked
    assert "Imate poruku." in json.dumps(body)
    assert "381600000111" in json.dumps(body)
    assert TOKEN in path + json.dumps(headers)
    assert path.startswith("/v1/")


def test_too_many_requests_are_tried_again_when_it_says(messenger: Messenger, provider: Provider) -> None:
    provider.status, provider.headers = 429, {"Retry-After": "90"}
    with pytest.raises(Later) as told:
        messenger.send(letter())
    assert (told.value.reason, told.value.after) == ("busy", timedelta(seconds=90))


@pytest.mark.parametrize(("status", "error"), [(400, NotTaken), (401, Later), (403, Later), (500, Unsure), (0, Unsure)])
def test_what_it_answers_is_understood(
    messenger: Messenger, provider: Provider, status: int, error: type[Exception]
) -> None:
    provider.status = status
    with pytest.raises(error):
        messenger.send(letter())
    assert len(provider.asked) == 1


def test_nobody_there_is_tried_again(messenger: Messenger, provider: Provider) -> None:
    provider.shutdown()
    provider.server_close()
    with pytest.raises(Later) as told:
        messenger.send(letter())
    assert told.value.reason == "away"
    provider.server_close()


def test_viber_says_no_with_a_friendly_status(provider: Provider) -> None:
    viber = Messenger(ChannelSettings(VIBER, {"api": f"http://127.0.0.1:{provider.server_port}"}))
    secret_path("channel-viber-token").write_text(TOKEN, encoding="utf-8")
    for status, error in ((12, Later), (2, Later), (6, NotTaken)):
        provider.answer = {"status": status}
        with pytest.raises(error):
            viber.send(letter())


def test_only_encrypted_servers_or_this_machine() -> None:
    with pytest.raises(NotConfigured):
        Messenger(ChannelSettings(TELEGRAM, {"api": "http://telegram.example"}))
