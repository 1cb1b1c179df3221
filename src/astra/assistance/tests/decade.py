"""A made-up decade of help: 387 people, 932 psychological, 496 legal and 243 medical services, 804 field actions."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from astra.assistance import services
from astra.assistance.entries import NewService
from astra.cases import services as cases
from astra.cases.entries import NewCase
from astra.demo.pytest_cast import Cast
from astra.people import services as people
from astra.people.rules.persons import Identity, Name, NewPerson

PEOPLE = 387
DECADE = {"psychological_support": 932, "legal_information": 496, "medical_help": 243, "field_action": 804}
FIRST = date(2012, 1, 1)


def load_decade(cast: Cast) -> tuple[Sequence[UUID], Sequence[UUID]]:
    """Enter it as colleagues would have; the persons, and the file of each."""
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
    assert services.give_services(actor=vesna, services=decade) == len(kinds)
    return persons, files
