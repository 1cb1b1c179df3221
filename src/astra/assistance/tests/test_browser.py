"""Can a colleague plan with the person, go out and give her signs with the keyboard alone? In a real browser."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils.timezone import localtime
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.assistance import selectors, services
from astra.assistance.models import FieldAction
from astra.assistance.tests.test_bookings import on_the_register, tomorrow
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_browser import found_by_axe, press
from astra.demo.pytest_cast import Cast
from astra.hotline.tests.test_keyboard import signed_in
from astra.kernel.clock import LOCAL, now, today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]


def fill(page: Page, name: str, value: str) -> None:
    page.locator(f"#id_{name}").focus()
    press(page, "Control+a")
    page.keyboard.type(value)


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"#id_{name}").select_option(value)


def test_a_plan_is_made_with_the_person_and_reviewed(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    mira = cast.actor("mira")
    case = make_case(mira)
    page.goto(reverse("assistance:plan", args=[case]))
    choose(page, "agreement", "agreed")
    fill(page, "her_words", "Korak po korak")
    fill(page, "review_on", f"{today() + timedelta(days=30):%d.%m.%Y.}")
    press(page, "Control+Enter")
    expect(page.get_by_text("Korak po korak")).to_be_visible()
    page.goto(reverse("assistance:goal", args=[case]))
    choose(page, "domain", "work")
    fill(page, "her_words", "Svoj posao")
    press(page, "Control+Enter")
    expect(page.get_by_role("heading", name="Svoj posao")).to_be_visible()
    page.goto(reverse("assistance:review", args=[case]))
    fill(page, "her_words", "Sporije")
    press(page, "Control+Enter")
    expect(page.get_by_text("Sporije")).to_be_visible()
    services.rate(actor=mira, case_id=case, rated_by="herself", values={"housing": 3})
    page.reload()
    assert found_by_axe(page) == []
    assert faults == []


def test_a_way_out_with_signs_and_an_alarm(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    case = make_case(cast.actor("mira"))
    page.goto(reverse("assistance:plan_field", args=[case]))
    begins, back = localtime(now(), LOCAL), localtime(now() + timedelta(hours=2), LOCAL)
    for name, at in (("begins_at", begins), ("back_by", back)):
        fill(page, f"{name}_0", f"{at:%d.%m.%Y.}")
        fill(page, f"{name}_1", f"{at:%H:%M}")
    choose(page, "risk", "raised")
    fill(page, "place", "Autobuska stanica")
    press(page, "Control+Enter")
    expect(page.get_by_text("Autobuska stanica")).to_be_visible()
    action = FieldAction.objects.get()
    page.goto(reverse("assistance:field_action", args=[action.pk]))
    page.get_by_role("button", name="Set out").press("Enter")
    expect(page.get_by_role("button", name="I am all right")).to_be_visible()
    FieldAction.objects.update(next_sign_at=now() - timedelta(minutes=10))
    assert services.raise_alarms() == 1
    page.goto(reverse("assistance:out"))
    expect(page.get_by_text("No sign of life")).to_be_visible()
    assert found_by_axe(page) == []
    page.goto(reverse("assistance:field_action", args=[action.pk]))
    page.get_by_role("button", name="I am all right").press("Enter")
    expect(page.get_by_text("No sign of life")).to_have_count(0)
    page.get_by_role("button", name="Back safely").press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Back again"))).to_be_visible()
    assert faults == []


def test_group_work_stands_in_each_file(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    mira = cast.actor("mira")
    files = [make_case(mira, make_person(mira, name)) for name in ("Ana Anić", "Bojana Bojić")]
    page.goto(reverse("assistance:group"))
    page.locator("#id_numbers").focus()
    for case in files:
        page.keyboard.type(selectors.assistance_page(mira, case).facts.number)
        press(page, "Enter")
    fill(page, "topic", "Kako se piše prijava")
    press(page, "Control+Enter")
    expect(page).to_have_url(re.compile(reverse("cases:index")))
    assert [selectors.assistance_page(mira, case).service_count for case in files] == [1, 1]
    assert faults == []


def test_from_a_free_bed_to_leaving(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "jelena")
    page.goto(reverse("assistance:beds"))
    press(page, "n")
    fill(page, "name", "Jedan")
    press(page, "Control+Enter")
    page.get_by_role("link", name="Add a bed").press("Enter")
    fill(page, "room", "Prva soba")
    fill(page, "label", "Kraj prozora")
    page.get_by_label("Women").press("Space")
    press(page, "Control+Enter")
    expect(page.get_by_text("1 bed free on the first night")).to_be_visible()
    jelena = cast.actor("jelena")
    case = make_case(jelena)
    taken = make_case(jelena, make_person(jelena, "Jana Janić"))
    page.goto(reverse("assistance:case", args=[case]))
    press(page, "b")
    expect(page.get_by_text("Free tonight: Jedan · Prva soba · Kraj prozora (Women).")).to_be_visible()
    page.locator("#id_bed_id").select_option(label="Jedan · Prva soba · Kraj prozora (Women)")
    page.get_by_label("The house rules were spoken of and agreed").press("Space")
    press(page, "Control+Enter")
    expect(page.get_by_text("house rules agreed on")).to_be_visible()
    assert found_by_axe(page) == []
    page.goto(reverse("assistance:book_stay", args=[taken]))
    page.locator("#id_bed_id").select_option(label="Jedan · Prva soba · Kraj prozora (Women)")
    fill(page, "remark", "Dolazi sa koferom")
    press(page, "Control+Enter")
    expect(page.get_by_text("already taken for 7 of these nights").first).to_be_visible()
    expect(page.locator("#id_remark")).to_have_value("Dolazi sa koferom")
    page.goto(reverse("assistance:beds"))
    expect(page.get_by_text("0 beds free on the first night")).to_be_visible()
    assert found_by_axe(page) == []
    page.goto(reverse("assistance:case", args=[case]))
    page.get_by_role("link", name="Leaves").press("Enter")
    choose(page, "reason", "own_home")
    press(page, "Control+Enter")
    expect(page.get_by_text("To a home of one")).to_be_visible()
    assert faults == []


def test_book_refuse_call_off_and_book_again(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "vesna")
    on_the_register(cast)
    first, second = (make_case(cast.actor("vesna")) for _ in range(2))
    wanted = f"{tomorrow(10):%d.%m.%Y.}"

    def ask(case: UUID) -> None:
        page.goto(reverse("assistance:case", args=[case]))
        press(page, "i")
        choose(page, "language", "ar")
        page.locator("#id_interpreter_id").select_option(index=1)
        fill(page, "begins_0", wanted)
        fill(page, "begins_1", "10:00")
        fill(page, "ends", "12")
        choose(page, "purpose", "hearing")
        page.locator('input[name="conflict"][value="none_found"]').press("Space")
        fill(page, "place", "Sudnica 14")
        press(page, "Control+Enter")

    ask(first)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    fill(page, "ends", "12:00")
    assert found_by_axe(page) == []
    press(page, "Control+Enter")
    expect(page.locator("#interpreters")).to_contain_text("Sudnica 14")
    assert found_by_axe(page) == []
    ask(second)
    fill(page, "ends", "12:00")
    press(page, "Control+Enter")
    expect(page.get_by_text("booked already from 10:00 to 12:00").first).to_be_visible()
    expect(page.locator("#id_place")).to_have_value("Sudnica 14")
    page.goto(reverse("assistance:interpreters") + f"?from={tomorrow(10).date().isoformat()}")
    expect(page.get_by_text("10:00 – 12:00")).to_have_count(1)
    assert found_by_axe(page) == []
    page.goto(reverse("assistance:case", args=[first]))
    page.get_by_role("button", name=re.compile("Call it off")).press("Enter")
    expect(page.locator("#interpreters")).to_contain_text("Called off")
    ask(second)
    fill(page, "ends", "12:00")
    press(page, "Control+Enter")
    expect(page.locator("#interpreters")).to_contain_text("Sudnica 14")
    assert faults == []
