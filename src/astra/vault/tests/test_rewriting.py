"""Does a shared part lose the words about an erased person, and nobody else her way into it?"""

from typing import Any
from uuid import UUID

import pytest
from django.db.models import Model

from astra.audit.models import Pending
from astra.kernel.errors import Conflict, NotAllowedNow, NotFound
from astra.kernel.ids import new_id
from astra.vault import selectors
from astra.vault.models import (
    Attachment,
    Erasure,
    ErasureHandle,
    ErasureKey,
    ErasureOwner,
    Grant,
    LedgerEntry,
    Reach,
    Record,
    Revision,
    Rewriting,
    Section,
)
from astra.vault.scanner import new_scanner
from astra.vault.sections import declare
from astra.vault.services import erasure, restoring, rewriting, worklist
from astra.vault.services.attachments import FILE, Incoming, attach, open_file
from astra.vault.services.circles import build_wall
from astra.vault.services.sealing import Sealing
from astra.vault.tests.conftest import House
from astra.vault.tests.test_sealing import WORDS, Words

pytestmark = pytest.mark.django_db(databases=["default", "keystore"], transaction=True)
REMARK = declare("test.remark", Words, retention=WORDS.retention)
ELSEWHERE = declare("test.elsewhere", Words, retention="elsewhere")
BEFORE: tuple[type[Model], ...] = (ErasureHandle, Rewriting, Erasure, ErasureOwner, Section, Revision, Grant, Reach)


def person(house: House) -> UUID:
    """Somebody."""
    sealing, hotline = Sealing(house.actor("founder")), selectors.desk_circle("hotline")
    record = sealing.new_record("person", listed_for=[hotline])
    sealing.seal(record, WORDS, Words("her name"), to=[hotline])
    with sealing.transaction():
        return record


def shared_contact(house: House, *owners: UUID, remark_to: str = "hotline") -> UUID:
    """A contact about several: its words and a remark under one key, something else under another."""
    sealing, hotline = Sealing(house.actor("founder")), selectors.desk_circle("hotline")
    contact = sealing.new_record("contact", listed_for=[hotline])
    sealing.seal(contact, WORDS, Words("about both"), to=[hotline, selectors.desk_circle("missing")], owners=owners)
    sealing.seal(contact, REMARK, Words("a remark"), to=[selectors.desk_circle(remark_to)], owners=owners)
    sealing.seal(contact, ELSEWHERE, Words("of the mother alone"), to=[hotline], owners=owners[:1])
    with sealing.transaction():
        return contact


def revise(house: House, contact: UUID, said: str) -> None:
    """Write the words again, as a room's page does."""
    actor = house.actor("founder")
    seen, sealing = selectors.open_section(actor, contact, WORDS), Sealing(actor)
    sealing.revise(contact, WORDS, Words(said), revision=seen.revision)
    with sealing.transaction():
        pass


def erased_child(house: House) -> tuple[UUID, UUID, UUID]:
    """A mother, a contact about her and her child, and the handle that waits since the child was erased."""
    mother, child = person(house), person(house)
    contact = shared_contact(house, mother, child)
    erasure.erase_owner(actor=house.actor("founder"), owner_id=child, reason="her_request")
    return mother, contact, Rewriting.objects.get().handle_id


def test_what_was_written_again_stays_and_everything_before_goes(house: House) -> None:
    house.join("mira", "hotline")
    house.join("milena", "missing")
    mother, contact, handle = erased_child(house)
    old_key = bytes(ErasureKey.objects.get(pk=handle).key)
    revise(house, contact, "about the mother")
    old_name = selectors.pseudonyms([contact])[contact]
    rewriting.finish_rewriting(actor=house.actor("mira"), handle_id=handle)
    for name in ("founder", "mira", "milena"):
        assert selectors.open_section(house.actor(name), contact, WORDS).content.said == "about the mother"
    assert selectors.open_section(house.actor("mira"), contact, REMARK).content.said == "a remark"
    assert selectors.open_section(house.actor("mira"), contact, ELSEWHERE).content.said == "of the mother alone"
    assert selectors.open_earlier(house.actor("mira"), contact, WORDS) == []
    assert not ErasureKey.objects.filter(pk=handle).exists()
    assert old_key not in [bytes(row.key) for row in ErasureKey.objects.all()]
    assert ErasureHandle.objects.get(pk=handle).erased_at is not None
    fresh = Section.objects.get(record=contact, kind=WORDS.name).handle
    assert set(fresh.owners.values_list("owner", flat=True)) == {mother}
    assert LedgerEntry.objects.filter(verb="erased", subject=handle).exists()
    assert Rewriting.objects.get().done_at is not None
    assert worklist.to_rewrite() == []
    entry = Pending.objects.get(verb="vault.rewritten")
    assert old_name in entry.subjects
    assert selectors.pseudonyms([contact])[contact] in entry.subjects


