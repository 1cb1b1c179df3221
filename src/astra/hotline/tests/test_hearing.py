"""Is every call one contact, whatever is told, however often, in which order, and by how many at once?"""

import logging
import threading
from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, connections, transaction

from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.hotline import facts, selectors, services
from astra.hotline.models import Call, CallEvent, Contact
from astra.hotline.rules import calls as rules
from astra.hotline.rules.lifecycles import RECORDED, TO_LOG
from astra.hotline.selectors import Filters
from astra.hotline.tests.calling import CALLER, CHILDREN, Ringing, answered, missed, rings
from astra.kernel.clock import now, today
from astra.people import services as people
from astra.vault.actor import system
from astra.vault.models import Section

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]
TELLS = (("ringing", 0), ("answered", 8), ("transferred", 40), ("ended", 95))


def counted() -> int:
    return len(list(facts.contact_facts(since=today() - timedelta(days=2), until=today())))


def rows_that_hold(word: str) -> list[str]:
    """Every row of every table in which a word stands in clear."""
    return [
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        for row in model._default_manager.using("keystore" if "ErasureKey" in model.__name__ else "default").values()
        for name, value in row.items()
        if word in (bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value))
    ]


def test_a_call_is_one_contact_from_the_first_ring_on(cast: Cast) -> None:
    ringing, call_id = rings()
    contact = Contact.objects.get()
    assert (contact.standing, contact.kind, contact.line, contact.channel) == (TO_LOG, "", "sos_trafficking", "voice")
    assert Call.objects.get().contact_id == contact.pk
    assert counted() == 0
    mira = cast.actor("mira")
    assert selectors.contacts_page(mira, Filters())[0] == []
    assert selectors.counts_today(mira).all == 0
    for kind, after_s in TELLS[1:]:
        assert ringing.say(kind, after_s=after_s) == call_id
    assert Contact.objects.get().standing == TO_LOG
    assert Contact.objects.get().minutes == 2
    assert Call.objects.get().state == rules.ENDED


@pytest.mark.parametrize("order", list(permutations(TELLS))[::3])
def test_in_whatever_order_it_is_told(order: tuple[tuple[str, int], ...]) -> None:
    ringing = Ringing(at=now() - timedelta(minutes=5))
    for kind, after_s in (*order, *order[:2]):
        ringing.say(kind, after_s=after_s)
    row, contact = Call.objects.get(), Contact.objects.get()
    assert (row.state, row.rang_at) == (rules.ENDED, ringing.at)
    assert row.answered_at == ringing.at + timedelta(seconds=8)
    assert (contact.standing, contact.kind, contact.minutes) == (TO_LOG, "", 2)
    assert contact.received_at == ringing.at
    assert CallEvent.objects.count() == 4


def test_nobody_answered_is_recorded_by_itself() -> None:
    missed()
    contact = Contact.objects.get()
    assert (contact.standing, contact.kind, contact.source) == (RECORDED, "missed", "call")
    assert counted() == 1


def test_a_call_that_seemed_missed_turns_out_answered() -> None:
    ringing, _ = rings()
    ringing.say("ended", after_s=60)
    assert Contact.objects.get().kind == "missed"
    ringing.say("answered", after_s=8)
    contact = Contact.objects.get()
    assert (contact.standing, contact.kind, contact.minutes) == (TO_LOG, "", 1)
    assert counted() == 0


def test_each_event_has_one_entry_in_the_log_and_a_repeat_none() -> None:
    ringing, _ = rings()
    before = Pending.objects.count()
    ringing.say("answered", after_s=8)
    assert Pending.objects.count() == before + 1
    ringing.say("answered", after_s=8)
    assert Pending.objects.count() == before + 1
    assert Pending.objects.order_by("pk").last().verb == "hotline.call_heard"  # type: ignore[union-attr]  # there is one


def test_the_number_stands_nowhere_in_clear(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ringing, _ = rings()
    ringing.say("ended", after_s=9)
    found = [digits for digits in (CALLER, CALLER[1:], CALLER[-7:]) for _ in rows_that_hold(digits)]
    assert found == []
    assert rows_that_hold(ringing.name) == []
    assert CALLER[-7:] not in caplog.text


def test_only_who_may_have_to_call_opens_the_number(cast: Cast) -> None:
    _, call_id = rings()
    for name, opens in (("mira", True), ("vesna", True), ("ana", False)):
        actor = cast.actor(name)
        found = [one for one in selectors.calls_with_number(actor) if one.id == call_id]
        known = selectors.callers(actor, found)[call_id].number if found else ""
        assert (known == CALLER) is opens, name


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "given"),
        ({"number": ""}, ""),
        ({"number": "", "is_withheld": True}, "withheld"),
        ({"is_withheld": True}, "withheld"),
    ],
)
def test_what_is_known_of_the_number(given: dict[str, object], expected: str) -> None:
    rings(**given)
    row = Call.objects.get()
    assert row.caller_id == expected
    assert (row.number_id is not None) is (expected == "given")


def test_a_number_that_is_told_later_is_sealed_too(cast: Cast) -> None:
    ringing, call_id = rings(number="")
    ringing.number = CALLER
    ringing.say("answered", after_s=5)
    line = selectors.call(cast.actor("mira"), call_id)
    assert selectors.calling(cast.actor("mira"), line).number == CALLER


