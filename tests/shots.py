"""What do the pages look like? A demo office, a real server, a headless Chromium, and pictures of every main page.

`make shots` writes `var/shots/<language>-<width>/<page>.png`, for 1280 and 390 pixels and the three languages, and says
what a picture does not show: scripts that failed, what the policy refused, pages wider than the screen.
`make shots` with names of pages (SHOTS="my-day case") takes only these.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import TimeoutError as Timeout

from astra.config.checks.chromium import find_chromium
from astra.config.environment import PROJECT
from astra.config.installation import WHO_CAN_SIGN_IN

CLI = [sys.executable, "-m", "astra.config"]
WIDTHS = {1280: 900, 390: 844}
LANGUAGES = ("sr-latn", "sr", "en")
PATIENCE_S, PATIENT_MS = 90, 5000
OUT = PROJECT / "var" / "shots"
A_PERSON = re.compile(r"^  (\w+) +((?:\w+ ){5}\w+) ", re.MULTILINE)

Step = Callable[[Page], None]


@dataclass(frozen=True)
class Shot:
    """One picture: whose screen, which address, and what she does there before it is taken."""

    name: str
    who: str
    path: str
    then: tuple[Step, ...] = ()


def follow(selector: str) -> Step:
    """Go where the first such link leads."""

    def step(page: Page) -> None:
        page.goto(str(page.locator(selector).first.get_attribute("href")))

    return step


def fill(selector: str, text: str) -> Step:
    """Type into a field as a person does."""

    def step(page: Page) -> None:
        page.locator(selector).first.press_sequentially(text, delay=15)
        page.wait_for_timeout(900)

    return step


def search(text: str) -> Step:
    """Use the search box at the top, or the page's own where there is no room for it."""

    def step(page: Page) -> None:
        page.locator("main input[name=q]").first.fill(text)
        page.locator("main input[name=q]").first.press("Enter")
        page.wait_for_load_state("networkidle")

    return step


OPEN_CASE = follow("tr:has-text('Škola i smeštaj posle povratka') a")
SHOTS = (
    Shot("sign-in", "", "/sign-in/"),
    Shot("my-day-counsellor", "mira", "/"),
    Shot("my-day-case-worker", "vesna", "/"),
    Shot("my-day-coordinator", "jelena", "/"),
    Shot("my-day-volunteer", "lara", "/"),
    Shot("my-day-data-protection", "ana", "/"),
    Shot("my-day-administrator", "petar", "/"),
    Shot("my-day-educator", "outsider", "/"),
    Shot("contacts", "mira", "/contacts/"),
    Shot("contact-new", "mira", "/contacts/new/"),
    Shot("contact-new-known", "mira", "/contacts/new/", (fill("input[name=caller_name]", "Radmila Đuk"),)),
    Shot("contact", "mira", "/contacts/", (follow("tr:has-text('Radmila') a"),)),
    Shot("callbacks", "mira", "/contacts/callbacks/"),
    Shot("callback", "mira", "/", (follow("a[href^='/contacts/callbacks/']:not([href$='callbacks/'])"),)),
    Shot("drafts", "mira", "/contacts/drafts/"),
    Shot("review", "jelena", "/contacts/review/"),
    Shot("vouch", "mira", "/contacts/vouch/"),
    Shot("without-keys", "", "/contacts/without-keys/"),
    Shot("people", "mira", "/people/"),
    Shot("people-search", "mira", "/people/", (search("Đukanovic"),)),
    Shot("person", "mira", "/people/", (search("Radmila Đukanović"), follow("main a[href^='/people/0']"))),
    Shot("person-new", "mira", "/people/new/"),
    Shot(
        "person-consents",
        "vesna",
        "/",
        (
            follow("a[href^='/cases/tasks/']"),
            follow("a[href^='/cases/']:not([href*='tasks'])"),
            follow("a[href^='/consent/people/']"),
        ),
    ),
    Shot("consents-due", "jelena", "/consent/"),
    Shot("cases", "vesna", "/cases/"),
    Shot("case", "vesna", "/cases/", (OPEN_CASE,)),
    Shot("case-for-psychologist", "dunja", "/cases/", (OPEN_CASE,)),
    Shot("case-new", "mira", "/cases/new/"),
    Shot("case-group-new", "mira", "/cases/new/group/"),
    Shot("case-task-new", "vesna", "/cases/", (OPEN_CASE, follow("a[href$='/tasks/new/']"))),
    Shot("case-team", "vesna", "/cases/", (OPEN_CASE, follow("a[href$='/team/']"))),
    Shot("hand-over", "vesna", "/cases/hand-over/"),
    Shot("directory", "vesna", "/directory/"),
    Shot("directory-add", "vesna", "/directory/add/"),
    Shot("colleagues", "jelena", "/colleagues/"),
    Shot("colleague", "jelena", "/colleagues/", (follow("td a[href^='/colleagues/']"),)),
    Shot("colleague-invite", "petar", "/colleagues/invite/"),
    Shot("account", "mira", "/my/"),
    Shot("audit-log", "ana", "/log/"),
    Shot("audit-entry", "ana", "/log/", (follow("td a[href^='/log/']"),)),
    Shot("erasure", "ana", "/erasure/"),
    Shot("keys", "jelena", "/keys/"),
    Shot("nothing-here", "mira", "/people/00000000-0000-7000-8000-000000000000/"),
    Shot("not-her-desk", "mira", "/log/"),
)


