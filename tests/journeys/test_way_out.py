"""Does the way out hold in a real browser: always in sight, quick, and is nothing of ours shown behind it?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, Route, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from astra.demo.pytest_browser import found_by_axe, let_connections_end, press
from astra.demo.pytest_cast import Cast
from astra.hotline.models import ConversationVisit
from astra.sites.public.languages import SPOKEN
from astra.sites.public.tests.door import public_door

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]

WIDE, HIGH = 390, 844
READ = ("", "a/", "c/", "d/", "e/", "f/", "g/", "h/", "i/", "r/", "b/")
EACH_TIME = ("sr", "sc", "en", "ar")
"""Both scripts, English and one from right to left are looked at each time, all ten before a change is kept."""
ELSEWHERE = "<!doctype html><title>Weather</title><p>Rain until noon</p>"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The public site, running: a server of its own, for the other door has other middleware."""
    with public_door():
        running = LiveServer("localhost")
        yield running.url
        running.stop()


@pytest.fixture
def site(cast: Cast, server: str) -> str:
    """The running public site of an office with people in it."""
    return server


def visit(browser: Browser, site: str, **more: Any) -> BrowserContext:  # Any: options of a context
    """A fresh browser on a telephone."""
    screen = ViewportSize(width=WIDE, height=HIGH)
    context = browser.new_context(base_url=site, viewport=screen, locale="en-GB", **more)
    play_elsewhere(context)
    return context


def play_elsewhere(context: BrowserContext) -> None:
    """Answer for the site that the way out leads to."""

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body=ELSEWHERE)

    context.route(f"{settings.ENV.exit_to}**", answer)


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = visit(browser, site)
    yield context.new_page()
    context.close()
    let_connections_end()


@pytest.fixture
def still_page(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context = visit(browser, site, java_script_enabled=False)
    yield context.new_page()
    context.close()
    let_connections_end()


def is_away(page: Page) -> None:
    expect(page.get_by_text("Rain until noon")).to_be_visible()
    assert page.url == settings.ENV.exit_to


def way_out(page: Page) -> FloatRect:
    """Where the button stands on the screen."""
    box = page.locator(".exit").bounding_box()
    assert box is not None
    return box


@pytest.mark.parametrize("letter", READ)
def test_the_way_out_stays_in_sight_without_a_script(still_page: Page, letter: str) -> None:
    for path in ("sr", "ar"):
        still_page.goto(f"/{path}/{letter}")
        still_page.locator(".foot").scroll_into_view_if_needed()
        still_page.mouse.wheel(0, 20_000)
        expect(still_page.locator("#pages")).to_be_in_viewport()
        box = way_out(still_page)
        assert 0 <= box["y"] <= HIGH - box["height"]
        assert 0 <= box["x"] <= WIDE - box["width"]
        assert min(box["height"], box["width"]) >= 44


def test_the_link_leads_out_without_a_script(still_page: Page) -> None:
    still_page.goto("/en/e/")
    still_page.locator(".exit").click()
    is_away(still_page)


def test_shift_three_times_leads_out_and_back_shows_nothing(page: Page) -> None:
    page.goto("/en/")
    page.goto("/en/f/")
    press(page, "Shift")
    expect(page.locator("[data-exit-said]")).to_have_text("Press Shift twice more to leave.")
    press(page, "Shift")
    expect(page.locator("[data-exit-said]")).to_have_text("Press Shift once more to leave.")
    press(page, "Shift")
    is_away(page)
    page.go_back()
    is_away(page)
    assert "Information" not in page.content()


def test_back_inside_the_site_is_an_ordinary_back(page: Page) -> None:
    page.goto("/en/")
    page.goto("/en/f/")
    page.go_back()
    expect(page.get_by_role("heading", name="How we can help")).to_be_visible()


def test_whoever_left_can_come_again_on_purpose(page: Page) -> None:
    page.goto("/en/")
    page.locator(".exit").click()
    is_away(page)
    page.goto("/en/")
    expect(page.get_by_role("heading", name="How we can help")).to_be_visible()
    page.goto("/en/e/")
    page.go_back()
    expect(page.get_by_role("heading", name="How we can help")).to_be_visible()


def test_capital_letters_lead_nowhere(page: Page) -> None:
    page.goto("/en/d/")
    page.get_by_label("What did you see or hear?").press_sequentially("ABC Three MEN")
    press(page, "Shift+X", "Shift+Y", "Shift+Z")
    expect(page.locator("[data-exit-said]")).to_have_text("")
    expect(page.get_by_label("What did you see or hear?")).to_have_value("ABC Three MENXYZ")


def test_leaving_closes_the_visit_and_every_window(page: Page) -> None:
    page.goto("/en/r/")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("Your number", exact=True)).to_be_visible()
    assert ConversationVisit.objects.count() == 1
    other = page.context.new_page()
    other.goto("/en/r/")
    other.locator(".exit").click()
    is_away(other)
    is_away(page)
    other.goto("/en/r/")
    expect(other.get_by_role("button", name="Begin")).to_be_visible()
    assert ConversationVisit.objects.count() == 0
    assert page.context.cookies() == []


