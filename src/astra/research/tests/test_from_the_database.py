"""Do shares of overlapping forms and the year of formal identification come out of what colleagues wrote down?"""

from datetime import date
from uuid import UUID

import pytest

from astra.cases import services as cases
from astra.cases.entries import NewCase
from astra.demo.pytest_cast import Cast
from astra.identification.entries import NewAssessment, NewDecision
from astra.people import services as people
from astra.people.rules.persons import Identity, Name, NewPerson
from astra.research import selectors
from astra.research.views import shown

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
REPORTED, DECIDED = date(2023, 5, 1), date(2023, 9, 1)


def files(cast: Cast, count: int) -> list[tuple[UUID, UUID]]:
    """So many people, each with her case."""
    vesna = cast.actor("vesna")
    new = [NewPerson(identity=Identity(names=(Name(f"Osoba {number}"),))) for number in range(count)]
    persons = people.register_people(actor=vesna, people=new)
    opened = cases.open_cases(
        actor=vesna, cases=[NewCase(ground="consent", people=((person, "client"),)) for person in persons]
    )
    return list(zip(opened, persons, strict=True))


def test_forms_that_overlap_are_shares_of_those_of_whom_any_is_known(cast: Cast) -> None:
    """Five people, one of whom nothing is known, one with two forms: 50, 50 and 25 percent of four."""
    both = ("forced_labour", "sexual_prostitution")
    said: list[tuple[str, ...]] = [("forced_labour",), ("sexual_prostitution",), ("forced_begging",), (), both]
    for (case, person), forms in zip(files(cast, 5), said, strict=True):
        new = NewAssessment(REPORTED, "possible", "adult", forms=forms, words="Zašto")
        cases.assess(actor=cast.actor("vesna"), case_id=case, person_id=person, new=new)
    table = selectors.table(cast.actor("jelena"), "forms_in_detail", range(2023, 2024), is_rounded=False).grid
    assert {row.code: row.share for row in table.rows if row.together} == {
        "forced_labour": 50,
        "sexual_prostitution": 50,
        "forced_begging": 25,
    }
    assert (table.known, table.everybody.together) == (4, 5)


def test_a_year_of_formal_identification_adds_up(cast: Cast) -> None:
    """The Centre's report for 2023: 168 = 57 + 31 + 10 + 19 + 51, 9 identified of 2022, 66 in all."""
    ends = {"identified": 57, "rejected": 31, "discontinued": 10, "not_identified": 19}
    news = [
        NewDecision("protection_centre", code, REPORTED, DECIDED) for code, count in ends.items() for _ in range(count)
    ]
    news += [NewDecision("protection_centre", "pending", REPORTED) for _ in range(51)]
    news += [NewDecision("protection_centre", "identified", date(2022, 11, 1), DECIDED) for _ in range(9)]
    vesna = cast.actor("vesna")
    for (case, person), new in zip(files(cast, len(news)), news, strict=True):
        cases.record_decision(actor=vesna, case_id=case, person_id=person, new=new)
    _before, year = selectors.flow(cast.actor("jelena"), range(2022, 2024))
    (row,) = shown.flow_rows([year])
    assert row["equation"] == "168 = 57 + 31 + 10 + 19 + 51"
    assert (row["carried_in"], row["identified"], row["adds_up"]) == (9, 66, True)
