"""Is every committed entry numbered once, in order, signed, and written outside?"""

import stat
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.db.models import Model

from astra.audit import keys, selectors, sequencer, services
from astra.audit.errors import LogDisagrees, NoSigningKey
from astra.audit.models import Block, Checkpoint, Entry, Head, Pending, Subtree
from astra.audit.outside import Outside
from astra.audit.rules import checkpoints, merkle
from astra.audit.rules.leaf import NotCoded
from astra.audit.services import NewEntry, sequencing
from astra.audit.tests.attacking import Superuser, copy_entry
from astra.audit.tests.conftest import ACTORS, Fill
from astra.audit.verify import verify

pytestmark = pytest.mark.django_db


def test_an_entry_waits_and_then_gets_its_place(home: Path) -> None:
    services.record(
        actor_id=ACTORS[0],
        verb="hotline.contact_recorded",
        subjects=["p1"],
        reason="duty",
        detail={"kind": "silent"},
        sealed=b"words",
        commitment=b"salted",
    )
    assert selectors.pending_count() == 1
    assert selectors.pending_since() is not None
    assert services.sequence_pending() == 1
    assert selectors.pending_count() == 0
    assert selectors.pending_since() is None
    (entry,) = selectors.tail()
    assert (entry.sequence, entry.actor_id, entry.verb) == (0, ACTORS[0], "hotline.contact_recorded")
    assert (entry.subjects, entry.reason, entry.detail) == (("p1",), "duty", {"kind": "silent"})
    assert (entry.sealed, entry.commitment) == (b"words", b"salted")


