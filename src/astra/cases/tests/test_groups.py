"""Eight workers from one building site: what is common is typed once, and nobody's words show in another's file."""

import pytest

from astra.cases import selectors, services
from astra.cases.entries import NewMember
from astra.cases.sections import Common
from astra.cases.services.groups import OpenedGroup
from astra.cases.tests.making import make_case, make_contact, make_person
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound
from astra.people import selectors as people
from astra.vault.actor import Actor

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])

SITE = Common(site="Gradilište na Savi", employer="Firma d.o.o.", recruiter="čovek po imenu Sava")


def open_site(actor: Actor, **more: object) -> OpenedGroup:
    members = [NewMember(name=f"Radnik {n}") for n in range(7)] + [NewMember(code_name="Jasen Drina")]
    given: dict[str, object] = {"ground": "vital_interest", "common": SITE, "members": members, "title": "Gradilište"}
    return services.open_group(actor=actor, **(given | more))  # type: ignore[arg-type]  # a test may change any part


def test_eight_files_from_one_form(cast: Cast) -> None:
    mira = cast.actor("mira")
    contact_id = make_contact(mira, "Osam ljudi zaključano u baraci")
    group = open_site(mira, contact_ids=[contact_id])
    assert len(set(group.case_ids)) == len(set(group.person_ids)) == 8
    page = selectors.case_page(cast.actor("mira"), group.group_id)
    assert page.is_shared
    assert {line.id for line in page.linked} == set(group.case_ids)
    single = selectors.case_page(cast.actor("mira"), group.case_ids[0])
    assert single.common is not None
    assert single.common.content == SITE
    assert single.facts.ground == "not_yet_asked"
    assert [card.known.name for card in single.people] == ["Radnik 0"]
    assert selectors.case_page(cast.actor("jelena"), group.case_ids[7]).people[0].known.name == "Jasen Drina"
    assert "Osam ljudi" not in {line.told.text for line in selectors.timeline(mira, group.case_ids[0]).lines}


def test_one_workers_team_sees_neither_the_group_nor_the_others(cast: Cast) -> None:
    mira = cast.actor("mira")
    group = open_site(mira)
    first, second = group.case_ids[:2]
    services.hand_over(actor=mira, case_ids=[first], receiver_id=cast.vesna.id)
    services.add_note(actor=cast.actor("mira"), case_id=second, text="Drugi priča svoje")
    vesna = cast.actor("vesna")
    page = selectors.case_page(vesna, first)
    assert page.common is not None
    assert page.common.content == SITE
    assert page.groups == []
    assert page.linked == []
    assert "case_linked" not in {line.kind for line in selectors.timeline(vesna, first).lines}
    for hidden in (group.group_id, second):
        with pytest.raises(NotFound):
            selectors.case_page(vesna, hidden)
        with pytest.raises(NotFound):
            selectors.timeline(vesna, hidden)
    with pytest.raises(NotFound):
        people.identity(vesna, group.person_ids[1])
    assert [line.id for line in selectors.list_cases(vesna, selectors.Filters()).lines] == [first]


def test_the_group_tells_only_of_files_that_one_reaches(cast: Cast) -> None:
    group = open_site(cast.actor("mira"))
    services.admit(actor=cast.actor("mira"), case_id=group.group_id, member_id=cast.vesna.id)
    services.admit(actor=cast.actor("mira"), case_id=group.case_ids[3], member_id=cast.vesna.id)
    page = selectors.case_page(cast.actor("vesna"), group.group_id)
    assert [line.id for line in page.linked] == [group.case_ids[3]]


def test_what_is_common_changes_everywhere(cast: Cast) -> None:
    mira = cast.actor("mira")
    group = open_site(mira)
    services.revise_common(actor=mira, case_id=group.group_id, common=Common(site="Drugo gradilište"), revision=1)
    single = selectors.case_page(cast.actor("mira"), group.case_ids[5])
    assert single.common is not None
    assert single.common.content.site == "Drugo gradilište"


def test_each_file_ends_for_itself(cast: Cast) -> None:
    mira = cast.actor("mira")
    group = open_site(mira)
    services.close_case(actor=mira, case_id=group.case_ids[0], outcome="returned_home")
    states = [selectors.case_facts(mira, case_id).state for case_id in (group.group_id, *group.case_ids)]
    assert states == ["active", "closed", *["active"] * 7]


def test_somebody_who_is_known_already(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = make_person(mira, "Poznata osoba")
    group = open_site(mira, members=[NewMember(person_id=person_id, ground="consent"), NewMember(name="Novi")])
    assert group.person_ids[0] == person_id
    assert [line.id for line in selectors.cases_of_person(mira, person_id)] == [group.case_ids[0]]
    with pytest.raises(NotFound):
        open_site(cast.actor("vesna"), members=[NewMember(person_id=person_id)])


def test_a_family_links_files_later(cast: Cast) -> None:
    mira = cast.actor("mira")
    family = make_case(mira, kind="family", common=Common(conditions="Jedna soba"))
    child = make_case(mira, title="Dete", team=[cast.mira.id, cast.vesna.id])
    services.link_case(actor=mira, group_id=family, case_id=child)
    page = selectors.case_page(cast.actor("vesna"), child)
    assert page.common is not None
    assert page.common.content.conditions == "Jedna soba"
    with pytest.raises(NotAllowedNow):
        services.link_case(actor=mira, group_id=family, case_id=child)
    with pytest.raises(NotAllowedNow):
        services.link_case(actor=mira, group_id=child, case_id=family)
    services.unlink_case(actor=mira, group_id=family, case_id=child)
    assert selectors.case_page(cast.actor("vesna"), child).common is None


def test_what_is_no_group(cast: Cast) -> None:
    with pytest.raises(NotAllowedNow):
        open_site(cast.actor("mira"), kind="trafficking")
    with pytest.raises(Invalid):
        open_site(cast.actor("mira"), members=[])
