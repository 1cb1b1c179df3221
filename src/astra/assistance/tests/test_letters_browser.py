"""Three ways through in a real browser: a scan blacked out, a letter confirmed by somebody else, questions mended."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.assistance.tests.test_questions import RIGHT, row, sheet
from astra.cases.models import Document
from astra.cases.tests.making import make_case, make_person
from astra.cases.tests.test_documents import paper
from astra.demo.pytest_browser import found_by_axe, press, sign_off
from astra.demo.pytest_cast import Cast
from astra.hotline.tests.test_keyboard import signed_in
from astra.vault.services.viewing import black_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]


@pytest.fixture
def case_url(cast: Cast) -> str:
    mira = cast.actor("mira")
    team = [cast.mira.id, cast.vesna.id]
    return reverse("cases:case", args=[make_case(mira, make_person(mira), team=team)])


@pytest.fixture(autouse=True)
def as_in_work(settings: object) -> None:
    settings.FILE_UPLOAD_HANDLERS = ["astra.vault.uploads.SealingUploadHandler"]  # type: ignore[attr-defined]  # a test fixture


def test_a_scan_is_looked_at_and_blacked_out(
    cast: Cast, page: Page, live_server: LiveServer, case_url: str, tmp_path: Path
) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    scan = tmp_path / "sken.pdf"
    scan.write_bytes(black_out([paper("<h1>Nalaz</h1><p>Milica Perić</p>")], [(1, 99, 99, 100, 100)], []).clean.data)
    page.goto(f"{case_url}documents/new/")
    page.locator("#id_file").set_input_files(scan)
    page.locator("#id_kind").select_option("medical_report")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#documents")).to_be_visible()
    page.locator("#documents").get_by_role("link").nth(1).click()
    picture = page.locator(".astra-sheet__picture")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 500
    assert found_by_axe(page) == []
    press(page, "b")
    expect(page).to_have_url(re.compile(r"/black-out/$"))
    ground = page.locator('[data-sheet="1"]')
    expect(ground.locator("img")).to_have_js_property("complete", True)
    assert faults == []
    ground.evaluate("sheet => sheet.scrollIntoView({block: 'start'})")
    box = ground.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.05, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 300)
    page.mouse.up()
    expect(page.locator("#id_areas")).to_have_value(re.compile(r"^1 5\.0 "))
    expect(page.locator(".astra-sheet__mark")).to_have_count(1)
    page.locator("#id_areas").focus()
    press(page, "End")
    page.keyboard.type("\n1 50 80 60 90")
    expect(page.locator(".astra-sheet__mark")).to_have_count(2)
    assert found_by_axe(page) == []
    press(page, "Control+Enter")
    expect(page.get_by_text("2 areas blacked out by hand.")).to_be_visible()
    expect(page.get_by_text("There words cannot be searched for")).to_be_visible()
    expect(page.locator(".astra-sheet__picture")).to_have_js_property("complete", True)
    assert Document.objects.filter(origin="blacked").count() == 1
    assert faults == []


def test_a_certificate_is_confirmed_by_somebody_else_and_printed(
    cast: Cast, page: Page, live_server: LiveServer, case_url: str
) -> None:
    signed_in(page, live_server, cast, "mira")
    letters = reverse("assistance:letters", args=[case_url.split("/")[2]])
    page.goto(letters)
    page.locator("#id_kind").select_option("service_certificate")
    page.locator("#id_about").select_option(label="Milica Perić")
    assert found_by_axe(page) == []
    press(page, "Control+Enter")
    expect(page.locator("#id_person")).to_have_value("Milica Perić")
    page.locator("#id_body").focus()
    page.keyboard.type("Имала је положај жртве у поступку.")
    press(page, "Control+Enter")
    expect(page.locator("mark")).to_have_text("жртве")
    assert found_by_axe(page) == []
    page.locator("#id_confirmer").select_option(label="Vesna")
    page.get_by_role("button", name="Ask the second person").click()
    expect(page.get_by_text("A colleague has been asked")).to_be_visible()
    expect(page.get_by_role("button", name="This letter must say it")).to_have_count(0)
    address = page.url
    sign_off(page)
    signed_in(page, live_server, cast, "vesna")
    page.goto(address)
    page.locator("#id_said").focus()
    page.keyboard.type("Sud to traži.")
    page.get_by_role("button", name="This letter must say it").click()
    page.get_by_role("button", name="Put it into the case and print").click()
    expect(page.get_by_text("Our letter", exact=True)).to_be_visible()
    expect(page.locator(".astra-sheet__picture")).to_have_js_property("complete", True)
    assert page.locator(".astra-sheet__picture").evaluate("image => image.naturalWidth") > 500


def test_questions_are_mended_and_asked_one_after_another(
    cast: Cast, page: Page, live_server: LiveServer, case_url: str, tmp_path: Path
) -> None:
    faults = signed_in(page, live_server, cast, "jelena")
    faulty, right = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    faulty.write_bytes(sheet([*RIGHT, row(type="txt", name="last")]))
    right.write_bytes(sheet())
    page.goto(reverse("assistance:question_sets"))
    press(page, "n")
    page.locator("#id_title").fill("Rad i škola")
    page.locator("#id_file").set_input_files(faulty)
    page.get_by_role("button", name="Check and keep").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("row 13, column A (type): “txt” is unknown here")
    page.locator("#id_file").set_input_files(right)
    page.get_by_role("button", name="Check and keep").click()
    expect(page.get_by_text("Rad i škola").first).to_be_visible()
    page.goto(reverse("assistance:case_questions", args=[case_url.split("/")[2]]))
    page.get_by_role("link", name="Rad i škola").click()
    expect(page.locator("#q_hours")).to_be_hidden()
    assert found_by_axe(page) == []
    page.get_by_label("Yes").focus()
    press(page, "Space")
    page.locator("#q_hours").fill("20")
    expect(page.locator("#q_where")).to_be_visible()
    page.get_by_label("Niš").check()
    expect(page.get_by_label("Second")).to_be_hidden()
    expect(page.get_by_label("First")).to_be_visible()
    press(page, "Control+Enter")
    expect(page.locator(".govuk-error-summary")).to_contain_text("needs an answer")
    assert found_by_axe(page) == []
    page.locator("#q_where").fill("Pekara")
    press(page, "Control+Enter")
    expect(page.get_by_text("Pekara")).to_be_visible()
    assert faults == []
