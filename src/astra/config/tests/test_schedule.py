"""Does the unattended work come round, survive a busy database, and stop when it is told to?"""

import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import OperationalError

from astra.config.schedule import CHORES, Chore, Chores, in_thread, seconds_until
from astra.hotline import services as hotline

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


@pytest.mark.parametrize(
    ("at", "hours"),
    [
        (datetime(2026, 11, 21, 2, 0, tzinfo=UTC), 24.0),  # three o'clock in Belgrade: the next night
        (datetime(2026, 11, 21, 1, 30, tzinfo=UTC), 0.5),
        (datetime(2026, 3, 28, 20, 0, tzinfo=UTC), 5.0),  # the night that skips an hour
        (datetime(2026, 10, 24, 19, 0, tzinfo=UTC), 7.0),  # the night that has one more
    ],
)
def test_the_night_begins_by_the_clock_on_the_wall(at: datetime, hours: float) -> None:
    assert seconds_until(3, at) == hours * 3600


def test_what_disturbs_people_waits_for_the_night_however_often_the_worker_starts() -> None:
    done: list[str] = []
    chores = Chores([Chore(lambda: done.append("vacuum"), 86400.0, at_hour=3)])
    assert 0.0 < chores.do_what_is_due(threading.Event()) <= 25 * 3600
    assert done == []


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


def test_what_is_kept_long_enough_is_let_go_of_every_night() -> None:
    (chore,) = [one for one in CHORES if one.do is hotline.let_go_in_time]
    assert (chore.every_s, chore.at_hour) == (86_400.0, 2)
    sweeps = {hotline.shred_drafts, hotline.forget_numbers, hotline.tidy_calls, hotline.shred_handovers}
    assert sweeps <= {one.do for one in CHORES}
