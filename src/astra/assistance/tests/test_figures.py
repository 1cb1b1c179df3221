"""Does the sentence of a decade come out by itself, and stay the same when somebody asks to be forgotten?"""

import time
from collections import Counter
from datetime import date, timedelta

import pytest

from astra.assistance import facts, services
from astra.assistance.entries import NewService
from astra.assistance.models import GivenService
from astra.cases import services as cases
from astra.cases.entries import NewCase
from astra.cases.tests.making import make_person
from astra.demo.pytest_cast import Cast
from astra.people import services as people
from astra.people.rules.persons import Identity, Name, NewPerson
from astra.vault.services.erasure import erase_owner

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])

PEOPLE = 387
DECADE = {"psychological_support": 932, "legal_information": 496, "medical_help": 243, "field_action": 804}
FIRST = date(2012, 1, 1)


def figures() -> tuple[int, Counter[str]]:
    """Persons, and services by family, as the annual report counts them."""
    counted: Counter[str] = Counter()
    for fact in facts.service_facts():
        counted[fact.figure] += fact.units
    return len(list(facts.client_facts())), counted


def test_the_sentence_of_a_decade_comes_out_right_and_fast(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    persons = people.register_people(
        actor=vesna, people=[NewPerson(identity=Identity(names=(Name(f"Osoba {number}"),))) for number in range(PEOPLE)]
    )
    files = cases.open_cases(
        actor=vesna, cases=[NewCase(ground="consent", people=((person, "client"),)) for person in persons]
    )
    kinds = [kind for kind, count in DECADE.items() for _ in range(count)]
    decade = [
        NewService(files[number % PEOPLE], kind, FIRST + timedelta(days=number * 3650 // len(kinds)))
        for number, kind in enumerate(kinds)
    ]
    began = time.perf_counter()
    assert services.give_services(actor=vesna, services=decade) == sum(DECADE.values())
    taken = time.perf_counter() - began
    counted, by_figure = figures()
    assert counted == 387
    assert by_figure == {"psychological": 932, "legal": 496, "medical": 243, "field": 804}
    assert {fact.given_year for fact in facts.service_facts()} == set(range(2012, 2022))
    assert taken < 10, taken
    erase_owner(actor=vesna, owner_id=persons[0], reason="her_wish")
    assert figures() == (counted, by_figure)
    left = GivenService.objects.filter(client_mark__isnull=False)
    assert left.count() == len([new for new in decade if new.case_id == files[0]])
    assert not left.exclude(case=None, person=None, provider=None, given_on__day=1).exists()


def test_a_period_counts_only_its_own_days(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    case = cases.open_case(
        actor=vesna, ground="consent", title="Pomoć", people=[(make_person(vesna), "client")], lead=vesna.id
    )
    for day in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)):
        services.give_service(actor=vesna, new=NewService(case, "psychotherapy", day, units=2))
    year = list(facts.service_facts(since=date(2025, 1, 1), until=date(2025, 12, 31)))
    assert sum(fact.units for fact in year) == 4
    assert [fact.services for fact in facts.client_facts(until=date(2024, 12, 31))] == [2]
