"""Can work, school and a child's protection be written down with the keyboard alone? In a real browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.assistance.models import Placement, Receipt
from astra.assistance.tests.test_browser import choose, fill
from astra.cases.tests.making import make_case
from astra.demo.pytest_browser import found_by_axe, press
from astra.demo.pytest_cast import Cast
from astra.directory import services as directory
from astra.directory.rules import Entry
from astra.hotline import services as hotline
from astra.hotline.rules.employers import Entry as CheckedEntry
from astra.hotline.tests.test_keyboard import signed_in
from astra.kernel.clock import today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]

DAY = timedelta(days=1)


def in_writing(days: int) -> str:
    return f"{today() + days * DAY:%d.%m.%Y.}"


def warn_of(cast: Cast, name: str) -> None:
    mira = cast.actor("mira")
    checked = hotline.add_organisation(actor=mira, entry=CheckedEntry(name, "agency"), is_organisation=True)
    hotline.add_finding(
        actor=mira,
        organisation_id=checked,
        what="website",
        source="primer.example",
        on=today(),
        verdict="warnings",
        flags={"no_contract": "traže novac unapred"},
    )


def test_from_a_curriculum_vitae_to_the_third_month(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    warn_of(cast, "Sunčani put d.o.o.")
    case = make_case(cast.actor("mira"))
    page.goto(reverse("assistance:work", args=[case]))
    press(page, "v")
    fill(page, "name", "Ana Anić")
    fill(page, "experience", "Dve godine u sigurnoj kući")
    press(page, "Control+Enter")
    expect(page.get_by_text("Some of these words say too much").first).to_be_visible()
    fill(page, "experience", "Dve godine u pekari")
    press(page, "Control+Enter")
    with page.expect_download() as taken:
        page.get_by_role("button", name="PDF: Српски (ћирилица)").press("Enter")
    assert "Ana" not in taken.value.suggested_filename
    press(page, "a")
    fill(page, "employer", "Сунчани пут")
    fill(page, "post", "Recepcija")
    fill(page, "applied_on", in_writing(-110))
    press(page, "Control+Enter")
    page.get_by_role("link", name="Write down the answer").press("Enter")
    choose(page, "answer", "offered")
    fill(page, "answered_on", in_writing(-105))
    press(page, "Control+Enter")
    expect(page.get_by_text("Offered the work")).to_be_visible()
    press(page, "w")
    fill(page, "began_on", in_writing(-100))
    fill(page, "employer", "Сунчани пут")
    fill(page, "post", "Recepcija")
    choose(page, "sector", "I")
    press(page, "Control+Enter")
    expect(page.get_by_text("The register has warnings about an employer of this name").first).to_be_visible()
    expect(page.get_by_role("link", name="Sunčani put d.o.o.")).to_be_visible()
    expect(page.locator("#id_post")).to_have_value("Recepcija")
    assert found_by_axe(page) == []
    assert Placement.objects.count() == 0
    fill(page, "despite", "Druga firma istog imena, bili smo tamo")
    press(page, "Control+Enter")
    expect(page.get_by_text("In the register, with warnings")).to_be_visible()
    page.get_by_role("link", name="Write down the answer 3").press("Enter")
    choose(page, "answer", "works_there")
    press(page, "Control+Enter")
    expect(page.get_by_text("Works there")).to_be_visible()
    assert found_by_axe(page) == []
    assert faults == []


def test_from_enrolment_to_an_exam(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    case = make_case(cast.actor("mira"))
    page.goto(reverse("assistance:school", args=[case]))
    press(page, "n")
    choose(page, "kind", "secondary")
    fill(page, "began_on", in_writing(-60))
    fill(page, "where", "Ekonomska škola")
    press(page, "Control+Enter")
    page.get_by_role("link", name="Add an exam").press("Enter")
    fill(page, "on", in_writing(-61))
    fill(page, "subject", "Matematika")
    press(page, "Control+Enter")
    expect(page.get_by_text("The exam is before the enrolment").first).to_be_visible()
    fill(page, "on", in_writing(0))
    press(page, "Control+Enter")
    page.get_by_role("link", name="Write down how it ended").press("Enter")
    choose(page, "result", "passed")
    fill(page, "mark", "4")
    press(page, "Control+Enter")
    expect(page.get_by_text("Matematika: Passed (4)")).to_be_visible()
    page.get_by_role("link", name="Add a scholarship").press("Enter")
    fill(page, "amount", "12000")
    fill(page, "since", in_writing(0))
    fill(page, "until", in_writing(90))
    choose(page, "funded_by", "donor")
    press(page, "Control+Enter")
    expect(page.get_by_text("RSD a month")).to_be_visible()
    assert found_by_axe(page) == []
    assert faults == []


def test_a_family_is_not_traced_before_the_child_wants_it(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    case = make_case(cast.actor("mira"))

    def decide(*, is_wanted: bool) -> None:
        page.goto(reverse("assistance:child_entry", args=[case, "best_interest"]))
        choose(page, "code", "stay")
        fill(page, "who", "Staratelj i dete")
        fill(page, "child_said", "Hoću da čujem majku" if is_wanted else "Ne znam")
        page.get_by_label("Tracing the family was assessed as safe").press("Space")
        if is_wanted:
            page.get_by_label("The child wants the family to be traced").press("Space")
        press(page, "Control+Enter")
        expect(page.get_by_text("Hoću da čujem majku" if is_wanted else "Ne znam")).to_be_visible()

    def trace() -> None:
        page.goto(reverse("assistance:child_entry", args=[case, "tracing"]))
        choose(page, "code", "asked_red_cross")
        press(page, "Control+Enter")

    decide(is_wanted=False)
    trace()
    expect(page.get_by_text("Family is traced only when").first).to_be_visible()
    decide(is_wanted=True)
    trace()
    expect(page.get_by_text("Request to the Red Cross")).to_be_visible()
    expect(page.get_by_text("Treated as a child:")).to_be_visible()
    assert found_by_axe(page) == []
    assert faults == []


def test_a_receipt_is_written_signed_and_voided(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    case = make_case(cast.actor("mira"))
    page.goto(reverse("assistance:receipts", args=[case]))
    press(page, "n")
    choose(page, "kind", "money")
    fill(page, "amount", "-5")
    fill(page, "for_what", "prevoz")
    fill(page, "payee", "Ana Anić")
    choose(page, "funded_by", "donor")
    press(page, "Control+Enter")
    expect(page.get_by_text("Enter an amount above 0").first).to_be_visible()
    fill(page, "amount", "1.500,50")
    press(page, "Control+Enter")
    expect(page.get_by_role("heading", name=f"1/{today().year}")).to_be_visible()
    page.get_by_role("link", name="The paper is signed").press("Enter")
    page.get_by_role("button", name="Keep").press("Enter")
    expect(page.get_by_text("Signed", exact=True)).to_be_visible()
    page.get_by_role("link", name="Void the receipt").press("Enter")
    choose(page, "void", "mistake")
    press(page, "Control+Enter")
    expect(page.get_by_text("Void: Written wrongly")).to_be_visible()
    assert Receipt.objects.get().number == 1
    assert found_by_axe(page) == []
    assert faults == []


def test_the_forms_and_the_list_of_employers(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    mira = cast.actor("mira")
    case = make_case(mira)
    directory.add_organisation(actor=cast.actor("jelena"), entry=Entry("Pekara Zora", "business"))
    page.goto(reverse("assistance:employers"))
    press(page, "n")
    page.locator("#id_organisation_id").select_option(label="Pekara Zora")
    fill(page, "offers", "Praksa i posao")
    press(page, "Control+Enter")
    expect(page.get_by_role("heading", name="Pekara Zora")).to_be_visible()
    assert found_by_axe(page) == []
    page.goto(reverse("assistance:cv", args=[case]))
    assert found_by_axe(page) == []
    parts = ("apply_for_job", "place", "enrol", "write_receipt")
    addresses = [reverse(f"assistance:{part}", args=[case]) for part in parts]
    addresses += [reverse("assistance:child_entry", args=[case, kind]) for kind in ("guardian", "age", "best_interest")]
    for address in addresses:
        page.goto(address)
        page.locator("main form button").last.press("Enter")  # with its faults shown
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        assert found_by_axe(page) == [], address
    assert faults == []
