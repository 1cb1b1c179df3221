"""Does a table come in with its references, found by its old numbers, and nothing of it in clear?"""

from datetime import date

import pytest
from django.db import connections
from django.urls import reverse

from astra.audit.models import Pending
from astra.cases import selectors as cases
from astra.cases.models import Case, CaseContact, CasePerson
from astra.consent.models import Consent
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors as hotline
from astra.kernel.errors import Invalid
from astra.people import index
from astra.people import selectors as people
from astra.people.models import Person
from astra.sites.exchange.mapping import ColumnMapping
from astra.sites.exchange.references import find_by_old_number
from astra.sites.exchange.tests.books import CASES, CONTACTS, PEOPLE
from astra.sites.exchange.tests.conftest import BringIn

NUMBERS = {"people": "O-102/19", "cases": "S 8 / 2019", "contacts": "2"}
pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_people_come_in_sealed_and_are_found_by_old_number(cast: Cast, bring_in: BringIn) -> None:
    report = bring_in(cast.actor("mira"), "people", PEOPLE)
    assert (report.rows, report.imported, report.known) == (3, 3, 0)
    mira = cast.actor("mira")
    person = find_by_old_number(mira, "o 101 19")["people"]
    identity = people.identity(mira, person).content
    assert identity.names[0].full == "Zorica Invented"
    assert identity.birth is not None
    assert identity.birth.earliest == date(1999, 1, 1)
    assert identity.citizenships == ("RS",)
    assert identity.notes == "Works in the bakery."
    index.open_index(mira)
    assert people.search(mira, "O-101/19")[0].person_id == person
    assert people.search(mira, "Zorica")[0].person_id == person
    row = Person.objects.get(pk=person)
    assert (row.sex, row.citizenship) == ("female", "RS")


def test_consent_of_taken_over_people_is_unknown_and_to_be_reviewed(cast: Cast, bring_in: BringIn) -> None:
    bring_in(cast.actor("mira"), "people", PEOPLE)
    lines = Consent.objects.all()
    assert {line.answer for line in lines} == {"to_review"}
    assert lines.count() == 3
    assert all(line.ask_by is not None for line in lines)


def test_files_and_contacts_are_linked_by_their_old_numbers(cast: Cast, bring_in: BringIn) -> None:
    jelena = cast.actor("jelena")
    bring_in(jelena, "people", PEOPLE)
    bring_in(jelena, "cases", CASES)
    bring_in(jelena, "contacts", CONTACTS)
    jelena = cast.actor("jelena")
    person = find_by_old_number(jelena, "O-102/19", ["people"])["people"]
    case_id = find_by_old_number(jelena, "S-8/2019", ["cases"])["cases"]
    contact_id = find_by_old_number(jelena, "2", ["contacts"])["contacts"]
    assert cases.find_by_number(jelena, "S 8 / 2019") == [case_id]
    facts = cases.case_facts(jelena, case_id)
    assert (facts.ground, facts.state, facts.outcome, facts.closed_on) == (
        "to_review",
        "closed",
        "goals_met",
        date(2020, 2, 1),
    )
    assert CasePerson.objects.get(case=case_id).person_id == person
    assert CaseContact.objects.get(contact=contact_id).case_id == case_id
    sheet = hotline.sheet(jelena, contact_id)
    assert [(link.person_id, link.role) for link in sheet.line.links] == [(person, "caller")]
    assert sheet.words is not None
    assert (sheet.words.content.said, sheet.words.content.old_number) == ("Second.", "2")
    assert sheet.line.coded.source == "imported"
    lines = cases.timeline(jelena, case_id).lines
    assert contact_id in [line.subject_id for line in lines]


