"""Are the records of one person found among many, and across two lists?"""

import random
from dataclasses import replace

import pytest

from astra.science.linkage.invented import invent
from astra.science.linkage.normalise.births import read_birth
from astra.science.linkage.pairs import Pair, dedupe, link
from astra.science.linkage.record import Name, Record
from astra.science.linkage.registry import Registry
from astra.science.linkage.tables import read_row

INVENTED = invent(41, 1500, 0)
PEOPLE = [read_row(row, "record_id") for row in INVENTED.registry]


def of_one_person() -> set[tuple[str, str]]:
    """Every pair of records that is true."""
    persons: dict[str, list[str]] = {}
    for row in INVENTED.truth:
        persons.setdefault(row["entity_id"], []).append(row["record_id"])
    return {
        (first, second) for ids in persons.values() for first in ids for second in ids if first < second
    }  # fmt: skip


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return list(dedupe(Registry(PEOPLE), threshold=0.5))


def test_many_cores_find_what_one_does(pairs: list[Pair], monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("keeping.slips.CELLS", "keeping.slips.AT_ONCE", "weighing.calling.TRIPLES"):
        monkeypatch.setattr(f"astra.science.linkage.{module}", 2_000)  # small portions, so that each core has many
    monkeypatch.setattr("astra.science.linkage.weighing.batches.WORTH_A_THREAD", 10)
    for number in (1, 7):
        for user in ("threads", "weighing.batches"):
            monkeypatch.setattr(f"astra.science.linkage.{user}.cores", lambda number=number: number)
        assert list(dedupe(Registry(PEOPLE), threshold=0.5)) == pairs


def test_the_records_of_one_person_are_found(pairs: list[Pair]) -> None:
    true = of_one_person()
    right = {(pair.first, pair.second) for pair in pairs} & true
    assert len(right) / len(pairs) > 0.9
    assert len(right) / len(true) > 0.85


def test_the_likeliest_pair_comes_first(pairs: list[Pair]) -> None:
    assert [pair.probability for pair in pairs] == sorted((pair.probability for pair in pairs), reverse=True)
    assert all(pair.first < pair.second and pair.reasons for pair in pairs)


def test_the_order_of_the_records_changes_nothing(pairs: list[Pair]) -> None:
    shuffled = PEOPLE.copy()
    random.Random(5).shuffle(shuffled)
    again = {(pair.first, pair.second): pair.probability for pair in dedupe(Registry(shuffled), threshold=0.5)}
    assert again == pytest.approx({(pair.first, pair.second): pair.probability for pair in pairs}, abs=1e-4)


def test_it_does_not_matter_which_list_comes_first() -> None:
    first, second = PEOPLE[:500], [replace(person, father="") for person in PEOPLE[300:800]]
    forth = {(pair.first, pair.second): pair.probability for pair in link(first, second)}
    back = {(pair.second, pair.first): pair.probability for pair in link(second, first)}
    assert len(forth) > 150
    assert forth == pytest.approx(back, abs=1e-4)


def test_records_of_one_list_are_not_linked_to_each_other() -> None:
    twice = [Record(id=number, names=(Name("Ana", "Ćirić"),), birth=read_birth("2001-02-03")) for number in "12"]
    other = [Record(id="1", names=(Name("Ана", "Ћирић"),), birth=read_birth("2001-02-03"))]
    found = list(link([*twice, *PEOPLE[:300]], [*other, *PEOPLE[400:500]], threshold=0.3))
    assert {(pair.first, pair.second) for pair in found if pair.second == "1"} == {("1", "1"), ("2", "1")}


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    list(dedupe(Registry(PEOPLE[:30]), progress=lambda done, among: told.append((done, among))))
    assert told[-1] == (30, 30)


def test_nothing_has_no_pairs() -> None:
    assert list(dedupe(Registry())) == []
    assert list(link([], PEOPLE[:5])) == []
