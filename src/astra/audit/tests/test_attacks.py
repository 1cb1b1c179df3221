"""Can a superuser change the log unseen? Every way to, with plain SQL, and the first bad leaf by its number."""

from typing import Any

import pytest
from django.db import connection

from astra.audit import selectors, services
from astra.audit.findings import Kind
from astra.audit.outside import Outside
from astra.audit.tests.attacking import SIZE, Superuser, copy_entry, cut, found, rehash
from astra.audit.tests.conftest import Fill
from astra.audit.verify import verify

pytestmark = pytest.mark.django_db


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
        ("peaks = ''", (Kind.CHECKPOINT, None)),
    ],
)
def test_an_edited_head_is_named(
    log: int, superuser: Superuser, change: str, expected: tuple[Kind, int | None]
) -> None:
    superuser.run(f"UPDATE audit_head SET {change}")  # noqa: S608  # the test's own words
    assert found() == expected


@pytest.mark.parametrize("column", ["size", "previous_size"])
def test_nonsense_in_the_head_is_named(log: int, superuser: Superuser, column: str) -> None:
    if connection.vendor == "postgresql":
        superuser.run(f"ALTER TABLE audit_head ALTER COLUMN {column} TYPE text")
    superuser.run(f"UPDATE audit_head SET {column} = 'nonsense'")  # noqa: S608  # the test's own words
    assert found() == (Kind.CHECKPOINT, None)


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
