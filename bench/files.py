"""How long does a thick file take to open, and my day for somebody who leads sixty files? `make bench-files`.

A real office in processes of its own; one counsellor opens her pages in turn, as one does at a desk. The file has 2,000
lines, written in no order, and 300 documents with clean copies; before its time is measured it is walked from the
newest line to the oldest: nothing missing, nothing twice, everything in order, each filter with just what it names.
SIZE=10 takes a tenth.
"""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import SIZE, machine, say

import html
import random
import re
import statistics
import time
from datetime import timedelta
from uuid import UUID

import psutil
from django.contrib.auth import get_user_model
from django.db import connections

from astra.cases import services as cases
from astra.cases.models import TimelineEntry
from astra.demo import second_factors
from astra.demo.cast import EVERYBODY, build
from astra.demo.files import paper
from astra.demo.inventing import Inventor
from astra.demo.visiting import Visit
from astra.kernel.clock import now, today
from astra.kernel.ids import new_id
from astra.people import services as people
from astra.vault.actor import Actor
from astra.vault.scanner import NoScanner
from astra.vault.services.attachments import Incoming
from bench.serving import serve, sign_in, web_processes

LINES, DOCUMENTS, OPEN_CASES = 2_000 // SIZE, 300 // SIZE, 60 // SIZE
ROUNDS, WARMING = 60, 5
PROMISED_FILE_MS, PROMISED_DAY_MS = 300, 200
AT = re.compile(r'<time datetime="([^"]+)">')
TITLE = re.compile(r'class="moj-timeline__title">(.*?)</h3>', re.DOTALL)
OLDER = re.compile(r'rel="next" href="([^"]+)"')
YEARS_MINUTES = 5 * 365 * 24 * 60


def main() -> None:
    """Write the files, serve them, look at every line once, and measure."""
    print(f"thick files on {connections['default'].vendor}, {now():%Y-%m-%d}, {machine()}")
    employed, _ = build()
    second_factors.set_up([person.key for person in EVERYBODY])
    get_user_model().objects.filter(codes_noted_at=None).update(codes_noted_at=now())
    mira = employed["mira"]
    begun = time.perf_counter()
    thick = write_files(mira.actor())
    say(f"a file of {LINES} lines and {DOCUMENTS} documents, and {OPEN_CASES} files", time.perf_counter() - begun, "s")
    lines = TimelineEntry.objects.filter(case=thick).count()
    connections.close_all()
    server = serve()
    try:
        desk = sign_in(mira.person)
        path = f"/cases/{thick}/"
        oldest = walk(desk, path, lines)
        measure(server, desk, "the file opens", path, PROMISED_FILE_MS)
        measure(server, desk, "its oldest page opens", oldest, PROMISED_FILE_MS)
        measure(server, desk, "only what happened to the file", f"{path}?show=case", PROMISED_FILE_MS)
        measure(server, desk, f"my day with {OPEN_CASES} open files", "/", PROMISED_DAY_MS)
    finally:
        server.terminate()
        server.wait(30)


def write_files(actor: Actor) -> UUID:
    """Sixty files with what is due in them; the first of them is thick. Returns it."""
    inventor = Inventor(5, today())
    made = people.register_people(actor=actor, people=[inventor.person() for _ in range(OPEN_CASES)])
    opened = []
    for number, person in enumerate(made):
        case_id = cases.open_case(
            actor=actor, ground="consent", title=f"File {number}", people=[(person, "client")], lead=actor.id
        )
        for days in (-3, 0, 9):
            due = today() + timedelta(days=days)
            cases.add_task(actor=actor, case_id=case_id, kind="other", title=f"Step {days}", due_on=due)
        opened.append(case_id)
    write_lines(actor, opened[0])
    return opened[0]


def write_lines(actor: Actor, case_id: UUID) -> None:
    """Notes of five years, written in no order, some at the same minute; and documents."""
    already = TimelineEntry.objects.filter(case=case_id).count()
    chance = random.Random(3)  # noqa: S311  invented days
    for number in range(LINES - DOCUMENTS - already):
        at = now() - timedelta(minutes=chance.randrange(YEARS_MINUTES) // 60 * 60)
        text = f"She said what she needs next, and we wrote it down. {'More of it. ' * chance.randrange(30)}"
        cases.add_note(actor=actor, case_id=case_id, title=f"Note {number}", text=text, happened_at=at)
    data = paper()
    for number in range(DOCUMENTS):
        incoming = Incoming(new_id(), NoScanner())
        incoming.write(data)
        facts = incoming.finish(name="scan.pdf", content_type="")
        cases.add_document(
            actor=actor, case_id=case_id, incoming=incoming, facts=facts, kind="medical_report", title=f"Paper {number}"
        )


def walk(desk: Visit, path: str, lines: int) -> str:
    """Read the whole timeline page by page; returns the address of the oldest page."""
    moments, titles, at = [], [], path
    while True:
        page = desk.get(at)
        moments += AT.findall(page)
        titles += [re.sub(r"<[^>]+>", "", title).strip() for title in TITLE.findall(page)]
        further = OLDER.search(page)
        if further is None:
            break
        at = path + html.unescape(further[1]).removeprefix(path)
    notes = {title for title in titles if " Note " in f" {title}" or ": Note " in title}
    if len(titles) != lines or len(moments) < lines:
        raise ValueError(f"{lines} lines were written, {len(titles)} are shown")
    if moments[-lines:] != sorted(moments[-lines:], reverse=True):
        raise ValueError("the lines are not in order")
    if len(notes) != sum(": Note " in title for title in titles):
        raise ValueError("a note is shown twice")
    filtered = TITLE.findall(desk.get(f"{path}?show=case"))
    if not filtered or any("Note " in title for title in filtered):
        raise ValueError("the filter shows what it does not name")
    say("lines walked, each once, in order", len(titles), "lines")
    return at


def measure(server: psutil.Popen, desk: Visit, what: str, path: str, promised: float) -> None:
    """Open a page again and again; how long it took, and how much processor time of the office."""
    for _ in range(WARMING):
        desk.get(path)
    waits, before = [], _cpu(server)
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        desk.get(path)
        waits.append((time.perf_counter() - begun) * 1000)
    cpu = (_cpu(server) - before) / ROUNDS * 1000
    say(f"{what}, p95 of {ROUNDS}", statistics.quantiles(waits, n=20)[-1], "ms", promised)
    say(f"{what}, median", statistics.median(waits), "ms")
    say(f"{what}, processor time of the office", cpu, "ms")


def _cpu(server: psutil.Popen) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in web_processes(server))


if __name__ == "__main__":
    main()
