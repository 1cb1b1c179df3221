"""Two files beside each other: what is the same in another script, which is kept, who is looked at anew."""

from datetime import date
from uuid import UUID

import pytest

from astra.people.rules import duplicates as rules
from astra.people.rules.duplicates import Side, compare, kept_first, likelihood, looks

OLD, NEW = date(2020, 1, 1), date(2026, 1, 1)


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        (["Đorđe Ilić"], ["Ђорђе Илић"], rules.SAME),
        (["Ana", "Anka"], ["АНКА", "Ana"], rules.SAME),
        (["Ana", "Anka"], ["Ana"], rules.PARTLY),
        (["Ana"], ["Jana"], rules.DIFFERS),
        (["Ana", " "], [""], rules.ONLY_FIRST),
        ([], ["Ana"], rules.ONLY_SECOND),
    ],
)
def test_fields_are_compared_in_either_script(first: list[str], second: list[str], how: str) -> None:
    row = compare(first, second)
    assert row is not None
    assert row.how == how
    assert how in rules.HOW


def test_what_both_do_not_say_is_left_out_and_nothing_stands_twice() -> None:
    assert compare(["", " "], []) is None
    row = compare(["Niš", "Niš "], ["Bor"])
    assert row is not None
    assert (row.first, row.second) == (("Niš",), ("Bor",))


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ((0, OLD), (0, NEW), 1),
        ((0, NEW), (0, OLD), 2),
        ((0, OLD), (1, NEW), 2),
        ((2, NEW), (1, OLD), 1),
        ((0, OLD), (0, OLD), 1),
    ],
)
def test_the_file_with_cases_is_kept_else_the_older_one(
    one: tuple[int, date], other: tuple[int, date], kept: int
) -> None:
    sides = Side(UUID(int=1), *one), Side(UUID(int=2), *other)
    assert kept_first(*sides) == kept_first(*sides[::-1]) == UUID(int=kept)


def test_a_probability_is_a_word() -> None:
    assert [likelihood(chance) for chance in (0.99, 0.8, 0.3)] == ["very likely", "likely", "perhaps"]


def test_the_look_of_somebody_is_her_names_and_birth() -> None:
    look = looks(["Zlata Ilić", "Zlatija Ilić"], OLD, None)
    assert look == looks(["Илић Златија", "Zlata Ilić"], OLD, None), (
        "order, script and spelling of letters do not matter"
    )
    assert look != looks(["Zlata Ilić"], OLD, None)
    assert look != looks(["Zlata Ilić", "Zlatija Ilić"], NEW, None)
    assert look != looks(["Zlata Ilić", "Zlatija Ilić"], None, OLD)
