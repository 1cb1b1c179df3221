"""Health words are the psychologist's, legal words the lawyer's; who is not in a tier is not even told of it."""

import pytest

from astra.cases import selectors, services
from astra.cases.models import Note
from astra.cases.tests.making import make_case
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from astra.vault import selectors as vault

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_a_note_for_the_team(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"), team=[cast.mira.id, cast.vesna.id])
    note_id = services.add_note(actor=cast.actor("vesna"), case_id=case_id, text="Čeka poziv", kind="meeting")
    (line, _) = selectors.timeline(cast.actor("mira"), case_id).lines
    assert (line.kind, line.told.text, line.by_name) == ("meeting", "Čeka poziv", "Vesna")
    services.revise_note(actor=cast.actor("mira"), note_id=note_id, title="", text="Zvala je", revision=1)
    assert selectors.timeline(cast.actor("vesna"), case_id).lines[0].told.text == "Zvala je"


def test_health_notes_are_for_the_psychologist_alone(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"), team=[cast.mira.id, cast.vesna.id])
    services.admit(actor=cast.actor("mira"), case_id=case_id, member_id=cast.dunja.id)
    note_id = services.add_note(actor=cast.actor("dunja"), case_id=case_id, text="Nesanica", tier="health")
    dunja = cast.actor("dunja")
    assert "Nesanica" in {line.told.text for line in selectors.timeline(dunja, case_id).lines}
    assert selectors.case_page(dunja, case_id).tiers == ("team", "health")
    for name in ("mira", "vesna", "jelena"):
        other = cast.actor(name)
        lines = selectors.timeline(other, case_id).lines
        assert {line.tier for line in lines} == {"team"}
        assert note_id not in {line.subject_id for line in lines}
        with pytest.raises(NotFound):
            services.revise_note(actor=other, note_id=note_id, title="", text="x", revision=1)
    with pytest.raises(Invalid):
        services.admit(actor=cast.actor("vesna"), case_id=case_id, member_id=cast.dunja.id, tiers=["nonsense"])


def test_who_is_not_in_a_tier_can_write_into_it_but_not_read(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"))
    services.admit(actor=cast.actor("mira"), case_id=case_id, member_id=cast.ivana.id)
    services.add_note(actor=cast.actor("mira"), case_id=case_id, text="Poziv iz suda", tier="legal")
    assert "Poziv iz suda" in {line.told.text for line in selectors.timeline(cast.actor("ivana"), case_id).lines}
    assert "Poziv iz suda" not in {line.told.text for line in selectors.timeline(cast.actor("mira"), case_id).lines}


def test_only_who_sits_in_a_tier_lets_others_in(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"))
    services.admit(actor=cast.actor("mira"), case_id=case_id, member_id=cast.dunja.id)
    with pytest.raises(Denied):
        services.admit(actor=cast.actor("mira"), case_id=case_id, member_id=cast.vesna.id, tiers=["team", "health"])
    assert cast.vesna.id not in {seat.member_id for seat in selectors.case_page(cast.actor("mira"), case_id).team}
    services.admit(actor=cast.actor("dunja"), case_id=case_id, member_id=cast.vesna.id, tiers=["team", "health"])
    assert selectors.case_page(cast.actor("vesna"), case_id).tiers == ("team", "health")


def test_who_does_no_file_work_is_not_let_in(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"))
    for name in ("outsider", "ana", "petar", "lara"):
        with pytest.raises(Invalid):
            services.admit(actor=cast.actor("mira"), case_id=case_id, member_id=cast.employed[name].id)


def test_who_leaves_the_team_leaves_every_tier(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"))
    services.admit(actor=cast.actor("mira"), case_id=case_id, member_id=cast.dunja.id)
    services.admit(actor=cast.actor("dunja"), case_id=case_id, member_id=cast.vesna.id, tiers=["team", "health"])
    services.add_note(actor=cast.actor("dunja"), case_id=case_id, text="Nesanica", tier="health")
    services.dismiss(actor=cast.actor("mira"), case_id=case_id, member_id=cast.dunja.id)
    with pytest.raises(NotFound):
        selectors.case_page(cast.actor("dunja"), case_id)
    note_id = Note.objects.get(case=case_id).pk
    assert not vault.can_reach(cast.actor("dunja"), note_id)
    services.add_note(actor=cast.actor("vesna"), case_id=case_id, text="Nastavak", tier="health")
    texts = {line.told.text for line in selectors.timeline(cast.actor("vesna"), case_id).lines}
    assert {"Nesanica", "Nastavak"} <= texts


def test_somebody_must_stay(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"), without_coordinators=True)
    with pytest.raises(NotAllowedNow):
        services.dismiss(actor=cast.actor("mira"), case_id=case_id, member_id=cast.mira.id)


def test_the_lead_sits_in_the_team(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"))
    with pytest.raises(NotAllowedNow):
        services.assign_lead(actor=cast.actor("mira"), case_id=case_id, member_id=cast.vesna.id)
    services.admit(actor=cast.actor("mira"), case_id=case_id, member_id=cast.vesna.id)
    services.assign_lead(actor=cast.actor("mira"), case_id=case_id, member_id=cast.vesna.id)
    assert selectors.case_facts(cast.actor("mira"), case_id).lead_name == "Vesna"
    services.dismiss(actor=cast.actor("mira"), case_id=case_id, member_id=cast.vesna.id)
    assert selectors.case_facts(cast.actor("mira"), case_id).lead_id is None
