"""Does a counsellor get from what was said to three facts with the keyboard, in a real browser and both scripts?"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.cases.tests.making import make_case, make_contact, make_person
from astra.demo.pytest_browser import found_by_axe, press
from astra.demo.pytest_cast import Cast
from astra.hotline import services as hotline
from astra.hotline.tests.test_keyboard import signed_in
from astra.identification.models import Choice, Decision, Risk, Screening

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]
SAID = "Rekli su da je hotel, a vrata su bila zaključana."


def test_from_what_was_said_to_three_facts_and_the_risk(cast: Cast, page: Page, live_server: LiveServer) -> None:
    mira = cast.actor("mira")
    person, contact = make_person(mira), make_contact(mira, SAID)
    hotline.link_person(actor=mira, contact_id=contact, person_id=person, role="concerned")
    faults = signed_in(page, live_server, cast, "mira")
    page.goto(reverse("hotline:contact", args=[contact]))
    page.get_by_role("link", name="Begin a screening").press("Enter")
    page.wait_for_url("**/screenings/of/**")  # loaded, so that its script listens to the button
    expect(page.get_by_role("heading", name="What was heard")).to_be_visible()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('[data-source] p'))")
    page.get_by_role("button", name=re.compile("Take the marked words ?: Deceived about the nature")).press("Enter")
    expect(page.locator("#id_D1_01_words")).to_have_value(SAID)
    expect(page.locator("#id_D1_01")).to_have_value("heard")
    expect(page.locator("#id_D1_01_from")).to_have_value(f"contact:{contact}")
    assert found_by_axe(page) == []
    press(page, "Control+Enter")
    expect(page.get_by_text("An aid to listening. It decides nothing")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("where it stands"))).to_have_attribute(
        "href", reverse("hotline:contact", args=[contact])
    )
    assert found_by_axe(page) == []

    case = make_case(cast.actor("mira"), person, contact_ids=[contact])
    page.goto(reverse("cases:identification", args=[case]))
    page.get_by_role("link", name="Listen again").press("Enter")
    page.locator("summary", has_text="Exploitative conditions of work").press("Enter")
    page.select_option("#id_D4_01", "heard")
    page.fill("#id_D4_01_words", "Od jutra do noći")
    press(page, "Control+Enter")
    expect(page.get_by_role("heading", name="Different from")).to_be_visible()
    assert Screening.objects.count() == 2

    for link, fields in (
        ("Write it down ?: Decision of the competent body", {"#id_reported_on": "1.11.2026."}),
        ("Write it down ?: The person's choice", {"#id_words": "Neću još."}),
    ):
        page.goto(reverse("cases:identification", args=[case]))
        page.get_by_role("link", name=re.compile(link)).press("Enter")
        for field, value in fields.items():
            page.fill(field, value)
        assert found_by_axe(page) == []
        press(page, "Control+Enter")
        expect(page.get_by_text("Kept.")).to_be_visible()
    assert Decision.objects.count() == Choice.objects.count() == 1

    _assess_the_risk(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Српски (ћирилица)").press("Enter")
    expect(page.get_by_role("heading", name="Идентификација и ризик")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert found_by_axe(page) == []
    assert faults == []


def _assess_the_risk(page: Page) -> None:
    page.get_by_role("link", name="Assess the risk").press("Enter")
    page.select_option("#id_retaliation", "high")
    page.fill("#id_retaliation_words", "Zna gde stanuje.")
    page.fill("#id_retaliation_done", "Drugi stan.")
    press(page, "Control+Enter")
    expect(page.get_by_text("Somebody must know of a high risk now").first).to_be_visible()
    page.get_by_label("Mira").check()
    assert found_by_axe(page) == []
    press(page, "Control+Enter")
    expect(page.get_by_text("Zna gde stanuje.")).to_be_visible()
    assert Risk.objects.get().level == "high"
