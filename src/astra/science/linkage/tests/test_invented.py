"""Are the invented people the same for the same seed, whole, and as untidy as they should be?"""

import csv
import doctest
import re
from collections import Counter
from importlib import import_module
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from astra.science.linkage.invented import Invented, invent
from astra.science.linkage.invented.__main__ import main, summary
from astra.science.linkage.invented.damage import ONE_FILE
from astra.science.linkage.invented.names import count_families, count_given, womans
from astra.science.linkage.invented.numbers import check_digit
from astra.science.linkage.invented.people import (
    cousin_of,
    draw_person,
    grandparent_of,
    maiden_name,
    may_ask_for,
    mother_of,
    namesake_of,
    sibling_of,
    surname_on,
)
from astra.science.linkage.invented.rows import QUERY_COLUMNS, REGISTRY_COLUMNS
from astra.science.linkage.invented.tables import column_of

MODULES = (
    "births", "damage", "drawing", "hands", "inventing", "looks", "marks", "names", "naming", "nicknames", "numbers",
    "people", "places", "rows", "slips", "spelling", "tables",
)  # fmt: skip
RECORDS, QUERIES = 2500, 1500
NAMELESS = {"exact", "second_slip", "age"}
MAY_GO_WRONG = {*column_of("noise.csv", "loose_hard"), *column_of("births.csv", "loose_hard")} - NAMELESS


@pytest.fixture(scope="module")
def hard() -> Invented:
    return invent(3, RECORDS, QUERIES, noise="hard")


@pytest.fixture(scope="module")
def ordinary() -> Invented:
    return invent(3, RECORDS, QUERIES)


def asked(people: Invented) -> Counter[str]:
    return Counter(name for row in people.queries for name in row["corruptions"].split(";"))


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    assert doctest.testmod(import_module(f"astra.science.linkage.invented.{name}")).failed == 0


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    first, again, other = (invent(seed, 200, 50, noise="hard") for seed in (8, 8, 9))
    assert (first.registry, first.queries, first.truth) == (again.registry, again.queries, again.truth)
    assert first.registry != other.registry


def test_the_seed_gives_these_people_on_every_machine() -> None:
    row = invent(8, 200, 1).registry[16]
    written = row["given_name"], row["surname"], row["birth_date"], row["municipality"]
    assert written == ("Eli", "Vukomanić", "1969-10-23", "Beograd")


def test_columns_and_sizes(hard: Invented) -> None:
    assert (len(hard.registry), len(hard.queries), len(hard.truth)) == (RECORDS, QUERIES, RECORDS)
    assert all(tuple(row) == REGISTRY_COLUMNS for row in hard.registry)
    assert all(tuple(row) == QUERY_COLUMNS for row in hard.queries)
    assert [row["record_id"] for row in hard.registry] == sorted({row["record_id"] for row in hard.truth})


def test_true_ids_are_all_records_of_one_person(hard: Invented) -> None:
    person_of = {row["record_id"]: row["entity_id"] for row in hard.truth}
    records = Counter(person_of.values())
    for row in hard.queries:
        true_ids = row["true_ids"].split(";") if row["true_ids"] else []
        persons = {person_of[true_id] for true_id in true_ids}
        assert len(persons) == bool(true_ids)
        assert all(records[person] == len(true_ids) for person in persons)


def test_share_of_unmatched_and_of_relatives_among_them(hard: Invented) -> None:
    unmatched = [row for row in hard.queries if not row["true_ids"]]
    assert len(unmatched) == round(0.22 * QUERIES)
    relatives = sum("relative_" in row["corruptions"] for row in unmatched)
    assert 0.25 < relatives / len(unmatched) < 0.42


def test_national_numbers_are_valid_unless_said_otherwise(hard: Invented) -> None:
    numbered = [row for row in hard.queries if row["national_id"]]
    valid = [check_digit(row["national_id"][:12]) == int(row["national_id"][12]) for row in numbered]
    wrong = ["id_digit" in row["corruptions"].split(";") for row in numbered]
    assert len(numbered) > 50
    assert all(is_valid or is_wrong for is_valid, is_wrong in zip(valid, wrong, strict=True))
    assert sum(wrong) > sum(not is_valid for is_valid in valid) * 0.8 > 0


def test_about_six_in_a_hundred_have_more_than_one_record(hard: Invented) -> None:
    records = Counter(row["entity_id"] for row in hard.truth)
    assert 0.04 < sum(count > 1 for count in records.values()) / len(records) < 0.08
    assert max(records.values()) <= 3


@pytest.mark.parametrize("what", sorted(MAY_GO_WRONG))
def test_everything_that_may_go_wrong_does(what: str, hard: Invented) -> None:
    done = asked(hard) + hard.done
    if what == "slip":
        assert min(done["typo"], done["misheard"], done["misread"]) > 20
    else:
        assert done[what] > 0


def test_the_noises_differ_as_their_names_say(ordinary: Invented, hard: Invented) -> None:
    easy, untidy = asked(ordinary), asked(hard)
    for what in ("misread", "homoglyph", "misheard", "marks_paraphrased", "year_slip"):
        assert untidy[what] > easy[what]
    assert sum(untidy[what] for what in ONE_FILE) > 1.5 * sum(easy[what] for what in ONE_FILE)


