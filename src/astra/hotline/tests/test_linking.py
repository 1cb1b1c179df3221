"""Do contacts find their people, follow a name that is given later, and go with a case to its team?"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewCallback, NewContact, Seen
from astra.hotline.models import Contact
from astra.hotline.rules.contacts import CALLER, CONCERNED, Link
from astra.hotline.sections import CALLER as CALLER_PART
from astra.hotline.sections import SAFE_CONTACT, WORDS, SafeContact
from astra.hotline.services.owners import BESIDE
from astra.hotline.tests.test_recording import owners
from astra.kernel.clock import now
from astra.kernel.errors import Invalid, NotFound
from astra.kernel.ids import new_id
from astra.people import selectors as people_selectors
from astra.people import services as people
from astra.people.models import Person
from astra.people.rules.persons import SafeRule, Safety
from astra.vault import selectors as vault
from astra.vault.models import Grant, Reach
from astra.vault.services.erasure import erase_owner
from astra.vault.services.sealing import Sealing

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
Make = Callable[..., NewContact]


def test_a_name_given_later_brings_the_earlier_contacts_along(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    first = services.record_contact(actor=mira, contact=make())
    second = services.record_contact(actor=mira, contact=make(repeat_of=first))
    third = services.record_contact(actor=mira, contact=make(repeat_of=second))
    assert Contact.objects.get(pk=third).repeat_of_id == first
    assert {line.id for line in selectors.repeats(mira, second)} == {first, third}
    person = people.register_person(actor=mira)
    linked = services.link_person(actor=mira, contact_id=second, person_id=person, role=CALLER)
    assert set(linked) == {first, second, third}
    assert [line.id for line in selectors.contacts_of_person(mira, person)] == [third, second, first]
    for contact in linked:
        assert owners(contact, WORDS.name) == {person}
        assert owners(contact, CALLER_PART.name) == {person}


def test_a_mother_and_her_daughter_share_the_words(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    mother, daughter = (people.register_person(actor=mira) for _ in range(2))
    contact = services.record_contact(actor=mira, contact=make(links=(Link(daughter, CONCERNED),)))
    assert owners(contact, CALLER_PART.name) == {contact}
    services.link_person(actor=mira, contact_id=contact, person_id=mother, role=CALLER)
    assert owners(contact, WORDS.name) == {mother, daughter}
    assert owners(contact, CALLER_PART.name) == {mother}
    services.unlink_person(actor=mira, contact_id=contact, person_id=daughter, role=CONCERNED)
    assert owners(contact, WORDS.name) == {mother}
    with pytest.raises(NotFound):
        services.unlink_person(actor=mira, contact_id=contact, person_id=daughter, role=CONCERNED)
    with pytest.raises(Invalid):
        services.link_person(actor=mira, contact_id=contact, person_id=daughter, role="friend")


@pytest.mark.django_db(databases=["default", "keystore"], transaction=True)
def test_erasing_the_caller_takes_her_name_and_leaves_shared_words(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    mother, daughter = (people.register_person(actor=mira) for _ in range(2))
    links = (Link(mother, CALLER), Link(daughter, CONCERNED))
    contact = services.record_contact(actor=mira, contact=make(links=links))
    erase_owner(actor=mira, owner_id=mother, reason="request")
    sheet = selectors.sheet(cast.actor("mira"), contact)
    assert sheet.caller is None
    assert sheet.safe is None
    assert sheet.words is not None
    erase_owner(actor=mira, owner_id=daughter, reason="request")
    with pytest.raises(NotFound):
        selectors.sheet(cast.actor("mira"), contact)
    assert Contact.objects.filter(pk=contact).exists()


def _case(cast: Cast) -> tuple[UUID, UUID]:
    """A case with a team of Mira and Vesna."""
    mira = cast.actor("mira")
    sealing = Sealing(mira)
    case = sealing.new_record("case")
    holders = [vault.personal_circle(cast.mira.id), vault.personal_circle(cast.vesna.id)]
    team = sealing.new_circle("case", record_id=case, tier="team", holders=holders, listed_at=now())
    with sealing.transaction():
        pass
    return case, team


def test_a_contact_goes_to_the_team_and_leaves_the_hotline_in_a_week(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    promise = NewCallback(due_at=now() + timedelta(days=2), why="Ask about the passport")
    contact = services.record_contact(actor=mira, contact=make(callback=promise))
    with pytest.raises(NotFound):
        selectors.sheet(cast.actor("vesna"), contact)
    _, team = _case(cast)
    services.join_case(actor=mira, contact_ids=[contact], case_circle_id=team)
    vesna = selectors.sheet(cast.actor("vesna"), contact)
    assert vesna.words is not None
    assert vesna.caller is not None
    assert selectors.sheet(cast.actor("sanja"), contact).words is not None
    hotline = vault.desk_circle("hotline")
    ends = Grant.objects.filter(record=contact, circle=hotline).values_list("kind", "expires_at")
    in_a_week = now() + timedelta(days=7)
    assert {kind for kind, _ in ends} == {WORDS.name, CALLER_PART.name}
    assert all(at is not None and abs(at - in_a_week) < timedelta(minutes=1) for _, at in ends)
    assert (
        Grant.objects.get(record=contact, kind=SAFE_CONTACT.name, circle=vault.desk_circle("safety")).expires_at is None
    )
    listed = Reach.objects.get(record=contact, circle=hotline)
    assert listed.expires_at is not None
    assert [line.contact_id for line in selectors.callbacks(cast.actor("vesna"))] == [contact]


def test_after_the_week_the_hotline_no_longer_knows(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    contact = services.record_contact(actor=mira, contact=make())
    _, team = _case(cast)
    services.join_case(actor=mira, contact_ids=[contact], case_circle_id=team)
    for rows in (Grant.objects, Reach.objects):
        rows.filter(record=contact).exclude(expires_at=None).update(expires_at=now() - timedelta(minutes=1))
    with pytest.raises(NotFound):
        selectors.sheet(cast.actor("sanja"), contact)
    with pytest.raises(NotFound):
        vault.open_section(cast.actor("sanja"), contact, WORDS)
    assert vault.open_section(cast.actor("sanja"), contact, SAFE_CONTACT).content.when == "after 18"
    assert selectors.sheet(cast.actor("vesna"), contact).words is not None


def test_words_added_after_joining_reach_the_team(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    contact = services.record_contact(actor=mira, contact=make(words=NewContact.words))
    _, team = _case(cast)
    services.join_case(actor=mira, contact_ids=[contact], case_circle_id=team)
    services.revise_contact(actor=mira, contact_id=contact, words=make().words)
    for name in ("vesna", "sanja"):
        assert selectors.sheet(cast.actor(name), contact).words is not None


def test_a_contact_imported_into_a_case_equals_one_that_joined(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    _, team = _case(cast)
    joined = services.record_contact(actor=mira, contact=make())
    services.join_case(actor=mira, contact_ids=[joined], case_circle_id=team)
    (imported,) = services.record_contacts(actor=mira, contacts=[make(team_circle_id=team, source="imported")])
    rights = [
        set(Grant.objects.filter(record=record).values_list("kind", "circle", "expires_at__date"))
        for record in (joined, imported)
    ]
    assert rights[0] == rights[1]
    lists = [
        set(Reach.objects.filter(record=record).values_list("circle", "expires_at__date"))
        for record in (joined, imported)
    ]
    assert lists[0] == lists[1]


def test_who_may_not_know_a_contact_cannot_take_it_into_a_case(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("mira"), contact=make())
    _, team = _case(cast)
    with pytest.raises(NotFound):
        services.join_case(actor=cast.actor("vesna"), contact_ids=[contact], case_circle_id=team)


def test_a_call_opens_files_for_both_and_twice_is_once(cast: Cast, make: Make) -> None:
    mira, key = cast.actor("mira"), new_id()
    both = [services.Registering(CALLER, "Radmila"), services.Registering(CONCERNED)]
    contact = services.record_call(actor=mira, draft_id=key, contact=make(), registering=both)
    assert services.record_call(actor=mira, draft_id=key, contact=make(), registering=both) == contact
    assert Person.objects.count() == 2
    links = {link.role: link.person_id for link in selectors.contact(mira, contact).links}
    assert owners(contact, WORDS.name) == set(links.values())
    names = people_selectors.display_names(mira, list(links.values()))
    assert names[links[CALLER]] == "Radmila"
    assert names[links[CONCERNED]] not in ("", "Radmila")
    rules = people_selectors.safety(mira, links[CALLER])
    assert rules is not None
    assert {rule.code for rule in rules.content.rules} == {"call_only_between", "never_say"}
    assert people_selectors.safety(mira, links[CONCERNED]) is None


def test_a_file_is_opened_from_a_saved_contact(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    first = services.record_contact(actor=mira, contact=make())
    second = services.record_contact(actor=mira, contact=make(repeat_of=first))
    person = services.open_file(actor=mira, contact_id=second, role=CALLER)
    assert {line.id for line in selectors.contacts_of_person(mira, person)} == {first, second}
    details = people_selectors.contact_details(mira, person)
    assert details is not None
    assert [entry.value for entry in details.content.entries] == ["+381 60 000 111"]


def test_many_contacts_join_their_files_at_once(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    ids = services.record_contacts(actor=mira, contacts=[make() for _ in range(6)])
    teams = [_case(cast)[1] for _ in range(2)]
    sealing = Sealing(mira)
    services.collect_joins(sealing, dict(zip(ids, teams * 3, strict=True)))
    with sealing.transaction():
        services.mark_joins(actor=mira, teams=dict(zip(ids, teams * 3, strict=True)))
    vesna = cast.actor("vesna")
    assert set(selectors.open_words(vesna, ids)) == set(ids)
    assert Contact.objects.get(pk=ids[0]).teams == [str(teams[0])]
    assert set(selectors.received_at(ids)) == set(ids)


def test_who_gives_her_name_in_a_later_call_brings_the_earlier_ones_along(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    first = services.record_contact(actor=mira, contact=make())
    second = services.record_contact(actor=mira, contact=make(repeat_of=first))
    named = services.Registering(CALLER, "Olena Kovalenko")
    third = services.record_call(
        actor=mira, draft_id=new_id(), contact=make(repeat_of=second, safe=SafeContact()), registering=[named]
    )
    (person,) = {link.person_id for link in selectors.contact(mira, third).links}
    assert {line.id for line in selectors.contacts_of_person(mira, person)} == {first, second, third}
    assert owners(first, CALLER_PART.name) == {person}


def test_a_known_caller_who_calls_again_brings_only_nameless_contacts_along(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    hers, somebody = (people.register_person(actor=mira) for _ in range(2))
    first = services.record_contact(actor=mira, contact=make())
    other = services.record_contact(actor=mira, contact=make(repeat_of=first, links=(Link(somebody, CALLER),)))
    whole = make(repeat_of=first, links=(Link(hers, CALLER),))
    services.record_call(actor=mira, draft_id=new_id(), contact=whole)
    assert {link.person_id for link in selectors.contact(mira, first).links} == {hers}
    assert {link.person_id for link in selectors.contact(mira, other).links} == {somebody}


def test_what_a_caller_says_of_calling_her_stands_in_her_file_at_once(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    person = people.register_person(actor=mira, safety=Safety((SafeRule("voicemail"), SafeRule("never_say", "police"))))
    safe = SafeContact(when="after 18", never_say="my mother", voicemail="no", how="from a hidden number")
    contact = make(links=(Link(person, CALLER),), safe=safe)
    saved = services.record_call(actor=mira, draft_id=new_id(), contact=contact)
    opened = people_selectors.safety(cast.actor("sanja"), person)
    assert opened is not None
    rules = {rule.code: rule.words for rule in opened.content.rules}
    assert rules == {"never_say": "police · my mother", "call_only_between": "after 18", "no_voicemail": ""}
    assert opened.content.note == "from a hidden number"
    seen = Seen(safe=1)
    services.revise_contact(actor=mira, contact_id=saved, safe=SafeContact(code_word="linden"), seen=seen)
    later = people_selectors.safety(cast.actor("sanja"), person)
    assert later is not None
    assert SafeRule("code_word", "linden") in later.content.rules
    assert SafeRule("no_voicemail") in later.content.rules, "nothing is taken away by saying more"


def test_rules_said_before_she_had_a_file_follow_with_the_link(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    contact = services.record_contact(actor=mira, contact=make(safe=SafeContact(never_say="my name")))
    person = people.register_person(actor=mira)
    services.link_person(actor=mira, contact_id=contact, person_id=person, role=CALLER)
    assert people_selectors.safety_among(mira, [person])[person].rules == (SafeRule("never_say", "my name"),)


def test_what_a_mother_says_is_no_rule_of_her_daughter(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    daughter = people.register_person(actor=mira)
    contact = make(links=(Link(daughter, CONCERNED),), safe=SafeContact(when="at noon"))
    services.record_call(actor=mira, draft_id=new_id(), contact=contact)
    assert people_selectors.safety_among(mira, [daughter]) == {}


def test_nothing_sealed_beside_a_contact_is_forgotten_when_its_people_change() -> None:
    # Debrief notes are about the colleague who wrote them; drafts are shredded when the contact is saved;
    # interpreting, marks and codes hold no words.
    about_others = {"Debrief", "Draft", "HardContact", "Interpreting", "ContactCode", "ContactPerson"}
    beside = {
        model.__name__
        for model in apps.get_app_config("hotline").get_models()
        if any(field.related_model is Contact for field in model._meta.fields) and model is not Contact
    }
    assert beside == {"Talk", "Call", "CallerPlan", *(model.__name__ for model, _ in BESIDE)} | about_others
