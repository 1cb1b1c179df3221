"""What if no leaf is bad, but a checkpoint, the tree, a summary or a file outside?"""

from pathlib import Path

import pytest

from astra.audit import keys, selectors
from astra.audit.findings import Kind
from astra.audit.outside import Outside
from astra.audit.rules import checkpoints
from astra.audit.rules.checkpoints import Checkpoint
from astra.audit.rules.notes import LOG, SigningKey
from astra.audit.tests.attacking import NOW, SIZE, Superuser, found
from astra.audit.verify import verify

pytestmark = pytest.mark.django_db


class TestBesideTheLeaves:
    """Checkpoints, tree and summaries: no leaf is bad, but something is."""

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ("root = note_of_nothing", "was edited"),
            ("text = 'nonsense'", "was edited"),
            ("size = 1501", "1500 entries was deleted"),
        ],
    )
    def test_an_edited_checkpoint_is_named(self, log: int, superuser: Superuser, change: str, words: str) -> None:
        root = "(SELECT leaf_hash FROM audit_entry WHERE sequence = 0)"
        change = change.replace("note_of_nothing", root)
        superuser.run(f"UPDATE audit_checkpoint SET {change} WHERE size = 1500")  # noqa: S608  # the test's own words
        finding = verify().finding
        assert finding is not None
        assert (finding.kind, finding.sequence) == (Kind.CHECKPOINT, None)
        assert words in str(finding)

    def test_a_deleted_checkpoint_is_named(self, log: int, superuser: Superuser) -> None:
        superuser.run("DELETE FROM audit_checkpoint WHERE size = 1500")
        assert "1500 entries was deleted" in str(verify().finding)

    def test_the_last_deleted_checkpoint_is_named(self, log: int, superuser: Superuser) -> None:
        superuser.run("DELETE FROM audit_checkpoint WHERE size = %s", SIZE)
        assert "was deleted" in str(verify().finding)

    def test_a_checkpoint_signed_by_a_stranger_is_named(self, log: int, superuser: Superuser, home: Path) -> None:
        name = keys.read_signing_key(home).name
        stranger = SigningKey(name, LOG, bytes(32))
        text = checkpoints.sign_checkpoint(Checkpoint(name, 1500, selectors.root_at(1500)), stranger)
        superuser.run("UPDATE audit_checkpoint SET text = %s WHERE size = 1500", text)
        assert found() == (Kind.CHECKPOINT, None)

    def test_an_added_checkpoint_is_named(self, log: int, superuser: Superuser, home: Path) -> None:
        key = keys.read_signing_key(home)
        root = selectors.root_at(77)
        text = checkpoints.sign_checkpoint(Checkpoint(key.name, 77, root), key)
        superuser.run("INSERT INTO audit_checkpoint (size, root, text, at) VALUES (77, %s, %s, %s)", root, text, NOW)
        assert "77 entries is not the one" in str(verify().finding)

    def test_a_checkpoint_of_a_false_root_is_named(self, log: int, superuser: Superuser, home: Path) -> None:
        key = keys.read_signing_key(home)
        text = checkpoints.sign_checkpoint(Checkpoint(key.name, 1500, bytes(32)), key)
        superuser.run("UPDATE audit_checkpoint SET text = %s, root = %s WHERE size = 1500", text, bytes(32))
        assert found() == (Kind.FORKED, 0)

    @pytest.mark.parametrize("size", [0, -5])
    def test_a_checkpoint_of_no_size_is_named(self, log: int, superuser: Superuser, size: int) -> None:
        superuser.run(
            "INSERT INTO audit_checkpoint (size, root, text, at) VALUES (%s, %s, 'x', %s)", size, bytes(32), NOW
        )
        assert found() == (Kind.CHECKPOINT, None)

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE audit_subtree SET root = (SELECT leaf_hash FROM audit_entry WHERE sequence = 0) WHERE number = 1",
            "DELETE FROM audit_subtree WHERE number = 2",
            "UPDATE audit_subtree SET number = 99 WHERE number = 7",
            "INSERT INTO audit_subtree SELECT level, 8, root FROM audit_subtree WHERE number = 1",
        ],
    )
    def test_an_edited_tree_is_named(self, log: int, superuser: Superuser, sql: str) -> None:
        superuser.run(sql)
        assert found() == (Kind.DERIVED, None)

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE audit_block SET verbs = ' vault.closed ' WHERE number = 1",
            "UPDATE audit_block SET marks = (SELECT leaf_hash FROM audit_entry WHERE sequence = 0) WHERE number = 1",
            "UPDATE audit_block SET first_at = last_at WHERE number = 0",
            "DELETE FROM audit_block WHERE number = 0",
            "UPDATE audit_block SET number = 5 WHERE number = 1",
            "INSERT INTO audit_block SELECT 2, first_at, last_at, verbs, marks FROM audit_block WHERE number = 1",
        ],
    )
    def test_an_edited_summary_is_named(self, log: int, superuser: Superuser, sql: str) -> None:
        superuser.run(sql)
        assert found() == (Kind.DERIVED, None)

    def test_it_does_not_hide_a_bad_leaf_further_on(self, log: int, superuser: Superuser) -> None:
        superuser.run("DELETE FROM audit_block WHERE number = 0")
        superuser.run("DELETE FROM audit_checkpoint WHERE size = 1500")
        superuser.run("UPDATE audit_entry SET actor_id = NULL WHERE sequence = 2050")
        assert found() == (Kind.EDITED, 2050)


class TestOutsideFiles:
    """The files outside can be damaged too; then they are what is named."""

    def test_a_cut_file_of_leaves_is_named(self, log: int, outside: Outside) -> None:
        outside.leaves.write_bytes(outside.leaves.read_bytes()[: 2000 * 32])
        assert found() == (Kind.OUTSIDE, 2000)

    def test_one_batch_behind_is_a_crash_and_no_attack(self, log: int, outside: Outside) -> None:
        outside.leaves.write_bytes(outside.leaves.read_bytes()[: 2095 * 32 + 7])
        assert verify().is_sound

    def test_a_cut_file_of_checkpoints_is_named(self, log: int, outside: Outside) -> None:
        outside.checkpoints.write_bytes(b"")
        assert "is not the one" in str(verify().finding)

    def test_nonsense_among_the_checkpoints_is_named(self, log: int, outside: Outside) -> None:
        outside.checkpoints.write_bytes(b"non\n\nsense\n\n" + outside.checkpoints.read_bytes())
        assert verify().finding is not None

    def test_nonsense_after_the_checkpoints_is_named(self, log: int, outside: Outside) -> None:
        outside.checkpoints.write_bytes(outside.checkpoints.read_bytes() + b"non\n\nsense\n\n")
        assert "cut or edited" in str(verify().finding)

    def test_missing_public_keys_are_named(self, log: int, home: Path) -> None:
        keys.verifiers_path(home).unlink()
        assert found() == (Kind.OUTSIDE, None)

    def test_a_checkpoint_from_elsewhere_that_is_ahead_is_a_roll_back(self, log: int, home: Path) -> None:
        key = keys.read_signing_key(home)
        text = checkpoints.sign_checkpoint(Checkpoint(key.name, 3000, bytes(32)), key)
        finding = verify([text]).finding
        assert finding is not None
        assert (finding.kind, finding.sequence) == (Kind.ROLLED_BACK, SIZE)