def test_it_is_written_and_erased_as_ever_afterwards(house: House) -> None:
    mother, contact, handle = erased_child(house)
    rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=handle)
    revise(house, contact, "later words")
    actor = house.actor("founder")
    assert [one.content.said for one in selectors.open_earlier(actor, contact, WORDS)] == ["about both"]
    later = declare("test.later", Words, retention=WORDS.retention)
    sealing = Sealing(house.actor("founder"))
    sealing.seal(contact, later, Words("more"), to=[selectors.desk_circle("hotline")])
    with sealing.transaction():
        pass
    erasure.erase_owner(actor=house.actor("founder"), owner_id=mother, reason="her_request")
    for kind in (WORDS, REMARK, ELSEWHERE, later):
        with pytest.raises(NotFound):
            selectors.open_section(house.actor("founder"), contact, kind)
    assert not Section.objects.filter(record=contact).exists()
    sealing = Sealing(house.actor("founder"))
    with pytest.raises(NotFound):
        sealing.seal(contact, WORDS, Words("again"), to=[selectors.desk_circle("hotline")])


def test_who_was_writing_meanwhile_is_told_and_breaks_nothing(house: House) -> None:
    _mother, contact, handle = erased_child(house)
    late = Sealing(house.actor("founder"))
    late.revise(contact, WORDS, Words("still about both"), revision=1)
    rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=handle)
    with pytest.raises(Conflict), late.transaction():
        pass
    assert selectors.open_section(house.actor("founder"), contact, WORDS).content.said == "about both"


def test_what_is_added_meanwhile_does_not_go_with_the_old_key(house: House) -> None:
    _mother, contact, handle = erased_child(house)
    later = declare("test.later", Words, retention=WORDS.retention)
    late, hotline = Sealing(house.actor("founder")), selectors.desk_circle("hotline")
    late.seal(contact, later, Words("more"), to=[hotline])
    rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=handle)
    with pytest.raises(Conflict), late.transaction():
        pass
    again = Sealing(house.actor("founder"))
    again.seal(contact, later, Words("more"), to=[hotline])
    with again.transaction():
        pass
    assert selectors.open_section(house.actor("founder"), contact, later).content.said == "more"


def test_what_was_saved_meanwhile_is_not_lost(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    _mother, contact, handle = erased_child(house)
    seal_again = rewriting._seal_again

    def overtaken(*given: Any) -> list[Section]:
        sealed = seal_again(*given)
        revise(house, contact, "saved meanwhile")
        return sealed

    monkeypatch.setattr(rewriting, "_seal_again", overtaken)
    with pytest.raises(Conflict):
        rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=handle)
    assert selectors.open_section(house.actor("founder"), contact, WORDS).content.said == "saved meanwhile"
    assert len(worklist.to_rewrite()) == 1


def test_what_somebody_wrote_after_she_looked_is_looked_at_again(house: House) -> None:
    _mother, contact, handle = erased_child(house)
    (seen,) = rewriting.waiting_for(house.actor("founder"))
    revise(house, contact, "about both again")
    with pytest.raises(Conflict):
        rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=handle, seen=seen.written_at)
    (seen,) = rewriting.waiting_for(house.actor("founder"))
    rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=handle, seen=seen.written_at)
    assert worklist.to_rewrite() == []


def test_only_who_can_read_all_of_it_may_say_so(house: House) -> None:
    house.join("milena", "missing")
    house.join("petar")
    _mother, contact, handle = erased_child(house)
    (seen,) = rewriting.waiting_for(house.actor("milena"))
    assert (seen.record_id, seen.is_whole) == (contact, False)
    with pytest.raises(NotAllowedNow):
        rewriting.finish_rewriting(actor=house.actor("milena"), handle_id=handle)
    assert rewriting.waiting_for(house.actor("petar")) == []
    for nobody in (handle, new_id()):
        with pytest.raises(NotFound):
            rewriting.finish_rewriting(actor=house.actor("petar"), handle_id=nobody)
    (whole,) = rewriting.waiting_for(house.actor("founder"))
    assert whole.is_whole
    assert whole.sections == {WORDS.name, REMARK.name}
    founder = house.people["founder"].member_id
    build_wall(actor=house.actor("founder"), record_id=contact, member_id=founder)
    assert rewriting.waiting_for(house.actor("founder")) == []
    with pytest.raises(NotFound):
        rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=handle)


def test_a_legal_hold_keeps_the_earlier_words(house: House) -> None:
    _mother, contact, handle = erased_child(house)
    Record.objects.filter(pk=contact).update(is_held=True)
    with pytest.raises(NotAllowedNow):
        rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=handle)
    assert ErasureKey.objects.filter(pk=handle).exists()


