"""How long do eight people wait for their pages? On a filled organisation, served as in an office.

Four sit in the wide hotline circle, four in circles with ten records; each pauses one second between pages.
`ASTRA_BENCH_HOME` keeps the filled home (var/bench/...); ASTRA_DATABASE_URL chooses PostgreSQL. SIZE=10 takes a tenth.
"""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import HOME, SIZE, machine, say

import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

import psutil
from django.contrib.auth import get_user_model
from django.db import connections

from astra.cases import services as cases
from astra.demo import second_factors
from astra.demo.cast import EVERYBODY, Employed, build, employ, Person
from astra.demo.filling import SIZES, Size, fill
from astra.demo.inventing import Inventor
from astra.demo.visiting import Visit
from astra.kernel.clock import now, today
from astra.people import services as people

PORT = 8055
SECONDS = int(os.environ.get("SECONDS_OF_LOAD", "120"))
WIDE = ("mira", "sanja", "milena", "jelena")
NARROW = tuple(
    Person(f"uska{number}", f"Uska {number}", ("case_worker",), f"bada bede bidi bodo budu dad{letter}")
    for number, letter in enumerate("aeio")
)
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


def prepare() -> None:
    """Found and fill the organisation unless the kept home holds it already."""
    done = HOME / "filled"
    if done.exists():
        return
    employed, _ = build()
    whole = SIZES["bench"]
    size = Size(whole.people // SIZE, whole.contacts // SIZE, whole.cases // SIZE, whole.days)
    started = time.perf_counter()
    fill(employed, size, seed=1, today=today(), progress=lambda what, n, total: None)
    what = f"filling: {size.people} people, {size.cases} cases, {size.contacts} contacts"
    say(what, time.perf_counter() - started, "s", 1800 / SIZE)
    for person in NARROW:
        _ten_records(employed, employ(employed["jelena"].actor(), person))
    second_factors.set_up([person.key for person in (*EVERYBODY, *NARROW)])
    get_user_model().objects.filter(codes_noted_at=None).update(codes_noted_at=now())
    done.touch()


def _ten_records(employed: dict[str, Employed], narrow: Employed) -> None:
    inventor = Inventor(7, today())
    actor = narrow.actor()
    made = people.register_people(actor=actor, people=[inventor.person() for _ in range(10)])
    cases.open_cases(actor=actor, cases=[inventor.case(300, person, narrow.id) for person in made])


def visit(person: Person, waited: Waited, ending: float) -> None:
    """One person's shift: pages in a plausible order, one second between them."""
    desk = Visit(f"http://localhost:{PORT}")
    desk.sign_in(person.key, person.passphrase, second_factors.present_code(person.key).digits)
    chance = random.Random(person.key)  # noqa: S311  (which page comes next is no secret)
    is_wide = person.key in WIDE
    steps = ["my day", "case list", "case page", "known?"] + (["contact list", "saving a contact"] if is_wide else [])
    where = "wide" if is_wide else "ten records"
    while time.perf_counter() < ending:
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


def _timed(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]  # a page to open
    return time.perf_counter() - start


def serve() -> psutil.Popen:
    """Start the office and wait until it answers."""
    server = psutil.Popen(
        [sys.executable, "-m", "astra.config", "serve", "--port", str(PORT)], stdout=subprocess.DEVNULL
    )
    until = time.perf_counter() + 60
    while time.perf_counter() < until:
        try:
            Visit(f"http://localhost:{PORT}").get("/sign-in/")
        except OSError:
            time.sleep(0.5)
        else:
            return server
    raise TimeoutError("the office did not open")


def main() -> None:
    """Fill, serve, load, and print the waits at the 95th percentile."""
    engine = connections["default"].vendor
    print(f"eight people at work on {engine}, {now():%Y-%m-%d}, {machine()}")
    prepare()
    connections.close_all()
    server = serve()
    try:
        waited = Waited()
        warm = Visit(f"http://localhost:{PORT}")
        warm.sign_in("ana", _words("ana"), second_factors.present_code("ana").digits)
        people_at_work = [person for person in EVERYBODY if person.key in WIDE] + list(NARROW)
        ending = time.perf_counter() + SECONDS
        threads = [threading.Thread(target=visit, args=(person, waited, ending)) for person in people_at_work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        _report(waited, server)
    finally:
        server.terminate()
        server.wait(30)


def _words(key: str) -> str:
    return next(person.passphrase for person in EVERYBODY if person.key == key)


def _report(waited: Waited, server: psutil.Popen) -> None:
    for what, times in sorted(waited.times.items()):
        promise = PROMISES[what.partition(",")[0]]
        p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        say(f"{what}: p95 of {len(times)} (median {statistics.median(times):.0f} ms)", p95, "ms", promise)
    for process in server.children(recursive=True):
        memory = process.memory_info().rss / 1e6
        say(f"memory of {' '.join(process.cmdline()[-2:])[:40]}", memory, "MB")
    for fault in waited.faults[:5]:
        print("fault:", fault)
    print(f"faults: {len(waited.faults)}, moment: {now() + timedelta(0):%H:%M}")


if __name__ == "__main__":
    main()
