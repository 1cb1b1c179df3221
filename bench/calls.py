"""How long until a ringing telephone is before everybody's eyes, and what does hearing of a call cost?

A real Kamailio hands over real calls that sipp places; the pages, the bell, the worker and the telephone process are
those of an office, and the banner appears in a real Chromium. The time runs from the moment in which Kamailio got the
call until the banner stands on the page. Then many calls a second: each must be one contact.

`make bench-calls` needs the Debian packages kamailio, kamailio-extra-modules, sip-tester and chromium.
"""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import machine, say

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
import psutil

from astra.config.checks.chromium import find_chromium
from tests import sipping
from tests.installation import Installation, free_port
from tests.sipping import Sipp
from tests.telephone.office import KAMAILIO, Office, fresh, until

POPS = int(os.environ.get("POPS", "20"))
CALLS, RATE = int(os.environ.get("CALLS", "500")), int(os.environ.get("RATE", "50"))
SCRIPT = Path(__file__).parents[1] / "tests" / "throwaway_kamailio.sh"
WATCH = """() => {
  window.popped = [];
  const shown = document.querySelector('[data-calls-shown]');
  new MutationObserver(() => {
    for (const one of shown.querySelectorAll('[data-call]')) {
      if (!window.popped.some(([id]) => id === one.dataset.call)) window.popped.push([one.dataset.call, Date.now()]);
    }
  }).observe(shown, { childList: true, subtree: true });
}"""


def main() -> None:
    """Measure, and say."""
    if not KAMAILIO:
        os.execv("/bin/sh", ["sh", str(SCRIPT), sys.executable, "-m", "bench.calls"])  # noqa: S606  (our own script)
    print(machine(), flush=True)
    folder = Path(tempfile.mkdtemp(prefix="astra-calls-"))
    try:
        place = Installation(folder)
        place.astra("setup", "--practice")
        os.environ["ASTRA_TELEPHONE"] = f"kamailio://127.0.0.1:{KAMAILIO}"
        for bell in ("", "0"):
            pops(place, has_bell=not bell)
        del os.environ["ASTRA_TELEPHONE"]
        many(Office(place))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def pops(place: Installation, *, has_bell: bool) -> None:
    """From the first ring to the banner."""
    port = int(os.environ.get("DESK_PORT", "0")) or free_port()
    with place.at_work(port) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_chromium()), args=["--no-sandbox"])
        page = signed_in(place, address, browser.new_context(base_url=address).new_page(), has_bell=has_bell)
        sipp, office = Sipp(place.folder / "sipp"), Office(place)
        before = {row for row, _ in rings(office)}
        with sipp.desk(sipping.answers(after_ms=1500)):
            for _ in range(POPS):
                sipp.call(sipping.speaks(for_ms=200))
        popped = dict(page.evaluate("window.popped"))
        browser.close()
    rang = {
        f"{row[:8]}-{row[8:12]}-{row[12:16]}-{row[16:20]}-{row[20:]}": at
        for row, at in rings(office)
        if row not in before
    }
    waits = sorted((popped[one] - at) / 1000 for one, at in rang.items() if one in popped)
    way = "with the bell" if has_bell else "by asking alone"
    say(f"calls that popped up {way}, of {POPS}", len(waits), "calls", POPS)
    say(f"first ring to banner {way}, median", statistics.median(waits), "s")
    say(f"first ring to banner {way}, p95", statistics.quantiles(waits, n=20)[-1], "s", 1.0)
    say(f"first ring to banner {way}, longest", waits[-1], "s")


def signed_in(place: Installation, address: str, page: Page, *, has_bell: bool) -> Page:
    """A counsellor's page that is being watched."""
    cookies = place.visit(address, "jelena").cookies
    page.context.add_cookies([{"name": one.name, "value": one.value or "", "url": address} for one in cookies])
    if not has_bell:
        page.add_init_script("delete window.WebSocket")
    page.goto("/contacts/callbacks/")
    page.evaluate(WATCH)
    time.sleep(2)
    return page


def rings(office: Office) -> list[tuple[str, float]]:
    """When each call rang, in milliseconds, by its id."""
    rows = office.place.ask("select record_id, (julianday(rang_at) - 2440587.5) * 86400000.0 from hotline_call")
    return [(str(row), float(at)) for row, at in rows]


def many(office: Office) -> None:
    """Many calls a second."""
    office.begin()
    time.sleep(4)
    with fresh(office) as since, Sipp(office.place.folder / "sipp").desk(sipping.answers(after_ms=200)):
        before, began = cpu(office), time.monotonic()
        Sipp(office.place.folder / "sipp").call(sipping.speaks(for_ms=300), count=CALLS, rate=RATE)
        placed_s = time.monotonic() - began
        until(lambda: since()[0]["ended"] == CALLS, within_s=180)
        heard_s = time.monotonic() - began
        spent = cpu(office) - before
        contacts = sum(since()[1].values())
    office.kill()
    say(f"contacts of {CALLS} calls, {RATE} a second", contacts, "contacts", CALLS)
    say("placed within", placed_s, "s")
    say("all heard after", heard_s, "s")
    say("processor time of the listener for a call (three events)", 1000 * spent / CALLS, "ms")


def cpu(office: Office) -> float:
    """The processor time that the listener has taken."""
    assert isinstance(office.listening, psutil.Popen)
    times = office.listening.cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    main()
