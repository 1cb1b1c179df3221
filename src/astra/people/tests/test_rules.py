"""Ages, code names, safe-contact rules and whereabouts, without a database."""

import random
from collections.abc import Collection
from datetime import date, datetime

import pytest

from astra.kernel.clock import LOCAL
from astra.kernel.partial_dates import AgeRange, PartialDate
from astra.people.rules import ages, codenames, safety, whereabouts
from astra.people.rules.cards import compact, make_card, phone_digits
from astra.people.rules.persons import (
    ContactDetail,
    ContactDetails,
    Identity,
    IdNumber,
    Name,
    SafeRule,
    Safety,
    Stay,
    Whereabouts,
)

DAY = date(2026, 5, 4)
BANDS = (("0_8", 0, 8), ("9_17", 9, 17), ("18_20", 18, 20), ("48_plus", 48, 130))


@pytest.mark.parametrize(
    ("birth", "quarter"),
    [
        (None, None),
        (PartialDate(), None),
        (PartialDate.on(date(2008, 5, 4)), None),
        (PartialDate.on(date(2008, 5, 5)), date(2026, 4, 1)),
        (PartialDate.in_year(2010), date(2028, 10, 1)),
        (PartialDate(earliest=date(2010, 1, 1)), None),
    ],
)
def test_the_server_knows_the_quarter_only(birth: PartialDate | None, quarter: date | None) -> None:
    assert ages.of_age_quarter(birth, DAY) == quarter


@pytest.mark.parametrize("born_on", [date(2010, 1, 1), date(2010, 3, 31), date(2008, 2, 29), date(2012, 12, 31)])
def test_the_coded_age_holds_the_true_one(born_on: date) -> None:
    birth = PartialDate.on(born_on)
    coded = ages.coded_age(ages.of_age_quarter(birth, date(2020, 1, 1)), DAY)
    true = birth.age_on(DAY)
    assert coded is not None
    assert coded.least <= true.least <= (coded.most or 0)
    assert coded.most is not None
    assert coded.most - coded.least <= 1


def test_without_a_quarter_nothing_is_said() -> None:
    assert ages.coded_age(None, DAY) is None
    assert ages.comes_of_age_on(PartialDate.on(date(2008, 2, 29))) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (None, ""),
        (AgeRange(10, 12), "9_17"),
        (AgeRange(17, 18), ""),
        (AgeRange(18, None), ""),
        (AgeRange(60, 60), "48_plus"),
    ],
)
def test_a_band_holds_the_whole_range(age: AgeRange | None, band: str) -> None:
    assert ages.age_band(age, BANDS) == band


def test_in_doubt_a_child() -> None:
    assert ages.may_be_child(AgeRange(17, 19))
    assert not ages.may_be_child(AgeRange(18, None))


def test_code_names_are_drawn_until_nobody_has_them() -> None:
    taken: set[str] = set()

    def taken_among(some: Collection[str]) -> set[str]:
        return taken & set(some)

    for _ in range(40):
        drawn = codenames.draw_unused(500, taken_among, random.Random(7))
        assert len(set(drawn)) == 500
        assert not taken & set(drawn)
        taken |= set(drawn)
    assert any(name.split()[-1].isdecimal() for name in taken), "numbers follow once the pairs run short"


def test_one_word_of_a_code_name_may_be_begun_but_not_misspelt() -> None:
    assert "zlatica lugomir" in codenames.possible(["zlatica"], is_unfinished=False)
    assert "zlatica lugomir" in codenames.possible(["zlatija", "lugomir"], is_unfinished=False)
    assert codenames.possible(["zlatija"], is_unfinished=False) == ("zlatija",)
    assert "zlatica lugomir" in codenames.possible(["zlat"], is_unfinished=True)


def test_no_code_name_is_a_common_name() -> None:
    both = {*codenames.words("plants"), *codenames.words("rivers")}
    assert both.isdisjoint({"Jasmina", "Ruža", "Sava", "Una", "Drina", "Tara", "Kalina", "Iva", "Jela", "Višnja"})


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("064/123-45-67", "381641234567"),
        ("+381 64 1234567", "381641234567"),
        ("00381641234567", "381641234567"),
        ("+49 151 23456789", "4915123456789"),
        ("123456", "381123456"),
        ("12345", ""),
        ("+99 999 999 999", "99999999999"),
        ("00 1 234 567", "1234567"),
        ("12345678901234567890", "12345678901234567890"),
        ("nema", ""),
    ],
)
def test_a_number_is_the_same_however_it_is_written(said: str, digits: str) -> None:
    assert phone_digits(said) == digits


