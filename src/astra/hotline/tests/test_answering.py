"""Can a counsellor answer with the keyboard alone, see what is true, and lose nothing she typed? In a real browser."""

import re
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from astra.demo.pytest_browser import found_by_axe, pass_by, press
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import Contact, Conversation, Talk
from astra.hotline.rules import conversations as rules
from astra.hotline.rules.canned_answers import canned_answers
from astra.hotline.selectors import Visiting
from astra.hotline.tests.test_keyboard import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]
CYRILLIC, ARABIC = "Добар дан, треба ми помоћ", "أحتاج إلى مساعدة"
EVIL = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
DOWN = re.compile(r"Failed to load resource|net::ERR")


def written(*texts: str, language: str = "sr") -> Visiting:
    """Somebody who wrote these and has the page open."""
    visiting, _, _ = services.begin_conversation(line="sos_trafficking", language=language)
    for text in texts:
        services.write(visiting=visiting, text=text, mark=uuid4())
    return visiting


def opened(page: Page, found: UUID) -> None:
    page.goto(reverse("hotline:conversation", args=[found]))
    expect(page.locator("[data-said]")).to_be_visible()


def said(visiting: Visiting) -> list[str]:
    return [one.text for one in selectors.exchange_for_visitor(visiting).messages if one.text]


def test_a_conversation_with_the_keyboard_alone(cast: Cast, page: Page, live_server: LiveServer) -> None:
    page.clock.install()
    faults = signed_in(page, live_server, cast, "mira")
    page.goto(reverse("hotline:conversations"))
    expect(page.get_by_text("Nobody is waiting")).to_be_visible()
    visiting = written(CYRILLIC)
    pass_by(page, 5)
    expect(page.get_by_role("button", name="Take")).to_be_visible()  # it came by itself
    expect(page).to_have_title(re.compile(r"^\(1\) "))
    press(page, "t")
    box = page.locator("#id_text")
    expect(box).to_be_focused()
    page.keyboard.type("Овде сам.")
    press(page, "Enter")
    page.keyboard.type("Слушам вас.")
    press(page, "Control+Enter")
    ours = page.locator("[data-ours]", has_text="Слушам вас.")
    expect(ours.locator("[data-state]")).to_have_text("stored")
    assert said(visiting) == [CYRILLIC, "Овде сам.\nСлушам вас."]
    services.mark_seen_by_visitor(visiting=visiting, number=Talk.objects.get().last)
    pass_by(page, 5)
    expect(ours.locator("[data-state]")).to_have_text("seen")
    services.write(visiting=visiting, text=ARABIC, mark=uuid4())
    pass_by(page, 5)
    arrived = page.locator("[data-text]", has_text=ARABIC)
    expect(arrived).to_be_visible()
    assert arrived.evaluate("element => getComputedStyle(element).direction") == "rtl"
    press(page, "Escape", "l")
    expect(page.locator("#contact-form")).to_be_visible()
    expect(page.locator("#id_channel")).to_have_value("web_chat")
    press(page, "1", "Control+Enter")
    expect(page.get_by_text("Logged:")).to_be_visible()
    assert selectors.contact_of(visiting.conversation.pk) == Contact.objects.get().pk
    press(page, "Escape", "e", "Tab")
    page.keyboard.type("An answer")
    press(page, "Tab", "Enter")
    expect(page.get_by_text("It opens again when the person writes.")).to_be_visible()
    assert Conversation.objects.get().state == rules.ENDED
    assert faults == []


def test_parking_leads_back_to_the_queue(cast: Cast, page: Page, live_server: LiveServer) -> None:
    signed_in(page, live_server, cast, "mira")
    visiting = written("Halo")
    services.take(actor=cast.actor("mira"), conversation_id=visiting.conversation.pk)
    opened(page, visiting.conversation.pk)
    press(page, "Escape", "p", "Tab", "Enter")
    expect(page).to_have_url(re.compile(r"/conversations/$"))
    assert Conversation.objects.get().state == rules.PARKED


def test_taken_by_somebody_else_while_she_types(cast: Cast, page: Page, live_server: LiveServer) -> None:
    page.clock.install()
    signed_in(page, live_server, cast, "mira")
    visiting = written("Halo")
    found = visiting.conversation.pk
    services.take(actor=cast.actor("mira"), conversation_id=found)
    opened(page, found)
    page.locator("#id_text").press_sequentially("Dugo pišem ovaj odgovor")
    services.take(actor=cast.actor("sanja"), conversation_id=found)
    pass_by(page, 5)
    expect(page.get_by_text(f"{cast.sanja.person.work_name} is answering.")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value("Dugo pišem ovaj odgovor")
    press(page, "Control+Enter")
    refused = page.locator("[data-unsent]")
    expect(refused).to_contain_text("NOT SENT.")
    expect(refused).to_contain_text("Dugo pišem ovaj odgovor")
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("You are answering.")).to_be_visible()
    refused.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-unsent]")).to_have_count(0)
    expect(page.locator("[data-ours] [data-state]")).to_have_text("stored")
    assert said(visiting) == ["Halo", "Dugo pišem ovaj odgovor"]


def test_a_refused_answer_goes_back_into_the_box(cast: Cast, page: Page, live_server: LiveServer) -> None:
    signed_in(page, live_server, cast, "mira")
    found = written("Halo").conversation.pk
    services.take(actor=cast.actor("sanja"), conversation_id=found)
    opened(page, found)
    page.fill("#id_text", "Samo da ne nestane")
    press(page, "Control+Enter")
    page.fill("#id_text", "i ovo")
    page.get_by_role("button", name="Put it back into the box").click()
    expect(page.locator("#id_text")).to_have_value("Samo da ne nestane\ni ovo")
    expect(page.locator("[data-unsent]")).to_have_count(0)


