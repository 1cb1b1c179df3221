"""Is what was erased gone everywhere: live, in the bytes, and in a backup that comes back?"""

from uuid import UUID

import pytest
from django.db import connections

from astra.kernel.errors import NotAllowedNow, NotFound
from astra.vault import selectors
from astra.vault.models import Erasure, ErasureHandle, ErasureKey, Grant, Membership, Record, Rewriting, Section
from astra.vault.services import circles, erasure, ledger, withdrawal
from astra.vault.services.sealing import Sealing
from astra.vault.tests.conftest import House
from astra.vault.tests.test_sealing import WORDS, Words

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
    erasure.rewritten(actor=house.actor("founder"), handle_id=todo.handle_id)
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("founder"), contact, WORDS)


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
    assert ledger.reapply() >= 3
    handles = list(ErasureHandle.objects.filter(record=person).values_list("pk", flat=True))
    assert not ErasureKey.objects.filter(pk__in=handles).exists()
    assert not Grant.objects.filter(record=other, circle=missing).exists()
    assert not Membership.objects.filter(circle=hotline, holder=mira).exists()


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


def test_owners_change_without_touching_ciphertext(house: House) -> None:
    anonymous, contact = person_and_contact(house)
    named, _ = person_and_contact(house)
    before = bytes(Section.objects.get(record=contact).sealed)
    actor = house.actor("founder")
    erasure.change_owners(actor=actor, record_id=contact, retention="contact", owners=[named])
    assert erasure.move_ownership(actor=actor, from_owner=anonymous, to_owner=named) == 1
    assert bytes(Section.objects.get(record=contact).sealed) == before
    erasure.erase_owner(actor=actor, owner_id=named, reason="her_request")
    for record in (anonymous, contact, named):
        with pytest.raises(NotFound):
            selectors.open_section(house.actor("founder"), record, WORDS)


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
