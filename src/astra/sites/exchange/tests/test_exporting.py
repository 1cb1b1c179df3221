"""Is given back what was imported, cell by cell? By two people, on the log first, and nothing that one may not open."""

import csv
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from astra import vocabulary
from astra.audit.models import Pending
from astra.cases import services as cases
from astra.cases.models import CasePerson
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import Denied, Invalid
from astra.people import selectors as people
from astra.people import services as people_services
from astra.people.models import Person
from astra.people.rules.persons import Identity, Name, NewPerson, Stay
from astra.sites.exchange import standards
from astra.sites.exchange.exporting import Exported, Giving, export
from astra.sites.exchange.gathering import Two
from astra.sites.exchange.standards import CODE, CODES, CTDC, CTDC_2020, DAY, DECIMAL, FLAG, HTCDS, NUMBER, TICK, YEAR
from astra.sites.exchange.tests.conftest import BringIn
from astra.vocabulary.standards import domain

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
Rows = list[dict[str, str]]
GiveOn = Callable[..., Rows]


def silent(_what: str, _done: int, _all: int) -> None:
    """Show no progress."""


@pytest.fixture
def give_on(cast: Cast, tmp_path: Path) -> GiveOn:
    """Export as two people of the cast and read the file back."""

    def _give_on(standard: str, names: tuple[str, str] = ("jelena", "vesna"), name: str = "lista.csv") -> Rows:
        path = tmp_path / name
        two = Two(cast.actor(names[0]), cast.actor(names[1]))
        export(Giving(two, standard, "moving", silent), path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return _give_on


def some_cell(column: standards.Column, number: int) -> str:
    """A cell that the standard allows in a column; another one for another number."""
    if column.kind in (CODE, CODES) and column.code_list:
        walk = vocabulary.crosswalk(column.code_list, column.standard)
        values = sorted(domain(walk.domain)) if walk.domain else ["SRB", "BIH", "UKR"]
        if column.code_list == "language":
            values = ["srp", "rom", "ukr"]
        chosen = [values[number % len(values)], values[(number + 1) % len(values)]]
        return ";".join(dict.fromkeys(chosen)) if column.kind == CODES else chosen[0]
    if column.kind == CODE:
        return sorted(domain(column.domain))[0] if domain(column.domain) else f"{column.name} {number}"
    by_kind = {
        FLAG: str(number % 2),
        TICK: ("true", "false")[number % 2],
        NUMBER: str(number),
        DECIMAL: "44.8178",
        DAY: f"2019-03-{number + 1:02}",
        YEAR: str(2015 + number),
    }
    return by_kind.get(column.kind, f"Some words, “quoted”; {number}")


def table_of(standard: str, rows: int) -> list[list[str]]:
    """A table with every column of a standard filled."""
    columns = list(standards.columns_of(standard).values())
    return [[c.name for c in columns], *([some_cell(c, number) for c in columns] for number in range(rows))]


def as_rows(table: list[list[str]]) -> set[tuple[tuple[str, str], ...]]:
    """Rows as they are compared: in no order, as a list has none."""
    return {tuple(zip(table[0], row, strict=True)) for row in table[1:]}


def found_rows(rows: Rows) -> set[tuple[tuple[str, str], ...]]:
    return {tuple(row.items()) for row in rows}


@pytest.mark.parametrize("standard", [HTCDS, CTDC, CTDC_2020])
def test_every_field_of_a_standard_comes_back_as_it_came(
    cast: Cast, bring_in: BringIn, give_on: GiveOn, standard: str
) -> None:
    table = table_of(standard, 12)
    bring_in(cast.actor("vesna"), "people", table)
    given = found_rows(give_on(standard))
    assert given == as_rows(table)


def test_blank_cells_and_unknown_marks_come_back_too(cast: Cast, bring_in: BringIn, give_on: GiveOn) -> None:
    table = [
        ["yearOfRegistration", "gender", "ageBroad", "isForcedLabour", "isForcedMarriage", "CountryOfExploitation"],
        ["2019", "Female", "18--20", "1", "0", "RS"],
        ["2020", "-99", "", "-99", "", ""],
    ]
    bring_in(cast.actor("vesna"), "people", table)
    given = give_on(CTDC_2020)
    assert found_rows([{name: row[name] for name in table[0]} for row in given]) == as_rows(table)
    assert {cell for row in given for name, cell in row.items() if name not in table[0]} == {""}


def only(**cells: str) -> list[list[str]]:
    """A table of HTCDS with one row."""
    return [list(cells), list(cells.values())]


def person_of(cast: Cast) -> Person:
    return Person.objects.get(merged_into=None)


@pytest.fixture
def one_imported(cast: Cast, bring_in: BringIn) -> Person:
    """Somebody imported from HTCDS with everything that Astra keeps in fields of its own."""
    row = only(
        prs_FirstName="Ana",
        prs_MiddleName="Lea",
        prs_SecondName="Invented",
        prs_Birthdate="1999",
        prs_Gender="Feminine",
        prs_MobilePhone="060 111",
        prs_MailingStreet="Mill Road 1",
        prs_MailingCity="Nowhere",
        prs_Deceased="no",
        vic_TypeOfExploitation="Forced labour",
        vic_MethodsOfControl="PhysicalThreats;DebtBondage",
        cas_Status="Active",
        cas_ReasonForCaseClosure="not closed",
    )
    bring_in(cast.actor("vesna"), "people", row)
    return person_of(cast)


def test_a_changed_name_goes_out_and_the_rest_as_it_came(cast: Cast, one_imported: Person, give_on: GiveOn) -> None:
    vesna = cast.actor("vesna")
    opened = people.identity(vesna, one_imported.pk)
    changed = replace(opened.content, names=(Name(given="Jovana", family="Invented"),), gender="trans_woman", sex="")
    people_services.revise_identity(actor=vesna, person_id=one_imported.pk, identity=changed, revision=opened.revision)
    (row,) = give_on(HTCDS)
    assert (row["prs_FirstName"], row["prs_MiddleName"], row["prs_SecondName"]) == ("Jovana", "", "Invented")
    assert row["prs_Gender"] == "TransgenderFeminine"
    assert (row["prs_Birthdate"], row["prs_MobilePhone"]) == ("1999", "060 111")
    assert row["vic_TypeOfExploitation"] == "Forced labour"
    assert row["vic_MethodsOfControl"] == "PhysicalThreats;DebtBondage"


def test_a_changed_address_does_not_keep_the_old_town(cast: Cast, one_imported: Person, give_on: GiveOn) -> None:
    vesna = cast.actor("vesna")
    opened = people.contact_details(vesna, one_imported.pk)
    assert opened is not None
    entries = tuple(replace(e, value="Elsewhere 2") if e.kind == "address" else e for e in opened.content.entries)
    people_services.revise_contact_details(
        actor=vesna,
        person_id=one_imported.pk,
        details=replace(opened.content, entries=entries),
        revision=opened.revision,
    )
    (row,) = give_on(HTCDS)
    assert (row["prs_MailingStreet"], row["prs_MailingCity"]) == ("Elsewhere 2", "")
    assert row["prs_MobilePhone"] == "060 111"


def test_a_closed_file_says_so_and_a_death_too(cast: Cast, one_imported: Person, give_on: GiveOn) -> None:
    vesna = cast.actor("vesna")
    case_id = CasePerson.objects.get(person=one_imported.pk).case_id
    forms = ["forced_begging", "sexual_prostitution"]
    cases.set_facts(actor=vesna, case_id=case_id, kind="trafficking", risk="", forms=forms, countries=["DE"])
    cases.close_case(actor=vesna, case_id=case_id, outcome="goals_met", words="Done.")
    people_services.set_whereabouts(actor=vesna, person_id=one_imported.pk, stay=Stay(kind="died"))
    (row,) = give_on(HTCDS)
    assert row["cas_Status"] == "Closed"
    assert row["cas_ReasonForCaseClosure"] != "not closed"
    assert row["vic_TypeOfExploitation"] == "ForcedBegging;SexualExploitation"
    assert row["vic_TypeOfSexExploitation"] == "Prostitution"
    assert row["hte_Country"] == "DEU"
    assert row["prs_Deceased"] == "true"
    assert row["prs_FirstName"] == "Ana"


def test_an_own_fact_goes_into_the_other_standard(cast: Cast, one_imported: Person, give_on: GiveOn) -> None:
    (row,) = give_on(CTDC)
    assert (row["gender"], row["isForcedLabour"], row["isSexualExploit"]) == ("Woman", "1", "")
    assert (row["meansThreats"], row["meansDebtBondageEarnings"], row["meansFalsePromises"]) == ("1", "1", "")
    (row,) = give_on(CTDC_2020, name="druga.csv")
    assert (row["gender"], row["isForcedLabour"], row["isForcedMarriage"]) == ("Female", "1", "-99")


def test_a_client_of_our_own_goes_out_with_what_astra_knows(cast: Cast, give_on: GiveOn) -> None:
    vesna = cast.actor("vesna")
    identity = Identity(
        names=(Name(text="Milka Invented"),), sex="female", citizenships=("RS", "BA"), languages=("sr",)
    )
    person_id, mother = people_services.register_people(
        actor=vesna, people=[NewPerson(identity), NewPerson(Identity(names=(Name(given="Mother"),)))]
    )
    people_in = ((person_id, "client"), (mother, "mother"))
    cases.open_case(actor=vesna, ground="consent", people=people_in, title="One")
    (row,) = give_on(HTCDS)
    assert (row["prs_FirstName"], row["prs_Gender"]) == ("Milka Invented", "Feminine")
    assert (row["prs_Citizenship"], row["prs_PrimaryLanguage"], row["cas_Status"]) == ("SRB;BIH", "srp", "Active")


def test_only_what_both_may_open_leaves(cast: Cast, one_imported: Person, give_on: GiveOn, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        give_on(HTCDS, ("vesna", "dunja"))
    assert list(tmp_path.glob("lista.csv*")) == []


@pytest.mark.parametrize("names", [("vesna", "vesna"), ("vesna", "outsider"), ("outsider", "vesna"), ("nina", "petar")])
def test_it_needs_two_people_who_work_with_files(
    cast: Cast, one_imported: Person, give_on: GiveOn, names: tuple[str, str], tmp_path: Path
) -> None:
    with pytest.raises(Denied):
        give_on(HTCDS, names)
    assert not (tmp_path / "lista.csv").exists()


def test_it_is_on_the_log_before_the_file_exists(
    cast: Cast, one_imported: Person, give_on: GiveOn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lista.csv"
    seen = []

    def look(*_: object) -> None:
        verbs = list(Pending.objects.filter(verb__startswith="exchange.").values_list("verb", "reason", "actor_id"))
        seen.append((path.exists(), sorted(verbs, key=str)))

    monkeypatch.setattr("astra.sites.exchange.tests.test_exporting.silent", look)
    give_on(HTCDS)
    (was_there, verbs), *_ = seen
    assert not was_there
    both = {cast.jelena.id, cast.vesna.id}
    assert {actor for verb, reason, actor in verbs if (verb, reason) == ("exchange.export_begun", "moving")} == both
    opened = {actor for verb, reason, actor in verbs if (verb, reason) == ("exchange.opened_for_export", "moving")}
    assert opened == both


def test_the_file_is_the_writers_alone_and_nothing_is_written_over(
    cast: Cast, one_imported: Person, give_on: GiveOn, tmp_path: Path
) -> None:
    give_on(HTCDS)
    assert stat.S_IMODE((tmp_path / "lista.csv").stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part"))
    with pytest.raises(Invalid):
        give_on(HTCDS)


@pytest.mark.parametrize("name", ["zrtve.csv", "Жртве 2026.csv", "trafficking-victims.csv", "eksploatacija_2025.csv"])
def test_a_file_name_must_not_tell(cast: Cast, one_imported: Person, give_on: GiveOn, name: str) -> None:
    with pytest.raises(Invalid):
        give_on(HTCDS, name=name)


def test_what_breaks_off_leaves_no_half_file(
    cast: Cast, one_imported: Person, give_on: GiveOn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("astra.sites.exchange.tests.test_exporting.silent", stop)
    with pytest.raises(KeyboardInterrupt):
        give_on(HTCDS)
    assert [path.name for path in tmp_path.iterdir()] == ["book.csv"]


def test_an_unknown_reason_is_refused(cast: Cast, one_imported: Person, tmp_path: Path) -> None:
    two = Two(cast.actor("jelena"), cast.actor("vesna"))
    with pytest.raises(Invalid):
        export(Giving(two, HTCDS, "because", silent), tmp_path / "lista.csv")


def test_outcome_is_counted(cast: Cast, one_imported: Person, tmp_path: Path) -> None:
    two = Two(cast.actor("jelena"), cast.actor("vesna"))
    assert export(Giving(two, HTCDS, "statistics", silent), tmp_path / "lista.csv") == Exported(1, 1)