def test_after_its_days_a_number_is_gone(cast: Cast) -> None:
    _, call_id = answered()
    assert services.forget_numbers() == 0
    Call.objects.update(forget_at=now())
    assert services.forget_numbers() == 1
    row = Call.objects.get()
    assert (row.number_id, row.caller_id) == (None, "forgotten")
    mira = cast.actor("mira")
    assert selectors.calling(mira, selectors.call(mira, call_id)).permission == "forgotten"
    assert selectors.calls_now(mira).going_on[0].id == call_id, "the call itself is still there"


def test_at_once_when_she_asks(cast: Cast) -> None:
    ringing, call_id = answered()
    services.forget_number(actor=cast.actor("mira"), call_id=call_id)
    ringing.say("ended", after_s=60)
    row = Call.objects.get()
    assert (row.number_id, row.caller_id) == (None, "forgotten"), "what is told afterwards does not bring it back"


def test_old_events_go_and_what_comes_much_later_changes_nothing() -> None:
    ringing, _ = missed(at=now() - timedelta(days=20))
    CallEvent.objects.update(heard_at=now() - timedelta(days=20))
    assert services.prune_call_events() == 2
    ringing.say("answered", after_s=8)
    assert Call.objects.get().state == rules.MISSED
    assert CallEvent.objects.count() == 0


def test_which_line_is_called(cast: Cast) -> None:
    services.set_line_number(actor=cast.actor("jelena"), number="011 33 44 555", line="office")
    for dialled, line in ((CHILDREN, "missing_116000"), ("sip:0113344555@pbx", "office"), ("999", "own_line")):
        assert Call.objects.get(pk=rings(dialled=dialled)[1]).line == line
    services.set_line_number(actor=cast.actor("jelena"), number="0113344555", line="")
    assert Call.objects.get(pk=rings(dialled="0113344555")[1]).line == "own_line"


def test_an_event_that_names_the_line_late() -> None:
    ringing, call_id = rings(dialled="")
    ringing.dialled = CHILDREN
    ringing.say("answered", after_s=4)
    assert Call.objects.get(pk=call_id).line == Contact.objects.get().line == "missing_116000"


def test_who_sits_at_the_telephone_has_answered(cast: Cast) -> None:
    services.sit_at(actor=cast.actor("mira"), extension="21")
    services.sit_at(actor=cast.actor("mira"), extension=" 22 ")
    ringing, call_id = rings()
    ringing.say("answered", after_s=4, extension="sip:22@10.0.0.1")
    assert Call.objects.get(pk=call_id).answered_by_id == cast.actor("mira").id
    assert Contact.objects.get().counsellor_id == cast.actor("mira").id
    services.sit_at(actor=cast.actor("jelena"), extension="22")
    ringing.say("transferred", after_s=20, extension="22")
    assert Call.objects.get(pk=call_id).answered_by_id == cast.actor("jelena").id
    assert (selectors.my_telephone(cast.actor("mira")), selectors.my_telephone(cast.actor("jelena"))) == ("", "22")


def test_calls_that_an_exchange_has_lost_end(cast: Cast) -> None:
    (gone, gone_id), (there, there_id), (_, fresh_id) = answered(), answered(), rings(at=now())
    assert services.close_lost(actor=system(), provider="test", living=[there.name]) == 1
    states = dict(Call.objects.values_list("pk", "state"))
    assert states == {gone_id: rules.ENDED, there_id: rules.ANSWERED, fresh_id: rules.RINGING}
    gone.say("ended", after_s=20)
    assert Call.objects.get(pk=gone_id).ended_at == gone.at + timedelta(seconds=20), "its true end counts"
    assert services.close_lost(actor=system(), provider="another", living=[]) == 0


def test_a_call_without_an_end_ends_by_itself() -> None:
    _, old = rings(at=now() - timedelta(hours=1))
    _, long = answered(at=now() - timedelta(hours=11))
    assert services.end_forgotten_calls(actor=system()) == 1
    assert dict(Call.objects.values_list("pk", "state")) == {old: rules.MISSED, long: rules.ANSWERED}


def test_the_database_itself_lets_no_second_contact_in() -> None:
    rings()
    first = Call.objects.get()
    for changes in ({"contact": first.contact}, {"digest": first.digest}):
        second = Call.objects.get(pk=rings()[1])
        for name, value in changes.items():
            setattr(second, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            second.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=first.contact_id).update(standing=RECORDED)


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_two_who_hear_the_same_at_the_same_moment(cast: Cast) -> None:
    calls = [Ringing() for _ in range(6)]
    starting, faults, heard = threading.Barrier(3), list[BaseException](), list[UUID]()

    def listen() -> None:
        try:
            starting.wait()
            for one in calls:
                for kind, after_s in TELLS:
                    heard.append(one.say(kind, after_s=after_s))
        except BaseException as error:  # handed on to the test
            faults.append(error)
            raise
        finally:
            connections.close_all()

    threads = [threading.Thread(target=listen) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(set(heard)) == Call.objects.count() == Contact.objects.count() == 6
    assert CallEvent.objects.count() == 24
    assert set(Call.objects.values_list("state", flat=True)) == {rules.ENDED}


def test_the_number_is_erased_with_whoever_is_known_to_have_called(cast: Cast) -> None:
    _, call_id = answered()
    mira, row = cast.actor("mira"), Call.objects.get(pk=call_id)
    person = people.register_person(actor=mira)
    services.link_person(actor=mira, contact_id=row.contact_id, person_id=person, role="caller")
    people.erase(actor=cast.actor("ana"), person_id=person, reason="her_request")
    assert not Section.objects.filter(record=row.number_id).exists()
