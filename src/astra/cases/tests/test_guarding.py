"""Walls and legal holds: who may never come in, and what may not be erased for now."""

import pytest
from django.urls import reverse

from astra.audit.models import Pending
from astra.cases import facts, selectors, services
from astra.cases.entries import NewCase
from astra.cases.models import OldNumber, Task, TimelineEntry
from astra.cases.tests.making import make_case, make_contact, make_person
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors as hotline
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.models import Wall
from astra.vault.services import erasure

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_a_wall_keeps_a_colleague_out_of_everything(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id, contact_id = make_person(mira), make_contact(mira)
    case_id = make_case(mira, person_id, contact_ids=[contact_id], team=[cast.mira.id, cast.sanja.id])
    services.build_wall(actor=cast.actor("jelena"), case_id=case_id, member_id=cast.sanja.id)
    sanja = cast.actor("sanja")
    with pytest.raises(NotFound):
        selectors.case_page(sanja, case_id)
    with pytest.raises(NotFound):
        people.identity(sanja, person_id)
    assert hotline.open_words(sanja, [contact_id]) == {}
    assert selectors.list_cases(sanja, selectors.Filters()).lines == []
    with pytest.raises(Denied):
        services.admit(actor=cast.actor("mira"), case_id=case_id, member_id=cast.sanja.id)
    with pytest.raises(Denied):
        services.hand_over(actor=cast.actor("mira"), case_ids=[case_id], receiver_id=cast.sanja.id)
    note_id = services.add_note(actor=cast.actor("mira"), case_id=case_id, text="Posle zida")
    assert not vault.can_reach(cast.actor("sanja"), note_id)
    assert Pending.objects.filter(verb="cases.wall").count() == 1


def test_a_coordinator_takes_a_wall_down_again(cast: Cast) -> None:
    mira, jelena = cast.actor("mira"), cast.actor("jelena")
    shared, alone = make_person(mira), make_person(mira, "Druga osoba")
    case_id, other_id = make_case(mira, shared), make_case(mira, shared)
    services.add_person(actor=mira, case_id=case_id, person_id=alone, role="mother")
    for walled in (case_id, other_id):
        services.build_wall(actor=jelena, case_id=walled, member_id=cast.sanja.id)
    with pytest.raises(Denied):
        services.take_down_wall(actor=mira, case_id=case_id, member_id=cast.sanja.id)
    with pytest.raises(NotFound):
        services.take_down_wall(actor=jelena, case_id=case_id, member_id=cast.vesna.id)
    with pytest.raises(Denied):
        services.take_down_wall(actor=jelena, case_id=case_id, member_id=cast.jelena.id)
    team, page = cast.client("jelena"), reverse("cases:take_down_wall", args=[case_id, cast.sanja.id])
    assert page in team.get(reverse("cases:team", args=[case_id])).content.decode()
    assert page not in cast.client("mira").get(reverse("cases:team", args=[case_id])).content.decode()
    assert team.get(page).status_code == 200
    assert services.walled_members([case_id]) == {case_id: {cast.sanja.id}}
    assert team.post(page).status_code == 302
    assert services.walled_members([case_id, other_id]) == {other_id: {cast.sanja.id}}
    assert not Wall.objects.filter(record=alone).exists()
    assert Wall.objects.filter(record=shared).exists(), "the other file's wall stands before her still"
    assert team.get(page).status_code == 302, "nothing is left to take down"
    assert cast.client("mira").get(page).status_code == 403


def test_a_wall_stands_before_a_coordinator_too(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"))
    services.build_wall(actor=cast.actor("mira"), case_id=case_id, member_id=cast.jelena.id)
    with pytest.raises(NotFound):
        selectors.case_page(cast.actor("jelena"), case_id)
    assert selectors.list_cases(cast.actor("jelena"), selectors.Filters()).lines == []


def test_a_wall_before_somebody_stands_before_her_next_file(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = make_person(mira)
    services.build_wall(actor=mira, case_id=make_case(mira, person_id), member_id=cast.jelena.id)
    second = make_case(mira, person_id)
    with pytest.raises(NotFound):
        selectors.case_page(cast.actor("jelena"), second)
    services.build_wall(actor=mira, case_id=second, member_id=cast.sanja.id)
    with pytest.raises(Denied):
        make_case(mira, person_id, team=[cast.mira.id, cast.sanja.id])


def test_who_may_build_one(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"), team=[cast.mira.id, cast.vesna.id])
    with pytest.raises(Denied):
        services.build_wall(actor=cast.actor("vesna"), case_id=case_id, member_id=cast.sanja.id)
    with pytest.raises(NotFound):
        services.build_wall(actor=cast.actor("sanja"), case_id=case_id, member_id=cast.vesna.id)
    alone = make_case(cast.actor("mira"), without_coordinators=True)
    with pytest.raises(NotAllowedNow):
        services.build_wall(actor=cast.actor("mira"), case_id=alone, member_id=cast.mira.id)


def test_nothing_is_erased_while_a_hold_is_on(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = make_person(mira)
    case_id = make_case(mira, person_id)
    with pytest.raises(Invalid):
        services.hold(actor=mira, case_id=case_id, words=" ")
    services.hold(actor=mira, case_id=case_id, words="Dopis Višeg suda")
    services.add_note(actor=mira, case_id=case_id, text="Posle zabrane")
    page = selectors.case_page(cast.actor("mira"), case_id)
    assert page.hold_words == "Dopis Višeg suda"
    assert page.facts.held_on is not None
    with pytest.raises(NotAllowedNow):
        erasure.erase_owner(actor=cast.actor("jelena"), owner_id=person_id, reason="own_wish")
    with pytest.raises(NotAllowedNow):
        services.hold(actor=mira, case_id=case_id, words="Još jednom")
    assert people.identity(cast.actor("mira"), person_id)
    services.lift_hold(actor=mira, case_id=case_id)
    erasure.erase_owner(actor=cast.actor("jelena"), owner_id=person_id, reason="own_wish")
    with pytest.raises(NotFound):
        people.identity(cast.actor("mira"), person_id)
    with pytest.raises(NotFound):
        selectors.case_page(cast.actor("mira"), case_id)


def test_a_hold_of_another_file_goes_on(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = make_person(mira)
    first, second = make_case(mira, person_id), make_case(mira, person_id)
    for case_id in (first, second):
        services.hold(actor=mira, case_id=case_id, words="Dopis suda")
    services.lift_hold(actor=mira, case_id=first)
    with pytest.raises(NotAllowedNow):
        erasure.erase_owner(actor=cast.actor("jelena"), owner_id=person_id, reason="own_wish")
    with pytest.raises(NotAllowedNow):
        services.lift_hold(actor=mira, case_id=first)


def test_who_lifts_a_hold(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"), team=[cast.mira.id, cast.vesna.id])
    services.hold(actor=cast.actor("vesna"), case_id=case_id, words="Dopis suda")
    with pytest.raises(Denied):
        services.lift_hold(actor=cast.actor("vesna"), case_id=case_id)
    services.lift_hold(actor=cast.actor("jelena"), case_id=case_id, words="Postupak je završen")
    assert selectors.case_facts(cast.actor("vesna"), case_id).held_on is None


def test_an_erased_file_is_gone_from_every_answer(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = make_person(mira)
    case_id = make_case(mira, person_id)
    number = selectors.case_facts(mira, case_id).number
    erasure.erase_owner(actor=cast.actor("jelena"), owner_id=person_id, reason="own_wish")
    assert selectors.find_by_number(cast.actor("mira"), number) == []
    assert selectors.cases_of_person(cast.actor("mira"), person_id) == []
    assert selectors.open_cases_of(cast.actor("mira")) == []


def test_old_numbers_are_forgotten_with_whom_they_name(cast: Cast) -> None:
    mira = cast.actor("mira")
    hers, other = make_person(mira), make_person(mira, "Druga osoba")
    new = [
        NewCase(ground="to_review", people=((hers, "client"),), old_numbers=("14/2011",), is_imported=True),
        NewCase(ground="to_review", people=((hers, "client"), (other, "client")), old_numbers=("15/2011",)),
    ]
    alone, shared = services.open_cases(actor=mira, cases=new)
    erasure.erase_owner(actor=cast.actor("jelena"), owner_id=hers, reason="own_wish")
    assert set(OldNumber.objects.values_list("case", flat=True)) == {shared}
    assert selectors.find_by_number(cast.actor("mira"), "14/2011") == []
    assert selectors.find_by_number(cast.actor("mira"), "15/2011") == [shared]
    assert not TimelineEntry.objects.filter(case=alone).exists()
    assert not Task.objects.filter(case=alone).exists()
    assert Task.objects.filter(case=shared).count() == 1
    assert [(fact.clients, fact.is_kept) for fact in facts.case_facts()] == [(2, False), (1, True)]
