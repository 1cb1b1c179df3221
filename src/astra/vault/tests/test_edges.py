"""What happens at the edges: nothing to open, nothing to do, somebody else was faster?"""

import json
import os
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model

from astra.audit.models import Pending
from astra.kernel.clock import now
from astra.kernel.errors import Denied, NotFound
from astra.kernel.ids import new_id
from astra.vault import selectors
from astra.vault.actor import Actor, staff, system, visitor
from astra.vault.commands import vault
from astra.vault.crypto import aead, padding
from astra.vault.keyring import Keyring, NotHeld
from astra.vault.models import (
    Attachment,
    Circle,
    Generation,
    Grant,
    LedgerEntry,
    Reach,
    Record,
    Section,
    Wall,
)
from astra.vault.sections import declare, declared
from astra.vault.services import circles, erasure, holds, lastresort, ledger, members, restoring, rotation, withdrawal
from astra.vault.services.keys import KeyMaker, SwappedKey
from astra.vault.services.paper import write_paper_share
from astra.vault.services.sealing import Sealing
from astra.vault.services.trail import reading, write_trail
from astra.vault.tests.conftest import House
from astra.vault.tests.test_sealing import WORDS, Words, seal

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
ALL = selectors.Listing(Record, "contact", Record.objects.all)
OTHER = declare("test.other", Words, retention="other")


def test_an_actor_without_the_desk_is_told_so() -> None:
    actor = staff(new_id(), ["hotline"], Keyring())
    actor.check_desk("cases", "hotline")
    with pytest.raises(Denied):
        actor.check_desk("cases")
    assert not system().has_desk("hotline")


def test_a_section_kind_is_declared_once() -> None:
    assert declare("test.words", Words, retention="contact") == WORDS
    assert "test.words" in declared()
    with pytest.raises(ValueError, match="twice"):
        declare("test.words", str, retention="contact")


def test_buckets() -> None:
    assert [padding.bucket(n) for n in (1, 257, 65_536, 65_537, 140_000)] == [256, 512, 65_536, 131_072, 196_608]


def test_what_was_opened_refused_or_broken_is_on_the_log_before_the_answer(house: House) -> None:
    record = seal(house.actor("founder"), selectors.desk_circle("hotline"))
    broken = seal(house.actor("founder"), selectors.desk_circle("hotline"))
    Section.objects.filter(record=broken).update(sealed=b"\x01" + bytes(60))
    actor = house.actor("founder")
    with reading(actor, "test.read", reason="care"):
        selectors.open_section(actor, record, WORDS)
        assert selectors.find_section(actor, broken, WORDS) is None
        with pytest.raises(NotFound):
            selectors.open_section(actor, record, OTHER)
    verbs = list(Pending.objects.filter(actor_id=actor.id).values_list("verb", flat=True))
    assert {"test.read", "vault.refused", "vault.broken_seal"} <= set(verbs)
    assert not actor.trail.opened
    before = Pending.objects.count()
    write_trail(actor)
    assert Pending.objects.count() == before


def test_visitors_hold_and_list_nothing(house: House) -> None:
    record = seal(house.actor("founder"), selectors.desk_circle("hotline"))
    nobody = visitor()
    assert nobody.keyring.find([selectors.desk_circle("hotline")]) == set()
    assert not selectors.can_reach(nobody, record)
    assert ALL.page(nobody).rows == []
    assert list(rotation.rewrap_grants(actor=nobody)) == []
    assert rotation.recertify(actor=nobody) == 0
    with pytest.raises(NotHeld):
        nobody.keyring.newest(selectors.desk_circle("hotline"))


def test_lists_take_filters_and_refuse_a_forged_cursor(house: House) -> None:
    hotline = selectors.desk_circle("hotline")
    kept, erased = seal(house.actor("founder"), hotline), seal(house.actor("founder"), hotline)
    Record.objects.filter(pk=erased).update(erased_at=now())
    founder = house.actor("founder")
    page = ALL.page(founder)
    assert [row.pk for row in page.rows] == [kept]
    for cursor in ("x", "1_zz", "inf_" + kept.hex):
        with pytest.raises(NotFound):
            ALL.page(founder, after=cursor)
    with pytest.raises(NotFound):
        selectors.check_reach(founder, erased)
    selectors.check_reach(founder, kept)


