"""Is a pair weighed alike, whether alone, among thousands, or as a question to a registry?"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from astra.science.linkage.invented import invent
from astra.science.linkage.pairs import Asking, dedupe
from astra.science.linkage.record import Record
from astra.science.linkage.registry import Registry
from astra.science.linkage.stepwise import Resemblances, why
from astra.science.linkage.tables import read_row
from astra.science.linkage.weighing.batches import total

STREETS = ("Kneza Miloša 12", "ul. Kneza Milosa 12", "Njegoševa 4", "Njegoseva 14", "")
PEOPLE = [
    replace(
        read_row(row, "record_id"),
        addresses=tuple(filter(None, (STREETS[at % 5],))),
        numbers=(f"+38164{at % 40}",) if at % 3 else (),
    )
    for at, row in enumerate(invent(47, 220, 0).registry)
]
Rows = NDArray[np.int64]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(PEOPLE)


@pytest.fixture(scope="module")
def some(registry: Registry) -> tuple[Rows, Rows]:
    draw = np.random.default_rng(3)
    rows = draw.integers(0, len(registry), (2, 1_500))
    return rows[0], rows[1]


def test_a_pair_is_weighed_as_a_question_is(registry: Registry, some: tuple[Rows, Rows]) -> None:
    weighed = registry.pairs().weigh(*some)
    ranker, columns = registry.ranker, registry.columns
    for at, (first, second) in enumerate(zip(*(rows[:200] for rows in some), strict=True)):
        asked = ranker.asked_words(columns.words_at(first))
        question = ranker.weigh(columns.row_at(first), asked, np.array([second]))
        assert {name: says[0] for name, says in question.says.items()} == {
            name: weighed.says[name][at] for name in question.says
        }
        assert all(weighed.levels[name][at] == levels[0] for name, levels in question.levels.items())


def test_a_pair_does_not_depend_on_those_weighed_with_it(registry: Registry, some: tuple[Rows, Rows]) -> None:
    together = total(registry.pairs().weigh(*some))
    pairs = registry.pairs()
    for at in range(0, 1_500, 15):
        alone = total(pairs.weigh(some[0][at : at + 1], some[1][at : at + 1]))
        assert alone[0] == together[at]


@pytest.mark.parametrize("user", ["calling", "batches"])
def test_threads_only_read_what_is_remembered(
    registry: Registry, some: tuple[Rows, Rows], monkeypatch: pytest.MonkeyPatch, user: str
) -> None:
    pairs = registry.pairs()
    watches = 0

    def watched(work: Callable[[object], object], parts: Sequence[object]) -> list[object]:
        nonlocal watches
        watches += 1
        keep = (pairs._meanings, pairs._places._tables, pairs._places._slips, pairs.numbers._sorted)
        pairs._places._tables.setflags(write=False)
        done = [work(part) for part in parts]
        after = (pairs._meanings, pairs._places._tables, pairs._places._slips, pairs.numbers._sorted)
        assert all(one is other for one, other in zip(keep, after, strict=True))
        pairs._places._tables.setflags(write=True)
        return done

    monkeypatch.setattr(f"astra.science.linkage.weighing.{user}.at_once", watched)
    if user == "calling":
        registry.calling(pairs, is_fresh=True).called(np.arange(len(registry)), 3.0)
    else:
        pairs.both_ways(*some)
    assert watches


def test_one_at_a_time_is_the_same_as_all_at_once(registry: Registry) -> None:
    at_once = Asking(registry, is_fresh=True).others(np.arange(len(registry)))
    ids = registry.columns.ids
    expected = {
        (min(ids[one], ids[other]), max(ids[one], ids[other])): says
        for one, other, says in zip(*(column.tolist() for column in at_once), strict=True)
    }
    late = Registry(PEOPLE[:60])
    list(dedupe(late))  # makes an index that does not know the rest
    late.add(PEOPLE[60:])
    for asked in (registry, late):
        found = Resemblances()
        for one in asked.ids[:30]:
            found.ask(asked, one)
        found.ask(asked, *asked.ids[30:])
        assert found._evidence == expected
    assert len(expected) > 30


def test_a_pair_is_the_same_from_both_sides(registry: Registry, some: tuple[Rows, Rows]) -> None:
    forth, back = registry.pairs().both_ways(*some), registry.pairs().both_ways(*some[::-1])
    assert (forth.sum(axis=1) == back.sum(axis=1)).all()


def test_reasons_are_those_of_one_pair_alone(registry: Registry) -> None:
    pairs = list(dedupe(registry, threshold=0.2))
    assert len(pairs) > 5
    assert all(pair.reasons == why(registry, pair.first, pair.second) for pair in pairs)


def test_a_shared_phone_speaks_for_two_and_a_house_s_phone_does_not() -> None:
    first, second = (Record(id=one, names=PEOPLE[at].names, numbers=("+381641",)) for one, at in (("a", 1), ("b", 2)))
    few = Registry([first, second, *(replace(one, numbers=()) for one in PEOPLE[3:])])
    assert "phone, file or document number: same" in {str(reason) for reason in why(few, "a", "b")}
    many = Registry([first, second, *(replace(one, numbers=("+381641",)) for one in PEOPLE[3:])])
    assert "phone, file or document number: same" not in {str(reason) for reason in why(many, "a", "b")}
