"""Do filters compare what they should, and nothing across keys?"""

import doctest
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astra.science.linkage.blind import encoding, features
from astra.science.linkage.blind.encoding import Encoder
from astra.science.linkage.blind.features import FIELDS, Feature, features_of
from astra.science.linkage.blind.kernels import dice_scan, popcounts
from astra.science.linkage.record import Birth, Name, Record
from astra.science.script import to_cyrillic

SECRET = bytes(range(32))
BORN = date(2009, 5, 31)
HER = Record(
    id="1",
    names=(Name("Jelena", "Đorđević"),),
    nicknames=("Jeca",),
    father="Dušan",
    mother="Ljiljana",
    sex="F",
    birth=Birth(BORN, BORN),
    places=("Novi Sad",),
    seen_places=("Beograd",),
    national_id="3105009805016",
    numbers=("+381 64 000 0000",),
)
LETTERS = "abcčćdđefghijklmnoprsštuvzž"
# Shorter ones may be articles and titles (Da, El, Dr), which count only where they stand alone.
names_drawn = st.text(LETTERS, min_size=5, max_size=10).map(str.capitalize)


def encoder(secret: bytes = SECRET, purpose: str = "test") -> Encoder:
    return Encoder(secret, purpose=purpose)


def dice(one: Record, other: Record) -> float:
    filters = encoder().encode_many([one, other])
    return float(dice_scan(filters, popcounts(filters), filters[0])[1])


def born(year: int, month: int, day: int) -> Record:
    on = date(year, month, day)
    return Record(id="b", birth=Birth(on, on))


def named(given: str = "", family: str = "", text: str = "") -> Record:
    return Record(id="n", names=(Name(given, family, text),))


# --- keys ------------------------------------------------------------------------------------------------------------


def test_one_secret_and_purpose_give_one_filter() -> None:
    assert np.array_equal(encoder().encode(HER), encoder().encode(HER))
    again = encoder()
    again.encode_many([named("Petar"), HER])
    assert np.array_equal(again.encode(HER), encoder().encode(HER))


@pytest.mark.parametrize(("secret", "purpose"), [(SECRET, "other"), (SECRET[::-1], "test"), (SECRET + b"\0", "test")])
def test_another_secret_or_purpose_is_unrelated(secret: bytes, purpose: str) -> None:
    people = [
        replace(HER, names=(Name("Jelena", f"{part}ović"),)) for part in ("Mark", "Petr", "Jovan", "Stank", "Luk")
    ]
    bits = [
        np.unpackbits(one.encode_many(people).view(np.uint8), axis=1).astype(float)
        for one in (encoder(), encoder(secret, purpose))
    ]
    for ours, theirs in zip(*bits, strict=True):
        assert abs(np.corrcoef(ours, theirs)[0, 1]) < 0.12  # chance alone: standard deviation 1/32


def test_no_two_fields_and_purposes_share_a_key() -> None:
    purposes = ("test", "search", "testname", "tes")
    keys = {encoding._key(SECRET, purpose, field) for purpose in purposes for field in FIELDS}
    assert len(keys) == len(purposes) * len(FIELDS)
    assert {len(key) for key in keys} == {32}


def test_lengths_keep_purpose_and_field_apart() -> None:
    assert encoding._key(SECRET, "a", "bc") != encoding._key(SECRET, "ab", "c")


def test_a_father_is_not_taken_for_her() -> None:
    assert dice(named("Dušan"), Record(id="2", father="Dušan")) < 0.15


def test_weak_secrets_and_nameless_purposes_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 16 bytes, this one has 15"):
        Encoder(b"x" * 15, purpose="test")
    with pytest.raises(ValueError, match="purpose"):
        Encoder(SECRET, purpose="")
    assert Encoder(b"x" * 16, purpose="test").encode(HER).any()


