"""Does a message that a provider brings become part of one conversation, once, and readable to nobody else?"""

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connections

from astra.demo.files import picture
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import Conversation, Correspondent, Receipt, Talk
from astra.hotline.rules import channels as rules
from astra.hotline.rules.channels import Enclosed
from astra.hotline.rules.contacts import CALLER, Coded
from astra.hotline.sections import SENDER_ADDRESS, Words
from astra.hotline.tests.corresponding import (
    DESK,
    HERS,
    WROTE,
    answered,
    correspondent,
    heard,
    mail,
    marked_safe,
    texts,
    written,
)
from astra.hotline.tests.test_hearing import rows_that_hold
from astra.kernel.clock import now
from astra.kernel.errors import Denied, NotFound
from astra.people import services as people
from astra.people.rules.persons import Identity, Name
from astra.vault import selectors as vault
from astra.vault.actor import system
from astra.vault.models import StreamFile
from astra.vault.services.attachments import read_pieces
from astra.vault.services.erasure import attachment_path, erase_owner

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]


def test_it_waits_in_the_queue_and_opens_for_those_who_read_the_line(cast: Cast) -> None:
    conversation = written()
    (line,) = selectors.queue(cast.actor("mira"))
    assert (line.id, line.channel, line.state) == (conversation, "email", "waiting")
    assert texts(cast, conversation) == [WROTE]
    assert selectors.sender_address(cast.actor("mira"), conversation) == HERS
    with pytest.raises(Denied):
        selectors.sender_address(cast.actor("petar"), conversation)


def test_the_same_message_again_is_nothing_new(cast: Cast) -> None:
    one = mail()
    assert [heard(one), heard(one), heard(one)] == [True, False, False]
    assert Talk.objects.count() == Conversation.objects.count() == 1


def test_she_writes_again_into_the_same_conversation(cast: Cast) -> None:
    first = written("Prva")
    answered(cast, first, "Odgovor")
    assert written("Druga", address=f"  {HERS.upper()} ") == first
    assert texts(cast, first) == ["Prva", "Odgovor", "Druga"]
    assert Conversation.objects.get(pk=first).waiting_since is not None
    assert written("Treca", address="druga@primer.example") != first


def test_a_number_is_the_same_however_it_is_written() -> None:
    same = {rules.same_address("sms", number) for number in ("+381 60 123-456", "0038160123456", "+38160123456")}
    assert same == {"+38160123456"}


def test_neither_words_nor_address_stand_anywhere_in_clear() -> None:
    written()
    assert rows_that_hold(WROTE) == []
    assert rows_that_hold(HERS) == rows_that_hold("izmisljena") == []


def test_the_listener_cannot_read_what_it_stored() -> None:
    conversation = written()
    talk = Talk.objects.get()
    address = correspondent(conversation).address_id
    assert address is not None
    assert vault.find_section(system(), address, SENDER_ADDRESS) is None
    assert vault.keyed_sections(system(), [talk.pk], ["hotline.messages"]) == {}


def test_what_a_machine_sent_waits_for_nobody_and_is_never_answered(cast: Cast) -> None:
    conversation = written("Odsutan sam.", is_automatic=True)
    assert Conversation.objects.get(pk=conversation).waiting_since is None
    assert selectors.count_waiting(cast.actor("mira")) == 0
    assert texts(cast, conversation) == ["automatic", "Odsutan sam."]
    assert correspondent(conversation).reply == rules.NEVER


def test_a_long_mail_is_kept_in_parts_and_an_endless_one_says_so(cast: Cast) -> None:
    long = "\n".join(f"{number} " + "a" * 100 for number in range(200))
    conversation = written(long)
    shown = texts(cast, conversation)
    assert "".join("".join(shown).split()) == "".join(long.split())
    assert texts(cast, written("b" * 200_000, address="druga@primer.example"))[-1] == "cut"


def test_nothing_written_at_all_is_said(cast: Cast) -> None:
    assert texts(cast, written("  ")) == ["empty"]


def test_a_picture_is_kept_clean_and_what_is_not_taken_is_said(cast: Cast) -> None:
    shot = picture(maker="Tajnifon")
    conversation = written(files=(Enclosed("a.jpg", "image/jpeg", shot), Enclosed("b.exe", "application/x", b"MZ" * 9)))
    said = selectors.exchange(cast.actor("mira"), conversation).messages
    assert [one.text or one.event for one in said] == [WROTE, "", "file_refused"]
    file = said[1].file
    assert file is not None
    assert b"Tajnifon" not in b"".join(read_pieces(file.clean, file.clean_key))
    assert b"".join(read_pieces(file.original, file.original_key)) == shot
    assert StreamFile.objects.count() == 2
    assert all(attachment_path(one).exists() for one in StreamFile.objects.values_list("pk", flat=True))


