"""A file is opened on its ground: sealed to its team, with its people and its first contact."""

from datetime import date

import pytest
from django.urls import reverse

from astra.cases import selectors, services
from astra.cases.entries import NewCase
from astra.cases.models import Case, Task
from astra.cases.tests.making import make_case, make_contact, make_person
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors as hotline
from astra.hotline import services as hotline_services
from astra.kernel.clock import today
from astra.kernel.errors import Denied, Invalid, NotFound
from astra.people import selectors as people

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_the_contact_becomes_the_first_line(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id, contact_id = make_person(mira), make_contact(mira, "Zove majka")
    case_id = make_case(mira, person_id, contact_ids=[contact_id])
    lines = selectors.timeline(cast.actor("mira"), case_id).lines
    assert [line.kind for line in lines] == ["case_opened", "contact"]
    assert lines[-1].told.text == "Zove majka"
    assert lines[-1].subject_id == contact_id


def test_the_team_reads_what_came_with_the_file(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id, contact_id = make_person(mira), make_contact(mira)
    make_case(mira, person_id, contact_ids=[contact_id], team=[cast.mira.id, cast.vesna.id])
    vesna = cast.actor("vesna")
    assert people.identity(vesna, person_id).content.names[0].text == "Milica Perić"
    assert contact_id in hotline.open_words(vesna, [contact_id])
    assert [line.id for line in hotline.lines(vesna, [contact_id])] == [contact_id]


def test_numbers_run_within_a_year(cast: Cast) -> None:
    mira = cast.actor("mira")
    first, second = make_case(mira), make_case(mira)
    numbers = [selectors.case_facts(mira, case_id).number for case_id in (first, second)]
    assert numbers == [f"{today().year}-0001", f"{today().year}-0002"]
    old = services.open_cases(actor=mira, cases=[NewCase(ground="to_review", opened_on=date(2012, 5, 4))])
    assert selectors.case_facts(mira, old[0]).number == "2012-0001"


def test_not_yet_asked_brings_a_task_with_a_date(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira, ground="not_yet_asked")
    task = Task.objects.get(case=case_id)
    assert (task.kind, task.assigned_id) == ("ask_consent", cast.mira.id)
    assert task.due_on is not None
    assert task.due_on > today()
    assert not Task.objects.filter(case=make_case(mira)).exists()


def test_coordinators_sit_in_every_team_unless_it_is_said(cast: Cast) -> None:
    mira = cast.actor("mira")
    usual, closed = make_case(mira), make_case(mira, without_coordinators=True)
    jelena = cast.actor("jelena")
    assert selectors.case_page(jelena, usual).summary is not None
    with pytest.raises(NotFound):
        selectors.case_page(jelena, closed)


def test_somebody_must_be_able_to_open_it(cast: Cast) -> None:
    with pytest.raises(Invalid):
        make_case(cast.actor("mira"), team=[], without_coordinators=True)


def test_a_third_colleague_is_refused_as_if_there_were_nothing(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = make_person(mira)
    case_id = make_case(mira, person_id, contact_ids=[make_contact(mira)])
    vesna = cast.actor("vesna")
    for read in (selectors.case_page, selectors.timeline, selectors.case_facts):
        with pytest.raises(NotFound):
            read(vesna, case_id)
    assert selectors.list_cases(vesna, selectors.Filters()).lines == []
    assert selectors.cases_of_person(vesna, person_id) == []
    assert vesna.trail.refused
    with pytest.raises(Denied):
        selectors.case_page(cast.actor("outsider"), case_id)


def test_old_numbers_are_found_exactly_and_only_by_the_team(cast: Cast) -> None:
    mira = cast.actor("mira")
    new = NewCase(ground="to_review", old_numbers=("ТЉ-14/2011",), team=(cast.mira.id,), is_imported=True)
    (case_id,) = services.open_cases(actor=mira, cases=[new])
    assert selectors.find_by_number(cast.actor("mira"), "tlj 14 2011") == [case_id]
    assert selectors.find_by_number(cast.actor("mira"), "tlj 14 201") == []
    assert selectors.find_by_number(cast.actor("vesna"), "ТЉ-14/2011") == []
    assert selectors.case_page(cast.actor("mira"), case_id).old_numbers == ("ТЉ-14/2011",)
    number = selectors.case_facts(mira, case_id).number
    assert selectors.find_by_number(cast.actor("jelena"), number) == [case_id]
    assert selectors.find_by_number(cast.actor("vesna"), number) == []


def test_many_are_like_one(cast: Cast) -> None:
    mira = cast.actor("mira")
    persons = [make_person(mira, f"Osoba {n}") for n in range(4)]
    alone = make_case(mira, persons[0], title="Jedna")
    new = [NewCase(ground="consent", title="Jedna", people=((p, "client"),), lead=cast.mira.id) for p in persons[1:]]
    together = services.open_cases(actor=mira, cases=new)
    assert len(set(together)) == 3
    pages = [selectors.case_page(cast.actor("jelena"), case_id) for case_id in (alone, *together)]
    assert len({page.facts.number for page in pages}) == 4
    for page in pages:
        assert page.summary is not None
        assert page.summary.content.title == "Jedna"
        assert [card.role for card in page.people] == ["client"]
        assert [seat.member_id for seat in page.team] == [cast.mira.id]
        assert page.has_coordinators


def test_what_is_not_in_the_lists_is_refused(cast: Cast) -> None:
    mira = cast.actor("mira")
    for wrong in ({"ground": "because"}, {"kind": "murder"}, {"people": [(make_person(mira), "boss")]}):
        with pytest.raises(Invalid):
            make_case(mira, **wrong)
    assert not Case.objects.exists()


def test_nobody_opens_a_file_about_somebody_she_cannot_open(cast: Cast) -> None:
    person_id = make_person(cast.actor("mira"))
    with pytest.raises(NotFound):
        make_case(cast.actor("vesna"), person_id)


def test_what_goes_alongside_is_written_with_the_files_or_not_at_all(cast: Cast) -> None:
    mira = cast.actor("mira")
    seen: list[object] = []
    made = services.open_cases(actor=mira, cases=[NewCase(ground="consent")], alongside=seen.extend)
    assert seen == made

    def refuse(_: object) -> None:
        raise Denied("no")

    with pytest.raises(Denied):
        services.open_cases(actor=mira, cases=[NewCase(ground="consent")], alongside=refuse)
    assert Case.objects.count() == 1


def test_who_comes_back_is_led_to_the_case_that_there_is(cast: Cast) -> None:
    mira = cast.actor("mira")
    person = make_person(mira)
    case = make_case(mira, person, team=[cast.mira.id])
    services.close_case(actor=mira, case_id=case, outcome="lost_contact")
    contact = make_contact(mira)
    hotline_services.link_person(actor=mira, contact_id=contact, person_id=person, role="concerned")
    for origin in (f"person={person}", f"contact={contact}"):
        page = cast.client("mira").get(f"{reverse('cases:open')}?{origin}").content.decode()
        assert reverse("cases:case", args=[case]) in page
        other = cast.client("dunja").get(f"{reverse('cases:open')}?{origin}").content.decode()
        assert reverse("cases:case", args=[case]) not in other
