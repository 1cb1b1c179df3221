"""The worklist: who may have two files, what each may see of it, and what was decided and is not offered again."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connections
from django.urls import reverse
from django.utils.translation import override

from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import NotAllowedNow, NotFound
from astra.kernel.ids import new_id
from astra.kernel.partial_dates import PartialDate
from astra.people import beside, index, resemblances, selectors, services
from astra.people.models import HeldApart
from astra.people.rules.duplicates import WORTH_SHOWING, beside_twins, twins_to_one
from astra.people.rules.persons import Identity, IdNumber, Name, NewPerson
from astra.people.selectors import duplicates
from astra.people.tests.pages import page, text
from astra.science.linkage.weighing.evidence import births
from astra.science.linkage.weighing.reasons import Reason
from astra.vault import selectors as vault
from astra.vault.services.circles import build_wall, renew
from astra.vault.services.notes import WordsErased, open_note
from astra.vault.services.trail import reading

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
GIVEN = ("Ana", "Ivan", "Milica", "Petar", "Vesna", "Dragan")
FAMILY = ("Babić", "Ilić", "Kosanović", "Lukić", "Savić", "Tešić")
BORN = date(1998, 3, 12)


def who(given: str = "Zlatija", family: str = "Đorđević", born: date | None = BORN) -> Identity:
    return Identity(names=(Name(given, family),), birth=PartialDate.on(born) if born else None, sex="female")


def register(cast: Cast, identity: Identity | None = None, **parts: object) -> UUID:
    return services.register_person(actor=cast.actor("mira"), identity=identity or who(), **parts)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def others(cast: Cast) -> None:
    """An office: among three people everybody's name is common."""
    names = [(given, family) for given in GIVEN for family in FAMILY]
    people = [
        NewPerson(who(given, family, date(1960 + n, n % 12 + 1, n % 28 + 1))) for n, (given, family) in enumerate(names)
    ]
    services.register_people(actor=cast.actor("mira"), people=people)


def found(cast: Cast, name: str = "mira") -> list[tuple[str, ...]]:
    """The pairs on somebody's worklist, by the names that she sees."""
    return [
        tuple(sorted(side["name"] for side in row["sides"]))
        for row in beside.pair_rows(duplicates.worklist(cast.actor(name), 20).pairs)
    ]


def pairs(cast: Cast, name: str = "mira") -> list[duplicates.Pair]:
    return list(duplicates.worklist(cast.actor(name), 20).pairs)


def test_two_files_of_one_person_in_two_scripts_are_offered_with_reasons(cast: Cast) -> None:
    first, second = register(cast), register(cast, who("Златија", "Ђорђевић"))
    (pair,) = pairs(cast)
    assert {pair.one.id, pair.other.id} == {first, second}
    assert pair.chance > 0.9
    (row,) = beside.pair_rows([pair])
    assert "prezime: isto" in row["why"]
    assert row["url"]
    done = duplicates.worklist(cast.actor("mira"), 20)
    assert done.is_done
    assert done.asked == done.of == len(GIVEN) * len(FAMILY) + 2


def test_few_files_are_looked_at_in_one_go(cast: Cast) -> None:
    register(cast), register(cast)
    begun = duplicates.worklist(cast.actor("mira"), 0.0)
    assert begun.is_done
    assert len(begun.pairs) == 1


def test_looking_goes_on_where_it_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "FEW", 0)
    first, second = register(cast), register(cast)
    begun = duplicates.worklist(cast.actor("mira"), 0.0)
    assert (begun.asked, begun.is_done, begun.pairs) == (0, False, ())
    asked = 0
    while not duplicates.worklist(cast.actor("mira"), 0.002).is_done:
        now_asked = duplicates.worklist(cast.actor("mira"), 0.0).asked
        assert now_asked >= asked
        asked = now_asked
    assert len(pairs(cast)) == 1
    third = register(cast)
    assert len(pairs(cast)) == 3, "who came meanwhile is looked at too"
    assert {pair.other.id for pair in duplicates.who_else(cast.actor("mira"), third)} == {first, second}


def test_whose_names_change_is_looked_at_anew(cast: Cast) -> None:
    register(cast)
    second = register(cast)
    assert len(pairs(cast)) == 1
    mira = cast.actor("mira")
    services.revise_identity(
        actor=mira, person_id=second, identity=who("Jovana", "Perić", date(2001, 7, 8)), revision=1
    )
    assert pairs(cast) == []


def test_twins_are_no_duplicates_whatever_else_they_share(cast: Cast) -> None:
    twins = [replace(who(given, "Kosić"), mother="Slavica", birth_place="Užice") for given in ("Jelena", "Marija")]
    for twin in twins:
        register(cast, twin)
    assert pairs(cast) == []
    register(cast, twins[0])
    (pair,) = pairs(cast)
    assert {one.card.names[0].given for one in (pair.one, pair.other) if one.card} == {"Jelena"}
    assert beside.pair_rows([pair])[0]["against"] == []


