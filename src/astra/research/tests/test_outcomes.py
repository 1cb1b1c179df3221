"""Do the tables of outcomes come out of what colleagues wrote down, and stay when somebody is erased?"""

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from astra.assistance import services as assistance
from astra.assistance.models import KeptProgress, Rating
from astra.assistance.work_sections import PlacementWords, SchoolingWords
from astra.cases import services as cases
from astra.demo.pytest_cast import Cast
from astra.identification.entries import NewAssessment, NewDecision
from astra.justice import services as justice
from astra.justice.tests.making import make_decision, make_proceeding
from astra.kernel.clock import today
from astra.research import selectors
from astra.research.rules.catalogue import TABLES
from astra.research.tests.test_from_the_database import files
from astra.vault.services import erasure

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SPAN = range(2020, today().year + 1)
FIRST, LAST, ON = date(2023, 2, 3), date(2024, 5, 6), date(2023, 9, 1)


def together(cast: Cast, name: str) -> dict[str, int]:
    """The last column of a table, without rows of nought."""
    grid = selectors.table(cast.actor("jelena"), name, SPAN, is_rounded=False).grid
    return {row.code: int(row.together) for row in grid.rows if row.together}


def rated(cast: Cast, case: UUID, by: str, first: dict[str, int | None], last: dict[str, int | None]) -> None:
    for on, values in ((FIRST, first), (LAST, last)):
        assistance.rate(actor=cast.actor("vesna"), case_id=case, rated_by=by, values=values, rated_on=on)


def worked(cast: Cast, case: UUID, *answers: str) -> None:
    """A place of work, asked after as many times as there are answers."""
    vesna = cast.actor("vesna")
    words = PlacementWords(employer="Pekara", post="Prodavačica")
    place = assistance.place(actor=vesna, case_id=case, began_on=FIRST, sector="I", words=words)
    for months, answer in zip((1, 3, 6, 12), answers, strict=False):
        assistance.check_retention(actor=vesna, placement_id=place, months=months, answer=answer, asked_on=today())


def test_the_scale_counts_whoever_was_rated_twice_and_what_is_rated_both_times(cast: Cast) -> None:
    (one, person), (two, _), (three, _) = files(cast, 3)
    rated(cast, one, "worker", {"housing": 1, "health": 3}, {"housing": 4, "health": 2, "work": 1})
    rated(cast, one, "herself", {"housing": 3}, {"housing": 3})
    rated(cast, two, "worker", {"housing": 4}, {"housing": 2})
    assistance.rate(actor=cast.actor("vesna"), case_id=three, rated_by="worker", values={"work": 3}, rated_on=FIRST)
    assert together(cast, "progress") == {"better": 1, "worse": 1}
    assert together(cast, "progress_own") == {"same": 1}
    before = {name: together(cast, name) for name in TABLES}
    erasure.erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="own_wish")
    assert {name: together(cast, name) for name in TABLES} == before
    assert {(one.month, one.change) for one in KeptProgress.objects.all()} == {
        (date(2024, 5, 1), "better"),
        (date(2024, 5, 1), "same"),
    }
    assert not Rating.objects.filter(case=one).exists()


def test_formally_identified_people_are_counted_once_with_what_we_know_of_them(cast: Cast) -> None:
    (one, person), (two, other), (three, third) = files(cast, 3)
    vesna = cast.actor("vesna")
    for case, whose, forms, profile in (
        (one, person, ("forced_labour",), "adult"),
        (two, other, ("forced_labour", "forced_begging"), "child"),
    ):
        new = NewAssessment(ON, "possible", profile, forms=forms, words="Zašto")
        cases.assess(actor=vesna, case_id=case, person_id=whose, new=new)
    for case, whose, decision in (
        (one, person, "identified"),
        (one, person, "identified"),
        (two, other, "identified"),
        (three, third, "not_identified"),
    ):
        new_decision = NewDecision("protection_centre", decision, FIRST, ON)
        cases.record_decision(actor=vesna, case_id=case, person_id=whose, new=new_decision)
    everybody = selectors.table(cast.actor("jelena"), "identified", SPAN, is_rounded=False).grid.everybody
    assert everybody.together == 2, "each person once, the first decision counts"
    assert together(cast, "identified_ages") == {"adult": 1, "child": 1}
    assert together(cast, "identified") == {"labour": 2, "other": 1}
    erasure.erase_owner(actor=cast.actor("jelena"), owner_id=other, reason="own_wish")
    after = selectors.table(cast.actor("jelena"), "identified", SPAN, is_rounded=False).grid
    assert (after.everybody, after.coarsened) == (everybody, 1)
    assert {row.code for row in after.rows if row.is_coarse} == {"other"}, "the table says where"
    page = cast.client("jelena").get(
        reverse("research:table", args=["identified"]), {"since": "2023"}, headers={"accept-language": "en"}
    )
    assert page.content.decode().count("coarser after an erasure") == 1
    assert together(cast, "identified_ages") == {"adult": 1, "child": 1}


def test_work_is_counted_by_how_long_it_lasted_and_school_by_its_end(cast: Cast) -> None:
    (one, _), (two, _) = files(cast, 2)
    worked(cast, one, "works_there", "works_elsewhere", "left", "not_reached")
    worked(cast, two, "not_reached")
    assert together(cast, "placements") == {"began": 2, "after_1": 1, "after_3": 1}
    vesna, words = cast.actor("vesna"), SchoolingWords("Škola", "Odeljenje")
    for case, end in ((one, "completed"), (two, "")):
        school = assistance.enrol(actor=vesna, case_id=case, kind="secondary", began_on=FIRST, words=words)
        if end:
            assistance.end_schooling(actor=vesna, schooling_id=school, ended_on=LAST, end=end)
    assert together(cast, "schooling") == {"completed": 1, "goes_on": 1}


def test_proceedings_by_role_and_decisions_by_outcome(cast: Cast) -> None:
    ((case, person),) = files(cast, 1)
    vesna = cast.actor("vesna")
    trial = make_proceeding(vesna, case, roles={person: "injured_party"})
    make_proceeding(vesna, case, roles={person: "accused"})
    decision = make_decision(vesna, trial)
    assert together(cast, "roles") == {"injured_party": 1, "accused": 1}
    assert together(cast, "decisions") == {"convicted": 1}
    justice.add_penalty(actor=vesna, decision_id=decision, accused="exploiter", kind="prison", years=5, months=0)
    before = {name: together(cast, name) for name in TABLES}
    erasure.erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="own_wish")
    assert {name: together(cast, name) for name in TABLES} == before
