"""Can whoever may, and nobody else, open what was sealed?"""

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import connection

from astra.kernel.clock import now
from astra.kernel.errors import Conflict, NotFound
from astra.kernel.ids import new_id
from astra.vault import selectors
from astra.vault.actor import Actor, visitor
from astra.vault.models import ErasureHandle, Generation, Grant, Membership, Record, Section
from astra.vault.sections import declare
from astra.vault.services import circles, members, withdrawal
from astra.vault.services.keys import SwappedKey
from astra.vault.services.sealing import Sealing
from astra.vault.tests.conftest import PASS, House

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
CASES, CONTACTS = (selectors.Listing(Record, kind, Record.objects.all) for kind in ("case", "contact"))


@dataclass(frozen=True)
class Words:
    said: str = ""


WORDS = declare("test.words", Words, retention="contact")


def seal(actor: Actor, *to: UUID, said: str = "ćao", kind: str = "contact") -> UUID:
    sealing = Sealing(actor)
    record = sealing.new_record(kind, listed_for=to)
    sealing.seal(record, WORDS, Words(said), to=to)
    with sealing.transaction():
        pass
    return record


def test_a_colleague_of_the_circle_reads_and_a_stranger_does_not(house: House) -> None:
    house.join("mira", "hotline")
    house.join("stranger")
    record = seal(house.actor("mira"), selectors.desk_circle("hotline"))
    assert selectors.open_section(house.actor("founder"), record, WORDS).content.said == "ćao"
    stranger = house.actor("stranger")
    with pytest.raises(NotFound):
        selectors.open_section(stranger, record, WORDS)
    assert stranger.trail.refused
    assert not selectors.can_reach(stranger, record)
    with pytest.raises(NotFound):
        selectors.open_section(stranger, new_id(), WORDS)


def test_a_visitor_seals_to_a_circle_without_reading(house: House) -> None:
    record = seal(visitor(), selectors.desk_circle("hotline"), said="from outside")
    with pytest.raises(NotFound):
        selectors.open_section(visitor(), record, WORDS)
    assert selectors.open_section(house.actor("founder"), record, WORDS).content.said == "from outside"


def test_a_circle_inside_a_circle_opens_it(house: House) -> None:
    house.join("jelena", "coordinators")
    record = seal(house.actor("founder"), selectors.desk_circle("hotline"))
    assert selectors.open_section(house.actor("jelena"), record, WORDS).revision == 1
    assert selectors.can_reach(house.actor("jelena"), record)


def test_a_case_team_holds_its_worker_and_the_coordinators(house: House) -> None:
    house.join("vesna")
    house.join("jelena", "coordinators")
    house.join("mira", "hotline")
    vesna = house.actor("vesna")
    sealing = Sealing(vesna)
    record = sealing.new_record("case")
    holders = [vesna.keyring.personal or record, selectors.desk_circle("coordinators")]
    team = sealing.new_circle("case", record_id=record, tier="team", holders=holders, listed_at=now())
    sealing.seal(record, WORDS, Words("story"), to=[team])
    with sealing.transaction():
        pass
    for name in ("vesna", "jelena"):
        actor = house.actor(name)
        assert selectors.open_section(actor, record, WORDS).content.said == "story"
        assert [row.pk for row in CASES.page(actor).rows] == [record]
        assert selectors.can_reach(actor, record)
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("mira"), record, WORDS)


def test_revisions_are_kept_and_a_stale_writer_is_told(house: House) -> None:
    actor = house.actor("founder")
    record = seal(actor, selectors.desk_circle("hotline"), said="one")
    first, second = Sealing(house.actor("founder")), Sealing(house.actor("founder"))
    first.revise(record, WORDS, Words("two"), revision=1)
    second.revise(record, WORDS, Words("three"), revision=1)
    with first.transaction():
        pass
    with pytest.raises(Conflict), second.transaction():
        pass
    with pytest.raises(Conflict):
        Sealing(house.actor("founder")).revise(record, WORDS, Words("x"), revision=1)
    assert selectors.open_section(actor, record, WORDS).content.said == "two"
    assert [opened.content.said for opened in selectors.open_earlier(actor, record, WORDS)] == ["one"]


def test_after_a_withdrawal_the_next_revision_has_a_new_key(house: House) -> None:
    house.join("mira", "hotline")
    hotline, missing = selectors.desk_circle("hotline"), selectors.desk_circle("missing")
    founder = house.actor("founder")
    record = seal(founder, hotline, missing)
    key_id = Section.objects.get(record=record).key_id
    assert withdrawal.withdraw(actor=founder, record_id=record, circle_id=hotline) == 1
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("mira"), record, WORDS)
    assert not selectors.can_reach(house.actor("mira"), record)
    sealing = Sealing(house.actor("founder"))
    sealing.revise(record, WORDS, Words("new"), revision=1)
    with sealing.transaction():
        pass
    assert Section.objects.get(record=record).key_id != key_id
    again = house.actor("founder")
    assert selectors.open_section(again, record, WORDS).content.said == "new"
    assert selectors.open_earlier(again, record, WORDS)[0].content.said == "ćao"


