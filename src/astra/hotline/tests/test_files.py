"""Does a file go over whole, sealed and clean, and go wherever its conversation goes?"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from astra.demo.files import TOLD, paper, picture, unfolded
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import Talk
from astra.hotline.rules import files as rules
from astra.hotline.selectors import Visiting
from astra.hotline.services import Arrived
from astra.hotline.services.messages import Stored
from astra.hotline.tests.test_conversations import answered, begun
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound
from astra.kernel.ids import new_id
from astra.vault.models import StreamFile
from astra.vault.scanner import NoScanner
from astra.vault.services import erasure
from astra.vault.services.attachments import Incoming, read_pieces

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "ENV", replace(settings.ENV, home=tmp_path))
    return tmp_path


def arrived(data: bytes, name: str = "IMG_Kanarinac.jpg") -> Arrived:
    """A file as the upload handler leaves it."""
    incoming = Incoming(new_id(), NoScanner())
    incoming.write(data)
    return Arrived(incoming.record_id, incoming.finish(name=name, content_type="image/jpeg"))


def sent(visiting: Visiting, data: bytes, mark: UUID | None = None) -> Stored:
    return services.write_file(visiting=visiting, arrived=arrived(data), mark=mark or uuid4())


def on_disk(home: Path) -> list[Path]:
    return [path for path in (home / "media").rglob("*") if path.is_file()]


def talk_of(visiting: Visiting) -> Talk:
    return Talk.objects.get(conversation=visiting.conversation.pk)


def test_a_picture_goes_over_clean_and_its_original_stays_locked_beside_it(cast: Cast, own_home: Path) -> None:
    visiting, _, _ = begun("Ovo je ugovor")
    data = picture()
    stored = sent(visiting, data)
    assert (stored.cursor, stored.is_new) == (1_000_002, True)
    talk, mira = talk_of(visiting), cast.actor("mira")
    said = selectors.exchange(mira, visiting.conversation.pk).messages[-1]
    assert said.file is not None
    assert (said.file.content_type, said.file.original_name) == ("image/jpeg", "IMG_Kanarinac.jpg")
    for file in (selectors.sent_file(mira, talk.pk, 2), selectors.sent_file_for_visitor(visiting, stored.cursor)):
        clean = b"".join(read_pieces(file.clean, file.clean_key))
        assert len(clean) == file.size
        assert not any(word.encode() in clean for word in TOLD)
    original = services.open_original(actor=mira, talk_id=talk.pk, number=2)
    assert b"".join(read_pieces(original.original, original.original_key)) == data
    assert original.sha256 == hashlib.sha256(data).digest()
    for path in on_disk(own_home):
        assert not any(word.encode() in path.read_bytes() for word in (*TOLD, "Kanarinac"))


def test_a_counsellor_sends_a_paper_without_its_author(cast: Cast) -> None:
    visiting, _, _ = begun("Šta da ponesem?")
    found = answered(cast, visiting)
    services.answer_with_file(
        actor=cast.actor("mira"), conversation_id=found, arrived=arrived(paper(), "Mira.pdf"), mark=uuid4()
    )
    said = selectors.exchange_for_visitor(visiting).messages[-1]
    assert said.is_ours
    file = selectors.sent_file_for_visitor(visiting, said.cursor)
    assert not any(word.encode() in unfolded(b"".join(read_pieces(file.clean, file.clean_key))) for word in TOLD)
    with pytest.raises(NotAllowedNow):
        services.answer_with_file(
            actor=cast.actor("sanja"), conversation_id=found, arrived=arrived(picture()), mark=uuid4()
        )


def test_sent_twice_it_is_one_message_and_nothing_is_left_over(own_home: Path) -> None:
    visiting, _, _ = begun()
    mark = uuid4()
    first, again = sent(visiting, picture(), mark), sent(visiting, picture(), mark)
    assert (again.cursor, again.is_new) == (first.cursor, False)
    assert len(on_disk(own_home)) == StreamFile.objects.count() == 2


def test_what_cannot_be_cleaned_is_not_kept(own_home: Path) -> None:
    visiting, _, _ = begun("Halo")
    with pytest.raises(Invalid):
        sent(visiting, b"MZ a program")
    assert not on_disk(own_home)
    assert not StreamFile.objects.exists()


def test_whoever_has_no_keys_to_the_sitting_has_none_to_its_files(cast: Cast) -> None:
    visiting, _, _ = begun("Halo")
    cursor = sent(visiting, picture()).cursor
    stranger, _, _ = begun("Neko drugi")
    talk = talk_of(visiting)
    with pytest.raises(NotFound):
        selectors.sent_file_for_visitor(stranger, cursor)
    for name in ("lara", "vesna"):  # a volunteer, a case worker without this case
        with pytest.raises(NotFound):
            selectors.sent_file(cast.actor(name), talk.pk, 2)
    with pytest.raises(NotFound):
        selectors.sent_file(cast.actor("mira"), talk.pk, 1)  # a message of words
    services.hide_earlier(visiting=visiting)
    with pytest.raises(NotFound):
        selectors.sent_file_for_visitor(visiting, cursor)


def test_files_go_with_the_words_when_the_sitting_is_erased(cast: Cast, own_home: Path) -> None:
    visiting, _, _ = begun("Halo")
    sent(visiting, picture())
    assert len(on_disk(own_home)) == 2
    erasure.erase_owner(actor=cast.actor("mira"), owner_id=talk_of(visiting).pk, reason="her_request")
    assert not on_disk(own_home)
    assert not StreamFile.objects.exists()


def test_files_that_belong_to_a_message_are_not_swept(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visiting, _, _ = begun("Halo")
    sent(visiting, picture())
    arrived(picture())
    monkeypatch.setattr(erasure, "SWEEP_AFTER", -erasure.SWEEP_AFTER)
    assert erasure.sweep_files() == 1
    assert len(on_disk(own_home)) == 2


def test_a_case_takes_the_files_over_with_the_sitting(cast: Cast, make: Callable[..., NewContact]) -> None:
    visiting, _, _ = begun("Halo")
    sent(visiting, picture())
    found, mira = answered(cast, visiting), cast.actor("mira")
    contact = services.record_contact(actor=mira, contact=make())
    services.became_contact(actor=mira, conversation_id=found, contact_id=contact)
    (said,) = [one for one in selectors.said_in_contact(mira, contact) if one.file]
    assert said.number == 2


def test_no_more_files_are_taken_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    visiting, _, _ = begun("Halo")
    services.check_room_for_file(visiting=visiting)
    sent(visiting, picture())
    monkeypatch.setattr(rules, "IN_AN_HOUR", 1)
    with pytest.raises(NotAllowedNow, match="too many files"):
        services.check_room_for_file(visiting=visiting)
    monkeypatch.setattr(rules, "IN_AN_HOUR", 9)
    monkeypatch.setattr(rules, "UNANSWERED_AN_HOUR", 10)
    with pytest.raises(NotAllowedNow, match="at this moment"):
        services.check_room_for_file(visiting=visiting)


def test_words_keep_a_reserve_of_the_disk() -> None:
    rules.check_room(rules.Room(sizes=[], unanswered=0, free=2 * rules.DISK_RESERVE), is_answered=False)
    with pytest.raises(NotAllowedNow):
        rules.check_room(rules.Room(sizes=[], unanswered=0, free=rules.DISK_RESERVE - 1), is_answered=True)
