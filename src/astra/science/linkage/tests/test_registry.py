"""Does the registry find who is meant, whoever asks and however, and does it forget what is taken out?"""

import pickle
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astra.science.linkage.invented import invent
from astra.science.linkage.normalise.births import birth_from_age, read_birth
from astra.science.linkage.record import Name, Record
from astra.science.linkage.registry import Candidate, Registry
from astra.science.linkage.tables import read_row
from astra.science.linkage.weighing.weights import load_weights
from astra.science.script import to_cyrillic

PEOPLE = [read_row(row, "record_id") for row in invent(31, 600, 0).registry]
WHOLE = Record(
    id="whole",
    names=(Name(given="Slađana", family="Đorđević"),),
    nicknames=("Slađa",),
    father="Miroslav",
    mother="Ljiljana",
    sex="F",
    birth=read_birth("2009-05-31"),
    places=("Subotica",),
    seen_places=("Novi Sad",),
    seen_on=date(2026, 10, 4),
    height_cm=164,
    hair="smeđa",
    eyes="zelene",
    marks="ožiljak na levom obrazu; pirsing u nosu",
    national_id="3105009715024",
    numbers=("+381641234567",),
)
PARTS: list[dict[str, Any]] = [
    {"names": WHOLE.names}, {"nicknames": WHOLE.nicknames}, {"father": WHOLE.father}, {"mother": WHOLE.mother},
    {"sex": WHOLE.sex}, {"birth": WHOLE.birth}, {"places": WHOLE.places}, {"height_cm": WHOLE.height_cm},
    {"hair": WHOLE.hair}, {"eyes": WHOLE.eyes}, {"marks": WHOLE.marks}, {"national_id": WHOLE.national_id},
    {"numbers": WHOLE.numbers},
]  # fmt: skip


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry([*PEOPLE, WHOLE])


def asked(**known: Any) -> Record:
    return Record(id="?", **known)


def found(registry: Registry, **known: Any) -> list[Candidate]:
    return registry.search(asked(**known))


def score(registry: Registry, question: Record) -> float:
    """What is said of the whole record; low if it is no candidate."""
    said = [one.score for one in registry.search(question, 100) if one.record_id == "whole"]
    return said[0] if said else -1000.0


@pytest.mark.parametrize(
    "name",
    [
        Name(given="Slađana", family="Đorđević"),
        Name(given="Sladjana", family="Djordjevic"),
        Name(given="Слађана", family="Ђорђевић"),
        Name(given="Đorđević", family="Slađana"),
        Name(text="djordjevic sladjana"),
        Name(text="SladjanaDjordjevic"),
        Name(text="sladjanadjordjevic"),
        Name(given="Slada", family="Dordevic"),
        Name(given="Sladjana", family="Gjorgjeviq"),
        Name(given="Sladana", family="Djordjevich"),
        Name(given="Slađa", family="Đorđević"),
        Name(given="S.", family="Đorđević"),
        Name(given="Slađana", family="Đorđević Petrović"),
        Name(given="[la|ana", family="\\or|evi}"),
        Name(given="Sla?ana", family="?or?evi?"),
    ],
)
def test_she_is_found_by_every_way_of_writing_her(registry: Registry, name: Name) -> None:
    best = found(registry, names=(name,), birth=read_birth("2009"))[0]
    assert best.record_id == "whole"


def test_an_answer_says_why(registry: Registry) -> None:
    best = found(
        registry, names=(Name(given="Slađana", family="Djordjevich"),), places=("Szabadka",),
        birth=birth_from_age(17, date(2026, 11, 22)),
    )[0]  # fmt: skip
    assert {str(reason) for reason in best.reasons} >= {
        "surname: same, other spelling", "first name: same", "age: fits", "place: same",
    }  # fmt: skip
    assert best.probability > 0.9


def test_what_speaks_against_her_is_said_too(registry: Registry) -> None:
    answers = found(registry, names=WHOLE.names, father="Petar", sex="M")
    hers = next(one for one in answers if one.record_id == "whole")
    assert {str(reason) for reason in hers.reasons} >= {"father's name: differs", "sex: differs"}


def test_probabilities_and_nobody_make_one(registry: Registry) -> None:
    assert 0 < sum(one.probability for one in registry.search(asked(names=(Name(text="Milica"),)), 1000)) < 1


def test_a_stranger_is_nobody(registry: Registry) -> None:
    best = found(
        registry, names=(Name(given="Wilhelmina", family="Featherstonehaugh"),), birth=read_birth("1931-02-03")
    )
    assert all(one.probability < 0.05 for one in best)


def test_who_has_no_name_is_found_by_how_she_looks(registry: Registry) -> None:
    best = found(
        registry, sex="F", birth=birth_from_age(17, date(2026, 10, 6)), places=("Novi Sad",), height_cm=163,
        marks="pirsing u nosu; ožiljak na levom obrazu", eyes="zelene", hair="smeđa", seen_on=date(2026, 10, 6),
    )[0]  # fmt: skip
    assert best.record_id == "whole"


def test_a_number_is_enough(registry: Registry) -> None:
    assert found(registry, numbers=("+381641234567",))[0].record_id == "whole"
    assert found(registry, national_id="3105009 715 024")[0].record_id == "whole"


@pytest.mark.parametrize(
    ("noted", "day"), [("", 14), ("2011", 14), ("2011-01-01", 14), ("2010", 0), ("2011-06-13", 13)]
)
def test_a_number_says_the_day_where_less_was_noted(noted: str, day: int) -> None:
    birth = read_birth(noted) if noted else None
    row = Registry().columns.read(asked(national_id="1406011771254", birth=birth))
    assert row.born_day % 32 == day


