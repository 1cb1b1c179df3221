"""Do two people who have never met hold a conversation: one on a telephone without scripts, one at the desk?

Real processes, as an office runs them. In Cyrillic and in Arabic; the visitor leaves, comes back with her number from
another telephone, and the counsellor turns the conversation into a case, whose team reads what was written. Where an
exchange runs, somebody else calls meanwhile: a real call through Kamailio comes up beside the conversation and is
logged with one click, and not a letter of the answer that was half typed is lost. All of it:

    tests/throwaway_kamailio.sh .venv/bin/python -m pytest -m drill tests/journeys/test_writing_to_us.py
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from astra.demo.pytest_browser import press
from tests import sipping
from tests.installation import Installation
from tests.sipping import Sipp
from tests.telephone.office import KAMAILIO, Office, fresh, log_with_one_click, until

pytestmark = [pytest.mark.drill, pytest.mark.browser]
PHONE = {"width": 360, "height": 640}
LANGUAGES = {
    "sc": (
        "Добар дан. Узели су ми пасош и не дају ми да изађем.",
        "Ту сам. Да ли сте сада на сигурном?",
        "Вратила сам се.",
    ),
    "ar": ("مرحبا، أخذوا جواز سفري ولا أستطيع الخروج.", "أنا هنا. هل أنتِ بأمان الآن؟", "لقد عدت."),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str]]:
    """An office at work."""
    place = Installation(tmp_path_factory.mktemp("writing"))
    place.astra("setup", "--practice")
    with pytest.MonkeyPatch.context() as setting:
        if KAMAILIO:
            setting.setenv("ASTRA_TELEPHONE", f"kamailio://127.0.0.1:{KAMAILIO}")
        with place.at_work() as address:
            yield place, address


@pytest.fixture(scope="module")
def counsellor(browser: Browser, office: tuple[Installation, str]) -> Iterator[Page]:
    """A counsellor's page, signed in."""
    place, address = office
    cookies: list[Any] = [
        {"name": held.name, "value": held.value or "", "url": address}
        for held in place.visit(address, "jelena").cookies
    ]
    context = browser.new_context(base_url=address, locale="en-GB")
    context.add_cookies(cookies)
    yield context.new_page()
    context.close()


def telephone(browser: Browser, address: str) -> BrowserContext:
    """An old telephone: a small screen and no scripts."""
    return browser.new_context(base_url=address, viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]  # a screen


def write(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("[data-form] button").click()
    expect(page.frame_locator("iframe").get_by_text(text)).to_be_visible()


def somebody_calls(place: Installation, counsellor: Page, typed: str) -> None:
    """A telephone rings while she writes: she answers, says with one click what it was, and writes on."""
    listening, sipp, number = Office(place), Sipp(place.folder / "sipp"), "0667778889"
    counsellor.locator("#id_text").fill(typed)
    with fresh(listening) as since, sipp.desk(sipping.answers(after_ms=4000)):
        calling = sipp.begin(sipping.speaks(number, for_ms=1000))
        rings = counsellor.locator(".astra-ring", has_text="is ringing")
        expect(rings).to_be_visible()
        rings.get_by_role("button", name="I answered this").click()
        log_with_one_click(counsellor, lambda: sipp.wait(calling))
        until(lambda: since() == (Counter(ended=1), Counter(silent=1)))
    expect(counsellor.locator("#id_text")).to_have_value(typed)
    assert number not in counsellor.content()


@pytest.mark.parametrize(
    ("language", "rings"),
    [
        *((language, False) for language in LANGUAGES),
        *(pytest.param(language, True, marks=pytest.mark.service) for language in LANGUAGES),
    ],
)
def test_a_conversation_from_the_first_word_to_the_case(
    browser: Browser, office: tuple[Installation, str], counsellor: Page, language: str, *, rings: bool
) -> None:
    place, address = office
    public, (asks, answers, again) = place.public(address), LANGUAGES[language]
    phone = telephone(browser, public)
    page = phone.new_page()
    page.goto(f"/{language}/")
    page.goto(f"/{language}/r/")
    page.locator("form[action$='/r/a/'] button").click()
    number = re.sub(r"\s", "", page.locator(".talk__number").inner_text())
    assert len(number) == 16
    write(page, asks)

    counsellor.goto("/contacts/conversations/")
    counsellor.get_by_role("button", name="Take").first.click()
    expect(counsellor.get_by_text(asks)).to_be_visible()
    if rings:
        somebody_calls(place, counsellor, answers)
    counsellor.locator("#id_text").fill(answers)
    press(counsellor, "Control+Enter")
    expect(counsellor.locator("[data-said]").get_by_text(answers)).to_be_visible()
    expect(page.frame_locator("iframe").get_by_text(answers)).to_be_visible(timeout=15_000)
    expect(counsellor.get_by_text("seen", exact=True).first).to_be_visible(timeout=15_000)

    page.locator("a.exit").first.click(no_wait_after=True)
    phone.close()
    other = telephone(browser, public)
    back = other.new_page()
    back.goto(f"/{language}/r/m/")
    expect(back.get_by_text(asks)).to_have_count(0)
    back.goto(f"/{language}/b/")
    back.locator("#code").fill(number)
    back.locator("form[action$='/b/'] button").click()
    expect(back.frame_locator("iframe").get_by_text(answers)).to_be_visible()
    write(back, again)
    expect(counsellor.get_by_text(again)).to_be_visible(timeout=15_000)

    counsellor.get_by_role("button", name="Open a case with it").click()
    expect(counsellor).to_have_url(re.compile(r"/cases/"))
    other.close()


def test_the_folder_of_the_test_says_nothing(office: tuple[Installation, str]) -> None:
    place, _ = office
    said = [text.encode() for texts in LANGUAGES.values() for text in texts]
    for path in (one for one in Path(place.folder).rglob("*") if one.is_file()):
        content = path.read_bytes()
        assert not [text for text in said if text in content], path.name
