"""Can a superuser change the log unseen? Every way to, with plain SQL, and the first bad leaf by its number."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from astra.audit import keys, selectors, services
from astra.audit.findings import Kind
from astra.audit.models import Block, Entry, Head, Subtree
from astra.audit.outside import Outside
from astra.audit.rules import blocks, checkpoints
from astra.audit.rules.checkpoints import Checkpoint
from astra.audit.rules.leaf import leaf_bytes
from astra.audit.rules.merkle import Tree, hash_leaf
from astra.audit.rules.notes import LOG, SigningKey
from astra.audit.selectors.proving import LEAF_COLUMNS
from astra.audit.tests.conftest import Fill, Superuser
from astra.audit.verify import verify

pytestmark = pytest.mark.django_db

SIZE = 2100  # two full blocks, eight subtrees, a checkpoint on the shelf


_made: dict[str, Any] = {}


@pytest.fixture
def log(fill: Fill, home: Path, superuser: Superuser, tmp_path_factory: pytest.TempPathFactory) -> int:
    """A log in three batches, the last checkpoint kept; made once and put back for each test."""
    if not _made:
        fill(1500)
        fill(590)
        fill(10)
        services.keep_checkpoint()
        assert verify().is_sound
        _made["rows"], _made["home"] = superuser.copy(), tmp_path_factory.mktemp("log") / "home"
        shutil.copytree(home, _made["home"])
    else:
        superuser.put_back(_made["rows"])
        shutil.copytree(_made["home"], home, dirs_exist_ok=True)
    return SIZE


def found() -> tuple[Kind, int | None]:
    finding = verify().finding
    assert finding is not None, "the verifier saw nothing"
    assert str(finding)
    return finding.kind, finding.sequence


def test_a_log_that_grows_meanwhile_is_sound(fill: Fill) -> None:
    fill(3000)
    fill(1500)

    def grow(_done: int, _size: int) -> None:
        fill(700)
        services.keep_checkpoint()

    verdict = verify(progress=grow)
    assert verdict.is_sound, str(verdict.finding)
    assert verdict.size == 4500
    assert selectors.root_at(4500) == verdict.root


EDITS: dict[str, Any] = {
    "entry_id": "01932c4e00007000800000000000ffff",
    "recorded_at": "2020-01-01 00:00:00",
    "actor_id": None,
    "verb": "vault.closed",
    "subjects": '["somebody"]',
    "reason": "other",
    "detail": '{"rows":-1}',
    "sealed": b"other words",
    "commitment": b"other",
    "leaf_hash": bytes(32),
}


@pytest.mark.parametrize("column", EDITS)
@pytest.mark.parametrize("sequence", [0, 1027, SIZE - 1])
def test_an_edited_column_is_named(log: int, superuser: Superuser, column: str, sequence: int) -> None:
    superuser.run(f"UPDATE audit_entry SET {column} = %s WHERE sequence = %s", EDITS[column], sequence)  # noqa: S608
    assert found() == (Kind.EDITED, sequence)


@pytest.mark.parametrize("column", [column for column in EDITS if column != "leaf_hash"])
def test_an_edit_with_a_fitting_hash_is_a_fork(log: int, superuser: Superuser, column: str) -> None:
    superuser.run(f"UPDATE audit_entry SET {column} = %s WHERE sequence = 700", EDITS[column])  # noqa: S608
    rehash(superuser, 700)
    assert found() == (Kind.FORKED, 700)


@pytest.mark.parametrize("text", ["nonsense", '["a"', ""])
def test_a_row_without_its_form_is_named(log: int, superuser: Superuser, text: str) -> None:
    superuser.run("UPDATE audit_entry SET subjects = %s WHERE sequence = 5", text)
    assert found() == (Kind.EDITED, 5)


@pytest.mark.parametrize("column", ["actor_id", "recorded_at", "leaf_hash", "sealed"])
@pytest.mark.parametrize("sequence", [0, 5, 2060])
def test_nonsense_of_another_type_is_named(log: int, superuser: Superuser, column: str, sequence: int) -> None:
    if connection.vendor == "postgresql":  # SQLite keeps anything in any column; here she must change its type first
        superuser.run(f"ALTER TABLE audit_entry ALTER COLUMN {column} TYPE text")
    superuser.run(f"UPDATE audit_entry SET {column} = 'nonsense' WHERE sequence = %s", sequence)  # noqa: S608
    assert found() == (Kind.EDITED, sequence if connection.vendor == "sqlite" else 0)


def test_moving_text_between_columns_is_seen(log: int, superuser: Superuser) -> None:
    superuser.run("UPDATE audit_entry SET reason = %s, subjects = '[]' WHERE sequence = 5", 'duty","sealed":"')
    assert found() == (Kind.EDITED, 5)


@pytest.mark.parametrize(("first", "last"), [(0, 0), (3, 3), (1000, 1100), (0, SIZE - 2)])
def test_deleted_entries_are_named(log: int, superuser: Superuser, first: int, last: int) -> None:
    superuser.run("DELETE FROM audit_entry WHERE sequence BETWEEN %s AND %s", first, last)
    assert found() == (Kind.DELETED, first)


def test_a_deletion_closed_up_is_a_fork(log: int, superuser: Superuser) -> None:
    superuser.run("DELETE FROM audit_entry WHERE sequence = 2000")
    for sequence in range(2001, SIZE):
        superuser.run("UPDATE audit_entry SET sequence = %s WHERE sequence = %s", sequence - 1, sequence)
    assert found() == (Kind.FORKED, 2000)


@pytest.mark.parametrize("size", [0, 1, 1024, SIZE - 1])
def test_a_cut_tail_is_named(log: int, superuser: Superuser, size: int) -> None:
    superuser.run("DELETE FROM audit_entry WHERE sequence >= %s", size)
    assert found() == (Kind.TRUNCATED, size)


def test_a_cut_tail_with_its_head_is_named(log: int, superuser: Superuser) -> None:
    cut(superuser, 1200)
    assert found() == (Kind.TRUNCATED, 1200)


def test_swapped_entries_are_named(log: int, superuser: Superuser) -> None:
    for old, new in ((40, 999_999), (41, 40), (999_999, 41)):
        superuser.run("UPDATE audit_entry SET sequence = %s WHERE sequence = %s", new, old)
    assert found() == (Kind.FORKED, 40)


def test_an_entry_beyond_the_end_is_named(log: int, superuser: Superuser) -> None:
    copy_entry(superuser, 3, SIZE)
    assert found() == (Kind.INSERTED, SIZE)


def test_a_deleted_head_is_named(log: int, superuser: Superuser) -> None:
    superuser.run("DELETE FROM audit_head")
    assert found() == (Kind.CHECKPOINT, None)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("size = size - 1", (Kind.CHECKPOINT, SIZE - 1)),
        ("peaks = (SELECT root FROM audit_checkpoint WHERE audit_checkpoint.size = 1500)", (Kind.CHECKPOINT, None)),
        ("note = (SELECT text FROM audit_checkpoint WHERE audit_checkpoint.size = 1500)", (Kind.CHECKPOINT, None)),
        ("note = 'nonsense'", (Kind.CHECKPOINT, None)),
    ],
)
def test_an_edited_head_is_named(
    log: int, superuser: Superuser, change: str, expected: tuple[Kind, int | None]
) -> None:
    superuser.run(f"UPDATE audit_head SET {change}")  # noqa: S608
    assert found() == expected


def test_a_shrunk_head_without_checkpoints_is_named(fill: Fill, superuser: Superuser) -> None:
    fill(20)
    fill(5)
    superuser.run("UPDATE audit_head SET size = 22, previous_size = 20")
    assert found() == (Kind.CHECKPOINT, 22)


def test_a_roll_back_is_named(fill: Fill, superuser: Superuser) -> None:
    fill(30)
    services.keep_checkpoint()
    backup = superuser.copy()
    fill(12)
    superuser.put_back(backup)
    assert found() == (Kind.ROLLED_BACK, 30)


def test_a_roll_back_to_nothing_is_named(fill: Fill, superuser: Superuser) -> None:
    backup = superuser.copy()
    fill(30)
    superuser.put_back(backup)
    assert found() == (Kind.ROLLED_BACK, 0)


def test_a_roll_back_that_goes_on_is_named(fill: Fill, superuser: Superuser, outside: Outside) -> None:
    fill(30)
    backup = superuser.copy()
    fill(12)
    superuser.put_back(backup)
    leaves = outside.leaves.read_bytes()
    outside.leaves.write_bytes(leaves[: 30 * 32])  # to make our own sequencer take it
    fill(20)
    outside.leaves.write_bytes(leaves)
    assert found() == (Kind.FORKED, 30)


class TestFork:
    """The strongest attack: everything in the database rewritten consistently, tree and summaries too."""

    @pytest.mark.parametrize("is_key_stolen", [False, True])
    @pytest.mark.parametrize("sequence", [0, 1500, SIZE - 1])
    def test_a_rewritten_history_is_named(
        self, log: int, superuser: Superuser, home: Path, sequence: int, is_key_stolen: bool
    ) -> None:
        superuser.run("UPDATE audit_entry SET actor_id = NULL WHERE sequence = %s", sequence)
        rewrite(superuser, keys.read_signing_key(home) if is_key_stolen else None)
        assert found() == (Kind.FORKED, sequence)

    def test_a_shortened_history_is_named(self, log: int, superuser: Superuser, home: Path) -> None:
        superuser.run("UPDATE audit_entry SET actor_id = NULL WHERE sequence = 700")
        superuser.run("DELETE FROM audit_entry WHERE sequence >= 1400")
        rewrite(superuser, keys.read_signing_key(home))
        assert found() == (Kind.FORKED, 700)

    def test_without_the_outside_files_the_signature_still_tells(
        self, log: int, superuser: Superuser, outside: Outside
    ) -> None:
        superuser.run("UPDATE audit_entry SET actor_id = NULL WHERE sequence = 1600")
        rewrite(superuser, None)
        outside.leaves.write_bytes(b"")
        assert found() == (Kind.FORKED, 1500)

    def test_with_key_and_files_stolen_a_witness_still_tells(
        self, log: int, superuser: Superuser, home: Path, outside: Outside
    ) -> None:
        head = selectors.latest_checkpoint()
        assert head is not None
        superuser.run("UPDATE audit_entry SET actor_id = NULL WHERE sequence = 1600")
        rewrite(superuser, keys.read_signing_key(home))
        outside.leaves.write_bytes(b"".join(row[0] for row in hashes(superuser)))
        texts = superuser.rows("SELECT text FROM audit_checkpoint ORDER BY size")
        outside.checkpoints.write_text("".join(f"{text}\n" for (text,) in texts), encoding="utf-8")
        assert verify().is_sound
        (older,) = [
            text for (text,) in texts if checkpoints.Checkpoint.parse(text.split("\n\n")[0] + "\n").size == 1500
        ]
        finding = verify([head.text, older]).finding
        assert finding is not None
        assert (finding.kind, finding.sequence) == (Kind.FORKED, 1500)
        assert "1500 to 2099" in str(finding)


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
        superuser.run(f"UPDATE audit_checkpoint SET {change} WHERE size = 1500")  # noqa: S608
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


NOW = "2026-11-21 12:00:00+00:00"


def hashes(superuser: Superuser) -> list[tuple[bytes, ...]]:
    return [(bytes(row[0]),) for row in superuser.rows("SELECT leaf_hash FROM audit_entry ORDER BY sequence")]


def rehash(superuser: Superuser, sequence: int) -> None:
    """Store the hash that fits what the row now says."""
    row = Entry.objects.filter(sequence=sequence).values_list(*LEAF_COLUMNS).get()
    fresh = hash_leaf(leaf_bytes(*row[:7], bytes(row[7]), bytes(row[8])))  # type: ignore[call-arg]
    superuser.run("UPDATE audit_entry SET leaf_hash = %s WHERE sequence = %s", fresh, sequence)


def copy_entry(superuser: Superuser, sequence: int, to: int) -> None:
    columns = ", ".join((*LEAF_COLUMNS, "leaf_hash"))
    superuser.run(
        f"INSERT INTO audit_entry (sequence, {columns}) SELECT {to}, {columns} FROM audit_entry WHERE sequence = %s",  # noqa: S608
        sequence,
    )


def cut(superuser: Superuser, size: int) -> None:
    """Shorten the log, its head, tree and summaries, but forget the checkpoints."""
    superuser.run("DELETE FROM audit_entry WHERE sequence >= %s", size)
    superuser.run("DELETE FROM audit_subtree WHERE number >= %s", size // 256)
    superuser.run("DELETE FROM audit_block WHERE number >= %s", size // blocks.SIZE)
    superuser.run("UPDATE audit_head SET size = %s", size)


def rewrite(superuser: Superuser, key: SigningKey | None) -> None:
    """Make everything in the database fit the entries as they are now; sign it anew with a stolen key."""
    tree, roots = Tree(), {}
    for row in list(Entry.objects.order_by("sequence").values_list(*LEAF_COLUMNS, "leaf_hash", "sequence")):
        fresh = hash_leaf(leaf_bytes(*row[:7], bytes(row[7]), bytes(row[8])))  # type: ignore[call-arg]
        if fresh != bytes(row[9]):
            superuser.run("UPDATE audit_entry SET leaf_hash = %s WHERE sequence = %s", fresh, row[10])
        tree.append(fresh)
        roots[tree.size] = tree.root()
    for table in ("subtree", "block"):
        superuser.run(f"DELETE FROM audit_{table}")  # noqa: S608
    Subtree.objects.bulk_create(
        Subtree(level=part.level, number=part.number, root=root) for part, root in tree.completed
    )
    rows = list(Entry.objects.order_by("sequence").values_list("recorded_at", "actor_id", "verb", "subjects"))
    for number in range(tree.size // blocks.SIZE):
        summary = blocks.summarise(rows[number * blocks.SIZE : (number + 1) * blocks.SIZE])
        Block.objects.create(
            number=number,
            first_at=summary.first_at,
            last_at=summary.last_at,
            verbs=summary.verbs,
            marks=summary.marks,
        )
    superuser.run("DELETE FROM audit_checkpoint WHERE size > %s", tree.size)
    superuser.run("UPDATE audit_head SET size = %s, peaks = %s", tree.size, b"".join(tree.peaks))
    if key is not None:
        for (size,) in superuser.rows("SELECT size FROM audit_checkpoint"):
            text = checkpoints.sign_checkpoint(Checkpoint(key.name, size, roots[size]), key)
            superuser.run("UPDATE audit_checkpoint SET root = %s, text = %s WHERE size = %s", roots[size], text, size)
        note = checkpoints.sign_checkpoint(Checkpoint(key.name, tree.size, tree.root()), key)
        superuser.run("UPDATE audit_head SET note = %s", note)
    assert Head.objects.get().size == tree.size