@pytest.mark.parametrize(
    ("written", "on_record"),
    [
        (Name("Fatima", "Alahmad"), Name("Fatimah", "Al Ahmed")),
        (Name("Fatima", "Ahmad"), Name("Fatima", "Alahmad")),
        (Name("Saška", "Gavošević"), Name("Aeksandra", "Gavosevic")),
    ],
)
def test_an_article_or_a_nickname_of_a_misspelt_name_is_no_other_name(written: Name, on_record: Name) -> None:
    others = [Record(id=str(at), names=(Name("Ana", family),)) for at, family in enumerate(("Kos", "Vuk", "Jež"))]
    best = found(Registry([Record(id="she", names=(on_record,)), *others]), names=(written,))[0]
    assert best.record_id == "she"
    assert best.probability > 0.8


def test_nothing_known_finds_nobody(registry: Registry) -> None:
    assert all(one.probability < 0.05 for one in found(registry))


@given(st.sets(st.sampled_from(range(len(PARTS))), min_size=1), st.sampled_from(range(len(PARTS))))
@settings(max_examples=60, deadline=None)
def test_more_agreement_never_lowers_the_score(registry: Registry, some: set[int], more: int) -> None:
    known: dict[str, Any] = {}
    for part in some:
        known |= PARTS[part]
    before = score(registry, asked(**known))
    assert score(registry, asked(**(known | PARTS[more]))) >= before - 1e-3


@given(st.sampled_from(PEOPLE[:200]))
@settings(max_examples=40, deadline=None)
def test_the_script_of_the_question_changes_nothing(registry: Registry, person: Record) -> None:
    latin = replace(
        person, names=(Name(given="Ljubiša", family="Njegić"), *person.names[:0]), father="Đorđe", places=("Niš",)
    )
    cyrillic = replace(
        latin,
        names=tuple(Name(to_cyrillic(name.given), to_cyrillic(name.family)) for name in latin.names),
        father=to_cyrillic(latin.father),
        places=tuple(map(to_cyrillic, latin.places)),
    )
    assert registry.search(latin) == registry.search(cyrillic)


@given(st.permutations(["Slađana", "Đorđević", "Petrović"]))
@settings(max_examples=6, deadline=None)
def test_the_order_of_an_undivided_name_changes_nothing(registry: Registry, words: list[str]) -> None:
    straight = found(registry, names=(Name(text="Slađana Đorđević Petrović"),))
    assert found(registry, names=(Name(text=" ".join(words)),)) == straight


@given(st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None)
def test_the_order_of_the_records_changes_nothing(random: object) -> None:
    shuffled = [*PEOPLE, WHOLE]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    questions = [replace(person, id="?") for person in PEOPLE[:15]]
    first, second = Registry([*PEOPLE, WHOLE]), Registry(shuffled)
    for question in questions:
        for one, other in zip(first.search(question), second.search(question), strict=True):
            assert (one.record_id, one.reasons) == (other.record_id, other.reasons)
            assert one.probability == pytest.approx(other.probability, abs=1e-6)


def test_who_is_taken_out_is_gone_without_a_trace() -> None:
    registry = Registry(PEOPLE)
    untouched = [registry.search(person) for person in PEOPLE[:20]]
    name, place = Name(given="Xenofontija", family="Ćabarkapović"), "Kuvizgubava 7"
    registry.add([replace(WHOLE, names=(name,), numbers=("handle-77",), places=(place,))])
    assert "kuvizgubava7" in registry.columns.places.others
    registry.search(asked(names=(Name(text="Xenofontija"),), places=("Kuvizgubave",)))
    registry.remove("whole")
    assert "whole" not in registry
    assert [registry.search(person) for person in PEOPLE[:20]] == untouched
    kept = pickle.dumps([registry.columns, registry._postings, registry._numbers, registry._rows])
    for trace in (b"xenofont", b"ksenofont", b"cabarkap", b"handle-77", b"kuvizg", b"whole"):
        assert trace not in kept


def test_a_change_replaces_what_was_known() -> None:
    registry = Registry([*PEOPLE, WHOLE])
    registry.change(replace(WHOLE, names=(Name(given="Teodora", family="Bjelogrlić"),)))
    assert found(registry, names=(Name(text="Teodora Bjelogrlić"),))[0].record_id == "whole"
    left = [one for one in registry.search(asked(names=WHOLE.names), 1000) if one.record_id == "whole"]
    assert all("surname: same" not in map(str, one.reasons) for one in left)
    assert len(registry) == len(PEOPLE) + 1


def test_late_records_are_found_before_the_index_is_made_anew() -> None:
    registry = Registry(PEOPLE)
    registry.search(asked(names=(Name(text="Ana"),)))
    registry.add([WHOLE])
    assert found(registry, names=WHOLE.names)[0].record_id == "whole"


def test_a_record_comes_once() -> None:
    registry = Registry([WHOLE])
    with pytest.raises(KeyError, match="already"):
        registry.add([PEOPLE[0], WHOLE])
    assert len(registry) == 1
    with pytest.raises(KeyError):
        registry.remove("nobody")


def test_an_empty_registry_answers() -> None:
    assert Registry().search(WHOLE) == []


def test_the_rules_alone_rank_too() -> None:
    registry = Registry([*PEOPLE, WHOLE], weights=load_weights(is_by_rules=True))
    best = found(registry, names=(Name(text="sladjana djordjevic"),), birth=read_birth("2009"))[0]
    assert best.record_id == "whole"
