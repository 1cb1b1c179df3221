"""Does the supervisor keep its children up, end them in peace, and leave none behind?"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from astra.config import supervisor
from astra.config.supervisor import REFUSED, Child, Supervisor

PATIENCE_S = 10.0


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def wait_until(question: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not question():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def _signals_as_before() -> object:
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def signal_when(question: Callable[[], bool], *, times: int = 1) -> threading.Thread:
    """Send this process SIGTERM once the question is answered with yes."""

    def work() -> None:
        wait_until(question)
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.1)

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_a_dead_child_is_started_again_after_a_growing_pause() -> None:
    said: list[str] = []
    child = Child("The pages", python("raise SystemExit(7)"))
    thread = signal_when(lambda: len(said) >= 2)
    assert Supervisor([child], said.append).run() == 0
    thread.join()
    assert said[:2] == [
        "The pages ended with status 7; it starts again in 1 s.",
        "The pages ended with status 7; it starts again in 2 s.",
    ]


def test_the_pause_has_a_limit_and_a_long_life_wipes_the_slate() -> None:
    child = Child("x", [])
    for _ in range(40):
        child.note_death(now=1.0)
    assert child.pause_s() == supervisor.LONGEST_PAUSE_S
    child.note_death(now=1.0 + supervisor.HEALTHY_AFTER_S)
    assert child.pause_s() == 1.0


def test_a_child_that_refuses_ends_everything(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    sleeping = f"import os, pathlib, time; pathlib.Path({str(pid)!r}).write_text(str(os.getpid())); time.sleep(60)"
    refusing = f"import pathlib\nwhile not pathlib.Path({str(pid)!r}).exists(): pass\nraise SystemExit({REFUSED})"
    children = [Child("sleeping", python(sleeping)), Child("refusing", python(refusing))]
    assert Supervisor(children, lambda line: None).run() == REFUSED
    assert not is_alive(int(pid.read_text()))


def test_children_finish_what_they_are_doing(tmp_path: Path) -> None:
    begun, done = tmp_path / "begun", tmp_path / "done"
    program = (
        "import pathlib, signal, time\n"
        "def end(*_):\n"
        f"    time.sleep(0.5); pathlib.Path({str(done)!r}).touch(); raise SystemExit\n"
        "signal.signal(signal.SIGTERM, end)\n"
        f"pathlib.Path({str(begun)!r}).touch()\n"
        "time.sleep(60)\n"
    )
    thread = signal_when(begun.exists)
    assert Supervisor([Child("working", python(program))], lambda line: None).run() == 0
    thread.join()
    assert done.exists()


def test_a_second_signal_insists(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    program = (
        "import pathlib, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"pathlib.Path({str(begun)!r}).touch()\n"
        "time.sleep(60)\n"
    )
    thread = signal_when(begun.exists, times=2)
    started = time.monotonic()
    Supervisor([Child("deaf", python(program))], lambda line: None).run()
    assert time.monotonic() - started < supervisor.GRACE_S / 2
    thread.join()


def test_a_child_ends_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    child = (
        "import os, pathlib, time\n"
        "from astra.config.supervisor import end_with_parent\n"
        "end_with_parent()\n"
        f"pathlib.Path({str(begun)!r}).write_text(str(os.getpid()))\n"
        "time.sleep(60)\n"
    )
    parent = (
        "import sys\n"
        "from astra.config.supervisor import Child, Supervisor\n"
        f"Supervisor([Child('child', [sys.executable, '-c', {child!r}])], print).run()\n"
    )
    with subprocess.Popen(python(parent)) as process:
        wait_until(lambda: begun.exists() and begun.read_text() != "")
        process.kill()
    pid = int(begun.read_text())
    wait_until(lambda: not is_alive(pid))


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and is not yet collected does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
