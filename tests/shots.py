"""What do the pages look like? A demo office, a real server, a headless Chromium, and pictures of every main page.

`make shots` writes `var/shots/<language>-<width>/<page>.png`, for 1280 and 390 pixels and the three languages, and says
what a picture does not show: scripts that failed, what the policy refused, pages wider than the screen, and what axe
finds against WCAG.
`make shots` with names of pages (SHOTS="my-day case") takes only these.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import TimeoutError as Timeout

from astra.config.checks.chromium import find_chromium
from astra.config.environment import PROJECT
from astra.config.installation import WHO_CAN_SIGN_IN
from tests.shown_pages import SHOTS, Shot

CLI = [sys.executable, "-m", "astra.config"]
WIDTHS = {1280: 900, 390: 844}
LANGUAGES = ("sr-latn", "sr", "en")
PATIENCE_S, PATIENT_MS = 90, 5000
OUT = PROJECT / "var" / "shots"
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
A_PERSON = re.compile(r"^  (\w+) +((?:\w+ ){5}\w+) ", re.MULTILINE)


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
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for found in page.evaluate("async () => (await axe.run(document)).violations"):
            places = ", ".join(node["target"][0] for node in found["nodes"][:3])
            self.faults.append(f"{where}: {found['id']} ({found['impact']}): {found['help']}: {places}")


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
