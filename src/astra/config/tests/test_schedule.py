"""Does the unattended work come round, survive a busy database, and stop when it is told to?"""

import threading
import time

import pytest
from django.db import OperationalError

from astra.config.schedule import Chore, Chores, in_thread

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_a_chore_is_done_when_it_is_due_and_not_before() -> None:
    done: list[str] = []
    chores = Chores([Chore(lambda: done.append("often"), 0.0), Chore(lambda: done.append("seldom"), 3600.0)])
    for _ in range(3):
        chores.do_what_is_due(threading.Event())
    assert done == ["often", "seldom", "often", "often"]


def test_the_pause_lasts_until_the_next_chore_is_due() -> None:
    chores = Chores([Chore(lambda: None, 5.0), Chore(lambda: None, 3600.0)])
    assert 4.0 < chores.do_what_is_due(threading.Event()) <= 5.0


def test_a_busy_database_passes_and_tells_nothing_of_what_it_was_about(caplog: pytest.LogCaptureFixture) -> None:
    def busy() -> None:
        raise OperationalError("Jelena Petrović")

    chores = Chores([Chore(busy, 3600.0)])
    chores.do_what_is_due(threading.Event())
    assert "OperationalError" in caplog.text
    assert "Jelena" not in caplog.text


def test_nothing_more_is_begun_once_the_end_has_come() -> None:
    ending = threading.Event()
    done: list[int] = []
    chores = Chores([Chore(ending.set, 1.0), Chore(lambda: done.append(1), 1.0)])
    chores.do_what_is_due(ending)
    assert done == []


def test_a_loop_that_ends_ends_the_worker() -> None:
    ending = threading.Event()
    in_thread(lambda ending: time.sleep(0.01), ending).join()
    assert ending.is_set()
