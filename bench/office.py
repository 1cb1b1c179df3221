"""Which organisation is measured? A large one that is invented once and kept; `./run` says where and until when."""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import HOME, SIZE, say

import os
import time

from django.contrib.auth import get_user_model
from django.db import connections

from astra.cases import services as cases
from astra.demo import second_factors
from astra.demo.cast import EVERYBODY, Employed, Person, build, employ
from astra.demo.filling import SIZES, Size, fill
from astra.demo.inventing import Inventor
from astra.kernel.clock import now, today
from astra.people import services as people

SEED = 1
FILLED = HOME / "filled"
NARROW = tuple(
    Person(f"uska{number}", f"Uska {number}", ("case_worker",), f"bada bede bidi bodo budu dad{letter}")
    for number, letter in enumerate("aeio")
)
"""Case workers who reach ten records each, beside the counsellors who reach all of them."""


def size() -> Size:
    """How much is invented."""
    whole = SIZES["bench"]
    return Size(whole.people // SIZE, whole.contacts // SIZE, whole.cases // SIZE, whole.days)


def is_filled() -> bool:
    """Whether the kept organisation is there already."""
    return FILLED.exists()


def open_office() -> None:
    """Found and fill the organisation, unless it is there already."""
    if is_filled():
        return
    employed, _ = build()
    _fill(employed)
    for person in NARROW:
        _ten_records(employed, employ(employed["jelena"].actor(), person))
    second_factors.set_up([person.key for person in (*EVERYBODY, *NARROW)])
    get_user_model().objects.filter(codes_noted_at=None).update(codes_noted_at=now())
    FILLED.write_text(os.environ.get("ASTRA_BENCH_MADE_OF", "") + "\n", encoding="ascii")


def _fill(employed: dict[str, Employed]) -> None:
    begun: dict[str, tuple[float, float]] = {}
    last = (time.perf_counter(), time.process_time())

    def progress(what: str, done: int, total: int) -> None:
        nonlocal last
        begun.setdefault(what, last)
        if done >= total:
            last = (time.perf_counter(), time.process_time())
            say(f"{total} {what}", last[0] - begun[what][0], "s")
            say(f"{total} {what}, processor time of Python", last[1] - begun[what][1], "s")

    started = last
    fill(employed, size(), seed=SEED, today=today(), progress=progress)
    say(f"filling on {connections['default'].vendor}", time.perf_counter() - started[0], "s", 1800 / SIZE)
    say("filling, processor time of Python", time.process_time() - started[1], "s")


def _ten_records(employed: dict[str, Employed], narrow: Employed) -> None:
    inventor = Inventor(7, today())
    actor = narrow.actor()
    made = people.register_people(actor=actor, people=[inventor.person() for _ in range(10)])
    cases.open_cases(actor=actor, cases=[inventor.case(300, person, narrow.id) for person in made])
