"""What happens after an older backup was restored? Everything the ledger says is taken again, before anybody works.

The older main database does not know who was forgotten since, nor which rights were taken back; the older keystore
still holds destroyed keys. The outside file knows both. Taking it again at every start costs little when nothing had
come back, so nobody has to remember to do it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.vault.models import (
    Circle,
    Erasure,
    ErasureHandle,
    ErasureKey,
    Grant,
    LedgerEntry,
    Member,
    Membership,
    Reach,
    Record,
    Section,
)
from astra.vault.router import KEYSTORE
from astra.vault.services import erasure, ledger

AT_ONCE = 500
EVERYTHING = "*"
Line = Mapping[str, str]


@dataclass(frozen=True)
class TakenAgain:
    """What had come back and was taken away again."""

    lines: int
    """Lines of the ledger that the restored database did not know."""
    keys: int
    """Destroyed keys that were in the keystore again."""
    erasures: int
    """Persons forgotten again, and erasures that had been interrupted."""

    def __bool__(self) -> bool:
        return bool(self.lines or self.keys or self.erasures)


def take_again() -> TakenAgain:
    """Take the outside ledger again; safe at any moment, needed after a restore, done at every start."""
    ledger.copy_out(ledger.missing_outside())
    lines = keys = 0
    for lot in _lots(ledger.outside_lines()):
        keys += _destroy_keys([UUID(line["subject"]) for line in lot if line["verb"] == ledger.ERASED])
        known = set(LedgerEntry.objects.filter(pk__in=[line["id"] for line in lot]).values_list("pk", flat=True))
        unknown = [line for line in lot if UUID(line["id"]) not in known]
        if unknown:
            with transaction.atomic():
                _take(unknown)
            lines += len(unknown)
    _remove_remains()
    if keys:
        erasure.press_out(KEYSTORE)
    taken = TakenAgain(lines, keys, erasure.finish_erasures())
    if taken.lines or taken.keys:
        with transaction.atomic():
            audit.record(actor_id=None, verb="vault.taken_again", detail={"lines": taken.lines, "keys": taken.keys})
    return taken


def is_older_than_ledger() -> bool:
    """Whether the ledger says something that the database does not know: an older backup was put back."""
    return any(
        LedgerEntry.objects.filter(pk__in=[line["id"] for line in lot]).count() < len({line["id"] for line in lot})
        for lot in _lots(ledger.outside_lines())
    )


def _lots(lines: Iterator[Line]) -> Iterator[Sequence[Line]]:
    while lot := list(islice(lines, AT_ONCE)):
        yield lot


def _destroy_keys(handles: Collection[UUID]) -> int:
    with transaction.atomic(using=KEYSTORE):
        return ErasureKey.objects.filter(pk__in=handles).delete()[0]


def _take(lines: Sequence[Line]) -> None:
    """Take lines that this database does not know, in their order, and let it know them."""
    for line in lines:
        if line["verb"] == ledger.ERASED:
            ErasureHandle.objects.filter(pk=line["subject"], erased_at=None).update(erased_at=line["at"])
    for line in lines:
        subject, at = UUID(line["subject"]), datetime.fromisoformat(line["at"])
        if line["verb"] == ledger.FORGOTTEN:
            _forget(subject, line["kind"], at)
        elif line["verb"] == ledger.WITHDRAWN and line["circle"]:
            _withdraw(subject, line["kind"], UUID(line["circle"]), at)
        elif line["verb"] == ledger.DEPARTED and line["circle"]:
            _depart(subject, UUID(line["circle"]), at)
        elif line["verb"] == ledger.LEFT:
            Member.objects.filter(pk=subject, left_at=None).update(wrapped=b"", left_at=at)
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            id=UUID(line["id"]),
            verb=line["verb"],
            subject=UUID(line["subject"]),
            kind=line["kind"],
            circle=UUID(line["circle"]) if line["circle"] else None,
            at=datetime.fromisoformat(line["at"]),
        )
        for line in lines
    )


def _forget(owner_id: UUID, reason: str, at: datetime) -> None:
    """Order her erasure again; `finish_erasures` does the rest."""
    if Record.objects.filter(pk=owner_id).exists() and not Erasure.objects.filter(owner=owner_id).exists():
        erasure.order(owner_id=owner_id, reason=reason, ordered_by=None, at=at)


def _withdraw(record_id: UUID, kind: str, circle_id: UUID, at: datetime) -> None:
    back = Grant.objects.filter(record=record_id, circle=circle_id, kind=kind, at__lte=at)
    if back.delete()[0]:
        Section.objects.filter(record=record_id, kind=kind).update(needs_new_key=True)
    if kind == EVERYTHING and not Grant.objects.filter(record=record_id, circle=circle_id).exists():
        Reach.objects.filter(record=record_id, circle=circle_id).delete()


def _depart(holder_id: UUID, circle_id: UUID, at: datetime) -> None:
    if Membership.objects.filter(holder=holder_id, circle=circle_id, created_at__lte=at).delete()[0]:
        Circle.objects.filter(pk=circle_id).update(is_stale=True)


def _remove_remains() -> None:
    """Remove what destroyed keys had sealed: the backup brought the unreadable bytes back."""
    remains = ErasureHandle.objects.exclude(erased_at=None).filter(sections__isnull=False)
    while handles := list(remains.values_list("pk", flat=True).distinct()[:AT_ONCE]):
        erasure.destroy(handles)