def test_what_is_a_persons_own_tells_twins_from_one_person() -> None:
    birth, surname = Reason("birth", str(births.SAME_DAY), 7.0), Reason("family", "same", 3.7)
    unlike, short, same = (Reason("given", *how) for how in (("differs", -4.4), ("shortened", -1.2), ("same", 3.7)))

    def chance(*reasons: Reason) -> float:
        return beside_twins(0.999, twins_to_one(reasons))

    assert chance(birth, surname, unlike) < WORTH_SHOWING, "Jelena and Marija"
    assert WORTH_SHOWING < chance(birth, surname, short) < 0.7, "Milica and Milena"
    assert chance(birth, surname, same) > 0.98
    assert chance(birth, unlike, Reason("national", "same", 9.0)) > 0.98, "a number of her own"
    assert chance(surname, unlike) == 0.999, "nobody said that they were born on one day"


def test_a_wall_hides_every_pair_it_touches(cast: Cast) -> None:
    first, _second = register(cast), register(cast)
    build_wall(actor=cast.actor("jelena"), record_id=first, member_id=cast.sanja.id)
    assert pairs(cast, "sanja") == []
    assert len(pairs(cast)) == 1


def test_a_file_that_is_not_hers_is_a_code_name(cast: Cast) -> None:
    vesna = [vault.personal_circle(cast.vesna.id)]
    register(cast, to=vesna, code_name="Lipa Tisa")
    register(cast, code_name="Jela Drina")
    (pair,) = pairs(cast, "vesna")
    (row,) = beside.pair_rows([pair])
    closed = next(side for side in row["sides"] if side["is_closed"])
    assert (closed["name"], closed["url"], closed["facts"]) == ("Jela Drina", "", "")
    assert row["url"] == "", "both are compared only by who can open both"
    assert (
        "ask the colleagues"
        in cast.client("vesna").get(page("duplicates"), headers={"accept-language": "en"}).content.decode()
    )
    assert pairs(cast, "dunja") == [], "neither of them is hers"


def test_whose_role_reads_no_cards_is_offered_nobody(cast: Cast) -> None:
    register(cast), register(cast)
    pairs(cast)
    assert duplicates.worklist(cast.actor("lara")) == duplicates.Worklist(index.CLOSED)


def test_decided_pairs_are_not_offered_again(cast: Cast) -> None:
    first, second = register(cast), register(cast)
    services.hold_apart(actor=cast.actor("mira"), one_id=second, other_id=first)
    assert pairs(cast, "sanja") == [], "for nobody"
    index._INDEX.wipe()
    assert pairs(cast) == [], "nor after everybody was away"
    assert duplicates.who_else(cast.actor("mira"), first) == []
    services.hold_apart(actor=cast.actor("sanja"), one_id=first, other_id=second)
    assert HeldApart.objects.count() == 1


def test_a_decision_outlives_the_keys_of_its_day(cast: Cast) -> None:
    first, second = register(cast), register(cast)
    services.hold_apart(actor=cast.actor("mira"), one_id=first, other_id=second)
    renew(actor=cast.actor("jelena"), circle_id=vault.desk_circle("index"))
    assert pairs(cast) == []


@pytest.mark.parametrize("changed", [who("Zlatija", "Zorić"), who(born=date(1998, 3, 13))])
def test_who_has_another_name_or_birth_is_offered_again(cast: Cast, changed: Identity) -> None:
    first, second = register(cast), register(cast, changed)
    mira = cast.actor("mira")
    services.hold_apart(actor=mira, one_id=first, other_id=second)
    noted = Identity(names=changed.names, birth=changed.birth, sex="female", notes="Ožiljak")
    services.revise_identity(actor=mira, person_id=second, identity=noted, revision=1)
    assert pairs(cast) == [], "a note is not another name"
    services.revise_identity(actor=mira, person_id=second, identity=who(), revision=2)
    assert len(pairs(cast)) == 1


