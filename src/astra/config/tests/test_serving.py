"""Does a real installation come up, stay up, refuse what is unsafe, and end in peace? Real processes, a real home."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

CLI = [sys.executable, "-m", "astra.config"]
PATIENCE_S = 60.0
TEST_SETTINGS = ("ASTRA_CHEAP_KEYS_FOR_TESTS", "ASTRA_DATABASE_URL", "ASTRA_KEYSTORE_URL", "DJANGO_SETTINGS_MODULE")


def astra(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command of a real installation: none of the settings of the tests reach it."""
    return subprocess.run([*CLI, *arguments], env=real(home, **more), capture_output=True, text=True, check=False)


def real(home: Path, **more: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in TEST_SETTINGS}
    return {**own, "ASTRA_HOME": str(home), **more}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with invented people, and no past that takes time to invent."""
    home = tmp_path_factory.mktemp("office") / "home"
    made = astra(home, "setup", "--practice")
    assert made.returncode == 0, made.stdout + made.stderr
    return home


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path, port: int) -> Iterator[psutil.Popen]:
    """Serve until the block ends."""
    process = psutil.Popen([*CLI, "serve", "--port", str(port)], env=real(home), stdout=subprocess.DEVNULL)
    try:
        answer_from(port)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_S)


def answer_from(port: int) -> int:
    """The status of the first answer that comes."""
    until = time.monotonic() + PATIENCE_S
    while True:
        connection = HTTPConnection("localhost", port, timeout=PATIENCE_S)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status
        except OSError:
            assert time.monotonic() < until, "no answer came"
            time.sleep(0.1)
        finally:
            connection.close()


def child(process: psutil.Process, name: str) -> psutil.Process:
    """The child that does this part of the work, once it is there."""
    until = time.monotonic() + PATIENCE_S
    while True:
        for each in process.children():
            if name in each.cmdline():
                return each
        assert time.monotonic() < until, f"no {name}"
        time.sleep(0.1)


def test_it_stays_up_stays_closed_and_ends_in_peace(home: Path, port: int) -> None:
    """One office, one day: starting takes seconds, so the day is lived through once."""
    with serving(home, port) as process:
        for name in ("worker", "web"):
            killed = child(process, name)
            killed.kill()
            killed.wait(PATIENCE_S)
            assert child(process, name).pid != killed.pid
        assert answer_from(port) < 500
        assert [path for path in home.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
        family = process.children(recursive=True)
        assert len(family) >= 3  # the pages, the process that makes them, the unattended work
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0
    assert psutil.wait_procs(family, PATIENCE_S)[1] == []


def test_cheap_keys_are_refused(home: Path, port: int) -> None:
    for command in (("serve", "--port", str(port)), ("web", "--port", str(port)), ("setup",)):
        refused = astra(home, *command, ASTRA_CHEAP_KEYS_FOR_TESTS="1")
        assert refused.returncode == 3
        assert "cheaply" in refused.stderr


def test_a_taken_port_is_said_at_once(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = astra(home, "serve", "--port", str(port))
    assert refused.returncode == 3
    assert f"Port {port} is taken" in refused.stderr


def test_without_an_installation_set_up_is_named(tmp_path: Path) -> None:
    refused = astra(tmp_path, "serve")
    assert refused.returncode == 3
    assert "astra setup" in refused.stderr


def test_set_up_can_be_run_again_and_keeps_the_kind(home: Path) -> None:
    assert astra(home, "setup").returncode == 0
    refused = astra(home, "setup", "--demo")
    assert refused.returncode == 3
    assert "another kind" in refused.stderr
