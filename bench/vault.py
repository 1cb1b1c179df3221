"""How much processor time do sealing and opening cost?"""

# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import SIZE, cpu_milliseconds, machine, say

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, reset_queries
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from astra.kernel.clock import now
from astra.vault import selectors
from astra.vault.actor import Actor, staff
from astra.vault.prepared import Prepared
from astra.vault.sections import declare
from astra.vault.services import circles, founding, members
from astra.vault.services.members import OpenedMember
from astra.vault.services.sealing import Sealing

WORDS = "bada bede bidi bodo budu dada"


@dataclass(frozen=True)
class Name:
    """What a list shows of a record."""

    display: str = ""


NAME = declare("bench.name", Name, retention="person")


def case_teams(actor: Actor, holders: list[UUID], count: int) -> list[UUID]:
    """Make records that each have a circle of their own, as cases do."""
    made = []
    for start in range(0, count, 500):
        sealing = Sealing(actor)
        for number in range(start, min(start + 500, count)):
            record = sealing.new_record("case")
            team = sealing.new_circle("case", record_id=record, tier="team", holders=holders, listed_at=now())
            sealing.seal(record, NAME, Name(f"Case {number}"), to=[team])
            made.append(record)
        with sealing.transaction():
            pass
    return made


def main() -> None:
    """Print the figures of the vault."""
    print(f"vault, {now():%Y-%m-%d}, {machine()}")
    founder = founding.found(passphrase=WORDS).member
    actor = staff(founder.member_id, ["cases"], founder.keyring())
    worker = members.create_member(actor=actor, passphrase=WORDS)
    for desk in ("house", "hotline"):
        circles.admit(actor=actor, circle_id=selectors.desk_circle(desk), holder_circle_ids=[worker.circle_id])
    coordinators = selectors.desk_circle("coordinators")

    start = time.process_time()
    count = max(1000, 100_000 // SIZE)
    records = case_teams(actor, [coordinators, worker.circle_id], count)
    say(
        f"making a record with a circle of its own and a section ({count})",
        (time.process_time() - start) / count * 1000,
        "ms",
    )

    start = time.process_time()
    late = members.create_member(actor=actor, passphrase=WORDS)
    with CaptureQueriesContext(connection) as queries:
        circles.admit(actor=actor, circle_id=coordinators, holder_circle_ids=[late.circle_id])
    wraps = sum("vault_membership" in query["sql"] and query["sql"].startswith("INSERT") for query in queries)
    newcomer = staff(late.member_id, ["cases"], late.keyring())
    assert len(selectors.open_sections(newcomer, records[-25:], NAME)) == 25
    say(f"wraps for a new coordinator of {count} case teams", wraps, "wraps", 1)
    reset_queries()

    for who, opened in (("a coordinator (circle in circle)", late), ("a case worker (own wraps)", worker)):
        measure_reading(who, opened, records)

    passphrase = cpu_milliseconds(lambda: members.open_member(worker.member_id, WORDS), 3)
    say("opening the keys with a passphrase (Argon2id)", passphrase, "ms")


def measure_reading(who: str, opened: OpenedMember, records: list[UUID]) -> None:
    """Print what opening costs with circles already open, and in a request that begins with the personal secret."""

    def visit() -> Actor:
        return staff(opened.member_id, ["cases"], opened.keyring())

    warm = visit()
    selectors.open_sections(warm, records[:200], NAME)
    works: list[tuple[str, Callable[[], object], float]] = [
        ("opening one section", lambda: selectors.open_section(warm, records[7], NAME), 1),
        ("a list of 25 with display names", lambda: selectors.open_sections(warm, records[100:125], NAME), 25),
        ("a fresh request and one section", lambda: selectors.open_section(visit(), records[7], NAME), 0),
        ("a fresh request and a list of 25", lambda: selectors.open_sections(visit(), records[100:125], NAME), 25),
    ]
    for what, work, promise in works:
        whole = cpu_milliseconds(work, 60)
        with asking() as asked:
            for _ in range(60):
                work()
        queries = sum(asked) / 60 * 1000
        say(f"{what}, {who}, without queries", whole - queries, "ms", promise or None)
        say(f"{what}, {who}, with its queries", whole, "ms")


@contextmanager
def asking() -> Iterator[list[float]]:
    """Collect the processor time spent in putting questions to the database and building rows from its answers."""
    asked: list[float] = []
    places = ((QuerySet, "_fetch_all"), (QuerySet, "_filter_or_exclude"), (Prepared, "__call__"))
    kept = [(owner, name, getattr(owner, name)) for owner, name in places]

    def timed(work: Callable[..., object]) -> Callable[..., object]:
        def measure(*args: object, **values: object) -> object:
            start = time.process_time()
            answer = work(*args, **values)
            asked.append(time.process_time() - start)
            return answer

        return measure

    for owner, name, work in kept:
        setattr(owner, name, timed(work))
    try:
        yield asked
    finally:
        for owner, name, work in kept:
            setattr(owner, name, work)


if __name__ == "__main__":
    main()