def test_the_filter_is_what_it_was() -> None:
    """Filters of one release compare with those of the next, unless SCHEME says otherwise."""
    bits = np.flatnonzero(np.unpackbits(encoder().encode(Record(id="", sex="F")).view(np.uint8), bitorder="little"))
    assert bits.tolist() == [240, 254, 603, 625, 907, 938]


# --- shape -----------------------------------------------------------------------------------------------------------


def test_shapes() -> None:
    assert encoder().encode(HER).shape == (16,)
    assert encoder().encode(HER).dtype == np.uint64
    assert encoder().encode_many([]).shape == (0, 16)
    many = encoder().encode_many(iter([HER, Record(id="2"), HER]))
    assert many.shape == (3, 16)
    assert popcounts(many)[1] == 0
    assert np.array_equal(many[0], many[2])
    many[0] = 0  # a row can be wiped


def test_the_id_and_what_is_not_compared_leave_no_trace() -> None:
    looks = replace(HER, id="77", hair="crna", eyes="plave", marks="mladež", height_cm=160)
    assert np.array_equal(encoder().encode(HER), encoder().encode(looks))


def test_a_full_memory_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = encoder().encode_many([HER, named("Ana"), HER])
    monkeypatch.setattr(encoding, "_KEPT", 3)
    small = encoder()
    assert np.array_equal(small.encode_many([HER, named("Ana"), HER]), expected)
    assert max(len(small._parts), *(len(known) for known in small._tokens.values())) <= 3


def test_numbers_are_not_remembered() -> None:
    one = encoder()
    one.encode(HER)
    assert not {"national", "number"} & {field for field, _ in one._parts}
    assert not one._tokens["national"]
    assert not one._tokens["number"]


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling",
    [
        "Jelena Đorđević",
        "JELENA ĐORĐEVIĆ",
        "Јелена Ђорђевић",
        "Djordjevic Jelena",
        "Đorđević, Jelena",
        "jelena  đorđević",
    ],
)
def test_script_case_order_and_division_change_nothing(spelling: str) -> None:
    assert dice(named("Jelena", "Đorđević"), named(text=spelling)) == 1


@pytest.mark.parametrize(
    ("name", "nearer", "farther"),
    [
        ("Hodžić", "Hoxhiq", "Horvat"),
        ("Jovanović", "Jovanovic", "Ivanović"),
        ("Jovanović", "Jovnaović", "Stojanović"),
        ("Petrović", "Petrovič", "Pavlović"),
        ("Petrović", "Betrović", "Marković"),
        ("Mohammed", "Muhamed", "Mahmud"),
        ("Krasniqi", "Krasnići", "Berisha"),
        ("Milica", "Milca", "Marica"),
        ("Szabó", "Sabo", "Sava"),
    ],
)
def test_a_nearer_name_is_at_least_as_like(name: str, nearer: str, farther: str) -> None:
    assert dice(named(name), named(nearer)) >= dice(named(name), named(farther))
    assert dice(named(name), named(nearer)) > 0.4


def test_a_name_that_it_may_stand_for_brings_them_nearer() -> None:
    def meant(word: str) -> Iterable[str]:
        return {"jeca": ["jelena"], "jelena": ["jelena"]}.get(word, [])

    likeness = []
    for one in (encoder(), Encoder(SECRET, purpose="test", same_names=meant)):
        filters = one.encode_many([named("Jelena"), named("Jeca")])
        likeness.append(dice_scan(filters, popcounts(filters), filters[0])[1])
    assert likeness[1] > likeness[0]
    assert Feature("name", "meant jelena", features.NAME.meant) in features_of(named("Jeca"), meant)


# --- births and the rest ---------------------------------------------------------------------------------------------


def test_dates_that_people_mix_up_are_alike() -> None:
    swapped, other = dice(born(2009, 5, 3), born(2009, 3, 5)), dice(born(2009, 5, 3), born(2009, 8, 17))
    year_off, far_off = dice(born(2009, 5, 3), born(2010, 5, 3)), dice(born(2009, 5, 3), born(2015, 5, 3))
    assert 1 > swapped > other
    assert 1 > year_off > far_off