@dataclass
class Office:
    """The demo being photographed: its address, its signed-in browsers, and what went wrong."""

    browser: Browser
    address: str
    passphrases: dict[str, str]
    faults: list[str] = field(default_factory=list)
    _signed_in: dict[str, BrowserContext] = field(default_factory=dict)

    def context(self, who: str) -> BrowserContext:
        """Somebody's browser; signed in once with words and the code on the page."""
        if who not in self._signed_in:
            context = self.browser.new_context(
                base_url=self.address, reduced_motion="reduce", timezone_id="Europe/Belgrade"
            )
            self._signed_in[who] = context
            if who:
                sign_in(context, who, self.passphrases[who])
        return self._signed_in[who]

    def take(self, shot: Shot, language: str) -> None:
        """Open the page, do what is to be done, and take its picture from top to bottom at every width."""
        context = self.context(shot.who)
        context.add_cookies([{"name": "language", "value": language, "url": self.address}])
        page = context.new_page()
        page.set_default_timeout(PATIENT_MS)
        where = f"{shot.name} ({language})"
        page.on("console", lambda message: self._heard(where, message))
        page.on("pageerror", lambda error: self.faults.append(f"{where}: {error}"))
        page.set_viewport_size({"width": max(WIDTHS), "height": WIDTHS[max(WIDTHS)]})
        answer = page.goto(shot.path)
        if answer is not None and answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.faults.append(f"{where}: status {answer.status}")
        try:
            for step in shot.then:
                step(page)
        except Timeout:
            self.faults.append(f"{where}: nothing to follow or type into at {page.url}")
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("document.fonts.ready")
            self._measure(page, f"{where} at {width}")
            folder = OUT / f"{language}-{width}"
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{shot.name}.png", full_page=True)
        page.close()

    def _heard(self, where: str, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.faults.append(f"{where}: {message.text}")

    def _measure(self, page: Page, where: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.faults.append(f"{where}: {wide} pixels wider than the screen")


def sign_in(context: BrowserContext, who: str, passphrase: str) -> None:
    """Words, then the code that the demo shows."""
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", passphrase)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector("input[name=code]")
    shown = re.search(r"\b\d{6}\b", page.inner_text("main"))
    assert shown is not None, "the demo shows the code"
    page.fill("input[name=code]", shown.group())
    page.press("input[name=code]", "Enter")
    page.wait_for_selector(".astra-header__who")
    page.close()


@contextmanager
def office() -> Iterator[tuple[str, dict[str, str]]]:
    """A demo installation in a home of its own, served until the block ends: its address and who can sign in.

    `SHOTS_HOME` names a home to keep.
    """
    with tempfile.TemporaryDirectory(prefix="astra-shots-") as made, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        home = Path(os.environ.get("SHOTS_HOME", str(Path(made) / "home")))
        env = {**os.environ, "ASTRA_HOME": str(home)}
        subprocess.run([*CLI, "setup", "--demo"], env=env, check=True, stdout=subprocess.DEVNULL)
        serving = subprocess.Popen([*CLI, "serve", "--port", str(port)], env=env, stdout=subprocess.DEVNULL)
        try:
            wait_for(port)
            yield (
                f"http://localhost:{port}",
                dict(A_PERSON.findall((home / WHO_CAN_SIGN_IN).read_text(encoding="utf-8"))),
            )
        finally:
            serving.terminate()
            serving.wait(PATIENCE_S)


def wait_for(port: int) -> None:
    """Wait until the pages answer."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("the pages did not come up")


def main() -> int:
    """Take every picture that was asked for; the number of faults decides the exit status."""
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium on this machine (Debian: apt install chromium): no pictures.", file=sys.stderr)
        return 1
    wanted = set((os.environ.get("SHOTS") or "").split()) | set(sys.argv[1:])
    chosen = [shot for shot in SHOTS if not wanted or shot.name in wanted]
    with office() as (address, passphrases), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        place = Office(browser, address, passphrases)
        for shot in chosen:
            for language in LANGUAGES:
                place.take(shot, language)
            print(shot.name, flush=True)
        browser.close()
    for fault in place.faults:
        print(f"FAULT {fault}")
    print(f"{len(chosen)} pages in {OUT}")
    return bool(place.faults)


if __name__ == "__main__":
    sys.exit(main())