def test_whoever_leads_sits_in_the_team_and_coordinators_do_too(cast: Cast, bring_in: BringIn) -> None:
    rows = [["Broj", "Naslov", "Vodi"], ["1", "One", "vesna"], ["2", "Two", ""], ["3", "Three", "Nobody"]]
    with pytest.raises(Invalid):
        bring_in(cast.actor("jelena"), "cases", rows)
    mapping = ColumnMapping(
        "cases", columns={"Broj": "number", "Naslov": "title", "Vodi": "lead"}, values={"lead": {"Nobody": ""}}
    )
    bring_in(cast.actor("jelena"), "cases", rows, mapping=mapping)
    leads = {case.lead_id for case in Case.objects.all()}
    assert leads == {None, cast.vesna.id}
    assert len(cases.list_cases(cast.actor("vesna"), cases.Filters()).lines) == 1
    assert len(cases.list_cases(cast.actor("jelena"), cases.Filters()).lines) == 3
    bring_in(cast.actor("dunja"), "cases", [["Broj"], ["9"]])
    assert len(cases.list_cases(cast.actor("dunja"), cases.Filters()).lines) == 1


def test_an_import_is_on_the_log_lot_by_lot_and_says_no_words(cast: Cast, bring_in: BringIn) -> None:
    jelena = cast.actor("jelena")
    bring_in(jelena, "people", PEOPLE)
    bring_in(jelena, "cases", CASES)
    verbs = set(Pending.objects.values_list("verb", flat=True))
    assert {"people.registered_many", "consent.recorded_many", "cases.open", "exchange.imported"} <= verbs
    assert "exchange.opened_for_import" in verbs, "people were opened to be given to their files' teams"
    written = " ".join(f"{entry.subjects} {entry.detail} {entry.reason}" for entry in Pending.objects.all())
    assert "O-101" not in written
    assert "Zorica" not in written
    assert jelena.trail.opened == set()


def test_nothing_that_was_imported_lies_in_clear(cast: Cast, bring_in: BringIn) -> None:
    jelena = cast.actor("jelena")
    for kind, rows in (("people", PEOPLE), ("cases", CASES), ("contacts", CONTACTS)):
        bring_in(jelena, kind, rows)
    secrets = ("Zorica", "Измишљена", "0601112222", "O-101/19", "o 101 19", "S-8/2019", "bakery", "Second.")
    for alias in ("default", "keystore"):
        with connections[alias].cursor() as cursor:
            for name in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608  (every table there is)
                found = " ".join(map(repr, cursor.fetchall()))
                assert not [secret for secret in secrets if secret in found], name


def test_a_national_number_gets_back_the_nought_that_a_spreadsheet_cut_off(cast: Cast, bring_in: BringIn) -> None:
    bring_in(cast.actor("mira"), "people", [["Broj", "JMBG", "Pasoš"], ["1", "101990710006", "A12"]])
    person = find_by_old_number(cast.actor("mira"), "1")["people"]
    numbers = people.identity(cast.actor("mira"), person).content.numbers
    assert [number.number for number in numbers] == ["1", "0101990710006", "A12"]


def test_several_columns_of_text_are_kept_with_their_names(cast: Cast, bring_in: BringIn) -> None:
    rows = [
        ["Broj", "Ime", "Prezime", "Nadimak", "Napomena", "Komentar"],
        ["1", "Ana", "X", "Anči", "First.", "Second."],
    ]
    bring_in(cast.actor("mira"), "people", rows)
    identity = people.identity(cast.actor("mira"), find_by_old_number(cast.actor("mira"), "1")["people"]).content
    assert identity.notes == "Napomena: First.\nKomentar: Second."
    assert [name.full for name in identity.names] == ["Ana X", "Anči"]


def test_whoever_types_an_old_number_finds_people_cases_and_contacts(cast: Cast, bring_in: BringIn) -> None:
    jelena = cast.actor("jelena")
    for kind, rows in (("people", PEOPLE), ("cases", CASES), ("contacts", CONTACTS)):
        bring_in(jelena, kind, rows)
    older = {kind: find_by_old_number(jelena, number, [kind])[kind] for kind, number in NUMBERS.items()}
    browser = cast.client("jelena")
    for kind, name in (("people", "people:person"), ("cases", "cases:case"), ("contacts", "hotline:contact")):
        found = browser.post(reverse("people:search"), {"q": NUMBERS[kind]}).content.decode()
        assert reverse(name, args=[older[kind]]) in found
    other = cast.client("vesna").post(reverse("people:search"), {"q": NUMBERS["contacts"]}).content.decode()
    assert reverse("hotline:contact", args=[older["contacts"]]) not in other, "only among what she may know of"
