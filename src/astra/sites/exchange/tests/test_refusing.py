"""Is every row that cannot be read named, and does nothing come in that should not?"""

import json

import pytest

from astra.accounts.services import changing
from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.hotline.models import Contact
from astra.kernel.errors import Denied, Invalid, Problem
from astra.people.models import Person
from astra.sites.exchange.cells import HAS_LEFT
from astra.sites.exchange.importing import Changed, Importer
from astra.sites.exchange.mapping import guess_mapping
from astra.sites.exchange.models import ImportedRow
from astra.sites.exchange.references import find_by_old_number
from astra.sites.exchange.tables import open_table
from astra.sites.exchange.tests.books import CASES, CONTACTS, PEOPLE
from astra.sites.exchange.tests.conftest import BringIn, Write

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])

WRONG = [
    ["Rb", "Linija", "Datum", "Vreme", "Vrsta", "Ko zove", "Teme", "Trajanje", "Opis", "Šifra osobe", "Slučaj"],
    ["1", "plava", "4.4.2019.", "", "info", "", "", "", "", "", ""],
    ["2", "", "", "", "", "", "", "", "", "", ""],
    ["3", "SOS", "31.2.2019.", "25:10", "info", "marsovac", "x", "dugo", "", "", ""],
    ["4", "SOS", "4.4.2099.", "", "info", "", "", "", "", "", ""],
    ["5", "SOS", "4.4.2019.", "", "thanks", "", "provera posla", "", "", "", ""],
    ["5", "SOS", "4.4.2019.", "", "info", "", "", "", "", "O-999", "S-999"],
    ["7", "SOS", "4.4.2019.", "", "info", "", "", "", "", "", "", "too much"],
]
NAMED = {
    (2, "Linija"): "“plava” is not in the list.",
    (3, "Linija"): "This must be filled",
    (3, "Datum"): "This must be filled",
    (3, "Vrsta"): "This must be filled",
    (4, "Datum"): "“31.2.2019.” is not a day.",
    (4, "Vreme"): "“25:10” is not a time of day.",
    (4, "Ko zove"): "“marsovac” is not in the list.",
    (4, "Teme"): "“x” is not in the list.",
    (4, "Trajanje"): "“dugo” is not a number",
    (5, "Datum"): "This time has not come yet.",
    (6, "Vrsta"): "This kind of contact carries no people",
    (7, "Rb"): "stands twice in the table, first in line 6",
    (7, "Šifra osobe"): "imported under the number “O-999”",
    (7, "Slučaj"): "imported under the number “S-999”",
    (8, "row"): "more cells than",
}


def test_every_row_that_cannot_be_read_is_named_and_nothing_comes_in(cast: Cast, write: Write) -> None:
    table = open_table(write(WRONG))
    importer = Importer(table, guess_mapping(table, "contacts"), cast.actor("jelena"))
    heard: list[tuple[int, str, Problem]] = []
    with pytest.raises(Invalid, match="7"):
        importer.run(complain=lambda line, cell, problem: heard.append((line, cell, problem)))
    found = {(line, problem.field): problem.message % problem.parts for line, _, problem in heard}
    assert found.keys() == NAMED.keys()
    for place, words in NAMED.items():
        assert words in found[place], place
    cells = {(line, problem.field): cell for line, cell, problem in heard}
    assert cells[4, "Teme"] == "x"
    allowed = {(line, problem.field): problem.allowed for line, _, problem in heard}
    assert "sos_trafficking (SOS linija" in allowed[2, "Linija"]
    assert "14:05" in allowed[4, "Vreme"]
    assert (Contact.objects.count(), ImportedRow.objects.count()) == (0, 0)


def test_the_readable_rows_come_in_if_that_is_wished(cast: Cast, bring_in: BringIn) -> None:
    rows = [*WRONG, ["8", "SOS", "4.4.2019.", "", "info", "", "", "", "Fine.", "", ""]]
    report = bring_in(cast.actor("jelena"), "contacts", rows, without_unreadable=True)
    assert (report.imported, report.unreadable, report.readable) == (1, 7, 1)
    assert Contact.objects.count() == 1
    entry = Pending.objects.get(verb="exchange.imported")
    assert (entry.actor_id, json.loads(entry.detail)["left_out"]) == (cast.jelena.id, 7)


def test_without_signing_in_cells_are_checked_and_references_are_not(cast: Cast, write: Write) -> None:
    table = open_table(write(WRONG))
    report = Importer(table, guess_mapping(table, "contacts")).check()
    assert (report.rows, report.unreadable, report.is_signed_in) == (7, 7, False)
    assert report.by_column["Šifra osobe"] == 0
    with pytest.raises(Denied):
        Importer(table, guess_mapping(table, "contacts")).run()


