"""What can a colleague do with a call, and may anybody be called back because she called?"""

from datetime import timedelta

import pytest

from astra.demo.pytest_cast import Cast
from astra.hotline import facts, selectors, services
from astra.hotline.models import Call, Contact
from astra.hotline.rules.contacts import Coded
from astra.hotline.rules.lifecycles import RECORDED, TO_LOG, WITHDRAWN
from astra.hotline.sections import SafeContact, Words
from astra.hotline.services.forgetting import forget
from astra.hotline.tests.calling import answered, missed, rings
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, Denied, Invalid, NotAllowedNow, NotFound
from astra.people import services as people
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, Name, SafeRule, Safety

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]


def counted() -> list[str]:
    return [one.kind for one in facts.contact_facts(since=today() - timedelta(days=2), until=today())]


def test_one_click_logs_and_twice_is_once(cast: Cast) -> None:
    ringing, call_id = answered()
    contact_id = services.log_call(actor=cast.actor("mira"), call_id=call_id, kind="silent")
    assert services.log_call(actor=cast.actor("jelena"), call_id=call_id, kind="prank") == contact_id
    contact = Contact.objects.get()
    assert (contact.standing, contact.kind, contact.counsellor_id) == (RECORDED, "silent", cast.actor("mira").id)
    ringing.say("ended", after_s=100)
    assert Contact.objects.get().minutes == 2, "it went on after it was logged"
    assert counted() == ["silent"]
    with pytest.raises(Invalid):
        services.log_call(actor=cast.actor("mira"), call_id=rings()[1], kind="about_self")


def test_the_full_form_logs_the_same_contact(cast: Cast) -> None:
    _, call_id = answered()
    mira, line = cast.actor("mira"), selectors.call(cast.actor("mira"), call_id)
    coded = Coded(line=line.line, kind="about_self", received_at=line.rang_at, channel="voice", minutes=4)
    services.revise_contact(actor=mira, contact_id=line.contact_id, coded=coded, words=Words(said="Pitala je."))
    contact = Contact.objects.get()
    assert (contact.standing, contact.kind, contact.counsellor_id) == (RECORDED, "about_self", cast.actor("mira").id)
    assert counted() == ["about_self"]
    assert services.log_call(actor=mira, call_id=call_id, kind="silent") == contact.pk
    assert counted() == ["about_self"]


def test_who_says_that_she_answered_has_it(cast: Cast) -> None:
    _, call_id = rings()
    services.take_call(actor=cast.actor("mira"), call_id=call_id)
    services.take_call(actor=cast.actor("mira"), call_id=call_id)
    with pytest.raises(Conflict):
        services.take_call(actor=cast.actor("jelena"), call_id=call_id)
    assert Contact.objects.get().counsellor_id == cast.actor("mira").id
    at = now()
    assert [one.id for one in selectors.calls_before_her(cast.actor("mira"), at)] == [call_id]
    assert selectors.calls_before_her(cast.actor("jelena"), at) == []


def test_what_she_answered_is_not_missed_because_the_exchange_forgot_to_say_so(cast: Cast) -> None:
    ringing, call_id = rings()
    services.take_call(actor=cast.actor("mira"), call_id=call_id)
    ringing.say("ended", after_s=200)
    assert Contact.objects.get().standing == TO_LOG


def test_a_volunteer_logs_the_call_that_she_answered(cast: Cast) -> None:
    volunteer = next(key for key, one in cast.employed.items() if one.person.roles == ("volunteer",))
    _, call_id = rings()
    services.take_call(actor=cast.actor(volunteer), call_id=call_id)
    line = selectors.call(cast.actor(volunteer), call_id)
    coded = Coded(line=line.line, kind="about_self", received_at=line.rang_at)
    services.revise_contact(
        actor=cast.actor(volunteer), contact_id=line.contact_id, coded=coded, words=Words(said="Rekla je.")
    )
    contact = Contact.objects.get()
    assert (contact.standing, contact.review) == (RECORDED, "to_review")


def test_nobody_else_meets_calls(cast: Cast) -> None:
    _, call_id = rings()
    ana = cast.actor("ana")
    with pytest.raises((Denied, NotFound)):
        services.take_call(actor=ana, call_id=call_id)
    with pytest.raises(Denied):
        selectors.calls_now(ana)
    with pytest.raises(Denied):
        services.set_line_number(actor=cast.actor("mira"), number="116000", line="office")


