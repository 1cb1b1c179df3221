"""Which work is done unattended, and how often?

None of it holds a reading key (DESIGN, "Unattended work holds no reading key"). A chore is a function without
arguments in a room's services; it does a bounded piece of work and returns. What must happen within a second
runs in a loop of its own, so that a long chore never holds it up.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, close_old_connections, connections

from astra.accounts.services import visits
from astra.audit import sequencer
from astra.hotline import services as hotline
from astra.kernel.errors import AstraError
from astra.vault.services import erasure

MINUTE_S = 60.0
HOUR_S = 3600.0
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chore:
    """A piece of unattended work and how often it is done."""

    do: Callable[[], object]
    every_s: float


LOOPS: tuple[Callable[[threading.Event], None], ...] = (sequencer.run,)
CHORES = (
    Chore(erasure.finish_erasures, MINUTE_S),
    Chore(visits.sweep, MINUTE_S),
    Chore(hotline.shred_drafts, MINUTE_S),
    Chore(SessionStore.clear_expired, HOUR_S),
    Chore(erasure.sweep_orphans, HOUR_S),
    Chore(erasure.sweep_files, HOUR_S),
)


class Chores:
    """Does each chore when it is due, one after the other."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self.chores = chores
        self._due_at = [0.0] * len(chores)

    def run(self, ending: threading.Event) -> None:
        """Work until the end."""
        while not ending.wait(self.do_what_is_due(ending)):
            pass

    def do_what_is_due(self, ending: threading.Event) -> float:
        """Do every chore that is due and return the seconds until the next one is."""
        for index, chore in enumerate(self.chores):
            if ending.is_set() or time.monotonic() < self._due_at[index]:
                continue
            _do(chore)
            self._due_at[index] = time.monotonic() + chore.every_s
        return max(0.0, min(self._due_at, default=time.monotonic() + MINUTE_S) - time.monotonic())


def _do(chore: Chore) -> None:
    """Do one chore. A busy or absent database passes; the chore comes round again. Only the kind of fault is told."""
    close_old_connections()
    try:
        chore.do()
    except (AstraError, DatabaseError, OSError) as error:
        log.warning("%s did not finish: %s", chore.do.__qualname__, type(error).__name__)


def in_thread(loop: Callable[[threading.Event], None], ending: threading.Event) -> threading.Thread:
    """Run a loop beside the others; one that fails in an unforeseen way ends the worker, which is started again."""

    def work() -> None:
        try:
            loop(ending)
        finally:
            ending.set()
            connections.close_all()

    thread = threading.Thread(target=work, name=loop.__qualname__)
    thread.start()
    return thread
