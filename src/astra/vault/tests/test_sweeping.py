"""Does opening everything at once refuse what opening one by one refuses?"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from astra.kernel.clock import now
from astra.vault import selectors
from astra.vault.actor import Actor, system, visitor
from astra.vault.crypto import aead, unlocking
from astra.vault.crypto.contexts import ContextsOf, grant_context, section_context
from astra.vault.models import ErasureHandle, ErasureKey, Grant, Record, Section
from astra.vault.prepared import Prepared
from astra.vault.selectors import sweeping
from astra.vault.services import circles, withdrawal
from astra.vault.services.circles import build_wall
from astra.vault.services.erasure import erase_owner
from astra.vault.services.sealing import Sealing
from astra.vault.tests.conftest import House
from astra.vault.tests.test_sealing import WORDS, Words, seal

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def swept(actor: Actor, circle: UUID, *, is_many: bool = False) -> dict[UUID, str]:
    batches = list(sweeping.sweep(actor, circle, WORDS, WORDS.decode, is_many=is_many))
    return {UUID(bytes=record): content.said for batch in batches for record, content in batch}


def one_by_one(actor: Actor, records: list[UUID]) -> dict[UUID, str]:
    return {record: one.content.said for record, one in selectors.open_sections(actor, records, WORDS).items()}


def test_contexts_of_many_are_those_of_one() -> None:
    record, key, circle = uuid4(), uuid4(), uuid4()
    many = ContextsOf("test.words", circle, 3)
    assert many.grant(record.bytes, key.bytes) == grant_context(record, "test.words", key, circle, 3)
    assert many.section(record.bytes, 70_000, key.bytes) == section_context(record, "test.words", 70_000, key)
    data, erasure = aead.new_key(), aead.new_key()
    derived = aead.derive(data, many.content(record.bytes), salt=erasure)
    assert derived == selectors.content_key(data, erasure, record, "test.words")


def test_everything_of_a_circle_in_batches(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    founder, hotline = house.actor("founder"), selectors.desk_circle("hotline")
    records = [seal(founder, hotline, said=f"n{n}") for n in range(5)]
    outside = seal(visitor(), hotline, said="from outside")
    monkeypatch.setattr(sweeping, "_GRANTED", Prepared(lambda **asked: sweeping._granted(**asked)[:2]))
    assert [len(batch) for batch in sweeping.sweep(founder, hotline, WORDS, WORDS.decode)] == [2, 2, 2]
    assert swept(founder, hotline) == one_by_one(founder, [*records, outside])
    assert swept(founder, hotline)[outside] == "from outside"


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})


def test_a_second_process_opens_and_refuses_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch, two_processors: None
) -> None:
    founder, hotline = house.actor("founder"), selectors.desk_circle("hotline")
    records = [seal(founder, hotline, said=f"n{n}") for n in range(5)]
    outside, torn = seal(visitor(), hotline, said="from outside"), seal(founder, hotline, said="torn")
    section = Section.objects.get(record=torn)
    Section.objects.filter(pk=section.pk).update(sealed=bytes(section.sealed)[:-1] + b"x")
    unwrapped = seal(founder, hotline, said="unwrapped")
    wrapped = Grant.objects.get(record=unwrapped)
    Grant.objects.filter(pk=wrapped.pk).update(wrapped=bytes(wrapped.wrapped)[:-1] + b"x")
    monkeypatch.setattr(sweeping, "_GRANTED", Prepared(lambda **asked: sweeping._granted(**asked)[:2]))
    here = swept(founder, hotline)
    broken, founder.trail.broken = founder.trail.broken, set()
    assert len(here) == len({*records, outside}) == 6
    assert swept(founder, hotline, is_many=True) == here
    assert (
        founder.trail.broken
        == broken
        == {f"section of grant:{Grant.objects.get(record=torn).pk}", f"grant:{wrapped.pk}"}
    )


def test_should_the_second_process_end_the_work_goes_on(
    house: House, monkeypatch: pytest.MonkeyPatch, two_processors: None, caplog: pytest.LogCaptureFixture
) -> None:
    founder, hotline = house.actor("founder"), selectors.desk_circle("hotline")
    for number in range(6):
        seal(founder, hotline, said=f"n{number}")
    monkeypatch.setattr(sweeping, "_GRANTED", Prepared(lambda **asked: sweeping._granted(**asked)[:2]))
    found = 0
    started: list[unlocking.Beside] = []
    begin = unlocking.Beside.__init__

    def noted(self: unlocking.Beside, circle: unlocking.Circle) -> None:
        begin(self, circle)
        started.append(self)

    monkeypatch.setattr(unlocking.Beside, "__init__", noted)
    for batch in sweeping.sweep(founder, hotline, WORDS, WORDS.decode, is_many=True):
        found += len(batch)
        started[0]._process.kill()
    assert found == 6
    assert started[0]._process.poll() is not None
    assert "has ended" in caplog.text


def test_only_the_asked_kind_and_the_newest_revision(house: House) -> None:
    founder, hotline = house.actor("founder"), selectors.desk_circle("hotline")
    record = seal(founder, hotline)
    sealing = Sealing(founder)
    sealing.revise(record, WORDS, Words("anew"), revision=1)
    with sealing.transaction():
        pass
    assert swept(founder, hotline) == {record: "anew"}


def test_who_does_not_sit_in_the_circle_opens_nothing(house: House) -> None:
    house.join("stranger")
    hotline, missing = selectors.desk_circle("hotline"), selectors.desk_circle("missing")
    seal(house.actor("founder"), hotline)
    for actor in (house.actor("stranger"), visitor(), system()):
        assert swept(actor, hotline) == {}
    assert swept(house.actor("founder"), missing) == {}, "a grant to one circle is none to another"


def test_a_renewed_circle_opens_what_was_sealed_before_and_after(house: House) -> None:
    house.join("mira", "hotline")
    hotline = selectors.desk_circle("hotline")
    before = seal(house.actor("founder"), hotline, said="before")
    circles.dismiss(actor=house.actor("founder"), circle_id=hotline, holder_circle_ids=[house.people["mira"].circle_id])
    after = seal(house.actor("founder"), hotline, said="after")
    assert swept(house.actor("founder"), hotline) == {before: "before", after: "after"}
    assert swept(house.actor("mira"), hotline) == {}


def test_withdrawn_and_expired_grants(house: House) -> None:
    founder, hotline, missing = house.actor("founder"), *map(selectors.desk_circle, ("hotline", "missing"))
    withdrawn, expired = seal(founder, hotline, missing), seal(founder, hotline)
    assert set(swept(founder, missing)) == {withdrawn}
    withdrawal.withdraw(actor=founder, record_id=withdrawn, circle_id=missing)
    Grant.objects.filter(record=expired).update(expires_at=now() - timedelta(seconds=1))
    assert swept(founder, missing) == {}
    assert set(swept(founder, hotline)) == {withdrawn}


def test_a_grant_of_an_earlier_key_opens_nothing(house: House) -> None:
    founder, hotline = house.actor("founder"), selectors.desk_circle("hotline")
    record = seal(founder, hotline)
    Grant.objects.filter(record=record).update(key_id=uuid4())
    assert swept(founder, hotline) == one_by_one(founder, [record]) == {}


def test_the_erased_are_refused_from_the_ledger_on(house: House) -> None:
    founder, hotline = house.actor("founder"), selectors.desk_circle("hotline")
    erased, ordered, marked, shredded = (seal(founder, hotline) for _ in range(4))
    erase_owner(actor=founder, owner_id=erased, reason="request")
    ErasureHandle.objects.filter(record=ordered).update(erased_at=now())
    Record.objects.filter(pk=marked).update(erased_at=now())
    handle = ErasureHandle.objects.get(record=shredded)
    ErasureKey.objects.filter(pk=handle.pk).delete()
    assert swept(founder, hotline) == one_by_one(founder, [erased, ordered, marked, shredded]) == {}


def test_what_was_changed_is_noted_and_left_out(house: House) -> None:
    founder, hotline = house.actor("founder"), selectors.desk_circle("hotline")
    whole, moved, cut, garbled = (seal(founder, hotline, said=f"{n}") for n in range(4))
    Section.objects.filter(record=moved).update(revision=2)
    Section.objects.filter(record=cut).update(sealed=b"\x01abc")
    Grant.objects.filter(record=garbled).update(wrapped=bytes(60))
    actor = house.actor("founder")
    assert set(swept(actor, hotline)) == {whole}
    assert len(actor.trail.broken) == 3


def test_nothing_is_noted_for_each_record_and_walls_are_the_askers_matter(house: House) -> None:
    founder, hotline = house.actor("founder"), selectors.desk_circle("hotline")
    record = seal(founder, hotline)
    build_wall(actor=founder, record_id=record, member_id=house.people["founder"].member_id)
    assert set(swept(founder, hotline)) == {record}
    assert founder.trail.opened == set()
    assert one_by_one(house.actor("founder"), [record]) == {}
