"""Do we know her? Spellings, slips, order, ages, numbers; and nothing of a removed card is left."""

from datetime import date
from uuid import UUID

import pytest

from astra.people.rules.matching import Matcher
from astra.people.rules.persons import CardName, SearchCard
from astra.people.rules.queries import Query, read
from astra.people.rules.scoring import LIKELY

DAY = date(2026, 5, 4)
ANA, DJURDJA, MARIA, ZORAN = (UUID(int=n) for n in range(1, 5))


@pytest.fixture
def matcher() -> Matcher:
    cards = {
        ANA: SearchCard("Lipa Tisa", (CardName("Ana", "Petrović"),), date(2008, 1, 1), date(2008, 12, 31), "female"),
        DJURDJA: SearchCard("Javor Ibar", (CardName("Ђурђа", "Хоџић"), CardName(text="Đuka")), places=("Novi Pazar",)),
        MARIA: SearchCard(
            "Breza Lim", (CardName("Marija", "Petrović"),), phones=("381641234567",), numbers=("122014",)
        ),
        ZORAN: SearchCard("Zova Rzav", (CardName(text="Zoran Marković Marija"),), phones=("381641234567",)),
    }
    made = Matcher()
    for person_id, card in cards.items():
        made.put(person_id, card)
    return made


def found(matcher: Matcher, query: Query | str, limit: int = 10) -> list[UUID]:
    return [hit.person_id for hit in matcher.search(read(query, DAY), DAY, limit)]


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
        ("ana petr", ANA),
        ("Ana Petorvić", ANA),
        ("Mraija Petrović", MARIA),
        ("lipa tisa", ANA),
        ("ЛИПА ТИСА", ANA),
        ("064 123 4567 marija petrović", MARIA),
        ("12/2014", MARIA),
        ("zoran", ZORAN),
        ("ana 18", ANA),
        ("ana 2008", ANA),
    ],
)
def test_found_first(matcher: Matcher, query: str, first: UUID) -> None:
    assert found(matcher, query)[0] == first


@pytest.mark.parametrize("query", ["", "a", "   ", "Xyzzy", "12", "–"])
def test_nobody(matcher: Matcher, query: str) -> None:
    assert found(matcher, query) == []


def test_a_query_says_in_words_what_was_searched() -> None:
    assert Query("ana", age=18, place="Niš", phone="064").as_words == "ana | 064 | Niš | 18"


def test_who_differs_in_everything_is_not_shown(matcher: Matcher) -> None:
    assert ANA not in found(matcher, Query("ana jovanovic markovic savic", age=70, sex="male"))
    assert matcher.search(read("lipovac", DAY), DAY, 5) == []


@pytest.mark.parametrize("typed", ["14", "br. 14", "Бр.14", "broj 14", "№ 14"])
def test_a_number_of_the_old_records_may_be_short(matcher: Matcher, typed: str) -> None:
    old = UUID(int=99)
    matcher.put(old, SearchCard("Jela Mlava", (CardName("Jovana", "Ristić"),), numbers=("14",)))
    assert found(matcher, typed)[0] == old
    assert found(matcher, "Brana 14") == [], "an age beside a name is no number"


def test_one_number_may_be_several_peoples(matcher: Matcher) -> None:
    assert set(found(matcher, "+381 64 123 45 67")) == {MARIA, ZORAN}
    assert set(found(matcher, Query(phone="1234567"))) == {MARIA, ZORAN}
    other_name = matcher.search(read("Petar 064 1234567", DAY), DAY, 10)
    assert {hit.person_id for hit in other_name} == {MARIA, ZORAN}


def test_why_is_said(matcher: Matcher) -> None:
    def why(query: Query, person_id: UUID) -> set[tuple[str, str]]:
        hits = matcher.search(read(query, DAY), DAY, 10)
        return next(set(hit.reasons) for hit in hits if hit.person_id == person_id)

    same = {("given", "same"), ("family", "same")}
    assert why(Query("Djurdja Hoxhiq"), DJURDJA) == {("given", "same"), ("family", "spelling")}
    assert why(Query("ana petrovic", age=18), ANA) == {*same, ("age", "fits")}
    assert why(Query("ana petrovic", age=60, sex="male"), ANA) == {*same, ("age", "differs"), ("sex", "differs")}


def test_what_stands_beside_the_name_decides(matcher: Matcher) -> None:
    near = matcher.search(read(Query("ana petrovic", age=18), DAY), DAY, 1)[0]
    hits = matcher.search(read(Query("ana petrovic", age=60), DAY), DAY, 10)
    far = next(hit for hit in hits if hit.person_id == ANA)
    assert near.score >= LIKELY > far.score
    placed = matcher.search(read(Query("djurdja", place="novi pazar"), DAY), DAY, 1)[0]
    assert ("place", "same") in placed.reasons


def test_a_word_is_met_once(matcher: Matcher) -> None:
    twice = matcher.search(read("petrovic petrovic", DAY), DAY, 10)
    assert all(hit.score < LIKELY for hit in twice)
    assert found(matcher, "marija zoran")[0] == ZORAN


def test_a_card_may_change_its_words_and_stay_findable(matcher: Matcher) -> None:
    found(matcher, "ana")
    matcher.put(ANA, SearchCard("Lipa Tisa", (CardName("Ana", "Petrović"), CardName(text="Anuška"))))
    matcher.put(ANA, SearchCard("Lipa Tisa", (CardName("Ana", "Petrović"), CardName(text="Anuška"))))
    assert found(matcher, "anus")[0] == ANA
    matcher.put(ANA, SearchCard("Lipa Tisa", (CardName("Ana", "Petrović"),)))
    assert ANA not in found(matcher, "anuška")


def test_a_finished_word_is_no_beginning(matcher: Matcher) -> None:
    assert ANA in found(matcher, "petr")
    assert found(matcher, "petr ") == []


def test_a_changed_card_is_found_by_its_new_name_only(matcher: Matcher) -> None:
    matcher.put(ANA, SearchCard("Lipa Tisa", (CardName("Anja", "Savić"),)))
    assert found(matcher, "anja savic")[0] == ANA
    assert ANA not in found(matcher, "petrovic")
    assert len(matcher) == 4


def test_nothing_of_a_removed_card_is_left(matcher: Matcher) -> None:
    for person_id in (ANA, DJURDJA, MARIA, ZORAN, ANA):
        matcher.remove(person_id)
    assert len(matcher) == 0
    assert ANA not in matcher
    left = repr({name: value for name, value in vars(matcher).items()}).lower()
    for word in ("petrovi", "lipa", "hodz", "381641234567", "122014", "marko"):
        assert word not in left


def test_many_namesakes_leave_room_for_the_right_one() -> None:
    matcher = Matcher()
    for number in range(1, 3000):
        born = date(1950 + number % 60, 1, 1)
        matcher.put(UUID(int=number), SearchCard(f"Lan {number}", (CardName("Marija", "Jovanović"),), born, born))
    wanted = UUID(int=5000)
    matcher.put(wanted, SearchCard("Lan Lim", (CardName("Marija", "Jovanović"),), date(2011, 6, 1), date(2011, 6, 1)))
    assert found(matcher, Query("marija jovanovic", born_year=2011))[0] == wanted
