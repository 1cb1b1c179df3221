"""When people are erased, do figures stay, do rare codes give way, and does what stays lead to nobody?"""

from datetime import date
from uuid import UUID

import pytest

from astra.cases import facts, services
from astra.cases.models import Case, KeptCase
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.identification import facts as identification
from astra.identification.entries import NewAssessment, NewChoice, NewDecision
from astra.identification.models import KeptAssessment, KeptChoice, KeptDecision
from astra.identification.rules.decisions import account
from astra.vault.services import erasure

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
YEAR = 2025


def erase(cast: Cast, person: UUID) -> None:
    erasure.erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="own_wish")


def files(cast: Cast, forms: list[tuple[str, ...]]) -> list[tuple[UUID, UUID]]:
    made = []
    for known in forms:
        person = make_person(cast.actor("mira"))
        case = make_case(cast.actor("mira"), person)
        Case.objects.filter(pk=case).update(
            forms=list(known), countries=["RS"], opened_on=date(YEAR, 3, 9), closed_on=date(YEAR, 6, 2), state="closed"
        )
        made.append((case, person))
    return made


def test_an_erased_file_is_counted_as_before_where_its_codes_are_common(cast: Cast) -> None:
    made = files(cast, [("forced_labour",)] * 3)
    before = sorted(facts.case_facts(), key=repr)
    erase(cast, made[0][1])
    after = sorted(facts.case_facts(), key=repr)
    counted = ("opened_year", "opened_month", "closed_year", "kind", "state", "forms", "countries", "clients", "tasks")
    for name in counted:
        assert [getattr(one, name) for one in before] == [getattr(one, name) for one in after], name
    (kept,) = [one for one in after if one.is_kept]
    assert (kept.days_open, kept.is_coarsened) == (90, False)


def test_a_rare_form_gives_way_and_the_row_says_so(cast: Cast) -> None:
    made = files(cast, [("forced_labour",), ("forced_labour",), ("forced_labour", "surrogacy")])
    erase(cast, made[2][1])
    (kept,) = KeptCase.objects.all()
    assert (kept.forms, kept.countries, kept.is_coarsened) == (["forced_labour", "other"], ["RS"], True)


def test_what_stays_of_the_file_says_nothing_and_bears_no_trace_of_the_kept_row(cast: Cast) -> None:
    ((case, person),) = files(cast, [("organ_removal",)])
    erase(cast, person)
    left, (kept,) = Case.objects.get(pk=case), KeptCase.objects.all()
    assert (left.forms, left.countries, left.ground, left.outcome) == ([], [], "", "")
    assert (left.opened_on, left.closed_on) == (date(YEAR, 3, 1), date(YEAR, 6, 1))
    assert kept.pk not in {case, person}
    assert not {"record_id", "case_id", "person_id", "running"} & set(vars(kept))
    erasure.finish_erasures()
    assert KeptCase.objects.count() == 1


def test_clients_of_a_shared_file_are_counted_on_one_after_the_other(cast: Cast) -> None:
    one, other = make_person(cast.actor("mira")), make_person(cast.actor("mira"), "Druga osoba")
    make_case(cast.actor("mira"), people=[(one, "client"), (other, "client")])
    assert [fact.clients for fact in facts.case_facts()] == [2]
    erase(cast, one)
    assert [(fact.clients, fact.is_kept) for fact in facts.case_facts()] == [(2, False)]


def identified(cast: Cast, case: UUID, person: UUID) -> None:
    mira, day = cast.actor("mira"), date(YEAR, 5, 20)
    new = NewAssessment(day, "confirmed", "adult", acts=("recruits",), means=("deception",), forms=("forced_labour",))
    services.assess(actor=mira, case_id=case, person_id=person, new=new)
    decided = NewDecision("protection_centre", "identified", date(YEAR, 4, 8), date(YEAR, 5, 17))
    services.record_decision(actor=mira, case_id=case, person_id=person, new=decided)
    services.record_choice(actor=mira, case_id=case, person_id=person, new=NewChoice(day, "wants"))


def test_the_three_facts_stay_countable_under_a_random_number(cast: Cast) -> None:
    made = files(cast, [("forced_labour",)] * 3)
    Case.objects.update(state="active", closed_on=None)
    for case, person in made:
        identified(cast, case, person)
    reported = account(identification.procedure_facts(), YEAR)
    assert reported.adds_up
    before = sorted((one.forms, one.status, one.is_latest) for one in identification.assessment_facts())
    erase(cast, made[1][1])
    assert account(identification.procedure_facts(), YEAR) == reported
    assert before == sorted((one.forms, one.status, one.is_latest) for one in identification.assessment_facts())
    marks = {row.mark for model in (KeptAssessment, KeptDecision, KeptChoice) for row in model.objects.all()}
    assert len(marks) == 1
    assert not marks & {made[1][0], made[1][1]}
    assert KeptAssessment.objects.get().month == date(YEAR, 5, 1)
