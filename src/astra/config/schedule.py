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
from datetime import UTC, datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, close_old_connections, connections

from astra.accounts.services import visits
from astra.assistance import services as assistance
from astra.audit import sequencer
from astra.hotline import services as hotline
from astra.kernel.clock import LOCAL, now
from astra.kernel.errors import AstraError
from astra.rights import services as rights
from astra.vault.services import erasure

MINUTE_S = 60.0
HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chore:
    """A piece of unattended work and how often it is done."""

    do: Callable[[], object]
    every_s: float
    at_hour: int | None = None
    """For what disturbs people at work: not before this hour of the night, however often the worker starts."""


LOOPS: tuple[Callable[[threading.Event], None], ...] = (sequencer.run,)
CHORES = (
    Chore(erasure.finish_erasures, MINUTE_S),
    Chore(visits.sweep, MINUTE_S),
    Chore(assistance.raise_alarms, MINUTE_S),
    Chore(hotline.shred_drafts, MINUTE_S),
    Chore(hotline.sweep_conversations, MINUTE_S),
    Chore(rights.sweep_visits, MINUTE_S),
    Chore(hotline.forget_numbers, MINUTE_S),
    Chore(hotline.tidy_calls, MINUTE_S),
    Chore(hotline.tidy_channels, MINUTE_S),
    Chore(hotline.shred_handovers, HOUR_S),
    Chore(SessionStore.clear_expired, HOUR_S),
    Chore(erasure.sweep_orphans, HOUR_S),
    Chore(erasure.sweep_files, HOUR_S),
    Chore(rights.look_for_endings, DAY_S, at_hour=1),
    Chore(rights.expire_exports, MINUTE_S),
    Chore(hotline.let_go_in_time, DAY_S, at_hour=2),
    Chore(erasure.rewrite_keystore, DAY_S, at_hour=3),
)


class Chores:
    """Does each chore when it is due, one after the other."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self.chores = chores
        self._due_at = [_first(chore) for chore in chores]

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
            again_s = chore.every_s if chore.at_hour is None else seconds_until(chore.at_hour, now())
            self._due_at[index] = time.monotonic() + again_s
        return max(0.0, min(self._due_at, default=time.monotonic() + MINUTE_S) - time.monotonic())


def _first(chore: Chore) -> float:
    return 0.0 if chore.at_hour is None else time.monotonic() + seconds_until(chore.at_hour, now())


def seconds_until(hour: int, at: datetime) -> float:
    """How long until the clock on the wall next shows this full hour."""
    wall = at.astimezone(LOCAL)
    then = wall.replace(hour=hour, minute=0, second=0, microsecond=0)
    if then <= wall:
        then += timedelta(days=1)  # of the calendar: also where a night has 23 or 25 hours
    return (then.astimezone(UTC) - at).total_seconds()


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
