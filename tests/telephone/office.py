"""How does a test listen to a real exchange as an office does? A whole installation, and its telephone process."""

import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
from playwright.sync_api import Page, expect

from tests.installation import CLI, Installation

KAMAILIO = os.environ.get("ASTRA_TEST_KAMAILIO", "")
WITHIN_S = 30.0


@dataclass
class Office:
    """An installation whose telephone process listens, is killed and begins again."""

    place: Installation
    listening: psutil.Popen | None = None

    def begin(self) -> None:
        """Begin to listen."""
        env = {**self.place.env, "ASTRA_TELEPHONE": f"kamailio://127.0.0.1:{KAMAILIO}"}
        with self.place.log.open("ab") as output:
            command = [*CLI, "telephone"]
            self.listening = psutil.Popen(command, env=env, stdout=output, stderr=subprocess.STDOUT)

    def kill(self) -> float:
        """Kill the listener without warning; returns the processor time that it took."""
        assert self.listening is not None
        spent = self.listening.cpu_times()
        self.listening.send_signal(signal.SIGKILL)
        self.listening.wait(30)
        self.listening = None
        return float(spent.user + spent.system)

    def states(self) -> Counter[str]:
        """How many calls stand how."""
        return Counter(state for (state,) in self.place.ask("select state from hotline_call"))

    def contacts(self) -> Counter[str]:
        """How many contacts there are of calls, by what they are: their kind, else their standing."""
        rows = self.place.ask("select kind, standing from hotline_contact where source = 'call'")
        return Counter(kind or standing for kind, standing in rows)


@contextmanager
def fresh(office: Office) -> Iterator[Callable[[], tuple[Counter[str], Counter[str]]]]:
    """What has come since: states of calls, and contacts."""
    before = office.states(), office.contacts()

    def since() -> tuple[Counter[str], Counter[str]]:
        now = office.states(), office.contacts()
        return now[0] - before[0], now[1] - before[1]

    yield since


def until(holds: Callable[[], bool], within_s: float = WITHIN_S) -> None:
    """Wait until something holds."""
    patience_ends = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < patience_ends, "it did not come to hold"
        time.sleep(0.05)


def log_with_one_click(page: Page, until_over: Callable[[], None]) -> None:
    """Wait until the call that she answered is over, and log it as silent from the banner."""
    hers = page.locator(".astra-ring", has_text="You answered")
    expect(hers).to_be_visible()
    until_over()
    expect(hers.get_by_text("Ended")).to_be_visible()
    hers.get_by_text("One click").click()
    hers.get_by_role("button", name="Silent").click()
    expect(hers).to_have_count(0)
