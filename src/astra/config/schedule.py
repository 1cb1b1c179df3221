"""Which work is done unattended, and how often?

None of it holds a reading key (DESIGN, "Unattended work holds no reading key"). A job is a function without
arguments in a room's services; it does a bounded piece of work and returns. What must happen within a second
has a lane of its own, so that a long job never holds it up.
"""

import importlib
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import DatabaseError, close_old_connections, connections

from astra.kernel.errors import AstraError

MINUTE_S = 60.0
HOUR_S = 3600.0
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A piece of unattended work: where it lives and how often it is done."""

    target: str
    every_s: float

    def load(self) -> Callable[[], object]:
        """Find the function."""
        module, _, name = self.target.partition(":")
        function: Callable[[], object] = getattr(importlib.import_module(module), name)
        return function


LANES: dict[str, tuple[Job, ...]] = {
    "log": (),
    "chores": (),
}


class Lane(threading.Thread):
    """Does its jobs one after another, each when it is due, until it is told to end."""

    def __init__(self, name: str, jobs: Sequence[Job], ending: threading.Event) -> None:
        super().__init__(name=name)
        self._work = [(job, job.load()) for job in jobs]
        self._due_at = [0.0] * len(self._work)
        self._ending = ending

    def run(self) -> None:
        """Work until the end; a lane that fails in an unforeseen way ends the whole worker, which is started again."""
        try:
            while not self._ending.wait(self.do_what_is_due()):
                pass
        finally:
            self._ending.set()
            connections.close_all()

    def do_what_is_due(self) -> float:
        """Do every job that is due and return the seconds until the next one is."""
        for index, (job, function) in enumerate(self._work):
            if self._ending.is_set() or time.monotonic() < self._due_at[index]:
                continue
            self._do(job, function)
            self._due_at[index] = time.monotonic() + job.every_s
        return max(0.0, min(self._due_at, default=time.monotonic() + MINUTE_S) - time.monotonic())

    def _do(self, job: Job, function: Callable[[], object]) -> None:
        """Do one job. A busy or absent database passes; the job comes round again. Only the kind of fault is told."""
        close_old_connections()
        try:
            function()
        except (AstraError, DatabaseError, OSError) as error:
            log.warning("%s did not finish: %s", job.target, type(error).__name__)
