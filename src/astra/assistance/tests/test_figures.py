"""Does the sentence of a decade come out by itself, and stay the same when somebody asks to be forgotten?"""

from collections import Counter
from datetime import date

import pytest

from astra.assistance import facts, services
from astra.assistance.entries import NewService
from astra.assistance.models import GivenService
from astra.assistance.tests.decade import DECADE, PEOPLE, load_decade
from astra.cases import services as cases
from astra.cases.tests.making import make_person
from astra.demo.pytest_cast import Cast
from astra.vault.services.erasure import erase_owner

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def figures() -> tuple[int, Counter[str]]:
    """Persons, and services by family, as the annual report counts them."""
    counted: Counter[str] = Counter()
    for fact in facts.service_facts():
        counted[fact.figure] += fact.units
    return len(list(facts.client_facts())), counted


def test_the_sentence_of_a_decade_comes_out_right(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    persons, _files = load_decade(cast)
    counted, by_figure = figures()
    assert counted == 387
    assert by_figure == {"psychological": 932, "legal": 496, "medical": 243, "field": 804}
    assert {fact.given_year for fact in facts.service_facts()} == set(range(2012, 2022))
    erase_owner(actor=vesna, owner_id=persons[0], reason="her_wish")
    assert figures() == (counted, by_figure)
    left = GivenService.objects.filter(client_mark__isnull=False)
    assert left.count() == sum(DECADE.values()) // PEOPLE + 1
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
