"""How long do eight people wait for their pages? On a filled organisation, served as in an office.

Four sit in the wide hotline circle, four in circles with ten records; each pauses one second between pages. First
without searching, for the memory of the web process without the index; then with it, once the index is open.
`make bench-load`; SIZE=10 takes a tenth, DATABASE=postgres measures on PostgreSQL, SECONDS_OF_LOAD says how long.
"""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import machine, say

import os
import random
import re
import statistics
import threading
import time
import urllib.error
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil
from django.db import connections

from astra.demo.cast import EVERYBODY, Person
from astra.demo.visiting import Visit
from astra.kernel.clock import now
from bench.office import NARROW, open_office
from bench.serving import serve, sign_in, web_processes

SECONDS = int(os.environ.get("SECONDS_OF_LOAD", "120"))
LONGEST_OPENING = 600
WIDE = ("mira", "sanja", "milena", "jelena")
PROMISES = {
    "case list": 150,
    "contact list": 150,
    "my day": 150,
    "case page": 150,
    "saving a contact": 250,
    "known?": 100,
}


@dataclass
class Waited:
    """How long each kind of page took, in milliseconds."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str, seconds: float) -> None:
        """One page has come."""
        with self.lock:
            self.times[what].append(seconds * 1000)


def visit(person: Person, desk: Visit, waited: Waited, ending: float, *, searches: bool) -> None:
    """One person's shift: each kind of page once a round, in any order, one second between them."""
    chance = random.Random(person.key)  # noqa: S311  (which page comes next is no secret)
    is_wide = person.key in WIDE
    steps = ["my day", "case list", "case page"] + (["contact list"] if is_wide else [])
    steps += (["known?"] + (["saving a contact"] if is_wide else [])) if searches else []
    where = "wide" if is_wide else "ten records"
    time.sleep(chance.random() * len(steps))  # people do not come through the door in step
    while time.perf_counter() < ending:
        chance.shuffle(steps)
        for step in steps:
            time.sleep(1)
            try:
                waited.note(f"{step}, {where}", _step(desk, step, chance))
            except (urllib.error.URLError, LookupError) as error:
                waited.faults.append(f"{step}: {error}")


def _step(desk: Visit, step: str, chance: random.Random) -> float:
    if step == "saving a contact":
        return _save(desk)
    if step == "case page":
        links = re.findall(r'href="(/cases/[0-9a-f-]{36}/)"', desk.get("/cases/"))
        path = chance.choice(links) if links else "/cases/"
        return _timed(lambda: desk.get(path))
    if step == "known?":
        desk.get("/people/")
        name = chance.choice(("Jovanovic", "Марија", "Djordjevic Ana", "Petrov", "Sabo", "Nikola K"))
        return _timed(lambda: desk.post("/people/known/", q=name))
    path = {"my day": "/", "case list": "/cases/", "contact list": "/contacts/"}[step]
    return _timed(lambda: desk.get(path))


def _save(desk: Visit) -> float:
    desk.get("/contacts/new/")
    filled = {**desk.fields(), "kind": "about_someone", "caller_role": "citizen", "said": "Pita za savet. " * 20}
    filled = {name: value for name, value in filled.items() if name not in ("is_paper", "save")}
    took = _timed(lambda: desk.post("/contacts/new/", **filled, save="1"))
    if "/new/" in desk.url:
        raise LookupError("the contact was not saved")
    return took


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def work(desks: dict[Person, Visit], seconds: float, *, searches: bool) -> Waited:
    """Everybody works for a while; returns how long they waited."""
    waited = Waited()
    ending = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=visit, args=(person, desk, waited, ending), kwargs={"searches": searches})
        for person, desk in desks.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waited


def open_index(desk: Visit) -> float:
    """Search until the search cards have been read; returns how long that took."""
    started = time.perf_counter()
    desk.get("/people/")
    while "astra-quiet" in desk.post("/people/known/", q="Xqzwy"):  # nobody is called so: the page says how far it is
        desk.get("/people/")
        time.sleep(0.5)
        if time.perf_counter() - started > LONGEST_OPENING:
            raise TimeoutError("the search cards were not read in time")
    return time.perf_counter() - started


def main() -> None:
    """Fill, serve, load, and print the waits at the 95th percentile."""
    engine = connections["default"].vendor
    print(f"eight people at work on {engine}, {now():%Y-%m-%d}, {machine()}")
    open_office()
    connections.close_all()
    server = serve()
    try:
        desks = {person: sign_in(person) for person in (*EVERYBODY, *NARROW) if person.key in WIDE or person in NARROW}
        quiet = work(desks, SECONDS / 4, searches=False)
        _memory(server, "without the index", 400)
        say("opening the search cards", open_index(next(iter(desks.values()))), "s")
        waited = work(desks, SECONDS, searches=True)
        _report(waited)
        _memory(server, "with the index")
        print(f"faults: {len(quiet.faults) + len(waited.faults)}", *(quiet.faults + waited.faults)[:5], sep="\n")
    finally:
        server.terminate()
        server.wait(30)


def _report(waited: Waited) -> None:
    for what, times in sorted(waited.times.items()):
        promise = PROMISES[what.partition(",")[0]]
        p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        say(f"{what}: p95 of {len(times)} (median {statistics.median(times):.0f} ms)", p95, "ms", promise)


def _memory(server: psutil.Popen, when: str, promise: float | None = None) -> None:
    for process in web_processes(server):
        say(f"memory of the web process {when}", process.memory_info().rss / 1e6, "MB", promise)


if __name__ == "__main__":
    main()
