"""Is a call taken in over the web only from whoever has the secret, lately, and once?"""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from astra.hotline.models import Call, CallEvent
from astra.sites.public.tests.door import public_door
from astra.sites.telephone.hook import LONGEST_BODY, SECRET_FILE, WINDOW_S, make_hook, sign
from astra.vault.services.secret_files import read_secret, secret_path

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast", "at_the_door")]
PATH = "/k/"


@pytest.fixture
def at_the_door() -> Iterator[None]:
    """The public process, with a secret of this test's own."""
    secret_path(SECRET_FILE).unlink(missing_ok=True)
    make_hook()
    with public_door():
        yield


def event(**given: object) -> dict[str, object]:
    now = datetime.now(UTC).isoformat()
    whole = {"call": "CA7", "kind": "ringing", "at": now, "dialled": "+381117850000", "number": "+381601112223"}
    return {**whole, **given}


def send(told: object, *, sent_at: str = "", signature: str = "", body: bytes = b"") -> HttpResponse:
    body = body or json.dumps(told).encode()
    sent_at = sent_at or str(int(time.time()))
    key = read_secret(SECRET_FILE) or b""
    return Client().post(  # type: ignore[return-value]  # the test client's own kind of answer
        PATH,
        body,
        content_type="application/json",
        headers={"X-Astra-Timestamp": sent_at, "X-Astra-Signature": signature or sign(key, sent_at, body)},
    )


def test_a_signed_event_is_heard_and_sent_again_changes_nothing() -> None:
    told = event()
    assert [send(told).status_code for _ in range(3)] == [204, 204, 204]
    assert send(event(kind="answered", extension="21")).status_code == 204
    assert send(event(kind="ended", at=time.time(), cause="16")).status_code == 204
    assert (Call.objects.count(), CallEvent.objects.count(), Call.objects.get().state) == (1, 3, "ended")
    assert Call.objects.get().line == "sos_trafficking"


def test_who_does_not_have_the_secret_is_refused() -> None:
    for signature in ("0" * 64, "ž", sign(b"another", str(int(time.time())), json.dumps(event()).encode())):
        assert send(event(), signature=signature.encode().decode("latin-1")).status_code == 401
    assert send(event(), sent_at="later").status_code == 401
    assert Call.objects.count() == 0


@pytest.mark.parametrize("off_s", [-WINDOW_S - 5, WINDOW_S + 5])
def test_what_is_old_is_refused(off_s: int) -> None:
    answer = send(event(), sent_at=str(int(time.time()) + off_s))
    assert answer.status_code == 401
    assert "X-Astra-Timestamp" in answer.content.decode()


@pytest.mark.parametrize(
    ("told", "named"),
    [
        (event(kind="sings"), "kind"),
        (event(call=""), "call"),
        (event(call=7), "call"),
        (event(at="yesterday"), ""),
        (event(at="2026-11-22T20:15:00"), "at is a time"),
        (event(sequence="one"), "sequence"),
        (event(withheld=1), "withheld"),
        (event(colour="red"), "colour"),
        (event(number="1" * 65), "number"),
        (["ringing"], "object"),
    ],
)
def test_what_makes_no_sense_is_said_to_the_sender(told: object, named: str) -> None:
    answer = send(told)
    assert answer.status_code == 400
    assert named in " ".join(json.loads(answer.content)["problems"])
    assert "+381601112223" not in answer.content.decode()


def test_what_is_no_json_or_too_long_is_refused() -> None:
    assert send(None, body=b"{").status_code == 400
    assert send(None, body=b"\xff\xfe").status_code == 400
    assert send(event(cause="x" * LONGEST_BODY)).status_code == 413


def test_it_has_no_page_and_without_the_secret_there_is_no_door() -> None:
    assert Client().get(PATH).status_code == 405
    secret_path(SECRET_FILE).unlink()
    answer = send(event())
    assert answer.status_code == 404
    assert Call.objects.count() == 0


def test_the_secret_is_a_file_that_only_we_read() -> None:
    path = settings.ENV.home / "keys" / SECRET_FILE
    assert path.stat().st_mode & 0o077 == 0
    before = path.read_text(encoding="ascii")
    make_hook()
    assert path.read_text(encoding="ascii") == before, "a second time it is the same"


def test_a_browser_on_another_page_cannot_speak_for_an_exchange() -> None:
    answer = Client().post(PATH, b"{}", content_type="text/plain", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