def test_reach_and_grants_end_on_their_day(house: House) -> None:
    house.join("mira", "hotline")
    hotline = selectors.desk_circle("hotline")
    record = seal(house.actor("founder"), hotline)
    Reach.objects.filter(record=record).update(expires_at=now() - timedelta(seconds=1))
    Grant.objects.filter(record=record).update(expires_at=now() - timedelta(seconds=1))
    assert not selectors.can_reach(house.actor("mira"), record)
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("mira"), record, WORDS)


def test_circles_are_found_by_name_and_member(house: House) -> None:
    house.join("mira", "hotline")
    mira = house.people["mira"]
    hotline = selectors.desk_circle("hotline")
    assert selectors.desk_circles()["hotline"] == hotline
    assert selectors.personal_circle(mira.member_id) == mira.circle_id
    assert set(selectors.members_of(hotline)) == {mira.member_id, house.founding.member.member_id}
    assert mira.circle_id in selectors.holders(hotline)


def test_pseudonyms_stay_the_same_until_the_key_is_gone(house: House) -> None:
    hotline = selectors.desk_circle("hotline")
    sealing = Sealing(house.actor("founder"))
    bare, full = sealing.new_record("contact"), sealing.new_record("contact")
    sealing.seal(full, WORDS, Words("x"), to=[hotline])
    before = sealing.pseudonym(full), sealing.pseudonym(bare)
    with sealing.transaction():
        pass
    later = Sealing(house.actor("founder"))
    assert (later.pseudonym(full), later.pseudonym(bare)) == before
    later.seal(bare, WORDS, Words("y"), to=[hotline])
    with later.transaction():
        pass
    assert Sealing(house.actor("founder")).pseudonym(bare) != before[1]


def test_a_sealing_can_grant_list_touch_and_write_again(house: House) -> None:
    house.join("mira", "missing")
    hotline, missing = selectors.desk_circle("hotline"), selectors.desk_circle("missing")
    record = seal(house.actor("founder"), hotline)
    sealing = Sealing(house.actor("founder"))
    sealing.read_ahead([record], [WORDS.name])
    assert sealing.lasting_circles(record, WORDS) == {hotline}
    assert Sealing(house.actor("founder")).lasting_circles(record, WORDS) == {hotline}
    sealing.grant(record, [WORDS], to=[missing])
    sealing.list_for(record, [missing])
    sealing.write(record, WORDS, Words("two"), to=[], revision=1)
    sealing.write(record, OTHER, Words("new part"), to=[missing])
    sealing.touch(record, now())
    with sealing.transaction():
        pass
    mira = house.actor("mira")
    assert selectors.open_section(mira, record, WORDS).content.said == "two"
    assert selectors.open_section(mira, record, OTHER).content.said == "new part"
    with pytest.raises(NotFound):
        Sealing(visitor()).grant(record, [WORDS], to=[hotline])
    erasure.change_owners(actor=house.actor("founder"), record_id=record, retention="nothing", owners=[])


def test_nothing_is_added_to_an_erased_part(house: House) -> None:
    hotline = selectors.desk_circle("hotline")
    record = seal(house.actor("founder"), hotline)
    Section.objects.get(record=record).handle.__class__.objects.filter(record=record).update(erased_at=now())
    with pytest.raises(NotFound):
        Sealing(house.actor("founder")).seal(record, WORDS, Words("again"), to=[hotline])


def test_a_desk_that_joins_a_case_lists_what_the_case_lists(house: House) -> None:
    house.join("vesna")
    house.join("jelena", "coordinators")
    vesna = house.actor("vesna")
    sealing = Sealing(vesna)
    record = sealing.new_record("case")
    personal = house.people["vesna"].circle_id
    team = sealing.new_circle("case", record_id=record, tier="team", holders=[personal], listed_at=now())
    sealing.seal(record, WORDS, Words("story"), to=[team])
    with sealing.transaction():
        pass
    assert not selectors.can_reach(house.actor("jelena"), record)
    coordinators = selectors.desk_circle("coordinators")
    circles.admit(actor=house.actor("vesna"), circle_id=team, holder_circle_ids=[coordinators])
    assert selectors.can_reach(house.actor("jelena"), record)
    assert selectors.open_section(house.actor("jelena"), record, WORDS).content.said == "story"
    again = Sealing(house.actor("vesna"))
    note = again.new_record("note", listed_for=[team])
    with again.transaction():
        pass
    assert selectors.can_reach(house.actor("jelena"), note)
    withdrawal.withdraw(actor=house.actor("vesna"), record_id=record, circle_id=team)
    assert not Reach.objects.filter(record=record).exists()


