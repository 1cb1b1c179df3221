"""Does a colleague see how somebody may be written back to, and what became of her answers?"""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from astra.demo.pytest_browser import found_by_axe
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.tests.corresponding import HERS, SITE, answered, marked_safe, states, written
from astra.hotline.tests.test_conversation_pages import written as written_on_our_pages
from astra.hotline.tests.test_keyboard import signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]


def page_of(client: Client, conversation: UUID) -> str:
    answer = client.get(reverse("hotline:conversation", args=[conversation]))
    assert answer.status_code == 200
    return answer.content.decode()


def step(client: Client, conversation: UUID, **given: object) -> str:
    answer = client.post(reverse("hotline:step", args=[conversation]), given, follow=True)
    return answer.content.decode()


def test_the_queue_and_the_page_name_the_channel_and_not_the_address(cast: Cast) -> None:
    mira, conversation = cast.client("mira"), written()
    queue = mira.get(reverse("hotline:conversations")).content.decode()
    assert "Imejl" in queue
    whole = page_of(mira, conversation)
    assert "Imejl" in whole
    assert "Ništa se još ne šalje" in whole
    assert HERS not in queue + whole


def test_the_address_is_shown_when_it_is_asked_for(cast: Cast) -> None:
    mira, conversation = cast.client("mira"), written()
    where = reverse("hotline:sender_address", args=[conversation])
    assert HERS in mira.post(where).content.decode()
    assert mira.get(where).status_code == 405


def test_what_she_said_is_written_down_and_decides(cast: Cast) -> None:
    services.begin_postman(site=SITE)
    mira, conversation = cast.client("mira"), written()
    assert "Ovo polje" in step(mira, conversation, verb="choose_reply") or "choose_reply" in page_of(mira, conversation)
    whole = step(mira, conversation, verb="choose_reply", reply="notice")
    assert "obaveštenje bez reči iz odgovora" in whole
    answered(cast, conversation)
    assert states() == [("waiting", "")]
    assert "šalje se" in page_of(mira, conversation)


def test_what_was_not_sent_says_why_and_is_sent_again(cast: Cast) -> None:
    mira, conversation = cast.client("mira"), written()
    marked_safe(cast, conversation)
    answered(cast, conversation)
    whole = page_of(mira, conversation)
    assert "NIJE POSLATO" in whole
    assert "Slanje ovde ne radi" in whole
    services.begin_postman(site=SITE)
    said = selectors.exchange(cast.actor("mira"), conversation).messages
    cursor = next(one.cursor for one in said if one.is_ours and one.text)
    step(mira, conversation, verb="send_answer", cursor=cursor)
    assert states() == [("waiting", "")]


def test_the_queue_says_that_an_answer_did_not_go_out(cast: Cast) -> None:
    mira, conversation = cast.client("mira"), written()
    answered(cast, conversation)
    queue = reverse("hotline:conversations_now")
    assert "Ništa se još ne šalje" in mira.get(queue).content.decode()
    marked_safe(cast, conversation)
    answered(cast, conversation)
    assert "Naš odgovor NIJE POSLAT" in mira.get(queue).content.decode()
    postman = services.begin_postman(site=SITE)
    answered(cast, conversation)
    assert services.waiting_letters(postman)
    assert "NIJE POSLAT" not in mira.get(queue).content.decode()


def test_an_answer_from_before_it_was_safe_can_be_sent_now(cast: Cast) -> None:
    services.begin_postman(site=SITE)
    mira, conversation = cast.client("mira"), written()
    answered(cast, conversation)
    marked_safe(cast, conversation)
    whole = page_of(mira, conversation)
    assert "Pošalji sada poslednji odgovor" in whole
    said = selectors.exchange(cast.actor("mira"), conversation).messages
    step(mira, conversation, verb="send_answer", cursor=[one.cursor for one in said if one.is_ours and one.text][-1])
    assert states() == [("waiting", "")]


def test_a_cursor_that_is_not_ours_sends_nothing(cast: Cast) -> None:
    services.begin_postman(site=SITE)
    mira, conversation = cast.client("mira"), written()
    marked_safe(cast, conversation, "words")
    for cursor in (1, 1_000_001, 9_000_001):
        answer = mira.post(reverse("hotline:step", args=[conversation]), {"verb": "send_answer", "cursor": cursor})
        assert answer.status_code == 404
    assert states() == []


def test_the_page_that_asks_often_learns_of_it(cast: Cast) -> None:
    services.begin_postman(site=SITE)
    mira, conversation = cast.client("mira"), written()
    where = reverse("hotline:look", args=[conversation])
    before = mira.post(where, {"after": "0"}, headers={"X-Requested-With": "fetch"}).json()
    marked_safe(cast, conversation)
    after = mira.post(where, {"after": "0", "key": before["key"]}, headers={"X-Requested-With": "fetch"}).json()
    assert "obaveštenje bez reči iz odgovora" in after["parts"]["channel_note"]


def test_on_our_own_pages_nothing_of_this_is_shown(cast: Cast) -> None:
    whole = page_of(cast.client("mira"), written_on_our_pages("Halo"))
    assert "writing-back" not in whole


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_beside_a_mail_and_the_page_fits(
    cast: Cast, page: Page, live_server: LiveServer, width: int
) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    page.set_viewport_size({"width": width, "height": 800})
    conversation = written()
    services.take(actor=cast.actor("mira"), conversation_id=conversation)
    marked_safe(cast, conversation)
    answered(cast, conversation)
    page.goto(reverse("hotline:conversation", args=[conversation]))
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert faults == []