def test_what_is_kept_of_a_decision_says_nothing_without_the_key(cast: Cast) -> None:
    first, second = register(cast), register(cast)
    mira = cast.actor("mira")
    with reading(mira):
        services.hold_apart(actor=mira, one_id=first, other_id=second)
    entry = Pending.objects.get(verb="people.held_apart")
    assert (entry.subjects, entry.detail) == ("[]", "{}")
    row = HeldApart.objects.get()
    kept = b"".join(
        bytes(part) if isinstance(part, (bytes, memoryview)) else str(part).encode() for part in vars(row).values()
    )
    for one in (first, second):
        assert one.bytes not in kept
        assert str(one).encode() not in kept
        assert one.hex.encode() not in kept
    said = open_note(cast.actor("ana"), bytes(entry.sealed), bytes(entry.commitment))
    assert said == " ".join(sorted(vault.pseudonyms([first, second]).values())), "data protection can see which two"
    services.erase(actor=cast.actor("jelena"), person_id=first, reason="request")
    with pytest.raises(WordsErased):
        open_note(cast.actor("ana"), bytes(entry.sealed), bytes(entry.commitment))


def test_found_pairs_are_in_no_table(cast: Cast) -> None:
    register(cast), register(cast)

    def rows() -> dict[str, int]:
        with connections["default"].cursor() as cursor:
            counted = {}
            for table in connections["default"].introspection.table_names():
                cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  the table names are our own
                counted[table] = cursor.fetchone()[0]
            return counted

    selectors.search_state(cast.actor("mira"))
    before = rows()
    assert len(pairs(cast)) == 1
    assert rows() == before


def test_the_way_to_a_pair_is_hers_alone_and_names_nobody(cast: Cast) -> None:
    first, second = register(cast), register(cast)
    (pair,) = pairs(cast)
    assert resemblances.open_pair(cast.mira.id, pair.word) in ((first, second), (second, first))
    for one in (str(first), first.hex):
        assert one not in pair.word
    for member, word in (
        (cast.sanja.id, pair.word),
        (cast.mira.id, pair.word[:-2]),
        (cast.mira.id, "č"),
        (cast.mira.id, "a"),
    ):
        with pytest.raises(NotFound):
            resemblances.open_pair(member, word)


def test_looking_is_on_the_log(cast: Cast) -> None:
    register(cast), register(cast)
    mira = cast.actor("mira")
    with reading(mira):
        duplicates.worklist(mira, 20)
    entry = Pending.objects.get(verb="people.duplicates_looked_for")
    assert (entry.subjects, entry.detail) == ("[]", '{"found":1}')
    assert Pending.objects.filter(verb="vault.read").count() == 1, "the cards that she saw"


def test_put_off_comes_last_and_only_for_her(cast: Cast) -> None:
    for identity in (who(), who("Jovana", "Perić", date(2001, 7, 8))):
        register(cast, identity), register(cast, identity)
    first, second = pairs(cast)
    resemblances.put_off(cast.mira.id, first.other.id, first.one.id)
    later = pairs(cast)
    assert [pair.is_put_off for pair in later] == [False, True]
    assert {later[0].one.id, later[0].other.id} == {second.one.id, second.other.id}
    assert not any(pair.is_put_off for pair in pairs(cast, "sanja"))


