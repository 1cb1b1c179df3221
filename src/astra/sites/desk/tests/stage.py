"""Where do pages stand in a browser test without a server? Requests are answered from static/built and by the test."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from astra.science.script import to_cyrillic
from astra.sites.desk.tests.sample import context

ORIGIN = "http://localhost:8000"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}

# Values that are codes or addresses; everything else is words and is shown in the script of the page.
CODES = frozenset({"tone", "icon", "key", "at", "id", "url", "href", "voicemail", "remove_url", "post_url"})


def _in_script(value: Any, language: str) -> Any:
    if language != "sr":
        return value
    if isinstance(value, str):
        return to_cyrillic(value)
    if isinstance(value, list):
        return [_in_script(one, language) for one in value]
    if isinstance(value, dict):
        return {name: one if name in CODES else _in_script(one, language) for name, one in value.items()}
    return value


def render(template: str = "desk/components.html", *, language: str = "sr-latn", **more: Any) -> str:
    """Render a page with the sample data, in one of the three languages."""
    words = {name: value if name.endswith("_url") else _in_script(value, language) for name, value in context().items()}
    with translation.override(language):
        return render_to_string(template, {"base_template": "desk/base.html", "csrf_token": "token", **words, **more})


def policy() -> str:
    """The content security policy of the settings, as a header."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(str(source) for source in sources)}" for name, sources in directives.items())


Answer = tuple[int, str] | tuple[int, str, dict[str, str]] | None


@dataclass
class Stage:
    """One page, what it asked for, and what went wrong on it."""

    browser: Browser
    html: str
    width: int = 1280
    answer: Callable[[str, dict[str, list[str]]], Answer] = lambda path, form: (204, "")
    built: Path = field(default_factory=lambda: Path(settings.STATICFILES_DIRS[0]))
    faults: list[str] = field(default_factory=list)
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)

    def open(self, *, clock: bool = False) -> Page:
        """Open the page; its faults (outside requests, missing files, script errors, CSP) are collected."""
        page = self.browser.new_page(viewport={"width": self.width, "height": 900})
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.route("**/*", self._serve)
        if clock:
            page.clock.install()
        page.goto(ORIGIN + "/")
        page.wait_for_function("document.body.classList.contains('govuk-frontend-supported')")
        return page

    def open_before_its_scripts(self) -> tuple[Page, Callable[[], None]]:
        """Open the page over a line so slow that its scripts are still on their way; call the second to let them in."""
        page = self.browser.new_page()
        waiting: list[Route] = []

        def hold(route: Route) -> None:
            waiting.append(route)

        page.route("**/*", self._serve)
        page.route("**/static/js/desk.js", hold)
        page.goto(ORIGIN + "/", wait_until="commit")
        return page, lambda: self._serve(waiting[0])

    def _heard(self, message: ConsoleMessage) -> None:
        # A refused answer is part of the play; the browser notes each one as an error of its own.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _serve(self, route: Route) -> None:
        request = route.request
        if not request.url.startswith(ORIGIN):
            self.faults.append(f"outside: {request.url}")
            route.abort()
            return
        path = urlsplit(request.url).path
        if path.startswith("/static/"):
            self._serve_file(route, self.built / path.removeprefix("/static/"))
        elif request.method == "GET":
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy()}
            route.fulfill(status=200, body=self.html, headers=headers)
        else:
            self._play(route, path, parse_qs(request.post_data or ""))

    def _serve_file(self, route: Route, path: Path) -> None:
        if not path.is_file():
            self.faults.append(f"missing: {path.name}")
            route.fulfill(status=404, body="")
            return
        route.fulfill(status=200, body=path.read_bytes(), headers={"Content-Type": TYPES[path.suffix]})

    def _play(self, route: Route, path: str, form: dict[str, list[str]]) -> None:
        self.asked.append((path, form))
        answer = self.answer(path, form)
        if answer is None:
            route.abort()
            return
        status, body, *headers = answer
        route.fulfill(status=status, body=body, headers=headers[0] if headers else {"Content-Type": "text/html"})

    def posts(self, path: str) -> list[dict[str, list[str]]]:
        """What was sent to this path so far."""
        return [form for asked, form in self.asked if asked == path]