def test_a_wall_keeps_somebody_out_of_a_case(house: House) -> None:
    house.join("vesna")
    house.join("mira")
    sealing = Sealing(house.actor("vesna"))
    record = sealing.new_record("case")
    holders = [house.people["vesna"].circle_id, house.people["mira"].circle_id]
    team = sealing.new_circle("case", record_id=record, tier="team", holders=holders, listed_at=now())
    sealing.seal(record, WORDS, Words("story"), to=[team])
    with sealing.transaction():
        pass
    mira = house.people["mira"]
    circles.build_wall(actor=house.actor("vesna"), record_id=record, member_id=mira.member_id)
    assert Wall.objects.filter(record=record).count() == 1
    assert mira.circle_id not in selectors.holders(team)
    with pytest.raises(Denied):
        circles.admit(actor=house.actor("vesna"), circle_id=team, holder_circle_ids=[mira.circle_id])
    circles.dismiss(actor=house.actor("vesna"), circle_id=team, holder_circle_ids=[mira.circle_id])


def test_two_renewals_at_once_make_one_generation(house: House) -> None:
    hotline = selectors.desk_circle("hotline")
    first, second = house.actor("founder"), house.actor("founder")
    second.keyring.newest(hotline)
    circles.renew(actor=first, circle_id=hotline)
    circles.renew(actor=second, circle_id=hotline)
    assert Circle.objects.get(pk=hotline).current == 2


def test_a_renewal_does_not_follow_a_swapped_holder(house: House) -> None:
    house.join("mira", "hotline")
    stranger = house.join("stranger")
    stolen = Generation.objects.get(circle=house.people["stranger"].circle_id)
    target = Generation.objects.get(circle=house.people["mira"].circle_id)
    Generation.objects.filter(pk=target.pk).update(public_key=stolen.public_key)
    with pytest.raises(SwappedKey):
        circles.renew(actor=house.actor("founder"), circle_id=selectors.desk_circle("hotline"))
    assert stranger.id is not None


def test_a_cut_chain_of_generations_opens_nothing_older(house: House) -> None:
    hotline = selectors.desk_circle("hotline")
    record = seal(house.actor("founder"), hotline)
    circles.renew(actor=house.actor("founder"), circle_id=hotline)
    Generation.objects.filter(circle=hotline, number=2).update(previous=b"\x01" + bytes(60))
    with pytest.raises(NotFound):
        selectors.open_section(house.actor("founder"), record, WORDS)
    with pytest.raises(NotHeld):
        house.actor("founder").keyring.keys(hotline, 3)
    Generation.objects.filter(circle=hotline, number=2).delete()
    with pytest.raises(NotHeld):
        house.actor("founder").keyring.keys(hotline, 1)


def test_a_key_ring_forgets(house: House) -> None:
    actor = house.actor("founder")
    hotline = selectors.desk_circle("hotline")
    actor.keyring.newest(hotline)
    actor.keyring.forget(hotline)
    assert actor.keyring.newest(hotline)[0] == 1


def test_a_house_without_certificates_is_noticed(house: House) -> None:
    house.join("mira")
    missing = selectors.desk_circle("missing")
    Generation.objects.filter(circle=missing).update(house_generation=0)
    with pytest.raises(SwappedKey):
        KeyMaker(house.actor("mira")).targets({missing})


def test_members_who_are_not_in_the_house_cannot_vouch_for_keys(house: House) -> None:
    house.join("mira", "hotline")
    loner = members.create_member(actor=house.actor("founder"), passphrase="x")
    mira = house.people["mira"].member_id
    members.begin_again(member_id=mira, passphrase="y")
    actor = Actor(loner.member_id, "staff", frozenset(), loner.keyring())
    assert members.vouch(actor=actor, member_id=mira) == 0


