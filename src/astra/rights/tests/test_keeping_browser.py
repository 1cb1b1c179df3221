"""Do two people let a file go with the keyboard, in a real browser, and can they read the pages in both scripts?"""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.cases import services as cases
from astra.cases.models import Case
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_browser import found_by_axe, pass_by, sign_off
from astra.demo.pytest_cast import Cast
from astra.hotline.tests.test_keyboard import signed_in
from astra.kernel.clock import today
from astra.rights import services
from astra.vault.models import Record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]


def narrow_and_cyrillic(page: Page) -> None:
    """The page fits a telephone and reads in Cyrillic."""
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert found_by_axe(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def test_one_proposes_another_agrees_and_it_is_gone(cast: Cast, page: Page, live_server: LiveServer) -> None:
    mira = cast.actor("mira")
    person = make_person(mira)
    case = make_case(mira, person)
    cases.close_case(actor=mira, case_id=case, outcome="independent")
    at = today() - timedelta(days=11 * 366)
    Case.objects.filter(pk=case).update(opened_on=at, closed_on=at)
    number = Case.objects.get(pk=case).number
    services.look_for_endings()

    faults = signed_in(page, live_server, cast, "jelena")
    page.goto("/")
    page.get_by_role("link", name="Kept for longer than its time").press("Enter")
    expect(page.get_by_role("heading", name="What goes when its time is over")).to_be_visible()
    assert found_by_axe(page) == []
    page.get_by_role("link", name="Case", exact=True).press("Enter")
    page.get_by_role("button", name="Propose that it goes").press("Enter")
    expect(page.get_by_text("Choose at least one line").first).to_be_visible()
    page.get_by_role("checkbox", name=number).press("Space")
    assert found_by_axe(page) == []
    narrow_and_cyrillic(page)
    page.get_by_role("button", name="Propose that it goes").press("Enter")
    expect(page.get_by_text("Somebody else has to decide")).to_be_visible()
    assert page.get_by_role("button", name="I agree: destroy it").count() == 0
    address = page.url

    sign_off(page)
    signed_in(page, live_server, cast, "ana")
    page.goto("/")
    page.get_by_role("link", name="To be destroyed, for a second person").press("Enter")
    page.get_by_role("link", name="Case: 1").press("Enter")
    expect(page).to_have_url(address)
    assert page.get_by_text(number).count() == 0
    assert found_by_axe(page) == []
    page.get_by_role("button", name="I agree: destroy it").press("Enter")
    expect(page.get_by_text("Gone: 1")).to_be_visible()
    assert Record.objects.get(pk=case).erased_at is not None
    page.goto(reverse("cases:case", args=[case]))
    expect(page.get_by_text(number)).to_have_count(0)
    assert [fault for fault in faults if "403" not in fault and "404" not in fault] == []


def test_the_alarm_stands_on_an_open_page(cast: Cast, page: Page, live_server: LiveServer) -> None:
    mira = cast.actor("mira")
    case = make_case(mira, make_person(mira, "Izmišljena Osoba"))
    services.lay_out_decoy(actor=cast.actor("jelena"), number=Case.objects.get(pk=case).number)
    signed_in(page, live_server, cast, "jelena")
    page.clock.install()
    page.goto("/")
    assert page.get_by_role("link", name="Alarm: somebody opened").count() == 0
    cast.client("mira").get(reverse("cases:case", args=[case]))
    pass_by(page, 60)  # an open page asks within the minute
    expect(page.get_by_role("link", name="Alarm: somebody opened")).to_be_visible()
    page.get_by_role("link", name="Alarm: somebody opened").press("Enter")
    expect(page.get_by_role("heading", name="Alarm files")).to_be_visible()
    assert found_by_axe(page) == []
    narrow_and_cyrillic(page)
    page.get_by_role("button", name="I have looked into it").press("Enter")
    expect(page.get_by_role("link", name="Alarm: somebody opened")).to_have_count(0)


def test_an_export_by_two_with_the_keyboard(cast: Cast, page: Page, live_server: LiveServer) -> None:
    mira = cast.actor("mira")
    case = make_case(mira, make_person(mira))
    signed_in(page, live_server, cast, "mira")
    page.goto(reverse("rights:ask_export") + f"?case={case}")
    expect(page.locator("#id_numbers")).to_have_value(Case.objects.get(pk=case).number)
    page.get_by_role("button", name="Ask a second person").press("Enter")
    expect(page.get_by_text("Write who gets it").first).to_be_visible()
    assert found_by_axe(page) == []
    narrow_and_cyrillic(page)
    page.fill("#id_recipient", "Viši sud u Beogradu")
    page.get_by_role("button", name="Ask a second person").press("Enter")
    expect(page.get_by_text("has to agree")).to_be_visible()
    address = page.url

    sign_off(page)
    signed_in(page, live_server, cast, "jelena")
    page.goto(address)
    assert found_by_axe(page) == []
    page.get_by_role("button", name="I agree: give them on").press("Enter")
    expect(page.get_by_role("heading", name="Tell the recipient these words")).to_be_visible()
    assert found_by_axe(page) == []

    sign_off(page)
    signed_in(page, live_server, cast, "mira")
    page.goto(address)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take the sealed file").press("Enter")
    assert taken.value.suggested_filename.endswith(".zip.age")
