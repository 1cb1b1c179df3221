"""How does the invented organisation get its past? Through the rooms' own bulk verbs, 500 rows a transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.cases import services as cases
from astra.demo.cast import Employed
from astra.demo.inventing import Inventor
from astra.hotline import services as hotline
from astra.people import services as people

CHUNK = 500
COUNSELLORS = ("mira", "sanja", "milena", "jelena")
WORKERS = ("vesna", "dunja", "ivana")


@dataclass(frozen=True)
class Size:
    """How much is invented, over how many days."""

    people: int
    contacts: int
    cases: int
    days: int


SIZES = {
    "office": Size(people=120, contacts=600, cases=60, days=365),
    "bench": Size(people=150_000, contacts=1_000_000, cases=100_000, days=3650),
}

Progress = Callable[[str, int, int], None]


def fill(employed: Mapping[str, Employed], size: Size, *, seed: int, today: date, progress: Progress) -> None:
    """Invent people, then their files, then the contacts."""
    inventor = Inventor(seed, today)
    persons = _people(employed, inventor, size, progress)
    _cases(employed, inventor, size, persons, progress)
    _contacts(employed, inventor, size, persons, progress)


def _people(employed: Mapping[str, Employed], inventor: Inventor, size: Size, progress: Progress) -> list[UUID]:
    actor = employed["jelena"].actor()
    made: list[UUID] = []
    while len(made) < size.people:
        some = [inventor.person() for _ in range(min(CHUNK, size.people - len(made)))]
        made += people.register_people(actor=actor, people=some)
        progress("people", len(made), size.people)
    return made


def _cases(
    employed: Mapping[str, Employed], inventor: Inventor, size: Size, persons: list[UUID], progress: Progress
) -> None:
    actor = employed["jelena"].actor()
    workers = [employed[name].id for name in WORKERS]
    done = 0
    while done < size.cases:
        count = min(CHUNK, size.cases - done)
        some = [
            inventor.case(size.days, persons[(done + i) % len(persons)], inventor.pick(workers)) for i in range(count)
        ]
        cases.open_cases(actor=actor, cases=some)
        done += count
        progress("cases", done, size.cases)


def _contacts(
    employed: Mapping[str, Employed], inventor: Inventor, size: Size, persons: list[UUID], progress: Progress
) -> None:
    actor = employed["mira"].actor()
    counsellors = [employed[name].id for name in COUNSELLORS]
    done = 0
    while done < size.contacts:
        count = min(CHUNK, size.contacts - done)
        some = [inventor.contact(size.days, persons, counsellors) for _ in range(count)]
        hotline.record_contacts(actor=actor, contacts=some)
        done += count
        progress("contacts", done, size.contacts)
