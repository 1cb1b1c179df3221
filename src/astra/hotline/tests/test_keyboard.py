"""Can a counsellor work a call with the keyboard alone, and does nothing she typed get lost?"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.demo.pytest_browser import press
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import Contact, Draft
from astra.kernel.clock import now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]
CONTACT = re.compile(r"/contacts/[0-9a-f-]{36}/$")


def signed_in(page: Page, server: LiveServer, cast: Cast, name: str) -> list[str]:
    """Put somebody's visit into the browser; returns the list of faults that its console will name."""
    cookies = cast.client(name).cookies
    page.context.add_cookies([{"name": key, "value": one.value, "url": server.url} for key, one in cookies.items()])
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    return faults


def test_an_ordinary_contact_with_the_keyboard_alone(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    page.goto(reverse("hotline:contacts"))
    press(page, "n")
    expect(page.locator("#contact-form")).to_be_visible()
    press(page, "2")  # about somebody else
    press(page, "Tab")
    page.keyboard.type("Mot")  # who is calling: mother
    press(page, "Tab")
    page.keyboard.type("Radmila")
    press(page, "Enter")  # saves nothing by accident
    expect(page.locator("#contact-form")).to_be_visible()
    while page.evaluate("document.activeElement.name") != "said":
        press(page, "Tab")
    page.keyboard.type("Her daughter has not called for a week.")
    expect(page.locator('[data-draft-state="saved"]')).to_be_visible()
    press(page, "Control+Enter")
    expect(page).to_have_url(CONTACT)
    sheet = selectors.sheet(cast.actor("sanja"), Contact.objects.get().pk)
    assert sheet.line.coded.kind == "about_someone"
    assert sheet.line.coded.caller_role == "mother"
    assert sheet.words is not None
    assert sheet.words.content.said == "Her daughter has not called for a week."
    assert Draft.objects.get().contact_id == sheet.line.id
    assert faults == []


def test_what_was_typed_is_there_after_the_window_is_gone(cast: Cast, page: Page, live_server: LiveServer) -> None:
    signed_in(page, live_server, cast, "mira")
    page.goto(reverse("hotline:new"))
    page.fill("#id_said", "Half a sent")
    expect(page.locator('[data-draft-state="saved"]')).to_be_visible()
    page.goto(reverse("hotline:drafts"), wait_until="load")
    page.get_by_role("link", name="Go on").click()
    expect(page.locator("#id_said")).to_have_value("Half a sent")
    page.fill("#id_said", "Half a sentence")
    expect(page.locator('[data-draft-state="saved"]')).to_be_visible()
    assert dict(selectors.draft(cast.actor("sanja"), Draft.objects.get().pk).values)["said"] == "Half a sentence"


def test_one_key_saves_a_silent_call_and_one_takes_it_back(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "lara")
    page.goto(reverse("hotline:contacts"))
    press(page, "1")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert Contact.objects.get().kind == "silent"
    press(page, "z")
    expect(page.get_by_text("It is not counted.")).to_be_visible()
    assert Contact.objects.get().standing == "withdrawn"
    assert faults == []


def test_the_caller_is_recognised_while_her_name_is_typed(
    cast: Cast, page: Page, live_server: LiveServer, make: Callable[..., NewContact]
) -> None:
    mira = cast.actor("mira")
    rang = now() - timedelta(days=1)
    services.record_call(
        actor=mira,
        draft_id=cast.mira.id,
        contact=make(received_at=rang),
        registering=[services.Registering("caller", "Đurđica Živković")],
    )
    signed_in(page, live_server, cast, "mira")
    page.goto(reverse("hotline:new"))
    page.locator("#id_caller_name").press_sequentially("djurdjica ziv")
    page.get_by_role("button", name="This is the caller").click()
    expect(page.get_by_text("Before you call")).to_be_visible()
    expect(page.get_by_text("Do not mention the daughter", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Earlier contacts")).to_be_visible()