def test_ordinary_rows_keep_to_the_form_and_hard_ones_do_not(ordinary: Invented, hard: Invented) -> None:
    plain = re.compile(r"|\d{4}|\d{4}-\d\d-\d\d")
    for row in [*ordinary.registry, *ordinary.queries]:
        assert plain.fullmatch(row["birth_date"])
        assert all(not row.get(column) or row[column].isdecimal() for column in ("age", "height_cm"))
    assert not all(plain.fullmatch(row["birth_date"]) for row in hard.queries)
    assert any(row["height_cm"].startswith("cca ") for row in hard.queries)


def test_few_questions_have_no_name_and_they_say_so(hard: Invented) -> None:
    nameless = [row for row in hard.queries if "no_name" in row["corruptions"].split(";")]
    assert 0 < len(nameless) < 0.05 * QUERIES
    assert {row["kind"] for row in nameless} == {"sighting"}
    for row in hard.queries:
        has_name = any(row[column] for column in ("full_name", "given_name", "surname"))
        assert has_name or row in nameless
    assert all(row["given_name"] or row["surname"] for row in hard.registry)


def test_found_children_are_children(hard: Invented) -> None:
    ages = [int(row["age"]) for row in hard.queries if row["kind"] == "found_child" and row["age"].isdigit()]
    assert len(ages) > 50
    assert max(ages) < 24


def test_every_community_and_kind_occurs(hard: Invented) -> None:
    communities = {"sr", "ro", "bs", "al", "hu", "mk", "vl", "ru", "tr", "ku", "ar", "fa", "ps"}
    assert {row["languages"] for row in hard.registry} == communities
    kinds = {"new_client", "partner_list", "found_child", "hotline", "sighting"}
    assert {row["kind"] for row in hard.queries} == kinds


def test_there_are_many_names() -> None:
    assert count_families() > 20_000
    assert count_given() > 1_500


def test_namesakes_occur_but_no_name_is_everybody(hard: Invented) -> None:
    names = Counter((row["given_name"], row["surname"]) for row in hard.registry)
    assert any(count > 1 for count in names.values())
    surnames = Counter(row["surname"] for row in hard.registry if row["surname"])
    assert surnames.most_common(1)[0][1] < 0.03 * RECORDS


def test_a_household_shares_what_it_should() -> None:
    rng = Random(4)
    twins = 0
    for _ in range(300):
        child = draw_person(rng)
        sibling = sibling_of(rng, child)
        assert sibling.family is child.family
        assert sibling.given != child.given
        twins += sibling.birth == child.birth
        if may_ask_for("mother", child):
            mother = mother_of(rng, child)
            assert mother.given == child.family.mother
            assert 14 <= child.birth.year - mother.birth.year <= 47
            assert not may_ask_for("mother", child)
        cousin = cousin_of(rng, child)
        assert (cousin.given, cousin.family.surname) == (child.given, child.family.surname)
        assert cousin.family is not child.family
        if may_ask_for("grandparent", child):
            elder = grandparent_of(rng, child)
            assert (elder.given, elder.sex) == (child.given, child.sex)
            assert elder.birth.year < child.family.father_born
        namesake = namesake_of(rng, child)
        assert (namesake.given, namesake.family.surname) == (child.given, child.family.surname)
    assert 10 < twins < 80


def test_a_married_mother_bears_the_name_of_her_child() -> None:
    rng = Random(6)
    married = 0
    for _ in range(200):
        child = draw_person(rng)
        mother = mother_of(rng, child) if may_ask_for("mother", child) else None
        if mother and mother.married_name:
            married += 1
            assert surname_on(mother, child.birth) == womans(child.family.surname, child.community)
            assert maiden_name(mother) == womans(child.family.mother_maiden, child.community)
    assert married > 100


def test_records_of_one_person_are_written_differently(hard: Invented) -> None:
    by_id = {row["record_id"]: row for row in hard.registry}
    entities: dict[str, list[str]] = {}
    for row in hard.truth:
        entities.setdefault(row["entity_id"], []).append(row["record_id"])
    pairs = [pair for ids in entities.values() for pair in combinations(ids, 2)]
    same = sum(by_id[a]["given_name"] == by_id[b]["given_name"] for a, b in pairs)
    assert len(pairs) > 60
    assert 0.1 < same / len(pairs) < 0.6


@pytest.mark.parametrize(("records", "queries", "noise"), [(0, 1, "hard"), (-1, 0, "hard"), (5, 5, "loud")])
def test_what_cannot_be_invented_is_refused(records: int, queries: int, noise: str) -> None:
    with pytest.raises(ValueError, match=r"nobody|one of"):
        invent(1, records, queries, noise=noise)


def test_the_command_writes_three_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seed", "2", "--records", "60", "--queries", "20", "--noise", "hard", "--out", str(tmp_path)]) == 0
    assert "60 records of" in capsys.readouterr().out
    with (tmp_path / "registry.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == invent(2, 60, 20, noise="hard").registry
    header = (tmp_path / "queries.csv").read_text(encoding="utf-8").split("\n", maxsplit=1)[0].strip()
    assert tuple(header.split(",")) == QUERY_COLUMNS
    assert (tmp_path / "truth.csv").read_text(encoding="utf-8").startswith("record_id,entity_id")


def test_the_summary_counts_what_was_done(hard: Invented) -> None:
    text = summary(hard)
    line = next(line for line in text.split("\n") if line.startswith("unsplit "))
    assert int(line.split()[-1]) == asked(hard)["unsplit"]