def test_an_undone_deed_leaves_no_entry(home: Path) -> None:
    with transaction.atomic():
        services.record(actor_id=None, verb="cases.opened")
        transaction.set_rollback(True)
    assert selectors.pending_count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"verb": "opened"},
        {"verb": "cases.opened", "reason": "she asked"},
        {"verb": "cases.opened", "subjects": ["Ana Petrović"]},
        {"verb": "cases.opened", "detail": {"note": "two words"}},
        {"verb": "cases.opened", "commitment": b"x" * 65},
    ],
)
def test_words_do_not_enter(home: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(NotCoded):
        services.record(actor_id=None, **wrong)  # type: ignore[arg-type]  # keywords from a dict
    assert selectors.pending_count() == 0


def test_entries_are_numbered_in_their_order_and_batches(home: Path, outside: Outside) -> None:
    assert services.record_many(NewEntry(None, "demo.made", detail={"n": number}) for number in range(25)) == 25
    assert [services.sequence_pending(limit=10) for _turn in range(4)] == [10, 10, 5, 0]
    rows = Entry.objects.order_by("sequence")
    assert [(row.sequence, row.detail) for row in rows] == [(number, f'{{"n":{number}}}') for number in range(25)]
    assert outside.leaves.read_bytes() == b"".join(bytes(row.leaf_hash) for row in rows)


def test_every_head_is_signed_and_right(fill: Fill, home: Path) -> None:
    assert selectors.latest_checkpoint() is None
    for count in (1, 2, 300):
        fill(count)
        head = selectors.latest_checkpoint()
        assert head is not None
        opened = checkpoints.open_checkpoint(head.text, selectors.verifier_keys())
        assert (opened.size, opened.root) == (head.size, head.root)
        assert head.root == selectors.root_at(head.size)
    assert Head.objects.get().size == 303
    assert Subtree.objects.count() == 1


def test_blocks_are_summed_up_when_they_are_full(fill: Fill) -> None:
    fill(1000)
    assert not Block.objects.exists()
    fill(1100)
    assert list(Block.objects.values_list("number", flat=True)) == [0, 1]


def test_checkpoints_go_to_the_shelf_now_and_then(fill: Fill, outside: Outside, home: Path) -> None:
    for _batch in range(3):
        fill(3)
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [3]
    text = services.keep_checkpoint()
    assert services.keep_checkpoint() == text
    assert list(Checkpoint.objects.order_by("size").values_list("size", flat=True)) == [3, 9]
    assert list(outside.notes(outside.notes_length()))[-1] == text
    assert verify().checkpoints == 3


def test_an_empty_log_has_no_checkpoint_to_keep(home: Path) -> None:
    assert services.keep_checkpoint() == ""
    assert verify().is_sound


def test_the_files_are_for_this_account_alone(fill: Fill, home: Path, outside: Outside) -> None:
    fill(1)
    for path in (keys.signing_path(home), outside.leaves, outside.checkpoints):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(outside.folder.stat().st_mode) == 0o700


def test_without_a_key_nothing_is_numbered(home: Path) -> None:
    keys.signing_path(home).unlink()
    services.record(actor_id=None, verb="cases.opened")
    with pytest.raises(NoSigningKey):
        services.sequence_pending()
    assert selectors.pending_count() == 1


def test_the_signing_key_is_made_once(home: Path) -> None:
    before = keys.signing_path(home).read_bytes()
    assert services.ensure_signing_key(home) == services.ensure_signing_key(home)
    assert keys.signing_path(home).read_bytes() == before
    keys.verifiers_path(home).unlink()
    verifier = services.ensure_signing_key(home)
    assert keys.read_verifiers(home) == [verifier]


def test_a_new_key_signs_on_under_the_same_name(fill: Fill, home: Path) -> None:
    fill(2)
    services.keep_checkpoint()
    old = services.ensure_signing_key(home)
    new = services.replace_signing_key(home)
    assert (new.name, new.public != old.public) == (old.name, True)
    fill(2)
    assert selectors.verifier_keys() == [old, new]
    assert verify().is_sound


def test_only_one_installation_numbers(fill: Fill, home: Path) -> None:
    fill(2)
    for path in (keys.signing_path(home), keys.verifiers_path(home)):
        path.unlink()
    services.ensure_signing_key(home)
    with pytest.raises(LogDisagrees, match="not what this installation signed"):
        fill(1)


def test_a_lost_head_stops_the_numbering(fill: Fill, superuser: Superuser, outside: Outside) -> None:
    fill(2)
    superuser.run("DELETE FROM audit_head")
    outside.leaves.unlink()
    outside.checkpoints.unlink()
    with pytest.raises(LogDisagrees, match="lost its head"):
        fill(1)


@pytest.mark.parametrize(
    "change",
    ["peaks = ''", "note = 'nonsense'", "peaks = (SELECT leaf_hash FROM audit_entry WHERE sequence = 0)"],
)
def test_a_changed_head_stops_the_numbering(fill: Fill, superuser: Superuser, change: str) -> None:
    fill(2)
    superuser.run(f"UPDATE audit_head SET {change}")  # noqa: S608  # the test's own words
    with pytest.raises(LogDisagrees):
        fill(1)
    with pytest.raises(LogDisagrees):
        services.keep_checkpoint()


def test_a_taken_place_stops_the_numbering(fill: Fill, superuser: Superuser) -> None:
    fill(3)
    copy_entry(superuser, 0, 3)
    with pytest.raises(LogDisagrees, match="is taken"):
        fill(1)
    assert selectors.pending_count() == 1


@pytest.mark.parametrize("name", ["keys/audit", "audit/verifiers.txt"])
def test_keys_that_cannot_be_read_are_named(fill: Fill, home: Path, name: str) -> None:
    fill(1)
    (home / name).write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(LogDisagrees, match=name):
        fill(1)


def test_a_changed_waiting_entry_stops_the_numbering(home: Path, superuser: Superuser) -> None:
    services.record(actor_id=None, verb="cases.opened")
    superuser.run("UPDATE audit_pending SET detail = 'nonsense'")
    with pytest.raises(LogDisagrees, match="was changed"):
        services.sequence_pending()


def test_an_entry_that_another_took_is_not_numbered_twice(
    home: Path, monkeypatch: pytest.MonkeyPatch, outside: Outside
) -> None:
    services.record(actor_id=None, verb="cases.opened")
    whole = sequencing._completed_blocks

    def steal(start: int, end: int) -> object:
        Pending.objects.all().delete()
        return whole(start, end)

    monkeypatch.setattr(sequencing, "_completed_blocks", steal)
    with pytest.raises(LogDisagrees, match="Somebody else"):
        services.sequence_pending()
    assert not Entry.objects.exists()
    assert outside.count() == 0


@pytest.mark.parametrize("model", [Entry, Subtree, Block, Checkpoint])
def test_the_log_is_only_added_to(model: type[Model]) -> None:
    with pytest.raises(TypeError, match="added to"):
        model._default_manager.all().delete()
    with pytest.raises(TypeError, match="added to"):
        model._default_manager.update()


def test_rows_say_what_they_are_without_telling() -> None:
    rows = Pending(verb="a.b"), Entry(sequence=3, verb="a.b"), Subtree(level=8, number=1), Block(number=2)
    assert [str(row) for row in rows] == ["pending a.b", "3 a.b", "subtree 8/1", "block 2"]
    assert [str(Checkpoint(size=4)), str(Head(size=5))] == ["checkpoint 4", "head 5"]


class TestTwoAtOnce:
    """With real transactions: on PostgreSQL two sequencers and writers truly run side by side."""

    pytestmark = pytest.mark.django_db(transaction=True)

    def test_two_sequencers_by_mistake_number_each_entry_once(self, home: Path) -> None:
        stop, errors = Event(), list[BaseException]()

        def work() -> None:
            try:
                while not stop.is_set() or Pending.objects.exists():
                    services.sequence_pending(limit=7)
            except OperationalError:
                pass  # SQLite has one writer at a time and may say "locked"
            except BaseException as error:  # noqa: BLE001  (handed to the test)
                errors.append(error)
            finally:
                connection.close()

        threads = [Thread(target=work) for _number in range(2)]
        for thread in threads:
            thread.start()
        with suppress(OperationalError):  # locked, as above: what was recorded until then is enough
            for number in range(60):
                services.record(actor_id=None, verb="demo.made", detail={"n": number})
        stop.set()
        for thread in threads:
            thread.join(timeout=60)
        while services.sequence_pending():
            pass
        assert not errors
        verdict = verify()
        assert verdict.is_sound
        told = [row.detail["n"] for row in selectors.entries(limit=100).rows]
        assert len(told) == len(set(told)) == verdict.size

    def test_the_loop_numbers_until_it_is_told_to_stop(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        stop, turns = Event(), list[int]()

        def numbered(limit: int = 5000) -> int:
            turns.append(1)
            if len(turns) == 2:
                raise OperationalError("server closed the connection: who=secret")
            if len(turns) == 4:
                stop.set()
            return 5000 if len(turns) == 1 else 0

        monkeypatch.setattr(sequencer, "sequence_pending", numbered)
        monkeypatch.setattr(sequencer, "INTERVAL_SECONDS", 0.01)
        sequencer.run(stop)
        assert len(turns) == 4


@pytest.mark.parametrize(
    ("trouble", "pause", "words"),
    [
        (OperationalError("password=x"), 1.0, "does not answer"),
        (OSError(28, "No space left on device"), 1.0, "No space left"),
        (NoSigningKey(), 30.0, "no signing key"),
    ],
)
def test_trouble_is_told_and_waited_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, trouble: Exception, pause: float, words: str
) -> None:
    def fail(limit: int = 5000) -> int:
        raise trouble

    monkeypatch.setattr(sequencer, "sequence_pending", fail)
    monkeypatch.setattr(connections["default"], "close", lambda: None)
    assert sequencer._turn() == pause
    assert words in caplog.text
    assert "password" not in caplog.text


def test_a_proof_needs_an_entry_that_is_there(fill: Fill, superuser: Superuser) -> None:
    fill(5)
    superuser.run("DELETE FROM audit_entry WHERE sequence = 2")
    with pytest.raises(LogDisagrees, match="gap"):
        selectors.root_at(4)
    assert selectors.root_at(0) == merkle.EMPTY_ROOT


def test_actor_ids_are_kept_as_they_are(home: Path) -> None:
    actor = UUID(int=7)
    services.record(actor_id=actor, verb="cases.opened")
    services.sequence_pending()
    assert selectors.tail(1)[0].actor_id == actor
