"""Is what was erased gone everywhere: live, in the bytes, and in a backup that comes back?"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import connections
from django.db.models import Model

from astra.kernel.clock import today
from astra.kernel.errors import NotAllowedNow, NotFound
from astra.kernel.ids import new_id
from astra.vault import selectors
from astra.vault.models import (
    Erasure,
    ErasureHandle,
    ErasureKey,
    ErasureOwner,
    Grant,
    LedgerEntry,
    Member,
    Membership,
    Reach,
    Record,
    Rewriting,
    Section,
)
from astra.vault.services import circles, erasure, members, restoring, withdrawal
from astra.vault.services.joining import Taken, take_over
from astra.vault.services.notes import WordsErased, forget_fruitless, open_note, seal_note, seal_search
from astra.vault.services.sealing import Sealing
from astra.vault.tests.conftest import PASS, House
from astra.vault.tests.test_sealing import WORDS, Words

IN_A_BACKUP: tuple[type[Model], ...] = (Rewriting, Erasure, ErasureOwner, Section, Grant, Reach)
pytestmark = pytest.mark.django_db(databases=["default", "keystore"], transaction=True)


def person_and_contact(house: House, *, shared_with: UUID | None = None) -> tuple[UUID, UUID]:
    """A person with a section of her own, and a contact that speaks about her (and perhaps somebody else)."""
    actor, hotline = house.actor("founder"), selectors.desk_circle("hotline")
    sealing = Sealing(actor)
    person, contact = (
        sealing.new_record("person", listed_for=[hotline]),
        sealing.new_record("contact", listed_for=[hotline]),
    )
    sealing.seal(person, WORDS, Words("her name"), to=[hotline])
    owners = [person, shared_with] if shared_with else [person]
    sealing.seal(contact, WORDS, Words("her words"), to=[hotline], owners=owners)
    with sealing.transaction():
        pass
    return person, contact


def test_erasing_a_person_destroys_what_she_alone_owns(house: House) -> None:
    person, contact = person_and_contact(house)
    name = selectors.pseudonyms([person])[person]
    erasure.erase_owner(actor=house.actor("founder"), owner_id=person, reason="her_request")
    for record in (person, contact):
        with pytest.raises(NotFound):
            selectors.open_section(house.actor("founder"), record, WORDS)
    assert not ErasureKey.objects.exists()
    assert not Section.objects.exists()
    assert not Grant.objects.exists()
    assert selectors.pseudonyms([person])[person] != name
    assert Erasure.objects.get().finished_at is not None


def test_what_two_people_own_waits_on_the_worklist(house: House) -> None:
    mother, _ = person_and_contact(house)
    child, contact = person_and_contact(house, shared_with=mother)
    erasure.erase_owner(actor=house.actor("founder"), owner_id=child, reason="her_request")
    assert selectors.open_section(house.actor("founder"), contact, WORDS).content.said == "her words"
    todo = Rewriting.objects.get()
    assert todo.erased_owner == child


def test_a_legal_hold_stands_before_erasure(house: House) -> None:
    person, _ = person_and_contact(house)
    Record.objects.filter(pk=person).update(is_held=True)
    with pytest.raises(NotAllowedNow):
        erasure.erase_owner(actor=house.actor("founder"), owner_id=person, reason="her_request")
    assert selectors.open_section(house.actor("founder"), person, WORDS).content.said == "her name"


def test_an_interrupted_erasure_refuses_at_once_and_is_finished_at_start(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, _ = person_and_contact(house)

    def power_cut(handles: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(erasure, "destroy", power_cut)
    with pytest.raises(KeyboardInterrupt):
        erasure.erase_owner(actor=house.actor("founder"), owner_id=person, reason="her_request")
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("founder"), person, WORDS)
    assert ErasureKey.objects.exists()
    monkeypatch.undo()
    assert erasure.finish_erasures() == 1
    assert not ErasureKey.objects.exists()


def test_an_older_backup_does_not_bring_back_key_grant_or_member(house: House) -> None:
    house.join("mira", "hotline")
    hotline, missing = selectors.desk_circle("hotline"), selectors.desk_circle("missing")
    person, _ = person_and_contact(house)
    other, _ = person_and_contact(house)
    sealing = Sealing(house.actor("founder"))
    sealing.grant(other, [WORDS], to=[missing])
    with sealing.transaction():
        pass
    keys, grants, members = (list(model.objects.values()) for model in (ErasureKey, Grant, Membership))
    erasure.erase_owner(actor=house.actor("founder"), owner_id=person, reason="her_request")
    withdrawal.withdraw(actor=house.actor("founder"), record_id=other, circle_id=missing)
    mira = house.people["mira"].circle_id
    circles.dismiss(actor=house.actor("founder"), circle_id=hotline, holder_circle_ids=[mira])
    ErasureKey.objects.bulk_create([ErasureKey(**row) for row in keys], ignore_conflicts=True)
    ErasureHandle.objects.update(erased_at=None)
    Grant.objects.bulk_create([Grant(**row) for row in grants], ignore_conflicts=True)
    Membership.objects.bulk_create([Membership(**row) for row in members], ignore_conflicts=True)
    LedgerEntry.objects.all().delete()
    taken = restoring.take_again()
    assert taken.keys == 2
    assert taken.lines >= 3
    handles = list(ErasureHandle.objects.filter(record=person).values_list("pk", flat=True))
    assert not ErasureKey.objects.filter(pk__in=handles).exists()
    assert not Grant.objects.filter(record=other, circle=missing).exists()
    assert not Membership.objects.filter(circle=hotline, holder=mira).exists()


def test_an_older_backup_forgets_again_whom_it_knew(house: House) -> None:
    """Her coded rows, the worklist and the leaver's passphrase come back with the main database, and go again."""
    house.join("ana", "hotline")
    ana = house.people["ana"]
    mother, _ = person_and_contact(house)
    child, contact = person_and_contact(house, shared_with=mother)
    before = {model: list(model._default_manager.all()) for model in IN_A_BACKUP}
    wrapped = bytes(Member.objects.get(pk=ana.member_id).wrapped)
    erasure.erase_owner(actor=house.actor("founder"), owner_id=child, reason="her_request")
    members.leave(actor=house.actor("founder"), member_id=ana.member_id)
    due_on = Rewriting.objects.get().due_on
    for model, rows in before.items():
        model._default_manager.all().delete()
        model._default_manager.bulk_create(rows)
    Record.objects.update(erased_at=None)
    ErasureHandle.objects.update(erased_at=None)
    Member.objects.filter(pk=ana.member_id).update(wrapped=wrapped, left_at=None)
    LedgerEntry.objects.all().delete()
    assert restoring.is_older_than_ledger()
    evicted: list[UUID] = []
    erasure.evict_with(evicted.append)
    taken = restoring.take_again()
    erasure.stop_evicting_with(evicted.append)
    assert (taken.erasures, taken.keys) == (1, 0)
    assert child in evicted
    assert mother not in evicted
    assert Record.objects.get(pk=child).erased_at is not None
    assert not Section.objects.filter(record=child).exists()
    assert Rewriting.objects.get().due_on == due_on
    assert selectors.open_section(house.actor("founder"), contact, WORDS).content.said == "her words"
    assert members.open_member(ana.member_id, PASS) is None
    assert not restoring.take_again(), "once is enough"
    assert not restoring.is_older_than_ledger()