def test_without_a_connection_it_says_so_and_sends_once_later(cast: Cast, page: Page, live_server: LiveServer) -> None:
    page.clock.install()
    faults = signed_in(page, live_server, cast, "mira")
    visiting = written("Halo")
    found = visiting.conversation.pk
    services.take(actor=cast.actor("mira"), conversation_id=found)
    opened(page, found)
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        if not lost:
            lost.append(route.request.url)
            route.fetch()  # it arrives and is stored; only the acknowledgement is lost
            route.abort()
        else:
            route.continue_()

    page.context.route("**/answer/", lose_the_answer)
    page.fill("#id_text", "Jednom")
    press(page, "Control+Enter")
    pass_by(page, 3)
    expect(page.locator("[data-ours] [data-state]")).to_have_text("stored")
    expect(page.locator("[data-unsent]")).to_have_count(0)
    page.context.unroute("**/answer/")
    page.context.route("**/*", lambda route: route.abort())
    page.fill("#id_text", "Kasnije")
    press(page, "Control+Enter")
    expect(page.get_by_text("NOT SENT yet. It is tried again.")).to_be_visible()
    pass_by(page, 15)
    expect(page.get_by_text("NO CONNECTION.")).to_be_visible()
    page.context.unroute("**/*")
    pass_by(page, 15)
    expect(page.get_by_text("NO CONNECTION.")).to_be_hidden()
    expect(page.locator("[data-unsent]")).to_have_count(0)
    assert said(visiting) == ["Halo", "Jednom", "Kasnije"]
    assert [fault for fault in faults if not DOWN.search(fault)] == []


def test_the_queue_says_when_it_is_out_of_date(cast: Cast, page: Page, live_server: LiveServer) -> None:
    page.clock.install()
    signed_in(page, live_server, cast, "mira")
    visiting = written("Halo")
    page.goto(reverse("hotline:conversations"))
    link = page.get_by_role("link", name=re.compile("^Open it"))
    link.focus()
    written("Drugi")
    pass_by(page, 10)
    expect(page.get_by_role("button", name="Take")).to_have_count(2)
    expect(page.locator(f"#open-{visiting.conversation.pk}")).to_be_focused()  # redrawn under her, and still there
    page.context.route("**/now/", lambda route: route.abort())
    pass_by(page, 15)
    expect(page.get_by_text("NO CONNECTION.")).to_be_visible()
    page.context.unroute("**/now/")
    pass_by(page, 15)
    expect(page.get_by_text("NO CONNECTION.")).to_be_hidden()


def test_ready_answers_go_where_the_caret_stands(cast: Cast, page: Page, live_server: LiveServer) -> None:
    signed_in(page, live_server, cast, "mira")
    found = written(ARABIC, language="ar").conversation.pk
    services.take(actor=cast.actor("mira"), conversation_id=found)
    opened(page, found)
    words = canned_answers()[0].texts["ar"]
    page.fill("#id_text", "--")
    page.locator("#id_text").evaluate("box => box.setSelectionRange(1, 1)")
    press(page, "Escape", "r")
    page.get_by_role("button", name="Welcome").first.click()
    expect(page.locator("#id_text")).to_have_value(f"- {words}-")
    expect(page.locator("#id_text")).to_be_focused()


def test_seen_is_said_only_of_what_stands_on_the_screen(cast: Cast, page: Page, live_server: LiveServer) -> None:
    page.clock.install()
    signed_in(page, live_server, cast, "mira")
    visiting = written(*[f"poruka {number}\n" + "red\n" * 6 for number in range(8)])
    found = visiting.conversation.pk
    services.take(actor=cast.actor("mira"), conversation_id=found)
    opened(page, found)
    page.locator("[data-said-box]").evaluate("list => { list.scrollTop = 0; }")
    services.write(visiting=visiting, text="najnovije", mark=uuid4())
    pass_by(page, 5)
    expect(page.get_by_role("button", name="New messages below")).to_be_visible()
    assert not selectors.exchange_for_visitor(visiting).messages[-1].is_seen
    with page.expect_response(lambda answer: "seen=" in (answer.request.post_data or "")):
        page.get_by_role("button", name="New messages below").click()
    assert selectors.exchange_for_visitor(visiting).messages[-1].is_seen


def test_markup_stays_words_and_axe_finds_nothing(cast: Cast, page: Page, live_server: LiveServer) -> None:
    page.clock.install()
    faults = signed_in(page, live_server, cast, "mira")
    visiting = written(CYRILLIC, EVIL, ARABIC)
    page.goto(reverse("hotline:conversations"))
    assert found_by_axe(page) == []
    opened(page, visiting.conversation.pk)
    assert found_by_axe(page) == []
    services.take(actor=cast.actor("mira"), conversation_id=visiting.conversation.pk)
    services.write(visiting=visiting, text=EVIL + "2", mark=uuid4())
    pass_by(page, 5)
    expect(page.locator("[data-text]", has_text=EVIL + "2")).to_be_visible()
    expect(page.get_by_text("You are answering.")).to_be_visible()
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert found_by_axe(page) == []
    assert "taken" not in page.title()
    assert faults == []
