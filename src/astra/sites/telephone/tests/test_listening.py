"""Do we stay on the line whatever happens, and is nothing acknowledged that was not stored?"""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import DatabaseError

from astra.hotline import services
from astra.hotline.models import Call
from astra.hotline.rules.calls import CallEvent
from astra.sites.telephone import listening
from astra.sites.telephone.ari import Asterisk
from astra.sites.telephone.exchanges import Ears, Gone, NoExchange
from astra.sites.telephone.kamailio import Kamailio
from astra.sites.telephone.listening import PASSWORD_FILE, exchange_at, listen

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]
RINGS = CallEvent("script", "one", "ringing", datetime.now(UTC), number="+381601112223")


class Script:
    """An exchange that says one thing each time that somebody connects, and notes what was taken."""

    provider = "script"

    def __init__(self, ending: threading.Event, *said: object) -> None:
        self.ending, self.said, self.taken = ending, list(said), list[object]()

    def listen(self, ears: Ears) -> None:
        """Say the next thing, then hang up; after the last the test is over."""
        one = self.said.pop(0)
        if not self.said:
            self.ending.set()
        if isinstance(one, CallEvent):
            ears.hear(one)
        elif isinstance(one, set):
            ears.close_lost(one)
        self.taken.append(one)
        raise Gone("hung up")


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "PAUSES_S", (0.0,))
    monkeypatch.setattr(listening, "close_old_connections", lambda: None)


def run(*said: object) -> Script:
    ending = threading.Event()
    script = Script(ending, *said)
    listen(script, ending)
    return script


def test_whoever_hangs_up_is_called_again() -> None:
    run(RINGS, None, replace(RINGS, kind="answered"), {"one"}, None)
    assert Call.objects.get().state == "answered"


def test_an_event_that_makes_no_sense_does_not_stand_in_the_way() -> None:
    script = run(replace(RINGS, kind="sings"), RINGS, None)
    assert Call.objects.count() == 1
    assert len(script.taken) == 3, "it was taken, and refused"


def test_what_could_not_be_stored_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    hear, tries = services.hear, iter([DatabaseError(), None])

    def fail_once(**given: object) -> object:
        error = next(tries)
        if error:
            raise error
        return hear(**given)  # type: ignore[arg-type]  # what `hear` takes

    monkeypatch.setattr(services, "hear", fail_once)
    script = run(RINGS, RINGS, None)
    assert [one for one in script.taken if one is RINGS] == [RINGS], "the first time it was not taken"
    assert Call.objects.count() == 1


@pytest.fixture
def password() -> Iterator[None]:
    path = settings.ENV.home / "keys" / PASSWORD_FILE
    path.write_text("tajna\n", encoding="utf-8")
    yield
    path.unlink()


def test_which_exchange_an_address_names(password: None) -> None:
    assert exchange_at("kamailio://127.0.0.1:8448") == Kamailio("127.0.0.1", 8448)
    found = exchange_at("ari://astra@127.0.0.1/lines")
    assert isinstance(found, Asterisk)
    assert (found.address.port, found.address.application, found.password) == (8088, "lines", "tajna")


def test_asterisk_wants_a_password_in_a_file() -> None:
    with pytest.raises(NoExchange, match=PASSWORD_FILE):
        exchange_at("ari://astra@127.0.0.1:8088/astra")