def test_what_a_crash_left_of_an_erasure_is_destroyed_at_the_next_start(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, _ = person_and_contact(house)

    def power_cut(handles: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(erasure, "_remove_sections", power_cut)
    with pytest.raises(KeyboardInterrupt):
        erasure.erase_owner(actor=house.actor("founder"), owner_id=person, reason="her_request")
    monkeypatch.undo()
    assert Section.objects.exists()
    restoring.take_again()
    assert not Section.objects.exists()


def test_an_erasure_is_not_done_while_its_bytes_are_in_the_log_of_the_database(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, _ = person_and_contact(house)
    monkeypatch.setattr(erasure, "press_out", lambda _alias: False)
    erasure.erase_owner(actor=house.actor("founder"), owner_id=person, reason="her_request")
    assert Erasure.objects.get().finished_at is None
    assert erasure.unfinished(older_than_s=0) == 1
    monkeypatch.undo()
    assert erasure.finish_erasures() == 1
    assert Erasure.objects.get().finished_at is not None


def test_words_on_the_log_go_with_whom_they_led_to(house: House) -> None:
    person, _ = person_and_contact(house)
    other, _ = person_and_contact(house)
    founder = house.actor("founder")
    about_her, hers = seal_note(founder, "her name", [person, other])
    about_other, others = seal_note(founder, "another name", [other])
    assert open_note(founder, about_her, hers) == "her name"
    erasure.erase_owner(actor=founder, owner_id=person, reason="her_request")
    with pytest.raises(WordsErased):
        open_note(founder, about_her, hers)
    assert open_note(founder, about_other, others) == "another name"


def test_words_that_led_to_nobody_go_with_the_next_erasure(house: House) -> None:
    founder = house.actor("founder")
    early, first, _ = seal_search(founder, "her name", [])
    assert open_note(founder, early, first) == "her name"
    assert forget_fruitless() == 1
    with pytest.raises(WordsErased):
        open_note(founder, early, first)
    later, second, _ = seal_search(founder, "another name", [])
    assert open_note(founder, later, second) == "another name"
    assert Record.objects.filter(kind="fruitless").count() == 2


def test_erased_bytes_are_in_no_file_of_the_keystore(house: House) -> None:
    if connections["keystore"].vendor != "sqlite":
        return
    person, _ = person_and_contact(house)
    handle = ErasureHandle.objects.filter(record=person).get()
    key = bytes(ErasureKey.objects.get(pk=handle.pk).key)
    with connections["keystore"].cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone()[0] == 1
    erasure.erase_owner(actor=house.actor("founder"), owner_id=person, reason="her_request")
    connection = connections["keystore"].connection
    assert key not in connection.serialize()


def test_a_night_later_erased_bytes_are_in_no_file_of_the_keystore_on_postgresql() -> None:
    keystore = connections["keystore"]
    if keystore.vendor != "postgresql":
        erasure.rewrite_keystore()  # SQLite has overwritten it already: nothing to do, and nothing fails
        return
    ErasureKey.objects.create(pk=new_id(), key=b"this one stays, as long as she is not forgotten", made_on=today())
    gone = ErasureKey.objects.create(pk=new_id(), key=b"this one goes, with everything it has closed", made_on=today())
    written = bytes(gone.key)
    with _somebody_writes_elsewhere():
        gone.delete()
        assert written in _file_of_the_keystore()
        until = time.monotonic() + 30
        while written in _file_of_the_keystore() and time.monotonic() < until:
            erasure.rewrite_keystore()  # again, as the next night: a chore of the server may be reading the table
        assert written not in _file_of_the_keystore(), _who_is_there()
    assert b"this one stays" in _file_of_the_keystore()


@contextmanager
def _somebody_writes_elsewhere() -> Iterator[None]:
    """A long import into the main database is on its way before the erasure, and goes on after the night."""
    importing = connections["default"].copy()
    try:
        importing.set_autocommit(False)
        with importing.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")  # whoever has a number of her own writes
        yield
        importing.rollback()
    finally:
        importing.close()


def _who_is_there() -> list[tuple[object, ...]]:
    """Who could still read, for the message of a test that failed."""
    told = "datname, backend_type, state, backend_xid, backend_xmin, xact_start, query"
    with connections["keystore"].cursor() as cursor:
        cursor.execute(f"SELECT {told} FROM pg_stat_activity WHERE datname IS NOT NULL")  # noqa: S608  (ours)
        return list(cursor.fetchall())


def _file_of_the_keystore() -> bytes:
    with connections["keystore"].cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath('keystore_erasurekey'))")
        return bytes(cursor.fetchone()[0])


def test_owners_change_without_touching_ciphertext(house: House) -> None:
    anonymous, contact = person_and_contact(house)
    named, _ = person_and_contact(house)
    before = bytes(Section.objects.get(record=contact).sealed)
    actor = house.actor("founder")
    erasure.change_owners(actor=actor, record_id=contact, retention="contact", owners=[named])
    taken = take_over(actor=actor, from_owner=anonymous, to_owner=named)
    assert taken == Taken(alone=(ErasureHandle.objects.get(record=anonymous).pk,), shared=())
    assert bytes(Section.objects.get(record=contact).sealed) == before
    erasure.erase_owner(actor=actor, owner_id=named, reason="her_request")
    for record in (anonymous, contact, named):
        with pytest.raises(NotFound):
            selectors.open_section(house.actor("founder"), record, WORDS)


def test_parts_of_a_file_follow_its_owners_unless_they_are_somebodys_own(house: House) -> None:
    actor, hotline = house.actor("founder"), selectors.desk_circle("hotline")
    client, _ = person_and_contact(house)
    witness, _ = person_and_contact(house)
    sealing = Sealing(actor)
    file, note, hers = (sealing.new_record("case", listed_for=[hotline]) for _part in range(3))
    for record, owners in ((file, [file]), (note, [file]), (hers, [witness])):
        sealing.seal(record, WORDS, Words("words"), to=[hotline], owners=owners)
    with sealing.transaction():
        pass
    assert erasure.replace_owners(actor=actor, record_id=file, parts=[note, hers], owners=[client]) == 2
    assert erasure.replace_owners(actor=actor, record_id=file, parts=[note, hers], owners=[client]) == 0
    owned = ErasureOwner.objects.filter(handle__record__in=[file, note, hers])
    assert dict(owned.values_list("handle__record", "owner")) == {file: client, note: client, hers: witness}


def test_keys_without_a_transaction_are_swept_after_a_day(house: House) -> None:
    person, _ = person_and_contact(house)
    ErasureKey.objects.create(id=person, key=b"x" * 32, made_on="2020-01-01")
    assert erasure.sweep_orphans() == 1
    assert selectors.open_section(house.actor("founder"), person, WORDS).content.said == "her name"


def test_the_index_lets_go_before_erasure_is_reported(house: House) -> None:
    person, _ = person_and_contact(house)
    evicted: list[UUID] = []
    erasure.evict_with(evicted.append)
    erasure.evict_with(evicted.append)
    erasure.erase_owner(actor=house.actor("founder"), owner_id=person, reason="her_request")
    erasure.stop_evicting_with(evicted.append)
    assert evicted[:1] == [person]
