"""How does an entry get into the log? As a row in its writer's transaction; it is numbered after the commit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from astra.audit.models import Pending
from astra.audit.rules import leaf
from astra.kernel import clock, ids


@dataclass(frozen=True)
class NewEntry:
    """What one entry says: who did what to whom, in codes; free words only sealed."""

    actor_id: UUID | None
    verb: str
    subjects: Sequence[str] = ()
    reason: str = ""
    detail: Mapping[str, str | int | bool] | None = None
    sealed: bytes = b""
    commitment: bytes = b""


def record(
    *,
    actor_id: UUID | None,
    verb: str,
    subjects: Sequence[str] = (),
    reason: str = "",
    detail: Mapping[str, str | int | bool] | None = None,
    sealed: bytes = b"",
    commitment: bytes = b"",
) -> None:
    """Write one entry within the caller's transaction: it is in the log if, and only if, the deed is done.

    `subjects` are pseudonyms, `reason` and `detail` codes (rules.leaf says which letters); `sealed` is opaque
    here, sealed by vault to the data protection circle, and `commitment` binds the leaf to its words.
    """
    _row(NewEntry(actor_id, verb, subjects, reason, detail, sealed, commitment)).save(force_insert=True)


def record_many(entries: Iterable[NewEntry]) -> int:
    """Write several entries at once, in their order, within the caller's transaction; return how many."""
    return len(Pending.objects.bulk_create([_row(entry) for entry in entries], batch_size=500))


def _row(entry: NewEntry) -> Pending:
    """The row of an entry, every part checked for its form."""
    leaf.check_verb(entry.verb)
    leaf.check_code(entry.reason)
    if len(entry.commitment) > leaf.MAX_COMMITMENT:
        raise leaf.NotCoded("a commitment is a hash")
    return Pending(
        entry_id=ids.new_id(),
        recorded_at=clock.now(),
        actor_id=entry.actor_id,
        verb=entry.verb,
        subjects=leaf.write_subjects(entry.subjects),
        reason=entry.reason,
        detail=leaf.write_detail(entry.detail),
        sealed=entry.sealed,
        commitment=entry.commitment,
    )
