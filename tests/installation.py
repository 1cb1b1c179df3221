"""How does a test have a whole real installation? A home of its own, real keys, processes killed without warning."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from astra.demo.cast import EVERYBODY
from astra.demo.visiting import Visit

CLI = [sys.executable, "-m", "astra.config"]
DATABASES = ("ASTRA_DATABASE_URL", "ASTRA_KEYSTORE_URL")
NOT_OURS = ("ASTRA_CHEAP_KEYS_FOR_TESTS", "DJANGO_SETTINGS_MODULE", *DATABASES)
PROJECT = Path(__file__).parents[1]
STARTS_WITHIN_S = 60.0


@dataclass(frozen=True)
class Installation:
    """A home in a folder of its own, with the log of what its processes say beside it."""

    folder: Path
    is_on_given_database: bool = False
    """Whether it uses the database of the environment instead of one in its home."""

    @property
    def home(self) -> Path:
        """Where its data lives."""
        return self.folder / "home"

    @property
    def log(self) -> Path:
        """What its processes said."""
        return self.folder / "log"

    @property
    def env(self) -> dict[str, str]:
        """The environment of its processes."""
        kept = DATABASES if self.is_on_given_database else ()
        own = {name: value for name, value in os.environ.items() if name not in NOT_OURS or name in kept}
        temporary = self.folder / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        paths = f"{PROJECT}/src:{PROJECT}"
        return {**own, "ASTRA_HOME": str(self.home), "TMPDIR": str(temporary), "PYTHONPATH": paths}

    def astra(self, *arguments: str) -> str:
        """Run one command; returns what it printed."""
        return self._run([*CLI, *arguments])

    def program(self, module: str, *arguments: str) -> str:
        """Run a program of ours in the installation's environment; returns what it printed."""
        return self._run([sys.executable, "-m", module, *arguments])

    def _run(self, command: list[str]) -> str:
        ended = subprocess.run(command, env=self.env, cwd=PROJECT, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def ask(self, question: str) -> list[Any]:  # Any: columns of every type
        """Ask its SQLite database, beside the processes that use it."""
        database = sqlite3.connect(f"file:{self.home / 'astra.sqlite3'}?mode=ro", uri=True, timeout=20)
        try:
            return database.execute(question).fetchall()
        finally:
            database.close()

    @contextmanager
    def at_work(self, port: int = 0) -> Iterator[str]:
        """Serve the pages with the worker beside them, give their address, and kill everything without warning."""
        port = port or free_port()
        with self.log.open("ab") as output:
            command = [*CLI, "serve", "--port", str(port)]
            server = psutil.Popen(command, env=self.env, stdout=output, stderr=subprocess.STDOUT)
            try:
                address = f"http://localhost:{port}"
                _wait_for(f"{address}/sign-in/")
                _wait_for(f"{self.public(address)}/sr/r/")
                yield address
            finally:
                kill(server)

    @staticmethod
    def public(address: str) -> str:
        """The address of the public pages beside the desk's."""
        host, _, port = address.rpartition(":")
        return f"{host}:{int(port) + 10}"

    def visit(self, address: str, key: str) -> Visit:
        """Somebody of the invented organisation signs in."""
        person = next(one for one in EVERYBODY if one.key == key)
        code = re.search(rf"^\s*{key}\s.*?(\d{{6}})", self.astra("demo", "codes"), re.MULTILINE)
        assert code
        browser = Visit(address)
        browser.sign_in(person.key, person.passphrase, code[1])
        return browser


def kill(server: psutil.Popen) -> None:
    """Kill a process and all that it started."""
    for process in [*server.children(recursive=True), server]:
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    server.wait(30)


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(page: str) -> None:
    patience_ends = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            urllib.request.urlopen(page, timeout=STARTS_WITHIN_S).close()  # noqa: S310  (our own address)
        except OSError:
            assert time.monotonic() < patience_ends, "the server did not come up"
            time.sleep(0.2)
        else:
            return