def test_years_grow_less_alike_step_by_step() -> None:
    year = Record(id="y", birth=Birth(date(2009, 1, 1), date(2009, 12, 31)))
    likeness = [dice(year, Record(id="z", birth=Birth(date(y, 1, 1), date(y, 12, 31)))) for y in range(2009, 2015)]
    assert likeness[0] == 1
    assert all(nearer >= farther for nearer, farther in pairwise(likeness))
    assert likeness[2] > likeness[5]


def test_the_first_of_january_is_some_day_of_its_year() -> None:
    year = Record(id="y", birth=Birth(date(2009, 1, 1), date(2009, 12, 31)))
    assert dice(born(2009, 1, 1), year) == 1
    assert dice(born(2009, 1, 1), born(2009, 5, 3)) > 0.4


@pytest.mark.parametrize(
    "birth", [None, Birth(), Birth(date(1990, 1, 1), date(2008, 1, 1))], ids=["none", "open", "any year"]
)
def test_births_that_say_nothing_set_no_bits(birth: Birth | None) -> None:
    assert features_of(Record(id="1", birth=birth)) == []


def test_an_open_end_is_read_as_the_other() -> None:
    assert features_of(Record(id="1", birth=Birth(latest=BORN))) == features_of(Record(id="1", birth=Birth(BORN, BORN)))


def test_a_national_number_tells_birth_and_sex_where_nobody_did() -> None:
    number = "0101006500006"
    found = features_of(Record(id="1", national_id="010100-650000-6"))
    assert Feature("national", number, features.NATIONAL) in found
    assert Feature("sex", "M", features.SEX) in found
    assert any(feature.token == "within 0 2006" for feature in found)
    stated = features_of(Record(id="1", national_id=number, sex="F", birth=Birth(BORN, BORN)))
    assert Feature("sex", "F", features.SEX) in stated
    assert not any(feature.token == "within 0 2006" for feature in stated)
    assert {feature.field for feature in features_of(Record(id="1", national_id="12345"))} == {"national"}


def test_a_place_has_its_other_names() -> None:
    assert dice(Record(id="1", places=("Újvidék",)), Record(id="2", seen_places=("у Новом Саду",))) == 1
    assert dice(Record(id="1", places=("Gornja Nedođija",)), Record(id="2", places=("Горња Недођија",))) == 1


def test_empty_words_set_no_bits() -> None:
    blank = Record(id="1", names=(Name(text="..."),), places=("-",), national_id="-", numbers=("+",))
    assert features_of(blank) == []


def test_every_field_has_a_part() -> None:
    assert {feature.field for feature in features_of(HER)} == set(FIELDS)
    assert all(0 < feature.bits <= encoding.MOST_BITS for feature in features_of(HER))


# --- whatever is drawn -----------------------------------------------------------------------------------------------


@given(names_drawn, names_drawn, names_drawn)
@settings(max_examples=20)
def test_comparing_is_symmetric_and_blind_to_script_and_order(given: str, family: str, other: str) -> None:
    one = named(given, family)
    assert dice(one, named(other)) == dice(named(other), one)
    assert dice(one, named(family, given)) == 1
    assert dice(one, named(text=f"{family} {given}")) == 1
    assert dice(one, named(to_cyrillic(given, keep=()), family)) == dice(one, named(given, family))


@given(names_drawn, names_drawn, st.sampled_from(["father", "mother", "sex", "birth", "places"]))
@settings(max_examples=20)
def test_what_agrees_besides_never_lowers_the_likeness(given: str, family: str, part: str) -> None:
    one, other = named(given, family), named(given, family + "ević")
    more = {part: getattr(HER, part)}
    assert dice(replace(one, **more), replace(other, **more)) >= dice(one, other)


@pytest.mark.parametrize("module", [encoding, features])
def test_examples(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0