def test_the_pages_open_as_quickly_by_keyboard(still_page: Page) -> None:
    still_page.goto("/sr/f/")
    reached = []
    for _ in range(2):
        still_page.keyboard.press("Tab")
        reached.append(still_page.locator(":focus").inner_text())
    assert reached == ["Pređi na tekst", "Napusti ovu stranicu"]


@pytest.mark.parametrize("path", [spoken.path for spoken in SPOKEN])
def test_pages_fit_the_screen_and_axe_finds_nothing(page: Page, path: str) -> None:
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.on("request", lambda request: heard.append(request.url) if request.url.startswith("https:") else None)
    for letter in READ:
        page.goto(f"/{path}/{letter}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = found_by_axe(page) if path in EACH_TIME else []
        assert (letter, wide, found) == (letter, 0, [])
    assert heard == []


def test_a_form_is_filled_in_sent_and_answered_without_a_script(still_page: Page) -> None:
    still_page.goto("/sr/c/")
    still_page.get_by_role("button", name="Pošalji", exact=True).click()
    expect(still_page.get_by_role("alert")).to_contain_text("Obrazac je još prazan")
    still_page.get_by_label("Ko je poslodavac?").fill("Hotel Kod Bora")
    still_page.get_by_role("button", name="Pošalji", exact=True).click()
    expect(still_page.get_by_text("Tvoj broj", exact=True)).to_be_visible()
    still_page.locator(".exit").click()
    is_away(still_page)
    still_page.goto("/sr/r/")
    expect(still_page.get_by_role("button", name="Počni")).to_be_visible()


def test_the_questions_are_answered_without_a_script_and_without_a_trace_in_the_address(still_page: Page) -> None:
    still_page.goto("/sc/a/")
    still_page.get_by_label("Неко те закључава").check()
    still_page.locator("main form button").click()
    expect(still_page.get_by_role("heading", name="Пре свега: безбедност")).to_be_visible()
    assert still_page.url.endswith("/sc/a/")
    assert still_page.context.cookies() == []


def test_the_browser_asks_for_few_and_small_things(page: Page) -> None:
    fetched: list[str] = []
    page.on("response", lambda response: fetched.append(Path(response.url).name))
    page.goto("/en/i/")
    assert set(fetched) <= {"i", "public.css", "public.js", "icon-document.svg"}


def test_what_was_typed_and_ticked_is_not_in_the_profile_that_is_left_behind(
    browser: Browser, chromium: str, site: str, tmp_path: Path
) -> None:
    left = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=chromium, args=["--no-sandbox"], base_url=site, locale="sr-RS"
    )
    play_elsewhere(left)
    page = left.pages[0]
    page.goto("/sr/a/")
    page.get_by_label("Neko te zaključava").check()
    page.locator("main form button").click()
    expect(page.get_by_role("heading", name="Pre svega: bezbednost")).to_be_visible()
    page.goto("/sr/c/")
    page.get_by_label("Ko je poslodavac?").fill("Zlatokrilac")
    page.get_by_role("button", name="Pošalji", exact=True).click()
    number = "".join(page.locator(".talk__number").inner_text().split())
    page.locator(".exit").click()
    is_away(page)
    left.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert kept.count(site.removeprefix("http://").encode()) > 0, "the address stays, and the pages say so"
    for marker in ("Zlatokrilac", "zaključava", "bezbednost", "is=locked", "poslodavac", number):
        assert [form for form in ("utf-8", "utf-16-le") if marker.encode(form) in kept] == [], marker
