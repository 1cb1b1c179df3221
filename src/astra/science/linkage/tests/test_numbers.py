"""Are numbers found, worth what they say, forgotten, and are unfinished words read as beginnings?"""

from typing import Any

import numpy as np
import pytest

from astra.science.linkage.keeping import numbers
from astra.science.linkage.keeping.numbers import Numbers
from astra.science.linkage.keeping.prepared import prepare
from astra.science.linkage.record import Name, Record
from astra.science.linkage.registry import Registry


def records() -> list[Record]:
    names = ["Đorđe Ilić", "Ђурђа Хоџић", "Marija Petrović", "Zoran Marković", "Ana Petrović", "Lena Kovač"]
    shared = {2: ("phone 1",), 3: ("phone 1",), 4: ("phone 1", "file 7")}
    return [Record(id=str(at), names=(Name(text=name),), numbers=shared.get(at, ())) for at, name in enumerate(names)]


@pytest.fixture
def registry() -> Registry:
    return Registry(records())


def ids(registry: Registry, text: str = "", *, is_unfinished: bool = False, **parts: Any) -> list[str]:
    names = (Name(text=text),) if text else ()
    found = registry.search(Record(id="", names=names, **parts), is_unfinished=is_unfinished)
    return [candidate.record_id for candidate in found if candidate.score > 0]


def test_a_number_of_one_says_more_than_one_that_many_share(registry: Registry) -> None:
    alone = registry.search(Record(id="", numbers=("file 7",)))
    shared = registry.search(Record(id="", numbers=("phone 1",)))
    assert [candidate.record_id for candidate in alone] == ["4"]
    assert {candidate.record_id for candidate in shared} == {"2", "3", "4"}
    assert alone[0].probability > 0.5 > max(candidate.probability for candidate in shared)
    assert str(alone[0].reasons[0]) == "phone, file or document number: same"


def test_a_name_decides_between_those_who_share_a_number(registry: Registry) -> None:
    assert ids(registry, "Zoran", numbers=("phone 1",))[0] == "3"
    assert ids(registry, numbers=("phone 2",)) == []


def test_a_number_of_a_removed_record_meets_nobody(registry: Registry) -> None:
    registry.remove("4")
    assert ids(registry, numbers=("file 7",)) == []
    assert set(ids(registry, numbers=("phone 1",))) == {"2", "3"}


def test_a_changed_record_is_found_by_its_new_number_only(registry: Registry) -> None:
    changed = Record(id="4", names=(Name(text="Ana Petrović"),), numbers=("file 8",))
    registry.change_prepared("4", prepare(changed))
    assert ids(registry, numbers=("file 7",)) == []
    assert ids(registry, numbers=("file 8",)) == ["4"]


def test_sorted_and_late_numbers_are_found_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "LATE", 2)
    kept, every = Numbers(), [f"n{at % 7}" for at in range(40)]
    for at, number in enumerate(every):
        kept.add([at], [(number,)])
        assert kept.bearers(number).tolist() == [one for one in range(at + 1) if every[one] == number]
    kept.remove(7)
    assert kept.bearers("n0").tolist() == [0, 14, 21, 28, 35]
    levels, says = kept.says(["n0", "nobody's"], np.array([0, 1, 7, 14]), 1000)
    assert levels.tolist() == [1, 0, 0, 1]
    assert says[0] == pytest.approx(np.log(0.5 * 1000 / 5))


@pytest.mark.parametrize(
    ("typed", "who"), [("djordj", "0"), ("Đorđ", "0"), ("ilic dj", "0"), ("hod", "1"), ("hoxh", "1"), ("ana petr", "4")]
)
def test_a_word_that_is_still_written_is_a_beginning(registry: Registry, typed: str, who: str) -> None:
    assert ids(registry, typed, is_unfinished=True)[0] == who


def test_a_finished_word_is_no_beginning(registry: Registry) -> None:
    assert "5" in ids(registry, "ko", is_unfinished=True)
    assert "5" not in ids(registry, "ko")


def test_a_name_is_known_in_every_spelling(registry: Registry) -> None:
    assert registry.knows_name("hoxhiq")
    assert not registry.knows_name("niš")
    registry.remove("1")
    assert not registry.knows_name("hodzic")