def test_what_a_crash_interrupted_is_finished_at_the_next_start(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    _mother, contact, handle = erased_child(house)

    def power_cut(handles: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rewriting, "let_go", power_cut)
    with pytest.raises(KeyboardInterrupt):
        rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=handle)
    monkeypatch.undo()
    assert ErasureKey.objects.filter(pk=handle).exists()
    assert worklist.to_rewrite() == [], "nobody is asked again"
    assert erasure.unfinished(older_than_s=0) == 1
    assert erasure.finish_erasures() == 1
    assert erasure.unfinished(older_than_s=0) == 0
    assert not ErasureKey.objects.filter(pk=handle).exists()
    assert selectors.open_section(house.actor("founder"), contact, WORDS).content.said == "about both"


def test_it_is_not_done_while_its_bytes_are_in_the_log_of_the_database(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, handle = erased_child(house)
    monkeypatch.setattr(erasure, "press_out", lambda _alias: False)
    rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=handle)
    assert Rewriting.objects.get().done_at is None
    monkeypatch.undo()
    assert erasure.finish_erasures() == 1
    assert Rewriting.objects.get().done_at is not None


def test_an_older_backup_does_not_bring_the_words_back(house: House) -> None:
    mother, contact, handle = erased_child(house)
    keys = list(ErasureKey.objects.all())
    before = {model: list(model._default_manager.all()) for model in BEFORE}
    revise(house, contact, "about the mother")
    rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=handle)
    for model in reversed(BEFORE):
        model._default_manager.all().delete()
    for model in BEFORE:
        model._default_manager.bulk_create(before[model])
    ErasureKey.objects.all().delete()
    ErasureKey.objects.bulk_create(keys)
    LedgerEntry.objects.all().delete()
    assert selectors.open_section(house.actor("founder"), contact, WORDS).content.said == "about both"
    taken = restoring.take_again()
    assert taken.keys >= 1
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("founder"), contact, WORDS)
    assert not Section.objects.filter(handle=handle).exists()
    assert worklist.to_rewrite() == []
    assert selectors.open_section(house.actor("founder"), mother, WORDS).content.said == "her name"
    assert not restoring.take_again(), "once is enough"


def document(house: House, *owners: UUID) -> UUID:
    """A sealed file about several."""
    incoming = Incoming(new_id(), new_scanner())
    incoming.write(b"a letter about both")
    facts = incoming.finish(name="letter.txt", content_type="text/plain")
    sealing = Sealing(house.actor("founder"))
    row = attach(sealing=sealing, incoming=incoming, facts=facts, to=[selectors.desk_circle("hotline")], owners=owners)
    with sealing.transaction():
        row.save(force_insert=True)
    return row.record_id


@pytest.mark.parametrize("is_kept", [True, False])
def test_an_attached_file_is_kept_or_goes(house: House, is_kept: bool) -> None:
    mother, child = person(house), person(house)
    record = document(house, mother, child)
    erasure.erase_owner(actor=house.actor("founder"), owner_id=child, reason="her_request")
    handle, path = Rewriting.objects.get().handle_id, erasure.attachment_path(record)
    without = () if is_kept else (FILE.name,)
    rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=handle, without=without)
    assert path.exists() is is_kept
    assert Attachment.objects.filter(pk=record).exists()
    assert (Record.objects.get(pk=record).erased_at is None) is is_kept
    assert not ErasureKey.objects.filter(pk=handle).exists()
    if is_kept:
        _facts, pieces = open_file(house.actor("founder"), record)
        assert b"".join(pieces) == b"a letter about both"
    else:
        with pytest.raises(NotFound):
            open_file(house.actor("founder"), record)


def test_a_part_that_nobody_needs_goes_while_the_others_stay(house: House) -> None:
    _mother, contact, handle = erased_child(house)
    rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=handle, without=(REMARK.name,))
    assert selectors.find_section(house.actor("founder"), contact, REMARK) is None
    assert not Grant.objects.filter(record=contact, kind=REMARK.name).exists()
    assert selectors.open_section(house.actor("founder"), contact, WORDS).content.said == "about both"


def test_two_erased_of_three_are_rewritten_at_once(house: House) -> None:
    mother, child, brother = person(house), person(house), person(house)
    contact = shared_contact(house, mother, child, brother)
    for one in (child, brother):
        erasure.erase_owner(actor=house.actor("founder"), owner_id=one, reason="her_request")
    (seen,) = rewriting.waiting_for(house.actor("founder"))
    assert len(worklist.to_rewrite()) == 2
    rewriting.finish_rewriting(actor=house.actor("founder"), handle_id=seen.handle_id)
    assert not Rewriting.objects.filter(done_at=None).exists()
    assert selectors.open_section(house.actor("founder"), contact, WORDS).content.said == "about both"


def test_what_is_erased_with_its_last_owner_waits_for_nobody(house: House) -> None:
    mother, contact, _handle = erased_child(house)
    erasure.erase_owner(actor=house.actor("founder"), owner_id=mother, reason="her_request")
    assert worklist.to_rewrite() == []
    assert rewriting.waiting_for(house.actor("founder")) == []
    assert Rewriting.objects.get().done_at is not None
    assert not Section.objects.filter(record=contact).exists()
