"""Offers of work: looked up, flags decided, concluded, told; sealed like a contact, along into a case, erased."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from astra.demo.pytest_cast import Cast
from astra.hotline import facts, selectors, services
from astra.hotline.entries import NewCallback, NewContact
from astra.hotline.models import OfferCheck, OfferCode
from astra.hotline.rules import offers as rules
from astra.hotline.rules.contacts import CALLER, Link
from astra.hotline.rules.employers import Entry
from astra.hotline.rules.offers import OfferCoded
from astra.hotline.sections import CONTACT, OFFER, OfferLookup, OfferWords
from astra.hotline.services.offers import NewOffer
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound
from astra.people import services as people
from astra.people.rules.persons import Identity, Name, SafeRule, Safety
from astra.people.rules.safety import STOPS
from astra.vault import selectors as vault
from astra.vault.models import ErasureOwner
from astra.vault.services import erasure, rewriting

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
MAKE = Callable[..., NewContact]
TERMS = ("permit_tourist", "fee_lent", "contract_later")
WORDS = OfferWords(employer="Sunčani put d.o.o.", recruiter="Neko Nekić", promised="3000 evra mesečno")
CODED = OfferCoded("AT", "I", "social_network", today() + timedelta(days=5), TERMS, ("advert",))


def begun(cast: Cast, name: str = "mira", **given: object) -> UUID:
    return services.begin_check(actor=cast.actor(name), offer=NewOffer(CODED, WORDS, **given))  # type: ignore[arg-type]


def owners(check_id: UUID) -> set[UUID]:
    rows = ErasureOwner.objects.filter(handle__record=check_id, handle__retention=CONTACT)
    return set(rows.values_list("owner", flat=True))


def test_the_same_form_twice_is_one_check_and_the_answers_propose_flags(cast: Cast) -> None:
    key = uuid4()
    check = begun(cast, key=key)
    assert begun(cast, key=key) == check
    assert OfferCheck.objects.count() == 1
    sheet = selectors.offer_sheet(cast.actor("sanja"), check)
    assert {one.flag for one in sheet.proposals} == {"tourist_entry", "debt", "no_contract", "leaves_before_papers"}
    assert sheet.line.flags == rules.Flags()
    assert sheet.words is not None
    assert sheet.words.content == WORDS


def test_from_the_offer_to_the_answer(cast: Cast) -> None:
    mira = cast.actor("mira")
    check = begun(cast)
    with pytest.raises(Invalid):
        services.conclude_check(actor=mira, check_id=check, verdict=rules.NONE_SO_FAR)  # nothing was looked up
    with pytest.raises(Invalid):
        services.conclude_check(actor=mira, check_id=check, verdict=rules.WARNINGS)  # no warning has a name
    services.note_lookup(actor=mira, check_id=check, lookup=OfferLookup("website", today(), "https://primer.example"))
    services.decide_flags(actor=mira, check_id=check, confirmed={"debt"}, taken_away={"no_contract"}, remark="poslao")
    sheet = selectors.offer_sheet(mira, check)
    assert {one.flag for one in rules.undecided(sheet.proposals, sheet.line.flags)} == {
        "tourist_entry",
        "leaves_before_papers",
    }
    assert "website" not in sheet.not_looked_up
    with pytest.raises(Invalid):
        services.conclude_check(actor=mira, check_id=check, verdict=rules.NONE_SO_FAR)
    services.conclude_check(actor=mira, check_id=check, verdict=rules.WARNINGS)
    line = selectors.offer_line(mira, check)
    assert (line.state, line.concluded_on, line.assigned_to) == (rules.CONCLUDED, today(), mira.id)
    with pytest.raises(NotAllowedNow):
        services.note_lookup(actor=mira, check_id=check, lookup=OfferLookup("press", today()))
    services.tell_finding(actor=mira, check_id=check, answer="Našli smo upozorenja.")
    told = selectors.offer_sheet(mira, check)
    assert told.words is not None
    assert (told.words.content.answer, told.words.content.remark) == ("Našli smo upozorenja.", "poslao")
    assert [one.id for one in selectors.offers_done(mira)] == [check]
    services.step_check(actor=mira, check_id=check, verb="reopen")
    assert selectors.offer_line(mira, check).verdict == ""


def test_the_queue_is_by_the_day_of_travel_and_my_day_knows_it(cast: Cast) -> None:
    mira = cast.actor("mira")
    far = services.begin_check(actor=mira, offer=NewOffer(OfferCoded(travel_on=today() + timedelta(days=60))))
    unknown = services.begin_check(actor=mira, offer=NewOffer(OfferCoded()))
    near = begun(cast)
    assert [one.id for one in selectors.offers_to_do(mira)] == [near, far, unknown]
    assert selectors.count_offers_to_do(mira) == 3
    assert [one.record_id for one in selectors.due_offers(mira, today() + timedelta(days=6))] == [unknown, near]
    services.hand_check(actor=mira, check_id=near, member_id=cast.sanja.id)
    assert [one.id for one in selectors.offers_to_do(cast.actor("sanja"), mine=True)] == [near]
    assert near not in [one.record_id for one in selectors.due_offers(mira, today() + timedelta(days=6))]
    with pytest.raises(NotFound):
        services.hand_check(actor=mira, check_id=near, member_id=cast.lara.id)  # a volunteer cannot read it


def test_two_who_change_it_at_once(cast: Cast) -> None:
    mira = cast.actor("mira")
    check = begun(cast)
    services.revise_check(actor=mira, check_id=check, coded=OfferCoded("DE"), words=WORDS, revision=1)
    with pytest.raises(Conflict):
        services.revise_check(actor=mira, check_id=check, coded=OfferCoded("FR"), words=WORDS, revision=1)
    assert selectors.offer_line(mira, check).coded == OfferCoded("DE")


def test_only_readers_open_the_words_and_a_volunteer_may_begin(cast: Cast) -> None:
    check = begun(cast, "lara")
    assert selectors.offer_sheet(cast.actor("lara"), check).words is None
    assert selectors.offer_sheet(cast.actor("mira"), check).words is not None
    with pytest.raises(NotFound):
        selectors.offer_sheet(cast.actor("vesna"), check)


def test_what_is_about_an_organisation_is_known_to_the_next_who_asks(cast: Cast) -> None:
    mira = cast.actor("mira")
    entry = Entry("Sunčani put d.o.o.", "agency", "RS")
    agency = services.add_organisation(actor=mira, entry=entry, is_organisation=True)
    first = begun(cast, agency_id=agency)
    look = OfferLookup("agency_licences", today(), "spisak ministarstva, strana 3", "Nema je na spisku.")
    services.note_lookup(actor=mira, check_id=first, lookup=look, organisation_id=agency, flag="no_licence")
    second = services.begin_check(actor=mira, offer=NewOffer(OfferCoded(), agency_id=agency))
    sheet = selectors.offer_sheet(cast.actor("sanja"), second)
    assert sheet.is_warned
    assert [one.flag for one in sheet.proposals] == ["earlier_warnings"]
    assert [one.what for one in sheet.looked_up] == ["agency_licences"]
    services.conclude_check(actor=mira, check_id=second, verdict=rules.WARNINGS)
    assert {one.id for one in selectors.offers_at(mira, [agency])} == {first, second}


def test_it_belongs_to_whom_the_contact_speaks_about_and_is_forgotten_with_her(cast: Cast, make: MAKE) -> None:
    mira = cast.actor("mira")
    contact = services.record_contact(actor=mira, contact=make())
    check = begun(cast, contact_id=contact)
    assert owners(check) == {contact}
    her = people.register_person(actor=mira, identity=Identity(names=(Name("Zvezdana", "Probna"),)))
    services.link_person(actor=mira, contact_id=contact, person_id=her, role=CALLER)
    assert owners(check) == {her}
    services.decide_flags(actor=mira, check_id=check, confirmed={"debt"}, taken_away=())
    erasure.erase_owner(actor=cast.actor("ana"), owner_id=her, reason="her_request")
    row = OfferCheck.objects.get(pk=check)
    assert (row.contact_id, row.travel_on, row.state) == (None, None, rules.DROPPED)
    assert vault.find_section(mira, check, OFFER) is None
    assert list(OfferCode.objects.filter(check_of=check, what="flag").values_list("code", flat=True)) == ["debt"]
    (fact,) = facts.offer_facts(since=today(), until=today())
    assert (fact.country, fact.flags, fact.days_to_travel) == ("AT", ("debt",), None)


def test_made_of_a_conversation_it_follows_into_the_contact(cast: Cast) -> None:
    mira = cast.actor("mira")
    visiting, _, _ = services.begin_conversation(line="sos_trafficking", language="sr")
    services.write(visiting=visiting, text="Nude mi posao", mark=uuid4())
    conversation = visiting.conversation.pk
    check = begun(cast, conversation_id=conversation)
    assert [one.id for one in selectors.offers_of_conversation(mira, conversation)] == [check]
    contact = services.record_non_data(actor=mira, line="sos_trafficking", kind="silent")
    services.became_contact(actor=mira, conversation_id=conversation, contact_id=contact)
    assert selectors.offer_line(mira, check).contact_id == contact
    assert owners(check) == {contact}
    services.withdraw(actor=mira, contact_id=contact)
    assert selectors.offer_line(mira, check).state == rules.DROPPED


def test_a_call_after_the_journey_only_as_her_rules_allow(cast: Cast, make: MAKE) -> None:
    mira = cast.actor("mira")
    her = people.register_person(actor=mira, identity=Identity(names=(Name("Zvezdana", "Probna"),)))
    contact = services.record_contact(actor=mira, contact=make(links=(Link(her, CALLER),)))
    line = selectors.offer_line(mira, begun(cast, contact_id=contact))
    promise = NewCallback(now() + timedelta(days=12), "posle puta", contact_id=line.contact_id)
    assert services.add_callback(actor=mira, callback=promise)
    assert [one.person_id for one in selectors.callbacks_about(mira, contact)] == [her]
    people.add_safety(actor=mira, person_id=her, fresh=Safety((SafeRule(STOPS[0]),)))
    with pytest.raises(NotAllowedNow):
        services.add_callback(actor=mira, callback=promise)


def test_a_check_that_speaks_about_two_waits_to_be_written_without_her(cast: Cast, make: MAKE) -> None:
    mira = cast.actor("mira")
    first, second = (
        people.register_person(actor=mira, identity=Identity(names=(Name(given, "Probna"),)))
        for given in ("Zvezdana", "Koviljka")
    )
    links = (Link(first, CALLER), Link(second, "concerned"))
    check = begun(cast, contact_id=services.record_contact(actor=mira, contact=make(links=links)))
    assert owners(check) == {first, second}
    erasure.erase_owner(actor=cast.actor("ana"), owner_id=first, reason="her_request")
    waiting = [one for one in rewriting.waiting_for(cast.actor("mira")) if one.record_id == check]
    assert [(one.kind, set(one.sections)) for one in waiting] == [("offer_check", {OFFER.name})]
    assert vault.find_section(mira, check, OFFER) is not None
