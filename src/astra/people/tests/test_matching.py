"""Do we know her? Spellings, slips, order, ages, numbers, accounts; and who is only possibly meant."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from astra.kernel.partial_dates import PartialDate
from astra.people.rules import answers
from astra.people.rules.answers import Hit, is_worth_showing, likely_among, reasons_of
from astra.people.rules.cards import handle, make_card, prepared_of, read_prepared, record_of, with_prepared
from astra.people.rules.persons import (
    CardName,
    ContactDetail,
    ContactDetails,
    Identity,
    IdNumber,
    Name,
    SearchCard,
    Whereabouts,
)
from astra.people.rules.queries import Asked, Query, read
from astra.people.sections import CARD
from astra.science.linkage.registry import Registry

DAY = date(2026, 5, 4)
ANA, DJURDJA, MARIA, ZORAN = (UUID(int=n) for n in range(1, 5))
Cards = dict[UUID, SearchCard]


@pytest.fixture
def cards() -> Cards:
    return {
        ANA: SearchCard("Lipa Tisa", (CardName("Ana", "Petrović"),), date(2008, 1, 1), date(2008, 12, 31), "female"),
        DJURDJA: SearchCard("Javor Ibar", (CardName("Ђурђа", "Хоџић"), CardName(text="Đuka")), places=("Novi Pazar",)),
        MARIA: SearchCard(
            "Breza Lim", (CardName("Marija", "Petrović"),), phones=("381641234567",), numbers=("122014",)
        ),
        ZORAN: SearchCard("Zova Rzav", (CardName(text="Zoran Marković Marija"),), phones=("381641234567",)),
        **strangers(),
    }


def strangers() -> Cards:
    """People of whom nobody asks."""
    return {
        UUID(int=100 + n): SearchCard(
            f"Lan {n}", (CardName(*name),), date(1960 + n, 1, 1), date(1960 + n, 12, 31), places=(PLACES[n % 4],)
        )
        for n, name in enumerate(STRANGERS)
    }


PLACES = ("Niš", "Subotica", "Čačak", "Priština")
STRANGERS = [("Jelena", "Ilić"), ("Milan", "Kovač"), ("Fatmir", "Krasniqi"), ("Sava", "Tot"), ("Ivana", "Nikolić")] * 8


def search(cards: Cards, query: Query | str) -> tuple[Asked, list[Hit]]:
    registry = Registry()
    registry.add_prepared([one.hex for one in cards], [prepared_of(card) for card in cards.values()])
    asked = read(query, DAY, registry.knows_name)
    if asked.is_empty:
        return asked, []
    found = registry.search(asked.record, 30, is_unfinished=asked.is_unfinished)
    hits = [Hit(UUID(one.record_id), one.probability, one.score, one.reasons) for one in found]
    return asked, [hit for hit in hits if is_worth_showing(hit)]


def found(cards: Cards, query: Query | str) -> list[UUID]:
    return [hit.person_id for hit in search(cards, query)[1]]


def likely(cards: Cards, query: Query | str) -> list[UUID]:
    asked, hits = search(cards, query)
    return sorted(likely_among(hits, asked))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Ana Petrović", ANA),
        ("петровић ана", ANA),
        ("PETROVIC ANA", ANA),
        ("Djurdja Hodžić", DJURDJA),
        ("Đurđa Hodzic", DJURDJA),
        ("Djurdja Hoxhiq", DJURDJA),
        ("đuka", DJURDJA),
        ("Ana Petorvić", ANA),
        ("Mraija Petrović", MARIA),
        ("064 123 4567 marija petrović", MARIA),
        ("12/2014", MARIA),
        ("zoran", ZORAN),
        ("ana 18", ANA),
        ("ana 2008", ANA),
        ("ana petrovic 17.8.2008.", ANA),
        ("djurdja novi pazar", DJURDJA),
    ],
)
def test_found_first(cards: Cards, query: str, first: UUID) -> None:
    assert found(cards, query)[0] == first


@pytest.mark.parametrize("query", ["", "a", "   ", "Xyzzy", "12", "–"])
def test_nobody(cards: Cards, query: str) -> None:
    assert found(cards, query) == []


def test_a_query_says_in_words_what_was_searched() -> None:
    assert Query("ana", age=18, place="Niš", phone="064").as_words == "ana | 064 | Niš | 18"


def test_who_differs_in_everything_is_not_shown(cards: Cards) -> None:
    assert ANA not in found(cards, Query("ana jovanovic markovic savic", age=70, sex="male"))


@pytest.mark.parametrize("typed", ["14", "br. 14", "Бр.14", "broj 14", "№ 14"])
def test_a_number_of_the_old_records_may_be_short(cards: Cards, typed: str) -> None:
    old = UUID(int=99)
    cards[old] = SearchCard("Jela Mlava", (CardName("Jovana", "Ristić"),), numbers=("14",))
    assert found(cards, typed)[0] == old
    assert found(cards, "Brana 14") == [], "an age beside a name is no number"


def test_one_number_may_be_several_peoples(cards: Cards) -> None:
    assert set(found(cards, "+381 64 123 45 67")) == {MARIA, ZORAN}
    assert set(found(cards, Query(phone="1234567"))) == {MARIA, ZORAN}
    assert set(found(cards, "Petar 064 1234567")) >= {MARIA, ZORAN}
    for query in ("+381 64 123 45 67", "Petar 064 1234567"):
        assert likely(cards, query) == [], "a number that is shared identifies nobody"
    assert likely(cards, "Marija Petrović 064 1234567") == [MARIA]


def test_an_account_is_found_however_it_is_written(cards: Cards) -> None:
    details = ContactDetails((ContactDetail("social", "https://instagram.com/Ana_P"), ContactDetail("email", "L@X.rs")))
    card = make_card("Jela", Identity(names=(Name("Lena", "Kos"),)), details, Whereabouts(), frozenset({"mobile"}))
    lena = UUID(int=98)
    cards[lena] = card
    for typed in ("@ana_p", "Ana_P", "l@x.rs", "L@x.RS lena", "instagram: ana_p"):
        assert found(cards, typed)[0] == lena, typed
    asked, hits = search(cards, "@ana_p")
    assert [why.sentence for why in reasons_of(hits[0], asked, card)] == [answers.ACCOUNT_SAME]
    assert handle("facebook.com/profile.php?id=10042") == handle("10042") == "10042"


def why(cards: Cards, query: Query | str, person_id: UUID) -> list[str]:
    asked, hits = search(cards, query)
    hit = next(hit for hit in hits if hit.person_id == person_id)
    return [one.said(str) for one in reasons_of(hit, asked, cards[person_id])]


def test_why_is_said(cards: Cards) -> None:
    assert set(why(cards, "Djurdja Hoxhiq", DJURDJA)) == {"first name: same", "surname: same, other spelling"}
    assert "age: fits" in why(cards, Query("ana petrovic", age=17), ANA)
    assert "age: 5 years apart" in why(cards, Query("ana petrovic", age=22), ANA)
    assert "place: 67 km away" in why(cards, "djurdja hodzic kraljevo", DJURDJA)
    assert why(cards, "1234567", MARIA) == ["phone number: same last digits"]
    assert why(cards, "064/123-45-67", MARIA) == ["phone number: same"]
    assert why(cards, "12/2014", MARIA) == ["file or document number: same"]


def test_what_stands_beside_the_name_decides(cards: Cards) -> None:
    assert likely(cards, Query("ana petrovic", age=18)) == [ANA]
    assert likely(cards, Query("ana petrovic", age=60, sex="male")) == []


def test_one_name_that_is_merely_alike_finds_nobody(cards: Cards) -> None:
    nemanja = UUID(int=98)
    cards[nemanja] = SearchCard("Jasen Resava", (CardName("Nemanja", "Kovač"),))
    assert found(cards, "tamara") == []
    assert found(cards, "ann")[0] == ANA, "one letter is never too much"
    assert found(cards, "tamara krasniqi").count(nemanja) == 0
    assert "first name: almost the same" in why(cards, "lemanja kovac", nemanja)
    assert "first name: alike" in why(cards, "tamara kovac", nemanja)


def test_one_word_identifies_nobody(cards: Cards) -> None:
    assert found(cards, "zoran") == [ZORAN]
    assert likely(cards, "zoran") == []
    assert set(found(cards, "petrovic")) == {ANA, MARIA}


def test_thirty_of_one_surname_are_possible(cards: Cards) -> None:
    for n in range(30):
        cards[UUID(int=500 + n)] = SearchCard(f"Bor {n}", (CardName(f"Ime{n}", "Stojković"),))
    assert len(found(cards, "stojkovic")) == 30
    assert likely(cards, "stojkovic") == []


def test_a_word_that_is_still_typed_is_a_beginning(cards: Cards) -> None:
    for typed in ("pe", "petr", "petrov", "ana pe"):
        assert ANA in found(cards, Query(typed, is_unfinished=True)), typed
    assert found(cards, Query("pe ", is_unfinished=True)) == found(cards, "pe") == []
    assert "surname: begins so" in why(cards, Query("ana pet", is_unfinished=True), ANA)


def test_parents_nicknames_and_a_national_number_are_read(cards: Cards) -> None:
    identity = Identity(
        names=(Name("Katarina", "Lazić"), Name(text="Kaća", kind="nickname")),
        father="Radoje",
        birth=PartialDate.from_age(17, DAY),
        numbers=(IdNumber("national_number", "0101006500006"),),
    )
    card = make_card("Jela", identity, ContactDetails(), Whereabouts(), frozenset())
    record = record_of(card)
    assert (record.nicknames, record.father, record.national_id) == (("Kaća",), "Radoje", "0101006500006")
    assert record.birth is not None
    assert not record.birth.is_stated, "somebody said an age"
    kaca = UUID(int=97)
    cards[kaca] = card
    assert found(cards, "kaća lazić")[0] == kaca
    assert likely(cards, "0101006 500006") == likely(cards, "0101006500006") == [kaca]


def test_a_card_of_another_edition_is_prepared_anew(cards: Cards) -> None:
    card = with_prepared(cards[ANA])
    assert read_prepared(CARD.encode(card)) == prepared_of(cards[ANA]) == prepared_of(card)
    for prepared in ((), (0, "another shape"), (0, *card.prepared[1:])):
        other = SearchCard(card.code_name, card.names, card.born_from, card.born_until, card.sex, prepared=prepared)
        assert read_prepared(CARD.encode(other)) == prepared_of(card)
        assert CARD.decode(CARD.encode(other)).names == card.names
    assert CARD.decode(CARD.encode(card)) == card


def test_many_namesakes_leave_room_for_the_right_one(cards: Cards) -> None:
    for number in range(2500):
        born = date(1950, 1, 1) + timedelta(days=number * 8)
        cards[UUID(int=1000 + number)] = SearchCard("Lan", (CardName("Marija", "Jovanović"),), born, born)
    wanted = UUID(int=9000)
    cards[wanted] = SearchCard("Lan Lim", (CardName("Marija", "Jovanović"),), date(2011, 6, 1), date(2011, 6, 1))
    assert found(cards, Query("marija jovanovic", born_year=2011))[0] == wanted


def test_twins_differ_by_their_first_names_only() -> None:
    born = date(2009, 3, 2)
    twins = {
        UUID(int=n): SearchCard("", (CardName(given, "Lukić"),), born, born, "female", mother="Vera", father="Ivan")
        for n, given in enumerate(("Milica", "Milena"), 1)
    }
    both = twins | strangers()
    assert found(both, "milena lukic 2.3.2009") == [UUID(int=2), UUID(int=1)]
    assert likely(both, "milena lukic 2.3.2009") == [UUID(int=2)]
    assert set(found(both, "lukic 2009")) == set(twins)
    assert likely(both, "lukic 2009") == []