def test_files_of_a_message_that_is_known_are_not_left_lying() -> None:
    one = mail(files=(Enclosed("a.jpg", "image/jpeg", picture(maker="x")),))
    heard(one)
    folder = attachment_path(StreamFile.objects.values_list("pk", flat=True)[0]).parent.parent
    before = {path for path in folder.rglob("*") if path.is_file()}
    heard(one)
    assert {path for path in folder.rglob("*") if path.is_file()} == before


def test_while_blocked_it_is_kept_and_calls_nobody(cast: Cast) -> None:
    conversation = written("Jedan")
    answered(cast, conversation)
    mira = cast.actor("mira")
    services.block_conversation(actor=mira, conversation_id=conversation, until=now() + timedelta(days=2))
    written("Dva")
    assert Conversation.objects.get(pk=conversation).waiting_since is None
    assert texts(cast, conversation)[-1] == "Dva"


def logged_and_linked(cast: Cast, conversation: UUID) -> tuple[UUID, UUID]:
    """The conversation became a contact, and who wrote is a person with a file."""
    mira = cast.actor("mira")
    person = people.register_person(actor=mira, identity=Identity(names=(Name(given="Ana", family="Izmišljena"),)))
    contact = services.record_contact(
        actor=mira,
        contact=NewContact(Coded("sos_trafficking", "about_self", now(), caller_role="self"), words=Words(said="x")),
    )
    services.became_contact(actor=mira, conversation_id=conversation, contact_id=contact)
    services.link_person(actor=mira, contact_id=contact, person_id=person, role=CALLER)
    return contact, person


def test_what_follows_belongs_to_the_same_contact_and_person(cast: Cast) -> None:
    conversation = written("Prva")
    contact, person = logged_and_linked(cast, conversation)
    written("Druga")
    newest = Talk.objects.order_by("-number")[0]
    assert newest.contact_id == contact
    assert vault.owners_of(newest.pk, "talk") == [person]


def test_erasing_her_makes_words_and_address_unreadable(cast: Cast) -> None:
    conversation = written("Prva")
    marked_safe(cast, conversation)
    _, person = logged_and_linked(cast, conversation)
    written("Druga")
    erase_owner(actor=cast.actor("mira"), owner_id=person, reason="her_request")
    assert texts(cast, conversation) == []
    with pytest.raises(NotFound):
        selectors.sender_address(cast.actor("mira"), conversation)
    left = correspondent(conversation)
    assert (left.address, left.digest, left.reply) == (None, None, "")
    assert written("Treca") != conversation


def test_an_address_is_let_go_after_its_time(cast: Cast) -> None:
    conversation = written()
    Correspondent.objects.update(forget_at=now())
    assert services.tidy_channels() == 1
    assert services.tidy_channels() == 0
    with pytest.raises(NotFound):
        selectors.sender_address(cast.actor("mira"), conversation)
    assert texts(cast, conversation) == [WROTE]


@pytest.mark.django_db(databases=["default", "keystore"], transaction=True)
def test_several_processes_at_once_store_everything_once(cast: Cast) -> None:
    mails = [mail(f"Broj {number}") for number in range(6)]
    problems: list[BaseException] = []

    def listen() -> None:
        try:
            for one in mails:
                heard(one)
        except BaseException as error:  # noqa: BLE001  (told below)
            problems.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=listen) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert Receipt.objects.count() == Talk.objects.count() == 6
    assert Conversation.objects.count() == 1
    assert sorted(texts(cast, Conversation.objects.get().pk)) == sorted(one.text for one in mails)


def test_the_desk_says_the_language_where_letters_do_not() -> None:
    assert rules.guess_language("Здраво, треба ми помоћ", DESK.language) == "sr"
    assert rules.guess_language("Мне нужна помощь", DESK.language) == "ru"
    assert rules.guess_language("Мені потрібна допомога", DESK.language) == "uk"
    assert rules.guess_language("أحتاج مساعدة", DESK.language) == "ar"
    assert rules.guess_language("Treba mi pomoc", DESK.language) == "sr-latn"
