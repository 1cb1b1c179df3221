"""Is nothing sent to whom it is not safe to write, only a notice unless she asked for more, and nothing twice?"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import Conversation, Outgoing, Postman
from astra.hotline.rules import channels as rules
from astra.hotline.rules.channels import Letter
from astra.hotline.rules.lifecycles import LIFECYCLES
from astra.hotline.services import PostmanKeys
from astra.hotline.tests.corresponding import HERS, SITE, answered, marked_safe, states, written
from astra.hotline.tests.test_hearing import rows_that_hold
from astra.hotline.tests.test_receiving import logged_and_linked
from astra.kernel.clock import now
from astra.kernel.errors import Invalid, NotAllowedNow
from astra.people import services as people
from astra.people.rules.persons import SafeRule, Safety
from astra.vault.crypto import aead

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]
OURS = "Dodjite sutra u podne, pitajte za Miru."


@pytest.fixture
def postman() -> PostmanKeys:
    """The process that sends, at work."""
    return services.begin_postman(site=SITE)


def carried(postman: PostmanKeys) -> list[Letter]:
    """What is handed over and taken by the provider now."""
    letters = []
    for letter_id, channel in services.waiting_letters(postman):
        assert channel == "email"
        letter = services.hand_over_letter(postman, letter_id)
        if letter is not None:
            letters.append(letter)
            services.note_sent(letter_id)
    return letters


def cursor_of_answer(cast: Cast, conversation: UUID) -> int:
    said = selectors.exchange(cast.actor("mira"), conversation).messages
    return [one.cursor for one in said if one.is_ours and one.text][-1]


def test_nothing_goes_out_before_somebody_has_said_that_it_is_safe(cast: Cast, postman: PostmanKeys) -> None:
    conversation = written()
    answered(cast, conversation, OURS)
    assert carried(postman) == []
    assert states() == []
    with pytest.raises(NotAllowedNow):
        services.send_answer(
            actor=cast.actor("mira"), conversation_id=conversation, cursor=cursor_of_answer(cast, conversation)
        )
    marked_safe(cast, conversation, "never")
    answered(cast, conversation, OURS)
    assert states() == []


def test_a_notice_says_only_where_and_its_number_opens_the_answer(cast: Cast, postman: PostmanKeys) -> None:
    conversation = written()
    marked_safe(cast, conversation)
    answered(cast, conversation, OURS)
    (letter,) = carried(postman)
    assert letter.address == HERS
    assert letter.subject == "Poruka"
    assert OURS not in letter.text
    first, where, number = letter.text.splitlines()
    assert (first, where) == ("Imate novu poruku. Pročitajte je kad ste sami:", f"{SITE}/sr/b/")
    found = services.come_back(typed=number)
    assert found is not None
    assert OURS in [one.text for one in selectors.exchange_for_visitor(found[0]).messages]
    services.write(visiting=found[0], text="Doci cu.", mark=uuid4())
    assert selectors.exchange(cast.actor("mira"), conversation).messages[-1].text == "Doci cu."
    assert states() == [("sent", "")]


def test_an_earlier_number_opens_nothing_any_more(cast: Cast, postman: PostmanKeys) -> None:
    conversation = written()
    marked_safe(cast, conversation)
    answered(cast, conversation)
    (first,) = carried(postman)
    written("Jos nesto")
    answered(cast, conversation)
    (second,) = carried(postman)
    assert services.come_back(typed=first.text.splitlines()[-1]) is None
    assert services.come_back(typed=second.text.splitlines()[-1]) is not None


def test_several_answers_are_one_notice_until_she_writes_or_looks(cast: Cast, postman: PostmanKeys) -> None:
    conversation = written()
    marked_safe(cast, conversation)
    for text in ("Jedan", "Dva", "Tri"):
        answered(cast, conversation, text)
    assert len(carried(postman)) == 1
    Outgoing.objects.update(made_at=now() - rules.NOTICE_COVERS)
    answered(cast, conversation)
    assert len(carried(postman)) == 1


def test_whoever_has_the_page_open_gets_no_notice(cast: Cast, postman: PostmanKeys) -> None:
    conversation = written()
    marked_safe(cast, conversation)
    answered(cast, conversation)
    (letter,) = carried(postman)
    found = services.come_back(typed=letter.text.splitlines()[-1])
    assert found is not None
    services.write(visiting=found[0], text="Tu sam", mark=uuid4())
    answered(cast, conversation)
    assert carried(postman) == []


def test_the_words_go_out_only_where_she_asked_for_them(cast: Cast, postman: PostmanKeys) -> None:
    conversation = written()
    marked_safe(cast, conversation, "words")
    answered(cast, conversation, OURS)
    answered(cast, conversation, "I jos nesto.")
    assert [(one.subject, one.text) for one in carried(postman)] == [("Poruka", OURS), ("Poruka", "I jos nesto.")]


def test_a_change_of_mind_holds_for_what_waits(cast: Cast, postman: PostmanKeys) -> None:
    conversation = written()
    marked_safe(cast, conversation, "words")
    answered(cast, conversation, OURS)
    marked_safe(cast, conversation, "notice")
    assert carried(postman) == []
    assert states() == [("failed", "not_safe")]
    assert bytes(Outgoing.objects.get().sealed) == b""


def test_rules_in_her_file_forbid_it_whatever_was_chosen(cast: Cast, postman: PostmanKeys) -> None:
    conversation = written()
    marked_safe(cast, conversation, "words")
    _, person = logged_and_linked(cast, conversation)
    people.add_safety(actor=cast.actor("mira"), person_id=person, fresh=Safety((SafeRule("no_messages", ""),)))
    answered(cast, conversation, OURS)
    assert carried(postman) == []
    found = selectors.reply_of(cast.actor("mira"), Conversation.objects.get(pk=conversation))
    assert found is not None
    assert (found.is_forbidden, found.may) == (True, "")


def test_only_what_there_is_can_be_chosen(cast: Cast) -> None:
    with pytest.raises(Invalid):
        marked_safe(cast, written(), "telepathy")


def test_neither_words_nor_address_stand_in_clear_while_it_waits(cast: Cast, postman: PostmanKeys) -> None:
    conversation = written()
    marked_safe(cast, conversation, "words")
    answered(cast, conversation, OURS)
    assert Outgoing.objects.get().state == "waiting"
    assert rows_that_hold(OURS) == rows_that_hold(HERS) == []
    with pytest.raises(aead.WrongBox):
        services.hand_over_letter(
            PostmanKeys(postman.life, type(postman.keys)(aead.new_key())), Outgoing.objects.get().pk
        )


def test_what_waited_when_the_process_ended_is_said_and_sent_again_by_hand(cast: Cast, postman: PostmanKeys) -> None:
    conversation = written()
    marked_safe(cast, conversation, "words")
    answered(cast, conversation, OURS)
    again = services.begin_postman(site=SITE)
    assert states() == [("failed", "restarted")]
    assert not services.is_on_duty(postman)
    mira, cursor = cast.actor("mira"), cursor_of_answer(cast, conversation)
    services.send_answer(actor=mira, conversation_id=conversation, cursor=cursor)
    assert [one.text for one in carried(again)] == [OURS]
    assert states() == [("sent", "")]
    with pytest.raises(NotAllowedNow):
        services.send_answer(actor=mira, conversation_id=conversation, cursor=cursor)


def test_what_was_being_handed_over_is_never_handed_over_again_by_itself(cast: Cast, postman: PostmanKeys) -> None:
    conversation = written()
    marked_safe(cast, conversation, "words")
    answered(cast, conversation, OURS)
    assert services.hand_over_letter(postman, Outgoing.objects.get().pk) is not None
    assert services.hand_over_letter(postman, Outgoing.objects.get().pk) is None
    services.begin_postman(site=SITE)
    assert states() == [("failed", "unsure")]


def test_without_the_process_it_is_said_at_once(cast: Cast) -> None:
    conversation = written()
    marked_safe(cast, conversation, "words")
    answered(cast, conversation, OURS)
    assert states() == [("failed", "no_postman")]


def test_a_process_that_fell_silent_does_not_count(cast: Cast, postman: PostmanKeys) -> None:
    Postman.objects.update(seen_at=now() - timedelta(minutes=5))
    conversation = written()
    marked_safe(cast, conversation, "words")
    answered(cast, conversation, OURS)
    assert states() == [("failed", "no_postman")]


def test_a_busy_provider_is_asked_later_and_given_up_after_a_day(cast: Cast, postman: PostmanKeys) -> None:
    conversation = written()
    marked_safe(cast, conversation, "words")
    answered(cast, conversation, OURS)
    letter = Outgoing.objects.get().pk
    services.hand_over_letter(postman, letter)
    services.note_later(letter, rules.BUSY, timedelta(minutes=7))
    row = Outgoing.objects.get()
    assert (row.state, row.reason) == ("waiting", "busy")
    assert timedelta(minutes=6) < row.next_at - now() <= timedelta(minutes=7)
    assert services.waiting_letters(postman) == []
    Outgoing.objects.update(next_at=now(), made_at=now() - timedelta(hours=25))
    services.hand_over_letter(postman, letter)
    services.note_later(letter, rules.AWAY)
    assert states() == [("failed", "gave_up")]


def test_a_provider_that_never_says_leaves_it_open_after_a_day_and_may_still_say(
    cast: Cast, postman: PostmanKeys
) -> None:
    conversation = written()
    marked_safe(cast, conversation, "words")
    answered(cast, conversation, OURS)
    letter = Outgoing.objects.get().pk
    services.hand_over_letter(postman, letter)
    services.tidy_channels()
    assert states() == [("sending", "")]
    Outgoing.objects.update(made_at=now() - timedelta(hours=25))
    services.tidy_channels()
    assert states() == [("failed", "unsure")]
    services.note_told(letter, is_sent=True)
    services.note_told(letter, is_sent=False)
    assert states() == [("sent", "")]


def test_what_comes_back_undelivered_is_said(cast: Cast, postman: PostmanKeys) -> None:
    conversation = written()
    marked_safe(cast, conversation, "words")
    answered(cast, conversation, OURS)
    carried(postman)
    assert services.note_returned(Outgoing.objects.get().pk)
    assert states() == [("failed", "returned")]
    assert not services.note_returned(conversation)


def test_there_is_a_notice_in_every_language_of_the_public_pages() -> None:
    for code in ("sr-latn", "sr", "en", "sq", "rom", "hu", "ru", "uk", "ar", "fa"):
        subject, text = rules.notice(code, where=SITE, code="1234 5678 9012 3456")
        assert subject
        assert len(text) < 160, "it is one or two SMS"
    assert rules.OUTGOING in LIFECYCLES
