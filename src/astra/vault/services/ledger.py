"""What must a restored backup not bring back? The ledger, in the database and in a file outside it.

The file is the one that counts after a restore: `reapply` takes every line of it again.
"""

import json
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from astra.kernel.clock import now
from astra.vault.models import ErasureHandle, ErasureKey, Grant, LedgerEntry, Membership, Reach
from astra.vault.router import KEYSTORE

ERASED, WITHDRAWN, DEPARTED = "erased", "withdrawn", "departed"


def ledger_path() -> Path:
    """Where the copy outside both databases is kept."""
    home: Path = settings.ENV.home
    return home / "ledger" / "ledger.jsonl"


def _note(verb: str, subject: UUID, *, kind: str = "", circle: UUID | None = None) -> None:
    entry = LedgerEntry.objects.create(verb=verb, subject=subject, kind=kind, circle=circle, at=now())
    transaction.on_commit(lambda: copy_out([entry]))


def note_erasure(handle_id: UUID) -> None:
    """An erasure key is to be destroyed."""
    _note(ERASED, handle_id)


def note_withdrawal(record_id: UUID, kind: str, circle_id: UUID) -> None:
    """A grant was taken back."""
    _note(WITHDRAWN, record_id, kind=kind, circle=circle_id)


def note_departure(circle_id: UUID, holder_id: UUID) -> None:
    """Somebody left a circle."""
    _note(DEPARTED, holder_id, circle=circle_id)


def copy_out(entries: list[LedgerEntry]) -> None:
    """Append entries to the outside file, on disk before this returns."""
    path = ledger_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        for entry in entries:
            line = {
                "id": str(entry.id),
                "verb": entry.verb,
                "subject": str(entry.subject),
                "kind": entry.kind,
                "circle": str(entry.circle) if entry.circle else None,
                "at": entry.at.isoformat(),
            }
            os.write(descriptor, (json.dumps(line) + "\n").encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def missing_outside() -> list[LedgerEntry]:
    """Entries that the outside file lacks because the machine stopped in between; copied at start-up."""
    known = {line["id"] for line in read_outside()}
    return [entry for entry in LedgerEntry.objects.order_by("at") if str(entry.id) not in known]


def read_outside() -> list[dict[str, str]]:
    """Read the outside file; a torn last line is left out."""
    path = ledger_path()
    if not path.exists():
        return []
    lines = []
    for line in path.read_text(encoding="ascii").splitlines():
        try:
            lines.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return lines


def reapply() -> int:
    """Take every ledger line again, after a restore or at start-up; returns how much had come back."""
    undone = 0
    for line in read_outside():
        subject = UUID(line["subject"])
        circle = UUID(line["circle"]) if line["circle"] else None
        if line["verb"] == ERASED:
            undone += ErasureKey.objects.using(KEYSTORE).filter(pk=subject).delete()[0]
            ErasureHandle.objects.filter(pk=subject, erased_at=None).update(erased_at=line["at"])
        elif line["verb"] == WITHDRAWN:
            back = Grant.objects.filter(record=subject, circle=circle, kind=line["kind"], at__lte=line["at"])
            undone += back.delete()[0]
            still = Grant.objects.filter(record=subject, circle=circle).exists()
            if not still and line["kind"] == "*":
                undone += Reach.objects.filter(record=subject, circle=circle).delete()[0]
        else:
            seats = Membership.objects.filter(holder=subject, circle=circle, created_at__lte=line["at"])
            undone += seats.delete()[0]
    return undone