@pytest.mark.parametrize(
    ("rows", "column", "words"),
    [
        ([["Ime", "Kodno ime"], ["A", "Breza Drina"], ["B", "Breza Drina"]], "Kodno ime", "known by this code name"),
        ([["Ime", "Kodno ime"], ["A", "x" * 61]], "Kodno ime", "at most 60"),
        ([["Ime", "Datum upisa"], ["A", "1.1.2199."]], "Datum upisa", "has not come yet"),
        ([["Ime", "Godište", "Datum upisa"], ["A", "2012", "1.1.2010."]], "Godište", "after the day of the row"),
        ([["Ime", "Uzrast"], ["A", "stara"]], "Uzrast", "neither a date"),
        ([["Ime", "Državljanstvo"], ["A", "Srbija, Nigdina"]], "Državljanstvo", "“Nigdina” is not in the list"),
    ],
)
def test_what_a_list_of_people_cannot_say(
    cast: Cast, write: Write, rows: list[list[str]], column: str, words: str
) -> None:
    table = open_table(write(rows))
    report = Importer(table, guess_mapping(table, "people"), cast.actor("mira")).check()
    (found,) = report.problems
    assert found.problem.field == column
    assert words in found.problem.message % found.problem.parts


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (["S-1", "", "", "3.4.2019.", "1.4.2019.", "goals_met", ""], "Datum zatvaranja", "before it was opened"),
        (["S-1", "", "", "3.4.2199.", "", "", ""], "Datum otvaranja", "has not come yet"),
        (["S-1", "kvadrat", "", "", "", "", ""], "Vrsta", "not in the list"),
        (["S-1", "", "O-1; O-2", "", "", "", ""], "Klijentkinja", "“O-1”"),
    ],
)
def test_what_a_register_of_files_cannot_say(cast: Cast, write: Write, row: list[str], column: str, words: str) -> None:
    table = open_table(write([CASES[0], row]))
    report = Importer(table, guess_mapping(table, "cases"), cast.actor("vesna")).check()
    assert report.problems[0].problem.field == column
    assert words in report.problems[0].problem.message % report.problems[0].problem.parts


def test_a_file_said_to_be_open_has_no_outcome(cast: Cast, write: Write) -> None:
    table = open_table(write([["Broj", "Stanje", "Ishod"], ["1", "u toku", "goals_met"]]))
    report = Importer(table, guess_mapping(table, "cases"), cast.actor("vesna")).check()
    assert [one.problem.field for one in report.problems] == ["Stanje"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("outsider", kind) for kind in ("people", "contacts", "cases")]
    + [
        ("lara", "people"),
        ("lara", "contacts"),
        ("ana", "people"),
        ("petar", "cases"),
        ("vesna", "contacts"),
        ("nina", "people"),
    ],
)
def test_whose_work_it_is_not_cannot_import(cast: Cast, bring_in: BringIn, name: str, kind: str) -> None:
    rows = {"people": PEOPLE, "contacts": [CONTACTS[0], CONTACTS[3]], "cases": [["Broj"], ["1"]]}[kind]
    with pytest.raises(Denied):
        bring_in(cast.actor(name), kind, rows)
    assert ImportedRow.objects.count() == 0


def test_a_reference_to_somebody_not_ones_own_is_unknown(cast: Cast, bring_in: BringIn, write: Write) -> None:
    bring_in(cast.actor("vesna"), "cases", [["Broj", "Naslov"], ["S-1", "One"]])
    table = open_table(write([["Linija", "Datum", "Vrsta", "Slučaj"], ["SOS", "1.1.2019.", "info", "S-1"]]))
    mapping = guess_mapping(table, "contacts")
    assert Importer(table, mapping, cast.actor("sanja")).check().unreadable == 1
    assert Importer(table, mapping, cast.actor("jelena")).check().unreadable == 0
    assert find_by_old_number(cast.actor("sanja"), "S-1") == {}


def test_a_changed_table_is_noticed_before_it_is_half_in(
    cast: Cast, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(PEOPLE)
    table = open_table(path)

    def save_again(what: str, _done: int, _all: int) -> None:
        if what == "check":
            write([*PEOPLE, ["O-104/20", "Later", "", "", "", "", ""]])

    importer = Importer(table, guess_mapping(table, "people"), cast.actor("mira"), progress=save_again)
    with pytest.raises(Changed):
        importer.run()
    assert Person.objects.count() == 0


def test_whoever_has_left_took_calls_but_is_given_no_files(cast: Cast, write: Write) -> None:
    changing.leave(actor=cast.actor("jelena"), member_id=cast.sanja.id)
    calls = open_table(write([["Linija", "Datum", "Vrsta", "Savetnica"], ["SOS", "1.1.2019.", "info", "САЊА"]]))
    assert Importer(calls, guess_mapping(calls, "contacts"), cast.actor("jelena")).run().imported == 1
    assert Contact.objects.get().counsellor_id == cast.sanja.id
    files = open_table(write([["Broj", "Vodi"], ["1", "Sanja"]]))
    report = Importer(files, guess_mapping(files, "cases"), cast.actor("jelena")).check()
    assert [one.problem.message for one in report.problems] == [HAS_LEFT]
