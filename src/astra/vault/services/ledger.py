"""What must a restored backup not bring back? The ledger, in the database and in a file outside it.

The file is the one that counts after a restore: `restoring.take_again` takes every line of it again.
"""

import json
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from astra.kernel.clock import now
from astra.vault.models import LedgerEntry

ERASED, FORGOTTEN, WITHDRAWN, DEPARTED, LEFT = "erased", "forgotten", "withdrawn", "departed", "left"


def ledger_path() -> Path:
    """Where the copy outside both databases is kept."""
    home: Path = settings.ENV.home
    return home / "ledger" / "ledger.jsonl"


def _note(*entries: LedgerEntry) -> None:
    LedgerEntry.objects.bulk_create(entries)
    transaction.on_commit(lambda: copy_out(entries))


def note_forgotten(owner_id: UUID, reason: str, handle_ids: Collection[UUID]) -> None:
    """Somebody is forgotten, and with her the erasure keys that she alone owned."""
    at = now()
    keys = [LedgerEntry(verb=ERASED, subject=handle, at=at) for handle in handle_ids]
    _note(*keys, LedgerEntry(verb=FORGOTTEN, subject=owner_id, kind=reason, at=at))


def note_erasure(handle_id: UUID) -> None:
    """An erasure key is to be destroyed."""
    _note(LedgerEntry(verb=ERASED, subject=handle_id, at=now()))


def note_withdrawal(record_id: UUID, kind: str, circle_id: UUID) -> None:
    """A grant was taken back."""
    _note(LedgerEntry(verb=WITHDRAWN, subject=record_id, kind=kind, circle=circle_id, at=now()))


def note_departure(circle_id: UUID, holder_id: UUID) -> None:
    """Somebody left a circle."""
    _note(LedgerEntry(verb=DEPARTED, subject=holder_id, circle=circle_id, at=now()))


def note_leaver(member_id: UUID) -> None:
    """Somebody stopped working here: her passphrase opens nothing any more."""
    _note(LedgerEntry(verb=LEFT, subject=member_id, at=now()))


def copy_out(entries: Collection[LedgerEntry]) -> None:
    """Append entries to the outside file, on disk before this returns."""
    if not entries:
        return
    path = ledger_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        end = os.fstat(descriptor).st_size
        if end and os.pread(descriptor, 1, end - 1) != b"\n":  # a line torn by a power cut: do not write on to it
            os.write(descriptor, b"\n")
        os.write(descriptor, "".join(map(_line, entries)).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _line(entry: LedgerEntry) -> str:
    said = {
        "id": str(entry.id),
        "verb": entry.verb,
        "subject": str(entry.subject),
        "kind": entry.kind,
        "circle": str(entry.circle) if entry.circle else None,
        "at": entry.at.isoformat(),
    }
    return json.dumps(said) + "\n"


def missing_outside() -> list[LedgerEntry]:
    """Entries that the outside file lacks because the machine stopped in between; copied at start-up."""
    known = {line["id"] for line in outside_lines()}
    return [entry for entry in LedgerEntry.objects.order_by("at").iterator() if str(entry.id) not in known]


def read_outside() -> list[dict[str, str]]:
    """Read the outside file; a torn last line is left out."""
    return list(outside_lines())


def outside_lines() -> Iterator[dict[str, str]]:
    """The lines of the outside file, one after the other: after years there are many."""
    path = ledger_path()
    if not path.exists():
        return
    with path.open(encoding="ascii") as lines:
        for line in lines:
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                continue
