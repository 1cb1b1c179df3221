"""Can somebody write to us without a script, a name or a trace, come back, and leave?"""

import re
from uuid import uuid4

import pytest
from django.test import Client

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import Conversation, ConversationVisit
from astra.kernel.tests.drawn import worded
from astra.sites.public.languages import SPOKEN, Spoken
from astra.sites.public.tickets import COOKIE

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]
SCRIPT = {"X-Asked-By": "script"}
CODE = re.compile(r"<span>(\d{4})</span>")


def begun(browser: Client, language: str = "sr") -> str:
    """Begin a conversation; returns the page."""
    answer = browser.post(f"/{language}/r/a/", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def said(browser: Client, language: str = "sr") -> list[str]:
    page = browser.get(f"/{language}/r/m/").content.decode()
    return re.findall(r'class="talk__text"[^>]*>(.*?)</p>', page, re.DOTALL)[::-1]


def test_there_is_no_cookie_before_a_conversation_and_one_that_closes_with_the_browser_after(browser: Client) -> None:
    assert not browser.get("/sr/r/").cookies
    answer = browser.post("/sr/r/a/")
    (held,) = answer.cookies.values()
    assert (held.key, held["httponly"], held["samesite"], held["max-age"]) == (COOKIE, True, "Strict", "")


@pytest.mark.parametrize("spoken", SPOKEN, ids=lambda spoken: spoken.path)
def test_a_whole_conversation_without_a_script(browser: Client, cast: Cast, spoken: Spoken) -> None:
    page = begun(browser, spoken.path)
    code = "".join(CODE.findall(page))
    assert len(code) == 16
    assert set(code) <= set(spoken.digits)
    browser.post(f"/{spoken.path}/r/s/", {"text": "Помозите, أحتاج مساعدة", "mark": str(uuid4())})
    (waiting,) = selectors.queue(cast.actor("mira"))
    services.take(actor=cast.actor("mira"), conversation_id=waiting.id)
    services.answer(actor=cast.actor("mira"), conversation_id=waiting.id, text="Ovde sam", mark=uuid4())
    assert said(browser, spoken.path) == ["Помозите, أحتاج مساعدة", "Ovde sam"]
    browser.get(f"/{spoken.path}/x/")
    assert not ConversationVisit.objects.exists()
    assert "talk__text" not in browser.get(f"/{spoken.path}/r/m/").content.decode()
    other = Client()
    other.post(f"/{spoken.path}/b/", {"code": code})
    assert said(other, spoken.path) == ["Помозите, أحتاج مساعدة", "Ovde sam"]


def test_the_same_form_sent_twice_is_one_message(browser: Client) -> None:
    page = begun(browser)
    found = re.search(r'name="mark" value="([^"]+)"', page)
    assert found
    for _ in range(2):
        browser.post("/sr/r/s/", {"text": "Halo", "mark": found.group(1)})
    assert said(browser) == ["Halo"]


def test_what_cannot_be_sent_is_said_and_stays_in_the_box(browser: Client) -> None:
    begun(browser)
    answer = browser.post("/sr/r/s/", {"text": "š" * 5001, "mark": str(uuid4())})
    assert answer.status_code == 400
    assert "5000" in answer.content.decode()
    assert "š" * 5001 in answer.content.decode()
    told = browser.post("/sr/r/s/", {"text": " "}, headers=SCRIPT)
    assert told.status_code == 400
    assert told.json()["messages"]


def test_a_script_learns_what_is_behind_its_cursor(browser: Client, cast: Cast) -> None:
    begun(browser)
    stored = browser.post("/sr/r/s/", {"text": "Halo <b>", "mark": str(uuid4())}, headers=SCRIPT)
    assert stored.json() == {"n": 1_000_001}
    told = browser.get("/sr/r/n/?n=0", headers=SCRIPT).json()
    assert [one["text"] for one in told["messages"]] == ["Halo <b>"]
    again = browser.get(f"/sr/r/n/?n={told['cursor']}", headers=SCRIPT).json()
    assert (again["messages"], again["seen"] < told["cursor"]) == ([], True)
    found = Conversation.objects.get().pk
    services.mark_seen(actor=cast.actor("mira"), conversation_id=found, number=1)
    assert browser.get(f"/sr/r/n/?n={told['cursor']}", headers=SCRIPT).json()["seen"] == told["cursor"]
    assert browser.get("/sr/r/n/?n=x", headers=SCRIPT).status_code == 200


def test_a_closed_conversation_leads_to_the_number(browser: Client) -> None:
    assert browser.get("/sr/r/n/", headers=SCRIPT).status_code == 410
    assert browser.post("/sr/r/s/", {"text": "x"}).headers["Location"] == "/sr/b/"
    assert browser.post("/sr/r/h/").headers["Location"] == "/sr/b/"
    assert "talk__text" not in browser.get("/sr/r/m/").content.decode()


def test_a_wrong_number_says_what_is_wrong(browser: Client) -> None:
    short = browser.post("/sr/b/", {"code": "1234"})
    assert short.status_code == 400
    assert "4" in short.content.decode()
    assert not short.cookies
    wrong = browser.post("/sr/b/", {"code": "4242" * 4})
    assert wrong.status_code == 400
    assert "4242" not in worded(wrong)


def test_number_hiding_and_feedback(browser: Client) -> None:
    first = "".join(CODE.findall(begun(browser)))
    browser.post("/sr/r/s/", {"text": "Ovo se ne vidi", "mark": str(uuid4())})
    browser.post("/sr/r/h/")
    assert said(browser) == []
    browser.post("/sr/r/d/")
    assert CODE.findall(browser.get("/sr/r/").content.decode()) == []
    browser.post("/sr/r/c/")
    fresh = "".join(CODE.findall(browser.get("/sr/r/").content.decode()))
    assert len(fresh) == 16
    assert Client().post("/sr/b/", {"code": first}).status_code == 400
    browser.post("/sr/r/t/")
    assert ConversationVisit.objects.get().typing_until is not None
    browser.post("/sr/r/f/", {"how": "good"})
    assert Conversation.objects.get().feedback == "good"


def test_messages_may_stand_in_a_frame_of_ours_only(browser: Client) -> None:
    begun(browser)
    frame = browser.get("/sr/r/m/")
    assert frame.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in frame.headers["Content-Security-Policy"]
    page = browser.get("/sr/r/")
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
