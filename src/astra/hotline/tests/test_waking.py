"""Does a real Redis carry the word that something was stored, and is its absence no loss?"""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import redis
from django.conf import settings

from astra.hotline import selectors, services
from astra.hotline.services import WAKE_CHANNEL, waking

pytestmark = [
    pytest.mark.service,
    pytest.mark.django_db(transaction=True, databases=["default", "keystore"]),
    pytest.mark.usefixtures("cast"),
]
PATIENCE_S = 10.0


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    """A Redis of its own, and an installation that knows of it."""
    program = shutil.which("redis-server")
    assert program is not None, "apt install redis-server"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setattr(settings, "ENV", replace(settings.ENV, redis_url=f"redis://localhost:{port}"))
    command = [program, "--port", str(port), "--save", "", "--bind", "127.0.0.1", "--dir", str(tmp_path)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    yield running
    running.terminate()
    running.wait(PATIENCE_S)
    waking._server.cache_clear()


def listener() -> tuple[Any, Any]:  # Any: without types
    """Somebody who listens, once the server answers: its connection, to be held meanwhile, and what is heard."""
    server: Any = redis.Redis.from_url(settings.ENV.redis_url)  # Any: without types
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            server.ping()
        except redis.exceptions.ConnectionError:
            assert time.monotonic() < until, "Redis did not come up"
            time.sleep(0.05)
        else:
            break
    heard = server.pubsub()
    heard.subscribe(WAKE_CHANNEL)
    assert heard.get_message(timeout=PATIENCE_S)["type"] == "subscribe"
    return server, heard


def test_what_is_stored_is_heard_and_says_nothing(server: subprocess.Popen[bytes]) -> None:
    held, heard = listener()
    visiting, _, _ = services.begin_conversation(line="sos_trafficking", language="sr")
    services.write(visiting=visiting, text="Halo", mark=uuid4())
    until = time.monotonic() + PATIENCE_S
    said: list[bytes] = []
    while not said and time.monotonic() < until:
        message = heard.get_message(timeout=0.2)
        said += [message["data"]] if message and message["type"] == "message" else []
    assert said == [b""]
    heard.close()
    held.close()


def test_without_redis_a_message_is_stored_all_the_same(server: subprocess.Popen[bytes]) -> None:
    for one in listener()[::-1]:
        one.close()
    server.terminate()
    server.wait(PATIENCE_S)
    visiting, _, _ = services.begin_conversation(line="sos_trafficking", language="sr")
    services.write(visiting=visiting, text="Halo", mark=uuid4())
    assert [one.text for one in selectors.exchange_for_visitor(visiting).messages] == ["Halo"]