def test_a_leaver_reads_no_more_and_the_others_get_a_new_generation(house: House) -> None:
    house.join("mira", "hotline")
    house.join("sanja", "hotline")
    hotline = selectors.desk_circle("hotline")
    old = seal(house.actor("mira"), hotline, said="old")
    members.leave(actor=house.actor("founder"), member_id=house.people["mira"].member_id)
    assert members.open_member(house.people["mira"].member_id, PASS) is None
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("mira"), old, WORDS)
    fresh = seal(house.actor("sanja"), hotline, said="fresh")
    assert Grant.objects.get(record=fresh).generation == 2
    sanja = house.actor("sanja")
    assert selectors.open_section(sanja, old, WORDS).content.said == "old"
    assert selectors.open_section(sanja, fresh, WORDS).content.said == "fresh"


def test_a_wall_hides_a_record_from_a_member_of_its_circle(house: House) -> None:
    house.join("mira", "hotline")
    record = seal(house.actor("founder"), selectors.desk_circle("hotline"))
    circles.build_wall(actor=house.actor("founder"), record_id=record, member_id=house.people["mira"].member_id)
    mira = house.actor("mira")
    with pytest.raises(NotFound):
        selectors.open_section(mira, record, WORDS)
    assert not selectors.can_reach(mira, record)


def test_lists_page_through_wide_and_narrow_circles(house: House) -> None:
    house.join("mira", "hotline")
    mira = house.actor("mira")
    mine = mira.keyring.personal or new_id()
    hotline = selectors.desk_circle("hotline")
    made = [seal(mira, mine if i % 3 == 0 else hotline) for i in range(10)]
    seen: list[UUID] = []
    cursor = ""
    while True:
        page = CONTACTS.page(house.actor("mira"), limit=4, after=cursor)
        seen += [row.pk for row in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == sorted(made, reverse=True)


TAMPER = {
    "section bytes": "update vault_section set sealed = %s",
    "section revision": "update vault_section set revision = revision + 1",
    "grant bytes": "update vault_grant set wrapped = %s",
    "membership bytes": "update vault_membership set wrapped = %s",
    "membership mac": "update vault_membership set mac = %s",
}


@pytest.mark.parametrize("what", TAMPER)
def test_whatever_is_changed_in_the_database_no_longer_opens(house: House, what: str) -> None:
    record = seal(house.actor("founder"), selectors.desk_circle("hotline"))
    statement = TAMPER[what]
    with connection.cursor() as cursor:
        cursor.execute(statement, [b"\x01" + bytes(60)] if "%s" in statement else [])
    actor = house.actor("founder")
    with pytest.raises(NotFound):
        selectors.open_section(actor, record, WORDS)
    assert actor.trail.broken or actor.trail.refused


def test_a_section_moved_to_another_record_or_kind_does_not_open(house: House) -> None:
    hotline = selectors.desk_circle("hotline")
    one, two = seal(house.actor("founder"), hotline, said="one"), seal(house.actor("founder"), hotline, said="two")
    stolen = Section.objects.get(record=one)
    Section.objects.filter(record=two).update(sealed=stolen.sealed, key_id=stolen.key_id, handle=stolen.handle)
    Grant.objects.filter(record=two).update(wrapped=Grant.objects.get(record=one).wrapped, key_id=stolen.key_id)
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("founder"), two, WORDS)


def test_nothing_is_sealed_to_a_swapped_public_key(house: House) -> None:
    house.join("mira", "hotline")
    missing = selectors.desk_circle("missing")
    other = Generation.objects.get(circle=selectors.desk_circle("officers"))
    Generation.objects.filter(circle=missing).update(public_key=other.public_key)
    with pytest.raises(SwappedKey):
        seal(house.actor("mira"), missing)
    with pytest.raises(SwappedKey):
        seal(house.actor("founder"), missing)


def test_a_forged_membership_does_not_open(house: House) -> None:
    house.join("mira")
    hotline = selectors.desk_circle("hotline")
    record = seal(house.actor("founder"), hotline)
    real = Membership.objects.filter(circle=hotline).first()
    assert real is not None
    real.pk, real.holder_id = None, house.people["mira"].circle_id
    real.save()
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("mira"), record, WORDS)


def test_an_erased_handle_refuses_before_the_key_is_gone(house: House) -> None:
    record = seal(house.actor("founder"), selectors.desk_circle("hotline"))
    ErasureHandle.objects.filter(record=record).update(erased_at=now())
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("founder"), record, WORDS)
