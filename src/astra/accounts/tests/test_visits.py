"""Does the visit lock, unlock, hold and end as promised, and is the key really gone in between?"""

import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client, RequestFactory

from astra.accounts import doors
from astra.accounts.cookies import COOKIE
from astra.accounts.models import Visit
from astra.accounts.services import changing, custody, visits
from astra.accounts.tests.support import later, type_words
from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.kernel.ids import new_id
from astra.vault.models import Record

MIRA = "breza topola jasen vrba kesten hrast"
FETCH = {"HTTP_X_REQUESTED_WITH": "fetch"}


def _unlock(client: Client, words: str = MIRA, **headers: str) -> int:
    return client.post("/unlock/", {"passphrase": words}, **headers).status_code  # type: ignore[arg-type]


def test_the_server_keeps_only_what_the_cookie_opens(cast: Cast) -> None:
    client = cast.client("mira")
    visit = Visit.objects.get()
    assert cast.mira.opened.secret not in bytes(visit.wrapped)
    assert client.get("/my/").status_code == 200
    client.cookies[COOKIE] = custody.write_cookie(custody.new_cookie_key())
    assert client.get("/my/").headers["Location"].startswith("/unlock/")
    for wrong in ("", "short", "é", "A" * 44):
        client.cookies[COOKIE] = wrong
        assert client.get("/my/").headers["Location"].startswith("/unlock/"), wrong


def test_a_cookie_of_another_visit_opens_nothing(cast: Cast) -> None:
    mine, other = cast.client("mira"), cast.client("mira")
    mine.cookies[COOKIE] = other.cookies[COOKIE].value
    assert mine.get("/my/").headers["Location"].startswith("/unlock/")


def test_fifteen_minutes_alone_lock_the_visit(cast: Cast) -> None:
    client = cast.client("mira")
    with later(minutes=16):
        assert client.get("/my/").headers["Location"] == "/unlock/?next=%2Fmy%2F"
    assert bytes(Visit.objects.get().wrapped) == b""
    assert Pending.objects.filter(verb="accounts.idle_locked").exists()
    assert _unlock(client) == 302
    assert client.get("/my/").status_code == 200


def test_work_keeps_the_visit_open(cast: Cast) -> None:
    client = cast.client("mira")
    for minutes in (10, 20, 30):
        with later(minutes=minutes):
            assert client.get("/my/").status_code == 200


def test_a_page_that_asks_by_itself_does_not(cast: Cast) -> None:
    client = cast.client("mira")
    with later(minutes=10):
        assert client.get("/my/", HTTP_X_ASTRA_POLL="1").status_code == 200
    with later(minutes=16):
        assert client.get("/my/").status_code == 302


def test_an_open_call_holds_the_lock_off_for_an_hour(cast: Cast) -> None:
    client = cast.client("mira")
    for minutes in range(1, 61):
        with later(minutes=minutes):
            assert client.post("/activity/", {"active": "0", "holds": "1"}).status_code == 204
    with later(minutes=63):
        assert client.post("/activity/", {"active": "0", "holds": "1"}).status_code == 423


def test_typing_counts_as_being_there(cast: Cast) -> None:
    client = cast.client("mira")
    with later(minutes=14):
        assert client.post("/activity/", {"active": "1", "holds": "0"}).status_code == 204
    with later(minutes=28):
        assert client.get("/my/").status_code == 200
    assert Client().post("/activity/").status_code == 401


def test_lock_now(cast: Cast) -> None:
    client = cast.client("mira")
    answer = client.post("/lock/", {"next": "/my/"})
    assert answer.headers["Location"] == "/unlock/?next=%2Fmy%2F"
    assert answer.cookies[COOKIE].value == ""
    assert client.get("/my/", HTTP_ACCEPT="application/json").json()["state"] == "locked"
    assert client.post("/lock/", **FETCH).status_code == 204  # type: ignore[arg-type]  # keywords from a dict
    assert client.get("/lock/").status_code == 405


def test_unlocking_answers_scripts(cast: Cast) -> None:
    client = cast.client("mira")
    client.post("/lock/")
    assert _unlock(client, "wrong", **FETCH) == 400
    assert _unlock(client, "", **FETCH) == 400
    assert _unlock(client, **FETCH) == 204
    assert client.get("/my/").status_code == 200
    assert _unlock(Client(), **FETCH) == 401


def test_unlocking_is_slowed_down_like_signing_in(cast: Cast) -> None:
    client = cast.client("mira")
    client.post("/lock/")
    assert [_unlock(client, "wrong", **FETCH) for _ in range(4)] == [400, 400, 400, 429]
    assert _unlock(client) == 429
    with later(seconds=10):
        assert _unlock(client) == 302


def test_somebody_elses_words_do_not_unlock(cast: Cast) -> None:
    client = cast.client("mira")
    client.post("/lock/")
    assert _unlock(client, "jutro podne vecer ponoc svitanje sumrak") == 400


def test_what_was_being_sent_travels_through_the_door(cast: Cast) -> None:
    client = cast.client("mira")
    client.post("/lock/")
    stopped = client.post("/my/visits/end-others/", {"said": "<ne zovi>", "tags": ["a", "b"], "password": "x"})
    assert stopped.status_code == 423
    page = stopped.content.decode()
    assert 'name="kept.said" value="&lt;ne zovi&gt;"' in page
    assert "kept.password" not in page
    kept = {"kept.said": "<ne zovi>", "kept.tags": ["a", "b"], "next": "/my/visits/end-others/"}
    opened = client.post("/unlock/", {"passphrase": MIRA, **kept})
    page = opened.content.decode()
    assert 'action="/my/visits/end-others/"' in page
    assert 'name="said" value="&lt;ne zovi&gt;"' in page
    assert page.count('name="tags"') == 2
    again = client.post("/unlock/", {"passphrase": "wrong", **kept})
    assert 'name="kept.said"' in again.content.decode()