def test_a_card_holds_what_finds_her() -> None:
    who = Identity(
        names=(Name("Ana", "Anić"), Name(text="Anka", kind="nickname"), Name()),
        birth=PartialDate(latest=date(2010, 1, 1)),
        birth_place="Niš",
        numbers=(IdNumber(number="12/2014"),),
    )
    details = ContactDetails((ContactDetail("mobile", "0641234567"), ContactDetail("address", "Čačak, Glavna 1")))
    card = make_card("Lipa Tisa", who, details, Whereabouts((Stay(place="Niš"),)), frozenset({"mobile"}))
    assert [name.family or name.text for name in card.names] == ["Anić", "Anka"]
    assert (card.born_from, card.born_until) == (None, date(2010, 1, 1))
    assert card.places == ("Niš", "Čačak, Glavna 1")
    assert card.phones == ("381641234567",)
    assert card.numbers == (compact("12-2014"),)
    assert card.display_name == "Ana Anić"
    assert make_card("Lipa Tisa", Identity(), ContactDetails(), Whereabouts(), frozenset()).display_name == "Lipa Tisa"


def test_a_death_is_the_last_word() -> None:
    noted = datetime(2026, 3, 1, tzinfo=LOCAL)
    stays = (Stay("died", date(2026, 1, 1)), Stay("shelter", date(2026, 2, 1)), Stay("at_home", noted_at=noted))
    found = whereabouts.current(stays)
    assert found is not None
    assert found.kind == "died"
    assert whereabouts.current(()) is None
    assert [stay.kind for stay in whereabouts.in_order(stays[1:])] == ["shelter", "at_home"]
    assert whereabouts.may_be_called("prison")
    assert not whereabouts.may_be_called("died")


def test_rules_are_put_before_whoever_dials() -> None:
    rules = Safety(
        (
            SafeRule("call_only_between", "posle 18"),
            SafeRule("hidden_number"),
            SafeRule("code_word", "violina"),
            SafeRule("never_say", "Astra"),
            SafeRule("must_not_know", "otac"),
            SafeRule("no_voicemail"),
            SafeRule("introduce_as", "zubar"),
        ),
        "Zvoni dvaput",
    )
    seen = safety.shown(rules, "en")
    assert seen is not None
    assert seen.when == "posle 18"
    assert seen.code_word == "violina"
    assert "hidden" in seen.how
    assert "zubar" in seen.how
    assert seen.never_say == "Astra"
    assert seen.kept_from == "otac"
    assert seen.voicemail == "no"
    assert (seen.stop, seen.note) == ("", "Zvoni dvaput")
    assert safety.shown(Safety((SafeRule("do_not_call"),)), "en") == safety.SafeShown(stop="Do not call")
    assert safety.shown(None, "en") is None
    assert safety.shown(Safety(), "en") is None
    assert safety.shown(None, "en", stop="Died") == safety.SafeShown(stop="Died")


def test_rules_of_two_files_are_read_as_one_and_the_careful_one_counts() -> None:
    mother = Safety((SafeRule("must_not_know", "majka"), SafeRule("voicemail")), "Samo radnim danom")
    father = Safety((SafeRule("must_not_know", "otac"), SafeRule("no_voicemail"), SafeRule("must_not_know", "majka")))
    whole = safety.shown(safety.together([mother, father], ["Preko dežurne u prihvatilištu", " "]), "en")
    assert whole is not None
    assert whole.kept_from.count("majka") == 1
    assert "otac" in whole.kept_from
    assert whole.voicemail == "no"
    assert whole.how == "Preko dežurne u prihvatilištu"
    assert whole.note == "Samo radnim danom"
    assert safety.together([]).is_empty


def test_what_is_said_later_is_added_and_nothing_is_lost() -> None:
    known = Safety((SafeRule("voicemail"), SafeRule("must_not_know", "majka")), "Tiho")
    fresh = Safety((SafeRule("no_voicemail"), SafeRule("must_not_know", "otac"), SafeRule("hidden_number")), "Kratko")
    whole = safety.added(known, fresh)
    assert {rule.code: rule.words for rule in whole.rules} == {
        "must_not_know": "majka · otac",
        "no_voicemail": "",
        "hidden_number": "",
    }
    assert whole.note == "Tiho · Kratko"
    assert safety.added(whole, fresh) == whole, "what is known already changes nothing"


def test_two_sources_make_one_card() -> None:
    file = safety.SafeShown(when="after 18", voicemail="yes", note="from a hidden number")
    said = safety.SafeShown(when="after 18", how="from a hidden number", never_say="the court", voicemail="no")
    assert safety.both(file, said) == safety.SafeShown(
        when="after 18", never_say="the court", voicemail="no", note="from a hidden number"
    )
    assert safety.both(None, said) is said
    assert safety.both(file, None) is file
    assert safety.both(None, None) is None
