"""Does a table come in whole or not at all, once and only once, with its references and nothing in clear?"""

from datetime import date

import pytest

from astra.cases import selectors as cases
from astra.cases.models import CaseContact, CasePerson
from astra.consent.models import Consent
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors as hotline
from astra.people import index
from astra.people import selectors as people
from astra.people.models import Person
from astra.sites.exchange.references import find_by_old_number
from astra.sites.exchange.tests.conftest import BringIn

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])

PEOPLE = [
    ["Broj", "Ime i prezime", "Godište", "Pol", "Državljanstvo", "Telefon", "Napomena"],
    ["O-101/19", "Zorica Invented", "1999", "ženski", "Srbija", "060 111 2222", "Works in the bakery."],
    ["O-102/19", "Добрила Измишљена", "oko 2004", "Ž", "BIH", "", ""],
    ["O-103/20", "", "", "M", "", "", "Did not give a name."],
]
CASES = [
    ["Broj slučaja", "Vrsta", "Klijentkinja", "Datum otvaranja", "Datum zatvaranja", "Ishod", "Oblik eksploatacije"],
    ["S-7/2019", "trafficking", "O-101/19", "3.4.2019.", "", "", "forced_labour, forced_begging"],
    ["S-8/2019", "", "O-102/19", "2019-05-01", "1.2.2020.", "goals_met", ""],
]
CONTACTS = [
    ["Rb", "Linija", "Datum", "Vreme", "Vrsta", "Ko zove", "Teme", "Trajanje", "Opis", "Šifra osobe", "Slučaj"],
    [
        "1",
        "116 000",
        "4.4.2019.",
        "14:05",
        "about_someone",
        "Majka",
        "missing_runaway",
        "12 min",
        "First.",
        "O-101/19",
        "",
    ],
    ["2", "sos_trafficking", "5.4.2019.", "", "about_self", "self", "", "", "Second.", "O-102/19", "S-8/2019"],
    ["3", "sos_trafficking", "6.4.2019.", "23.10", "Pogrešan broj", "", "", "", "", "", ""],
]


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


def test_importing_twice_changes_nothing(cast: Cast, bring_in: BringIn) -> None:
    for _ in range(2):
        report = bring_in(cast.actor("jelena"), "people", PEOPLE)
    assert (report.imported, report.known, report.changed) == (0, 3, 0)
    assert Person.objects.count() == 3
    assert Consent.objects.count() == 3
