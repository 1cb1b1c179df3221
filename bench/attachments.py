"""How much memory does a file of 200 MB take on its way in and out? Through a real server, as a browser sends it."""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import HOME, machine, say

import os
import re
import threading
import time
from collections.abc import Iterator

import psutil
from django.db import connections

from astra.demo.visiting import Visit
from astra.kernel.clock import now
from bench.office import NARROW, open_office
from bench.serving import serve, sign_in, web_processes

PIECE = b"%PDF one page of her file. ".ljust(1024 * 1024, b"x")
MEGABYTES = 200


class Highest:
    """Looks at a process's memory until told to stop."""

    def __init__(self, process: psutil.Process) -> None:
        self.before = self.highest = process.memory_info().rss
        self._process = process
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._ending.wait(0.01):
            self.highest = max(self.highest, self._process.memory_info().rss)

    def growth(self) -> float:
        """Stop looking; by how many megabytes it had grown."""
        self._ending.set()
        self._thread.join()
        return (self.highest - self.before) / 1e6


def main() -> None:
    """Send a file into a case, fetch it again, and print memory and time of both."""
    print(f"a file of {MEGABYTES} MB, {now():%Y-%m-%d}, {machine()}")
    open_office()
    connections.close_all()
    server = serve()
    try:
        desk = sign_in(NARROW[0])
        web = max(web_processes(server), key=lambda one: one.memory_info().rss)
        case = re.findall(r'href="(/cases/[0-9a-f-]{36}/)"', desk.get("/cases/"))[0]
        looked = Highest(web)
        started = time.perf_counter()
        _send(desk, case)
        say("sending: growth of the web process", looked.growth(), "MB", 60)
        say("sending", time.perf_counter() - started, "s")
        document = re.findall(r'href="(/cases/documents/[0-9a-f-]{36}/)"', desk.get(case))[-1]
        desk.get(document)
        looked = Highest(web)
        started = time.perf_counter()
        received = desk.fetch(f"{document}original/")
        say("fetching: growth of the web process", looked.growth(), "MB", 60)
        say("fetching", time.perf_counter() - started, "s")
        if received != MEGABYTES * len(PIECE):
            raise ValueError(f"{received} bytes came back")
        _nothing_in_clear()
    finally:
        server.terminate()
        server.wait(30)


def _send(desk: Visit, case: str) -> None:
    path = f"{case}documents/new/"
    desk.get(path)
    given = {**desk.fields(), "kind": "medical_report", "tier": "team"}
    given = {name: value for name, value in given.items() if name != "file"}
    desk.upload(path, "file", _pieces(), MEGABYTES * len(PIECE), **given)
    if desk.url.endswith("/new/"):
        raise ValueError(re.sub(r"<[^>]+>|\s+", " ", desk.page)[:2000])


def _pieces() -> Iterator[bytes]:
    for _ in range(MEGABYTES):
        yield PIECE


def _nothing_in_clear() -> None:
    for folder, _, names in os.walk(HOME / "media"):
        for name in names:
            with open(os.path.join(folder, name), "rb") as sealed:
                if b"one page of her file" in sealed.read():
                    raise ValueError("a file lies on disk in clear")


if __name__ == "__main__":
    main()
