"""Does a visitor's conversation hold? Stored once, read by both sides and nobody else, opened again with her code."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import Conversation, ConversationVisit, Talk
from astra.hotline.rules import conversations as rules
from astra.hotline.selectors import Visiting
from astra.kernel.clock import now
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound
from astra.vault.models import Circle, Grant, LedgerEntry, Reach, Record, StreamItem
from astra.vault.services import restoring
from astra.vault.services.erasure import erase_owner

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]
LINE = "sos_trafficking"


def begun(*texts: str) -> tuple[Visiting, services.Ticket, str]:
    """A conversation in which a visitor wrote these."""
    visiting, ticket, code = services.begin_conversation(line=LINE, language="sr-latn")
    for text in texts:
        services.write(visiting=visiting, text=text, mark=uuid4())
    return visiting, ticket, code


def taken_up(ticket: services.Ticket) -> Visiting:
    """The conversation in the next request of the same browser."""
    found = services.resume(ticket)
    assert found is not None
    return found


def said(found: selectors.Exchange) -> list[str]:
    return [message.text for message in found.messages if message.text]


def answered(cast: Cast, visiting: Visiting, *texts: str, by: str = "mira") -> UUID:
    """The same conversation, taken and answered."""
    found: UUID = visiting.conversation.pk
    services.take(actor=cast.actor(by), conversation_id=found)
    for text in texts:
        services.answer(actor=cast.actor(by), conversation_id=found, text=text, mark=uuid4())
    return found


def test_both_sides_read_what_was_written(cast: Cast) -> None:
    visiting, _, _ = begun("Добар дан, треба ми помоћ")
    (waiting,) = selectors.queue(cast.actor("mira"))
    assert waiting.waiting_since is not None
    answered(cast, visiting, "Ovde sam.")
    expected = ["Добар дан, треба ми помоћ", "Ovde sam."]
    assert said(selectors.exchange(cast.actor("mira"), waiting.id)) == expected
    assert said(selectors.exchange_for_visitor(visiting)) == expected
    row = Conversation.objects.get(pk=waiting.id)
    assert (row.waiting_since, row.state) == (None, rules.TAKEN)
    assert row.answered_at is not None


def test_nothing_written_is_readable_in_the_database(cast: Cast) -> None:
    visiting, _, _ = begun("tajnarec" * 3)
    sealed = bytes(StreamItem.objects.get().sealed)
    assert b"tajnarec" not in sealed
    assert len(sealed) in (256 + 29, 512 + 29)
    row = Conversation.objects.get(pk=visiting.conversation.pk)
    assert visiting.secret not in bytes(row.wrapped)


def test_the_same_message_sent_twice_is_one(cast: Cast) -> None:
    visiting, _, _ = begun()
    mark = uuid4()
    first = services.write(visiting=visiting, text="Halo", mark=mark)
    again = services.write(visiting=visiting, text="Halo", mark=mark)
    assert (first.cursor, first.is_new, again.cursor, again.is_new) == (1_000_001, True, 1_000_001, False)
    found = answered(cast, visiting)
    before = StreamItem.objects.count()
    for _ in range(2):
        services.answer(actor=cast.actor("mira"), conversation_id=found, text="Tu sam", mark=mark_of("ours"))
    assert StreamItem.objects.count() == before + 1


def mark_of(_: str) -> UUID:
    return UUID(int=77)


def test_the_code_opens_the_conversation_on_any_phone(cast: Cast) -> None:
    _, _, code = begun("Prvi put")
    typed = " - ".join(code[at : at + 4] for at in range(0, 16, 4))
    arabic = "".join(chr(ord("٠") + int(digit)) for digit in code)
    for way in (code, typed, arabic):
        back = services.come_back(typed=way)
        assert back is not None
        assert said(selectors.exchange_for_visitor(back[0])) == ["Prvi put"]
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert services.come_back(typed=wrong) is None
    assert services.come_back(typed="123") is None


def test_a_code_ends_when_it_is_changed_or_runs_out() -> None:
    visiting, ticket, code = begun("Prvi put")
    fresh = services.change_code(visiting=visiting, ticket=ticket)
    assert services.come_back(typed=code) is None
    assert services.come_back(typed=fresh) is not None
    Conversation.objects.update(code_until=now() - timedelta(minutes=1))
    assert services.come_back(typed=fresh) is None
    services.sweep_conversations()
    assert Conversation.objects.get().lookup is None


def test_what_was_begun_and_never_written_in_is_removed_after_a_day() -> None:
    begun("Halo")
    empty, _, code = begun()
    before = {model: model._default_manager.count() for model in (Record, Circle, Reach)}
    Conversation.objects.update(last_at=now() - timedelta(hours=23))
    ConversationVisit.objects.all().delete()
    services.sweep_conversations()
    assert services.come_back(typed=code) is not None
    ConversationVisit.objects.all().delete()
    Conversation.objects.update(last_at=now() - timedelta(hours=25))
    services.sweep_conversations()
    assert services.come_back(typed=code) is None
    assert not Conversation.objects.filter(pk=empty.conversation.pk).exists()
    after = {model: model._default_manager.count() for model in (Record, Circle, Reach)}
    assert after == {Record: before[Record] - 1, Circle: before[Circle] - 1, Reach: before[Reach] - 2}


def test_a_browser_that_left_opens_nothing() -> None:
    visiting, ticket, _ = begun("Prvi put")
    resumed = services.resume(ticket)
    assert resumed is not None
    assert said(selectors.exchange_for_visitor(resumed)) == ["Prvi put"]
    assert services.resume(services.Ticket(ticket.visit_id, bytes(32))) is None
    assert str(services.read_ticket(str(ticket))) == str(ticket)
    assert services.read_ticket("x") is None
    services.leave(ticket=ticket)
    assert services.resume(ticket) is None
    assert visiting.conversation.pk == Conversation.objects.get().pk


def test_the_code_is_shown_until_she_has_noted_it() -> None:
    visiting, ticket, code = begun()
    resumed = services.resume(ticket)
    assert resumed is not None
    assert resumed.code == visiting.code == code
    assert code.encode() not in bytes(ConversationVisit.objects.get().code)
    services.note_code(visiting=resumed)
    again = services.resume(ticket)
    assert again is not None
    assert again.code == ""
    fresh = services.change_code(visiting=again, ticket=ticket)
    changed = services.resume(ticket)
    assert changed is not None
    assert changed.code == fresh != code


def test_a_silent_browser_has_to_come_back_with_the_code() -> None:
    _, ticket, _ = begun("Prvi put")
    ConversationVisit.objects.update(seen_at=now() - rules.VISIT_IDLE - timedelta(seconds=1))
    assert services.resume(ticket) is None
    services.sweep_conversations()
    assert not ConversationVisit.objects.exists()


def test_hidden_messages_are_gone_for_whoever_has_the_code(cast: Cast) -> None:
    visiting, _, code = begun("Ovo ne sme da vidi")
    found = answered(cast, visiting, "Razumem")
    assert services.hide_earlier(visiting=visiting) == 1
    services.write(visiting=visiting, text="Od početka", mark=uuid4())
    back = services.come_back(typed=code)
    assert back is not None
    assert said(selectors.exchange_for_visitor(back[0])) == ["Od početka"]
    assert said(selectors.exchange(cast.actor("mira"), found)) == ["Ovo ne sme da vidi", "Razumem", "Od početka"]
    hers = visiting.conversation.circle_id
    first = Talk.objects.get(number=1)
    assert not Grant.objects.filter(record=first.pk, circle=hers).exists()
    assert LedgerEntry.objects.filter(verb="withdrawn", subject=first.pk, circle=hers).exists()
    restoring.take_again()  # what an older backup brings back is taken again from this entry
    assert not Grant.objects.filter(record=first.pk, circle=hers).exists()


def test_only_who_has_it_answers(cast: Cast) -> None:
    visiting, _, _ = begun("Halo")
    found = visiting.conversation.pk
    services.answer(actor=cast.actor("mira"), conversation_id=found, text="Tu sam", mark=uuid4())
    assert Conversation.objects.get().taken_by_id == cast.mira.id  # nobody had it: whoever answers has it from then on
    with pytest.raises(NotAllowedNow):
        services.answer(actor=cast.actor("jelena"), conversation_id=found, text="I ja", mark=uuid4())
    services.take(actor=cast.actor("jelena"), conversation_id=found)
    services.answer(actor=cast.actor("jelena"), conversation_id=found, text="Sada ja", mark=uuid4())
    events = [one.event for one in selectors.exchange_for_visitor(visiting).messages if one.event]
    assert events == ["joined", "changed"]


def test_who_sits_in_no_reading_circle_sees_no_conversation(cast: Cast) -> None:
    visiting, _, _ = begun("Halo")
    for name in ("vesna", "lara"):
        outside = cast.actor(name)
        if not outside.has_desk("hotline"):
            continue
        assert selectors.queue(outside) == []
        with pytest.raises(NotFound):
            selectors.exchange(outside, visiting.conversation.pk)


def test_a_conversation_goes_through_its_states(cast: Cast) -> None:
    visiting, _, _ = begun("Halo")
    mira, found = cast.actor("mira"), answered(cast, visiting, "Tu sam")
    services.park(actor=mira, conversation_id=found)
    services.write(visiting=visiting, text="Vratila sam se", mark=uuid4())
    assert selectors.queue(mira)[0].state == rules.WAITING
    services.take(actor=mira, conversation_id=found)
    services.offer(actor=mira, conversation_id=found, member_id=cast.jelena.id)
    assert selectors.queue(cast.actor("jelena"))[0].offered_to_id == cast.jelena.id
    services.give_back(actor=mira, conversation_id=found)
    services.take(actor=cast.actor("jelena"), conversation_id=found)
    services.end_conversation(actor=cast.actor("jelena"), conversation_id=found, outcome="")
    assert [line.id for line in selectors.ended_lately(mira)] == [found]
    services.write(visiting=visiting, text="Opet ja", mark=uuid4())
    assert Talk.objects.filter(conversation=found).count() == 2
    assert selectors.queue(mira)[0].state == rules.WAITING
    assert said(selectors.exchange_for_visitor(visiting)) == ["Halo", "Tu sam", "Vratila sam se", "Opet ja"]


def test_two_who_take_at_once_do_not_both_have_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    visiting, _, _ = begun("Halo")
    found = visiting.conversation.pk
    earlier = Conversation.objects.get(pk=found)
    services.take(actor=cast.actor("jelena"), conversation_id=found)
    monkeypatch.setattr("astra.hotline.services.answering.conversation", lambda *_: earlier)
    with pytest.raises(Conflict):
        services.take(actor=cast.actor("mira"), conversation_id=found)


def test_a_cursor_brings_only_what_is_new(cast: Cast) -> None:
    visiting, _, _ = begun("jedan", "dva")
    first = selectors.exchange_for_visitor(visiting)
    assert selectors.exchange_for_visitor(visiting, after=first.cursor).messages == []
    answered(cast, visiting, "tri")
    assert said(selectors.exchange_for_visitor(visiting, after=first.cursor)) == ["tri"]


def test_each_side_sees_how_far_the_other_has_read(cast: Cast) -> None:
    visiting, _, _ = begun("jedan")
    found = answered(cast, visiting)
    assert selectors.exchange_for_visitor(visiting).messages[0].is_seen
    services.write(visiting=visiting, text="dva", mark=uuid4())
    last = selectors.exchange_for_visitor(visiting).messages[-1]
    assert not last.is_seen
    services.mark_seen(actor=cast.actor("mira"), conversation_id=found, number=last.cursor % selectors.A_SITTING)
    assert selectors.exchange_for_visitor(visiting).messages[-1].is_seen


def test_too_much_and_nothing_is_refused_with_a_reason() -> None:
    visiting, _, _ = begun()
    for text in ("  \n", "x" * (rules.LONGEST + 1)):
        with pytest.raises(Invalid):
            services.write(visiting=visiting, text=text, mark=uuid4())
    for _ in range(rules.IN_A_MINUTE):
        services.write(visiting=visiting, text="brzo", mark=uuid4())
    with pytest.raises(NotAllowedNow):
        services.write(visiting=visiting, text="brže", mark=uuid4())


def test_a_block_ends_by_itself(cast: Cast) -> None:
    visiting, ticket, _ = begun("uvrede")
    found = visiting.conversation.pk
    services.block_conversation(actor=cast.actor("mira"), conversation_id=found, until=now() + timedelta(days=1))
    with pytest.raises(NotAllowedNow):
        services.write(visiting=taken_up(ticket), text="još", mark=uuid4())
    Conversation.objects.update(blocked_until=now() - timedelta(seconds=1))
    services.write(visiting=taken_up(ticket), text="izvinite", mark=uuid4())
    with pytest.raises(Invalid):
        services.block_conversation(actor=cast.actor("mira"), conversation_id=found, until=now() + timedelta(days=99))


def test_a_tampered_or_moved_message_is_left_out_and_noted() -> None:
    visiting, _, _ = begun("prva", "druga")
    first, second = StreamItem.objects.order_by("number")
    StreamItem.objects.filter(pk=first.pk).update(sealed=bytes(second.sealed))
    found = selectors.exchange_for_visitor(visiting)
    assert said(found) == ["druga"]
    assert visiting.actor.trail.broken == {f"item:{first.pk}"}


def test_erasure_closes_the_messages_and_the_code(cast: Cast) -> None:
    visiting, ticket, code = begun("zaboravite me")
    talk = Talk.objects.get()
    erase_owner(actor=cast.actor("mira"), owner_id=talk.pk, reason="her_wish")
    assert not StreamItem.objects.exists()
    assert services.come_back(typed=code) is None
    assert services.resume(ticket) is None
    assert visiting.conversation.pk == Conversation.objects.get().pk