def test_next_leads_nowhere_else(cast: Cast) -> None:
    client = cast.client("mira")
    client.post("/lock/")
    answer = client.post("/unlock/", {"passphrase": MIRA, "next": "https://example.org/"})
    assert answer.headers["Location"] == "/"
    assert client.post("/lock/", {"next": "//example.org"}).headers["Location"] == "/unlock/?next=%2F"


def test_revoking_counts_with_the_next_request(cast: Cast) -> None:
    mira, sanja = cast.client("mira"), cast.client("sanja")
    assert mira.get("/my/").status_code == 200
    changing.end_visits(actor=cast.actor("petar"), member_id=cast.mira.id)
    assert mira.get("/my/").headers["Location"].startswith("/sign-in/")
    assert sanja.get("/my/").status_code == 200
    changing.end_visits(actor=cast.actor("petar"))
    assert sanja.get("/my/").headers["Location"].startswith("/sign-in/")


def test_revoking_everybody_ends_whatever_is_open(cast: Cast, rf: RequestFactory) -> None:
    """Pages, what scripts ask by themselves, what is being typed, and a file on its way: nothing opens any more."""
    browsers = [cast.client(key) for key in ("mira", "mira", "sanja", "vesna", "jelena")]
    assert all(browser.get("/").status_code == 200 for browser in browsers)
    request = rf.get("/")
    request.visit = Visit.objects.filter(user__username="vesna").get()  # type: ignore[attr-defined]  # as the middleware does
    file = doors.while_open(request, iter([b"first", b"second"]))
    with patch.object(doors, "LOOK_EVERY_S", 0.0):
        assert next(file) == b"first"
        cast.client("petar").post("/colleagues/sign-everybody-out/")
        with pytest.raises(doors.VisitEnded):
            next(file)
    draft = {"said": "words"}
    for browser in browsers:
        assert browser.get("/").headers["Location"].startswith("/sign-in/")
        assert browser.post("/activity/", {"active": "1", "holds": "1"}).status_code == 401
        assert browser.get("/", HTTP_HX_REQUEST="true", HTTP_X_ASTRA_POLL="1").status_code == 401
        assert browser.post(f"/contacts/drafts/{new_id()}/", draft, HTTP_X_REQUESTED_WITH="fetch").status_code == 401
    assert not Visit.objects.exists()
    assert not Record.objects.filter(kind="draft").exists()


def test_sign_out_elsewhere(cast: Cast) -> None:
    here, there = cast.client("mira"), cast.client("mira")
    assert here.get("/my/").context["visits"][0].is_locked is False
    here.post("/my/visits/end-others/")
    assert here.get("/my/").status_code == 200
    assert there.get("/my/").status_code == 302


def test_a_visit_ends_after_the_longest_shift(cast: Cast) -> None:
    client = cast.client("mira")
    with later(hours=14, minutes=1):
        assert client.get("/my/").headers["Location"].startswith("/sign-in/")
    assert not Visit.objects.exists()


def test_nobody_has_to_come_back_for_the_lock(cast: Cast) -> None:
    cast.client("mira")
    cast.client("sanja")
    assert visits.sweep() == 0
    with later(minutes=16):
        cast.client("vesna").get("/my/")
        assert visits.sweep() == 2
        assert Visit.objects.filter(wrapped=b"").count() == 2
    with later(hours=15):
        visits.sweep()
    assert not Visit.objects.exists()


def test_a_session_with_another_persons_visit_is_nobodys(cast: Cast) -> None:
    mira, sanja = cast.client("mira"), cast.client("sanja")
    session = mira.session
    session["visit"] = sanja.session["visit"]
    session.save()
    assert mira.get("/my/").headers["Location"].startswith("/sign-in/")


def test_the_second_factor_is_not_asked_again_within_the_visit(cast: Cast) -> None:
    client = cast.client("mira")
    client.post("/lock/")
    _unlock(client)
    assert Visit.objects.get().confirmed_at is not None
    assert client.get("/my/").status_code == 200


def test_an_unconfirmed_visit_has_no_keys(cast: Cast) -> None:
    client = Client()
    type_words(client, "mira", MIRA)
    answer = client.get("/my/", HTTP_ACCEPT="application/json")
    assert answer.status_code == 423
    assert answer.json()["state"] == "second_factor"


HTTPS = """
import sys
import django
django.setup()
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from astra.accounts.cookies import COOKIE, hand_key, write_key
request, answer = RequestFactory().get("/", headers={"x-forwarded-proto": "https"}), HttpResponse()
hand_key(request, b"k" * 32)
write_key(request, answer)
print(COOKIE, request.is_secure(), settings.SESSION_COOKIE_NAME, answer.cookies[COOKIE].OutputString())
"""


def test_behind_https_every_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret").write_text("only-for-this-test")
    world = {"ASTRA_HOME": str(tmp_path), "ASTRA_HTTPS": "1", "DJANGO_SETTINGS_MODULE": "astra.config.settings"}
    told = subprocess.run([sys.executable, "-c", HTTPS], env=world, capture_output=True, text=True, check=True).stdout
    assert told.startswith("__Host-key True __Host-visit __Host-key=")
    for flag in ("HttpOnly", "Secure", "SameSite=Strict", "Path=/"):
        assert flag in told
    assert "Domain" not in told