def test_a_call_that_is_taken_back_goes_back_to_be_logged(cast: Cast) -> None:
    _, call_id = answered()
    mira, contact_id = cast.actor("mira"), selectors.call(cast.actor("mira"), call_id).contact_id
    services.withdraw(actor=mira, contact_id=contact_id, reason="test_entry")
    assert Contact.objects.get().standing == WITHDRAWN
    services.restore_contact(actor=mira, contact_id=contact_id)
    assert Contact.objects.get().standing == TO_LOG


def test_a_missed_call_is_settled_once(cast: Cast) -> None:
    _, call_id = missed()
    mira = cast.actor("mira")
    assert [one.id for one in selectors.missed_calls(mira)] == [call_id]
    assert selectors.count_calls(mira) == 1
    services.settle_missed(actor=mira, call_id=call_id, outcome="nothing")
    assert selectors.missed_calls(mira) == []
    with pytest.raises(NotAllowedNow):
        services.settle_missed(actor=mira, call_id=call_id, outcome="called_back")
    with pytest.raises(NotAllowedNow):
        services.settle_missed(actor=mira, call_id=answered()[1], outcome="nothing")
    with pytest.raises(Invalid):
        services.settle_missed(actor=mira, call_id=missed()[1], outcome="shrugged")


def permission(cast: Cast, **given: object) -> str:
    """Whether whoever called just now and was missed may be called back."""
    _, call_id = missed(**given)
    mira = cast.actor("mira")
    return selectors.calling(mira, selectors.call(mira, call_id)).permission


def test_nobody_is_called_back_because_she_called(cast: Cast) -> None:
    assert permission(cast) == "nobody_asked"
    assert permission(cast, number="", is_withheld=True) == "withheld"
    assert permission(cast, number="") == "not_told"


def known(cast: Cast, *rules: SafeRule) -> None:
    people.register_person(
        actor=cast.actor("mira"),
        identity=Identity(names=(Name(text="Izmišljena Osoba"),)),
        details=ContactDetails((ContactDetail(kind="mobile", value="060 111 22 23"),)),
        safety=Safety(rules),
    )


def test_where_she_has_said_how_it_is_safe(cast: Cast) -> None:
    known(cast, SafeRule("call_only_between", "posle 18"))
    _, call_id = missed()
    mira = cast.actor("mira")
    found = selectors.calling(mira, selectors.call(mira, call_id))
    assert [one.name for one in found.people] == ["Izmišljena Osoba"]
    assert found.permission == "may"


def test_where_her_rules_forbid_it(cast: Cast) -> None:
    known(cast, SafeRule("do_not_call"))
    assert permission(cast) == "forbidden"


def test_where_nobody_has_asked_her(cast: Cast) -> None:
    known(cast)
    assert permission(cast) == "nobody_asked"


def test_what_an_earlier_caller_from_the_number_said(cast: Cast) -> None:
    _, first = answered(at=now() - timedelta(hours=3))
    mira = cast.actor("mira")
    line = selectors.call(mira, first)
    services.revise_contact(
        actor=mira,
        contact_id=line.contact_id,
        coded=Coded(line=line.line, kind="about_self", received_at=line.rang_at),
        safe=SafeContact(when="pre podne"),
    )
    _, second = missed(number="0601112223")
    found = selectors.calling(cast.actor("mira"), selectors.call(cast.actor("mira"), second))
    assert (found.permission, found.tries) == ("may", 2)
    assert found.said is not None
    assert found.said.when == "pre podne"


def test_how_often_she_tried_and_whether_she_reached_us(cast: Cast) -> None:
    _, first = missed(at=now() - timedelta(hours=2))
    missed(at=now() - timedelta(hours=1))
    missed(number="+381641234567")
    mira = cast.actor("mira")
    assert selectors.calling(mira, selectors.call(mira, first)).tries == 2
    assert selectors.calling(mira, selectors.call(mira, first)).again_at is None
    ringing, _ = answered(at=now() - timedelta(minutes=10))
    again = selectors.calling(cast.actor("mira"), selectors.call(cast.actor("mira"), first))
    assert (again.tries, again.again_at) == (3, ringing.at + timedelta(seconds=8))


def test_the_number_goes_with_her_who_is_forgotten(cast: Cast) -> None:
    known(cast, SafeRule("code_word", "jasen"))
    _, call_id = answered()
    mira = cast.actor("mira")
    line = selectors.call(mira, call_id)
    person_id = selectors.calling(mira, line).people[0].person_id
    services.log_call(actor=mira, call_id=call_id, kind="thanks")
    services.link_person(actor=cast.actor("mira"), contact_id=line.contact_id, person_id=person_id, role="caller")
    assert services.forget_numbers() == 0
    forget(person_id)
    assert services.forget_numbers() == 1
    assert Call.objects.get().caller_id == "forgotten"
