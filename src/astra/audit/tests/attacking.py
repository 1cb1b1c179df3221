"""How does somebody rewrite a log with SQL, and what does the verifier say then?"""

from typing import Any

from django.db import connection

from astra.audit.findings import Kind
from astra.audit.models import Block, Entry, Head, Subtree
from astra.audit.rules import blocks, checkpoints
from astra.audit.rules.checkpoints import Checkpoint
from astra.audit.rules.leaf import leaf_bytes
from astra.audit.rules.merkle import Tree, hash_leaf
from astra.audit.rules.notes import SigningKey
from astra.audit.selectors.proving import LEAF_COLUMNS
from astra.audit.verify import verify

SIZE = 2100  # two full blocks, eight subtrees, a checkpoint on the shelf
NOW = "2026-11-21 12:00:00+00:00"
TABLES = ("entry", "pending", "subtree", "block", "checkpoint", "head")


class Superuser:
    """Somebody who can run any SQL on the database of the log."""

    def run(self, sql: str, *parameters: Any) -> None:
        """Run one statement."""
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Run one query."""
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())

    def copy(self) -> dict[str, list[tuple[Any, ...]]]:
        """A backup of every table of the log."""
        return {table: self.rows(f"SELECT * FROM audit_{table}") for table in TABLES}  # noqa: S608

    def put_back(self, backup: dict[str, list[tuple[Any, ...]]]) -> None:
        """Restore a backup over what is there."""
        for table, rows in backup.items():
            self.run(f"DELETE FROM audit_{table}")  # noqa: S608  # the test's own words
            for at in range(0, len(rows), 50):
                some = rows[at : at + 50]
                marks = ", ".join(["%s"] * len(some[0]))
                values = ", ".join([f"({marks})"] * len(some))
                self.run(f"INSERT INTO audit_{table} VALUES {values}", *(cell for row in some for cell in row))  # noqa: S608


def found() -> tuple[Kind, int | None]:
    finding = verify().finding
    assert finding is not None, "the verifier saw nothing"
    assert str(finding)
    return finding.kind, finding.sequence


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
        superuser.run(f"DELETE FROM audit_{table}")  # noqa: S608  # the test's own words
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