def test_holds_are_set_and_lifted(house: House) -> None:
    record = seal(house.actor("founder"), selectors.desk_circle("hotline"))
    assert holds.hold([record]) == 1
    assert holds.hold([record]) == 0
    assert holds.lift([record]) == 1


def test_some_kinds_are_withdrawn_and_the_rest_stays(house: House) -> None:
    hotline = selectors.desk_circle("hotline")
    actor = house.actor("founder")
    sealing = Sealing(actor)
    record = sealing.new_record("contact", listed_for=[hotline])
    sealing.seal(record, WORDS, Words("one"), to=[hotline])
    sealing.seal(record, OTHER, Words("two"), to=[hotline])
    with sealing.transaction():
        pass
    assert withdrawal.withdraw(actor=actor, record_id=record, circle_id=hotline, kinds=[OTHER]) == 1
    assert selectors.open_section(house.actor("founder"), record, WORDS).content.said == "one"
    assert selectors.find_section(house.actor("founder"), record, OTHER) is None


def test_the_outside_ledger_survives_a_torn_line(house: House) -> None:
    ledger.note_erasure(new_id())
    entry = LedgerEntry.objects.get()
    assert ledger.missing_outside() == [entry]
    ledger.copy_out([entry])
    with ledger.ledger_path().open("a", encoding="ascii") as file:
        file.write('{"torn')
    assert ledger.missing_outside() == []
    assert ledger.read_outside()[0]["verb"] == "erased"
    ledger.copy_out([LedgerEntry(verb="erased", subject=new_id())])
    assert len(ledger.read_outside()) == 2, "what follows a torn line is whole"
    ledger.ledger_path().write_text(json.dumps({**ledger.read_outside()[0], "verb": "withdrawn", "kind": "*"}) + "\n")
    assert not restoring.take_again()


def test_only_old_files_without_an_attachment_are_swept(house: House, tmp_path: Path) -> None:
    home: Path = settings.ENV.home
    kept, stray = new_id(), new_id()
    Record.objects.create(id=kept, kind="document")
    Attachment.objects.create(record_id=kept)
    for record in (kept, stray):
        path = erasure.attachment_path(record)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    assert erasure.sweep_files() == 0
    assert home.exists()
    import_time = now().timestamp() - 200_000
    for record in (kept, stray):
        _age(erasure.attachment_path(record), import_time)
    assert erasure.sweep_files() == 1
    assert erasure.attachment_path(kept).exists()
    erasure.attachment_path(kept).unlink()


def _age(path: Path, to: float) -> None:
    os.utime(path, (to, to))


def test_recovery_needs_the_root(house: House) -> None:
    root = Circle.objects.get(kind="root", name="root")
    root.memberships.all().delete()
    with pytest.raises(Exception, match="fit together"):
        lastresort.recover(shares=list(house.founding.recovery_shares[:2]))


def test_the_terminal_tells_sweeps_restores_and_proves_recovery(house: House) -> None:
    runner = CliRunner()
    shares = [write_paper_share(share) for share in house.founding.recovery_shares]
    assert "stale circles: 0" in runner.invoke(vault, ["status"]).output
    assert "0 lines" in runner.invoke(vault, ["after-restore"]).output
    assert "Orphaned files removed: 0" in runner.invoke(vault, ["sweep"]).output
    proved = runner.invoke(vault, ["recover"], input=f"{shares[0]}\n{shares[2]}\n")
    assert "open every circle" in proved.output
    same = runner.invoke(vault, ["recover"], input=f"{shares[0]}\n{shares[0]}\n")
    assert same.exit_code != 0
    typo = runner.invoke(vault, ["recover"], input="abc\n")
    assert "typing mistakes" in typo.output


def test_rows_name_themselves_without_saying_anything(house: House) -> None:
    record = seal(house.actor("founder"), selectors.desk_circle("hotline"))
    section = Section.objects.select_related("record", "handle").get(record=record)
    for model in apps.get_app_config("vault").get_models():
        row = model._default_manager.first() or model(pk=new_id())
        assert str(row)
        assert "ćao" not in str(row)
    assert str(section.handle).startswith("handle")
    assert get_user_model() is not None
    assert isinstance(record, UUID)
    assert aead.is_mac(b"k", b"m", aead.mac(b"k", b"m"))
