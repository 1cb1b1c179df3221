"""At seven the night goes home: files go to the next colleague, several at once, with a note for her alone."""

import pytest

from astra.audit.models import Pending
from astra.cases import selectors, services
from astra.cases.models import Task
from astra.cases.tests.making import make_case, make_contact, make_person
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import today
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from astra.people import selectors as people

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_the_next_one_comes_in_and_the_last_one_goes(cast: Cast) -> None:
    mira = cast.actor("mira")
    persons = [make_person(mira, f"Osoba {n}") for n in range(3)]
    cases = [make_case(mira, person, contact_ids=[make_contact(mira)]) for person in persons]
    services.add_task(actor=mira, case_id=cases[0], kind="call_back", title="Pozvati u 10", due_on=today())
    handover_id = services.hand_over(
        actor=mira, case_ids=cases, receiver_id=cast.vesna.id, text="Prva čeka poziv u deset"
    )
    vesna = cast.actor("vesna")
    (handed,) = selectors.my_day(vesna, today()).handed
    assert (handed.text, handed.giver_name) == ("Prva čeka poziv u deset", "Mira")
    assert {line.id for line in handed.cases} == set(cases)
    assert [task.title for task in selectors.my_day(vesna, today()).tasks] == ["Pozvati u 10"]
    assert people.identity(vesna, persons[0]).content.names[0].text == "Osoba 0"
    for case_id in cases:
        assert selectors.case_facts(vesna, case_id).lead_id == cast.vesna.id
        with pytest.raises(NotFound):
            selectors.case_page(cast.actor("mira"), case_id)
    services.accept_handover(actor=vesna, handover_id=handover_id)
    assert selectors.my_day(cast.actor("vesna"), today()).handed == []
    with pytest.raises(NotAllowedNow):
        services.accept_handover(actor=vesna, handover_id=handover_id)
    assert Pending.objects.filter(verb="cases.hand_over").count() == 1
    assert Pending.objects.filter(verb="cases.accept_handover").count() == 1


def test_she_may_stay(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"))
    services.hand_over(actor=cast.actor("mira"), case_ids=[case_id], receiver_id=cast.vesna.id, is_staying=True)
    assert selectors.case_facts(cast.actor("vesna"), case_id).lead_id == cast.vesna.id
    assert {seat.name for seat in selectors.case_page(cast.actor("mira"), case_id).team} == {"Mira", "Vesna"}


def test_the_note_is_for_the_two_alone(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"))
    handover_id = services.hand_over(
        actor=cast.actor("mira"), case_ids=[case_id], receiver_id=cast.vesna.id, text="Samo za tebe"
    )
    assert selectors.handover(cast.actor("mira"), handover_id).text == "Samo za tebe"
    for name in ("jelena", "sanja"):
        with pytest.raises(NotFound):
            selectors.handover(cast.actor(name), handover_id)
        with pytest.raises(NotFound):
            services.accept_handover(actor=cast.actor(name), handover_id=handover_id)
    kinds = {line.kind for line in selectors.timeline(cast.actor("jelena"), case_id).lines}
    assert "hand_over" in kinds


def test_what_she_read_in_her_tier_goes_along(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"))
    services.admit(actor=cast.actor("mira"), case_id=case_id, member_id=cast.dunja.id)
    services.add_note(actor=cast.actor("dunja"), case_id=case_id, text="Nesanica", tier="health")
    services.hand_over(actor=cast.actor("dunja"), case_ids=[case_id], receiver_id=cast.vesna.id)
    assert "Nesanica" in {line.told.text for line in selectors.timeline(cast.actor("vesna"), case_id).lines}
    with pytest.raises(NotFound):
        selectors.case_page(cast.actor("dunja"), case_id)


def test_a_coordinator_hands_over_for_somebody_absent(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"))
    for name in ("sanja", "vesna"):
        with pytest.raises((Denied, NotFound)):
            services.hand_over(
                actor=cast.actor(name), case_ids=[case_id], receiver_id=cast.vesna.id, giver_id=cast.mira.id
            )
    services.hand_over(actor=cast.actor("jelena"), case_ids=[case_id], receiver_id=cast.vesna.id, giver_id=cast.mira.id)
    assert [seat.name for seat in selectors.case_page(cast.actor("vesna"), case_id).team] == ["Vesna"]


def test_what_cannot_be_handed_over(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    with pytest.raises(Invalid):
        services.hand_over(actor=mira, case_ids=[], receiver_id=cast.vesna.id)
    with pytest.raises(Invalid):
        services.hand_over(actor=mira, case_ids=[case_id], receiver_id=cast.mira.id)
    with pytest.raises(Invalid):
        services.hand_over(actor=mira, case_ids=[case_id], receiver_id=cast.outsider.id)
    assert not Task.objects.exists()
    assert [line.id for line in selectors.open_cases_of(mira)] == [case_id]


def test_for_somebody_absent_goes_what_the_coordinator_can_open(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"))
    services.admit(actor=cast.actor("mira"), case_id=case_id, member_id=cast.dunja.id)
    dunja = cast.actor("dunja")
    services.add_note(actor=dunja, case_id=case_id, text="Nesanica", tier="health")
    for tier in ("team", "health"):
        services.add_task(actor=dunja, case_id=case_id, kind="call_back", assigned=cast.dunja.id, tier=tier)
    services.hand_over(
        actor=cast.actor("jelena"), case_ids=[case_id], receiver_id=cast.vesna.id, giver_id=cast.dunja.id
    )
    vesna = cast.actor("vesna")
    assert selectors.case_page(vesna, case_id).tiers == ("team",)
    assert {task.tier: task.assigned_id for task in Task.objects.all()} == {
        "team": cast.vesna.id,
        "health": cast.dunja.id,
    }
    assert "health" in selectors.tiers_of(cast.actor("dunja"), case_id), "or nobody could open these notes any more"
