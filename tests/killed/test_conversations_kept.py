"""Is a word of a conversation lost or doubled when processes are killed while people write?

Visitors write as fast as they are answered, and what is not acknowledged they send again under the same mark, as their
pages do. At random moments one of the processes, or all of them, are killed with no warning. In the end every message
that was acknowledged is there, once, in its order; and each time the pages are back within half a minute. KILLS says
how often; eight by default, two hundred once before a release. ON_GIVEN=1 takes the database of the environment
(tests/throwaway_postgres.sh) and kills its processes, too.
"""

import json
import os
import random
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from uuid import uuid4

import psutil
import psycopg
import pytest

from astra.demo.conversing import NotStored, Visitor
from tests.installation import Installation, free_port

pytestmark = pytest.mark.drill
KILLS = int(os.environ.get("KILLS", "8"))
EACH_LIFE = 8
"""So many kills before everything is begun anew: a process that dies often is started again more slowly."""
WRITERS, BACK_WITHIN_S = 4, 30.0
DOORS = ("web", "public", "bell", "worker")
ON_GIVEN = bool(os.environ.get("ON_GIVEN"))
RESULT = os.environ.get("KILLS_RESULT", "")
Gone = (OSError, HTTPException, urllib.error.URLError, NotStored)


@dataclass
class Writer:
    """Somebody who writes on and on; what was acknowledged, in its order."""

    visitor: Visitor
    code: str = ""
    acknowledged: list[str] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)

    def write_on(self) -> None:
        """Write until it is enough; never more than anybody types."""
        number = 0
        while not self.ending.is_set():
            number += 1
            self._store(f"{number} {random.randrange(10**9)}")
            time.sleep(random.uniform(3.1, 3.4))  # below twenty a minute, or the page would say that it is too fast

    def _store(self, text: str) -> None:
        mark = str(uuid4())
        while not self.ending.is_set():
            try:
                self.visitor.write(text, mark=mark)
            except Gone:
                time.sleep(0.2)
            else:
                self.acknowledged.append(text)
                return


def door_of(process: psutil.Process) -> str:
    """Which of the supervised processes this is; one that is gone already is none."""
    try:
        line = process.cmdline()
    except psutil.NoSuchProcess:
        return ""
    if "public" in line:
        return "public"
    return next((name for name in DOORS if name in line), "")


def kill(server: psutil.Process, door: str) -> None:
    """Kill one of the processes with all that it started, or everything but the supervisor."""
    for child in server.children():
        if door in (door_of(child), "all"):
            for process in [*child.children(recursive=True), child]:
                try:
                    process.kill()
                except psutil.NoSuchProcess:
                    continue


def kill_database() -> None:
    """Kill one of the processes that PostgreSQL serves somebody with; it ends all others and recovers from its log."""
    others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    address = os.environ["ASTRA_DATABASE_URL"]
    # Our own connection is ended as well, and whom we chose may be gone already.
    with (
        suppress(psycopg.OperationalError, psutil.NoSuchProcess),
        psycopg.connect(address, autocommit=True) as connection,
    ):
        found = [pid for (pid,) in connection.execute(others).fetchall()]
        psutil.Process(random.choice([*found, connection.info.backend_pid])).kill()
        connection.execute("SELECT pg_sleep(5)")


def back_after_s(addresses: list[str]) -> float:
    """How long it takes until every door answers again."""
    begun = time.monotonic()
    for address in addresses:
        while True:
            try:
                urllib.request.urlopen(address, timeout=2).close()  # noqa: S310  (our own address)
            except urllib.error.HTTPError:
                break  # the bell has no pages, and says so
            except (OSError, HTTPException):
                assert time.monotonic() - begun < BACK_WITHIN_S, f"{address} is not back"
                time.sleep(0.1)
            else:
                break
    return time.monotonic() - begun


def supervisor(port: int) -> psutil.Process:
    """The process that keeps the others up."""
    for process in psutil.process_iter(["cmdline"]):
        line = process.info["cmdline"] or []
        if "serve" in line and str(port) in line:
            return process
    raise AssertionError("nobody serves")


def begin(address: str) -> list[Writer]:
    """Some conversations, each begun by another visitor."""
    found = []
    for _ in range(WRITERS):
        writer = Writer(Visitor(address, patience_s=10))
        writer.code = writer.visitor.begin()
        found.append(writer)
    return found


def read_again(writer: Writer) -> list[str]:
    """What is stored, for whoever comes with her code; a database that was killed may still be reading its log."""
    begun = time.monotonic()
    while True:
        again = Visitor(writer.visitor.address)
        try:
            assert again.come_back(writer.code)
            return again.read()
        except Gone:
            assert time.monotonic() - begun < BACK_WITHIN_S, "the conversation is not back"
            time.sleep(0.2)
        finally:
            again.close()


def check(writers: list[Writer]) -> int:
    """Every message that was acknowledged is there once and in its order; returns how many there are."""
    for writer in writers:
        stored = read_again(writer)
        assert len(stored) == len(set(stored)), "a message is there twice"
        acknowledged = set(writer.acknowledged)
        assert [text for text in stored if text in acknowledged] == writer.acknowledged
        assert len(stored) - len(acknowledged) <= 1, "only the last one may be stored and not acknowledged"
    return sum(len(writer.acknowledged) for writer in writers)


def _tell(killed: int, stored: int, longest_s: float, killed_of: Counter[str]) -> None:
    """Write down how far it has held."""
    if RESULT:
        told = {"kills": killed, "messages": stored, "longest_s": round(longest_s, 1), "of": killed_of}
        Path(RESULT).write_text(json.dumps(told), encoding="ascii")


def test_no_message_is_lost_or_doubled(tmp_path: Path) -> None:
    place, port, dice = Installation(tmp_path / "place", ON_GIVEN), free_port(), random.Random()
    killed_of: Counter[str] = Counter()
    place.folder.mkdir()
    place.astra("setup", "--practice")
    writers: list[Writer] = []
    killed, waited, stored = 0, [0.0], 0
    while killed < KILLS:
        with place.at_work(port) as address:
            public = place.public(address)
            doors = [f"{address}/sign-in/", f"{public}/sr/r/", f"http://localhost:{port + 20}/"]
            writers = writers or begin(public)
            for writer in writers:
                writer.ending.clear()
            threads = [threading.Thread(target=writer.write_on, daemon=True) for writer in writers]
            for thread in threads:
                thread.start()
            for _ in range(min(EACH_LIFE, KILLS - killed)):
                time.sleep(dice.uniform(0, 2))
                door = dice.choice([*DOORS, "public", "all", *(["database"] if ON_GIVEN else [])])
                killed_of[door] += 1
                if door == "database":
                    kill_database()
                else:
                    kill(supervisor(port), door)
                waited.append(back_after_s(doors))
                killed += 1
            time.sleep(1)
            for writer in writers:
                writer.ending.set()
            for thread in threads:
                thread.join(30)
                assert not thread.is_alive()
            stored = check(writers)
            _tell(killed, stored, max(waited), killed_of)
    with place.at_work(port):
        assert check(writers) == stored > 0
    assert place.program("tests.killed.whole") == ""
    for writer in writers:
        writer.visitor.close()
