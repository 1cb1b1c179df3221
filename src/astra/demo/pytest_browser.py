"""Which browser do tests use? One Chromium for the whole session, a fresh context for each page."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_MS = 20_000
"""How long a page may take to show what a test expects: says nothing about Astra, only about the machine of the day."""


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium from this machine.

    Playwright's loop stays in this thread until the session ends, and Django would take every later query for one in
    an event loop; the tests wait for each other anyway, so it is told not to worry.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """An empty page of a fresh browser, at the running desk (`page.goto("/sign-in/")`)."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    yield context.new_page()
    context.close()
    let_connections_end()


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other, as somebody does who sees the whole page: its scripts are listening by then."""
    for key in keys:
        page.wait_for_load_state("load")
        page.keyboard.press(key)


def sign_off(page: Page) -> None:
    """Take somebody's visit out of the browser, with no page open that would still ask for something of hers."""
    page.goto("about:blank")
    page.context.clear_cookies()


def pass_by(page: Page, seconds: int) -> None:
    """Let time pass on a page whose clock was installed (`page.clock.install()`): what was due by then is done once."""
    page.clock.fast_forward(seconds * 1000)


def found_by_axe(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds wrong with a page: each rule with the beginnings of the places; rules that hold cost no time."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]


def let_connections_end(within_s: float = 5) -> None:
    """Wait for the server's threads to notice that the browser has hung up; else their sockets outlive the test.

    Those of a page that is still open do not end: the time is for all of them together.
    """
    until = time.monotonic() + within_s
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=max(0, until - time.monotonic()))
