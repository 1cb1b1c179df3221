"""What if the power fails between database and files, or a backup is restored? Nothing is overwritten, nothing lost."""

from pathlib import Path

import pytest

from astra.audit import selectors, services
from astra.audit.errors import LogDisagrees
from astra.audit.models import Head
from astra.audit.outside import Outside, last_notes
from astra.audit.selectors.proving import kept_checkpoints
from astra.audit.services import catching_up, sequencing
from astra.audit.tests.attacking import Superuser
from astra.audit.tests.conftest import Fill
from astra.audit.verify import verify

pytestmark = pytest.mark.django_db


class PowerCut(Exception):
    """The power fails here."""


def crash(*_arguments: object) -> None:
    raise PowerCut


@pytest.mark.parametrize("written", [0, 1, 31, 32, 33, 320 - 1])
def test_a_crash_while_the_leaves_are_written_is_made_good(
    fill: Fill, outside: Outside, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    fill(20)
    whole = outside.leaves.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(Outside, "add_hashes", crash)
        with pytest.raises(PowerCut):
            fill(10)
    head = Head.objects.get()
    hashes = b"".join(catching_up._missing(20, 30))
    outside.leaves.write_bytes(whole + hashes[:written])
    assert head.size == 30
    assert verify().is_sound
    assert services.sequence_pending() == 0
    assert outside.leaves.read_bytes() == whole + hashes
    fill(5)
    assert verify().is_sound


def test_a_crash_before_the_first_leaf_is_made_good(
    fill: Fill, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Outside, "add_hashes", crash)
        with pytest.raises(PowerCut):
            fill(10)
    assert not outside.leaves.exists()
    assert verify().is_sound
    services.sequence_pending()
    assert outside.count() == 10


@pytest.mark.parametrize("share", [0.0, 0.1, 0.35, 0.5, 0.9, 1.0])
def test_a_crash_while_a_checkpoint_is_written_is_made_good(
    fill: Fill, outside: Outside, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    fill(3)
    fill(4)
    before = outside.checkpoints.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(sequencing, "write_checkpoints", crash)
        with pytest.raises(PowerCut):
            services.keep_checkpoint()
    record = outside_record(outside)
    outside.checkpoints.write_bytes(before + record[: round(len(record) * share)])
    assert verify().is_sound
    fill(1)
    assert outside.checkpoints.read_bytes() == before + record
    assert verify().is_sound


def outside_record(outside: Outside) -> bytes:
    """The bytes of the checkpoint that is on the shelf but not yet outside."""
    *_older, (_size, _root, text) = kept_checkpoints()
    return (text + "\n").encode()


def test_a_hole_of_zeros_is_filled(fill: Fill, outside: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(20)
    whole = outside.leaves.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(Outside, "add_hashes", crash)
        with pytest.raises(PowerCut):
            fill(10)
    hashes = b"".join(catching_up._missing(20, 30))
    outside.leaves.write_bytes(whole + hashes[:40] + bytes(280))
    services.sequence_pending()
    fill(1)
    assert outside.leaves.read_bytes()[: 30 * 32] == whole + hashes
    assert verify().is_sound


def test_a_file_of_zeros_alone_is_a_hole(outside: Outside) -> None:
    outside.folder.mkdir(exist_ok=True)
    outside.leaves.write_bytes(bytes((1 << 20) + 100))
    outside.drop_hole()
    assert outside.length() == 0


def test_a_last_byte_of_zero_is_no_hole(outside: Outside) -> None:
    data = b"\x01" * 31 + b"\x00"
    outside.add_hashes(data)
    outside.drop_hole()
    assert outside.leaves.read_bytes() == data


@pytest.mark.parametrize("place", [0, 15, 29])
def test_a_file_that_tells_another_story_is_not_continued(fill: Fill, outside: Outside, place: int) -> None:
    fill(20)
    fill(10)
    data = bytearray(outside.leaves.read_bytes())
    data[place * 32] ^= 1
    outside.leaves.write_bytes(data[: 25 * 32] if place < 20 else data)
    with pytest.raises(LogDisagrees, match="astra audit verify"):
        fill(1)
    assert outside.leaves.read_bytes() == (data[: 25 * 32] if place < 20 else data)


def test_a_half_written_hash_that_does_not_fit_is_not_continued(fill: Fill, outside: Outside) -> None:
    fill(20)
    outside.leaves.write_bytes(outside.leaves.read_bytes()[:-32] + b"\xff\xfe\xfd")
    with pytest.raises(LogDisagrees, match="does not continue"):
        fill(1)


def test_a_half_written_checkpoint_that_does_not_fit_is_not_continued(fill: Fill, outside: Outside) -> None:
    fill(20)
    outside.checkpoints.write_bytes(outside.checkpoints.read_bytes() + b"some")
    with pytest.raises(LogDisagrees, match="does not continue"):
        fill(1)
    before = outside.checkpoints.read_bytes()
    with pytest.raises(LogDisagrees, match="does not continue"):
        services.keep_checkpoint()
    assert outside.checkpoints.read_bytes() == before


def test_a_half_written_checkpoint_of_another_story_is_not_continued(
    fill: Fill, outside: Outside, superuser: Superuser
) -> None:
    fill(20)
    fill(5)
    text = services.keep_checkpoint()
    outside.checkpoints.write_bytes(outside.checkpoints.read_bytes()[:-20])
    superuser.run("UPDATE audit_checkpoint SET text = %s WHERE size = 25", text.replace("\n25\n", "\n24\n"))
    with pytest.raises(LogDisagrees, match="does not continue"):
        fill(1)


def test_a_changed_checkpoint_is_not_continued(fill: Fill, outside: Outside) -> None:
    fill(20)
    note = outside.checkpoints.read_text(encoding="utf-8")
    outside.checkpoints.write_text(note.replace("— astra", "— Astra"), encoding="utf-8")
    with pytest.raises(LogDisagrees, match="does not continue"):
        fill(1)


def test_nonsense_after_the_checkpoints_is_not_continued(fill: Fill, outside: Outside) -> None:
    fill(20)
    outside.checkpoints.write_bytes(outside.checkpoints.read_bytes() + b"non\n\nsense\n\n")
    with pytest.raises(LogDisagrees, match="does not continue"):
        fill(1)


def test_a_file_with_a_gap_in_the_database_is_not_continued(fill: Fill, outside: Outside, superuser: Superuser) -> None:
    fill(20)
    fill(10)
    outside.leaves.write_bytes(outside.leaves.read_bytes()[: 25 * 32])
    superuser.run("DELETE FROM audit_entry WHERE sequence = 27")
    with pytest.raises(LogDisagrees):
        fill(1)


def test_a_missing_last_entry_stops_the_numbering(fill: Fill, superuser: Superuser) -> None:
    fill(20)
    superuser.run("DELETE FROM audit_entry WHERE sequence = 19")
    with pytest.raises(LogDisagrees, match="does not continue"):
        fill(1)


def test_a_cut_file_is_not_quietly_made_good(fill: Fill, outside: Outside) -> None:
    fill(20)
    fill(10)
    outside.leaves.write_bytes(outside.leaves.read_bytes()[: 10 * 32])
    with pytest.raises(LogDisagrees, match="should hold at least 20"):
        fill(1)


class TestRestored:
    """A restored backup looks like an attack until a person says what it is."""

    def test_an_older_database_goes_on_after_a_word(self, fill: Fill, superuser: Superuser, outside: Outside) -> None:
        fill(30)
        services.keep_checkpoint()
        backup = superuser.copy()
        fill(12)
        services.keep_checkpoint()
        lost = outside.leaves.read_bytes()
        superuser.put_back(backup)
        with pytest.raises(LogDisagrees, match="holds 42 audit entries, the database only 30"):
            fill(1)
        assert services.accept_restored(actor_id=None) is True
        assert services.sequence_pending() == 2
        verdict = verify()
        assert verdict.is_sound
        (aside,) = verdict.set_aside
        assert (outside.folder / aside).read_bytes() == lost
        told = selectors.entries(verb="audit.restored").rows[0]
        assert told.detail == {"held": 42, "size": 30, "set_aside": True}

    def test_older_files_go_on_after_a_word(self, fill: Fill, outside: Outside) -> None:
        for _batch in range(3):
            fill(10)
        whole = outside.leaves.read_bytes()
        outside.leaves.write_bytes(whole[: 7 * 32 + 5])
        with pytest.raises(LogDisagrees):
            fill(1)
        assert services.accept_restored(actor_id=None) is False
        assert outside.leaves.read_bytes() == whole
        services.sequence_pending()
        assert verify().is_sound

    def test_lost_files_are_written_again_after_a_word(self, fill: Fill, outside: Outside) -> None:
        fill(10)
        fill(10)
        outside.leaves.unlink()
        outside.checkpoints.unlink()
        assert services.accept_restored(actor_id=None) is False
        services.sequence_pending()
        assert verify().is_sound

    def test_files_of_another_story_are_set_aside(self, fill: Fill, outside: Outside) -> None:
        fill(10)
        outside.checkpoints.write_bytes(b"another\n\nstory\n\n")
        assert services.accept_restored(actor_id=None) is True
        services.sequence_pending()
        assert verify().is_sound

    def test_what_is_missing_cannot_be_set_aside(self, fill: Fill, outside: Outside) -> None:
        fill(10)
        outside.leaves.unlink()
        outside.checkpoints.write_bytes(b"another\n\nstory\n\n")
        assert services.accept_restored(actor_id=None) is True
        assert [path.name[:12] for path in outside.folder.glob("*-2*")] == ["checkpoints-"]
        services.sequence_pending()
        assert verify().is_sound

    def test_a_new_log_has_nothing_to_restore(self, home: Path) -> None:
        assert services.accept_restored(actor_id=None) is False
        assert services.sequence_pending() == 1


def test_the_last_note_is_found_in_a_long_file(outside: Outside, fill: Fill) -> None:
    fill(1)
    note = next(outside.notes(outside.notes_length()))
    for _copy in range(200):
        outside.add_note(note)
    assert outside.notes_length() > 40_000
    assert last_notes(outside.checkpoints) == (note, b"")
    assert len(list(outside.notes(outside.notes_length()))) == 201
    assert len(list(outside.notes(outside.notes_length() - 1))) == 200


def test_hashes_end_where_the_file_ends(outside: Outside) -> None:
    assert list(outside.hashes(0, 5)) == []
    assert outside.torn_leaf() == b""
    outside.add_hashes(b"a" * 32 + b"b" * 32 + b"c")
    assert list(outside.hashes(1, 5)) == [b"b" * 32]
    assert outside.torn_leaf() == b"c"
