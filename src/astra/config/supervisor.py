"""How do several processes stay up together? Start them, bring a dead one back, end them all in peace.

A child that dies is started again after a pause that doubles each time, so that a fault does not become a
storm. A child that says it cannot work here (exit status 3) ends everything: starting it again would not help.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

REFUSED = 3  # what the command line says when something is not set up
LONGEST_PAUSE_S = 10.0
HEALTHY_AFTER_S = 60.0
GRACE_S = 35.0  # five seconds more than the web server gives the requests it is answering
LOOK_EVERY_S = 0.2


@dataclass
class Child:
    """One process to keep up, and what has happened to it so far."""

    name: str
    arguments: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    deaths: int = 0

    def start(self, now: float) -> None:
        """Start the process in a group of its own: Ctrl-C reaches the supervisor alone, which ends it gently.

        Its standard input is a pipe that only the supervisor holds: when the supervisor is gone, however it
        ended, the pipe closes and the child knows that it should end too (`end_with_parent`).
        """
        self.process = subprocess.Popen(  # noqa: S603  (the table of our own commands)
            self.arguments, stdin=subprocess.PIPE, process_group=0
        )
        self.started_at = now

    def pause_s(self) -> float:
        """How long to wait before the next start."""
        return min(LONGEST_PAUSE_S, 0.5 * 2.0 ** min(self.deaths, 16))

    def collect(self) -> None:
        """Let go of a process that has ended."""
        if self.process is not None:
            self.process.wait()
            if self.process.stdin is not None:
                self.process.stdin.close()
        self.process = None

    def note_death(self, now: float) -> None:
        """Remember that it died and when to start it again; a long healthy life wipes the slate."""
        self.deaths = 1 if now - self.started_at >= HEALTHY_AFTER_S else self.deaths + 1
        self.due_at = now + self.pause_s()
        self.collect()


@dataclass
class Supervisor:
    """Keeps children up until it is told to end."""

    children: Sequence[Child]
    say: Callable[[str], None]
    _ending: threading.Event = field(default_factory=threading.Event)
    _hurry: bool = False
    _status: int = 0

    def run(self) -> int:
        """Supervise until SIGTERM, SIGINT or SIGHUP, or until a child refuses; return the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        for child in self.children:
            child.start(time.monotonic())
        while not self._ending.wait(LOOK_EVERY_S):
            for child in self.children:
                self._look_after(child)
        self._end_all()
        return self._status

    def _on_signal(self, number: int, frame: object) -> None:
        """The first signal asks for a gentle end, the second for a quick one."""
        self._hurry = self._ending.is_set()
        self._ending.set()

    def _look_after(self, child: Child) -> None:
        """Start a child again when it has died and its pause is over."""
        now = time.monotonic()
        if child.process is None:
            if now >= child.due_at:
                child.start(now)
            return
        status = child.process.poll()
        if status is None:
            return
        if status == REFUSED:
            self._status = REFUSED
            self._ending.set()
            return
        child.note_death(now)
        self.say(f"{child.name} ended with status {status}; it starts again in {child.pause_s():g} s.")

    def _end_all(self) -> None:
        """Ask every child to finish what it is doing; after the grace period, or a second signal, insist."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + GRACE_S
        while any(process.poll() is None for process in running):
            if self._hurry or time.monotonic() > until:
                for process in running:
                    process.kill()
                break
            time.sleep(0.05)
        for child in self.children:
            child.collect()


def end_with_parent() -> None:
    """In a child: end gently as soon as the supervisor is gone (its end of our standard input closes)."""

    def wait_for_the_end() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait_for_the_end, name="parent", daemon=True).start()