def test_closing_the_index_forgets_what_resembles_what(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    register(cast), register(cast)
    assert len(pairs(cast)) == 1
    index.close_index(cast.mira.id)
    monkeypatch.setattr(duplicates, "FEW", 0)
    assert duplicates.worklist(cast.actor("mira"), 0.0).asked == 0


def test_who_is_no_card_reader_cannot_hold_apart(cast: Cast) -> None:
    first, second = register(cast), register(cast)
    for one in (first, second):
        services.share_with(actor=cast.actor("mira"), person_id=one, circles=[vault.personal_circle(cast.lara.id)])
    with pytest.raises(NotAllowedNow):
        services.hold_apart(actor=cast.actor("lara"), one_id=first, other_id=second)
    (pair,) = pairs(cast)
    assert duplicates.who_else(cast.actor("lara"), pair.one.id) == []
    with pytest.raises(NotAllowedNow):
        services.hold_apart(actor=cast.actor("mira"), one_id=first, other_id=first)
    with pytest.raises(NotFound):
        services.hold_apart(actor=cast.actor("vesna"), one_id=first, other_id=new_id())


# --- pages -----------------------------------------------------------------------------------------------------------


def test_joined_from_the_worklist_confirmed_by_a_colleague_and_undone(cast: Cast) -> None:
    first = register(cast, replace(who(), numbers=(IdNumber("passport", "AB1"),)))
    second = register(cast)
    mira, sanja = cast.client("mira"), cast.client("sanja")
    mira.get(page("duplicates") + "?further=1")
    (pair,) = pairs(cast)
    shown = text(mira, page("duplicates"))
    assert "Zlatija Đorđević" in shown
    address = page("pair", pair.word)
    beside_each_other = text(mira, address)
    assert "AB1" in beside_each_other
    assert "checked" in beside_each_other, "one of them is proposed"
    assert mira.post(address, {"deed": "join"}).status_code == 200
    assert "govuk-error-summary" in mira.post(address, {"deed": "join"}).content.decode(), "which file is kept?"
    keep = "one" if pair.one.id == first else "other"
    assert mira.post(address, {"deed": "join", "keep": keep})["Location"] == page("person", first)
    assert "govuk-error-summary" in mira.post(address, {"deed": "join", "keep": keep}).content.decode(), "done already"
    assert page("confirm", second) not in text(mira, page("person", first)), "not her own word"
    assert mira.post(page("confirm", second)).status_code == 409
    assert page("duplicates") in text(sanja, reverse("desk:home")), "it waits on her day"
    assert page("duplicates") not in text(mira, reverse("desk:home"))
    assert page("confirm", second) in text(sanja, page("duplicates"))
    way = resemblances.close_pair(cast.sanja.id, first, second)
    assert page("pair", way) in text(sanja, page("duplicates")), "who confirms looks at both"
    assert page("confirm", second) in text(sanja, page("pair", way))
    assert 'value="join"' not in text(sanja, page("pair", way))
    assert page("confirm", second) in text(sanja, page("person", second))
    assert sanja.post(page("confirm", second))["Location"] == page("person", first)
    assert pairs(cast) == []
    assert sanja.post(page("separate", second))["Location"] == page("sort_out", second)
    assert page("person", first) in text(sanja, page("sort_out", second))
    assert pairs(cast) == [], "who was two after all is not offered as one again"
    assert page("person", first) not in text(sanja, page("sort_out", register(cast, who("Jana", "Janić"))))
    assert selectors.resolve(second) == second


def test_not_the_same_and_later_from_the_page(cast: Cast) -> None:
    register(cast), register(cast)
    mira = cast.client("mira")
    (pair,) = pairs(cast)
    assert mira.post(page("pair", pair.word), {"deed": "later"})["Location"] == page("duplicates")
    assert [one.is_put_off for one in pairs(cast)] == [True]
    assert mira.post(page("pair", pair.word), {"deed": "apart"})["Location"] == page("duplicates")
    assert pairs(cast) == []


def test_files_of_one_name_are_told_apart_by_their_code_names(cast: Cast) -> None:
    first, second = register(cast, code_name="Lipa Tisa"), register(cast, code_name="Jela Drina")
    services.merge_people(actor=cast.actor("mira"), keep_id=first, duplicate_id=second)
    (row,) = beside.joined_rows(cast.actor("mira"), first)
    assert (row["joined"], row["kept"]) == ("Zlatija Đorđević, Jela Drina", "Zlatija Đorđević, Lipa Tisa")


def test_side_by_side_a_part_of_a_date_and_another_spelling_do_not_differ(cast: Cast) -> None:
    partly = replace(who("Gjergj", "Krasniqi"), birth=PartialDate.in_year(1998), mother="Hatixhe", father="Agim")
    known = replace(who("Đerđ", "Krasnići"), mother="Hatidža", father="Besim")
    first, second = register(cast, partly), register(cast, known)
    pairs(cast)
    files = duplicates.files_beside(cast.actor("mira"), first, second)
    with override("en"):
        rows = beside.compared(*files, resemblances.reasons(first, second))
        alone = beside.compared(*files)
    said = {row["key"]: row["how"] for row in rows}
    assert said["Names"] == said["Mother"] == "same, other spelling"
    assert (said["Born"], said["Father"]) == ("fits", "differs")
    assert {row["key"]: row["how"] for row in alone}["Names"] == "differs", "by letters alone, while nothing lies open"


def test_nobody_resembles_her_is_said(cast: Cast) -> None:
    person_id = register(cast, who("Jana", "Janić"))
    english = {"accept-language": "en"}
    for name, is_said in (("mira", True), ("lara", False)):
        services.share_with(
            actor=cast.actor("mira"), person_id=person_id, circles=[vault.personal_circle(cast.employed[name].id)]
        )
        shown = cast.client(name).get(page("merge", person_id), headers=english).content.decode()
        assert ("No other file resembles this one" in shown) is is_said, name


def test_another_file_by_code_name(cast: Cast) -> None:
    first = register(cast, code_name="Lipa Tisa")
    second = register(cast, who("Jana", "Janić"), code_name="Jela Drina")
    mira = cast.client("mira")
    assert text(mira, page("merge", first))
    assert mira.post(page("merge", first), {"code_name": "Nema Takve"}).status_code == 200
    way = mira.post(page("merge", first), {"code_name": "ЈЕЛА дрина"})["Location"]
    shown = text(mira, way)
    assert "Zlatija" in shown
    assert "Jana" in shown
    assert cast.client("sanja").get(way).status_code == 404, "her way, nobody else's"
    assert mira.post(page("merge", second), {"code_name": "Jela Drina"}).status_code == 302
