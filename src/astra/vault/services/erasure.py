"""How is a person forgotten? The keys that she alone owns are destroyed; shared ones join a dated worklist.

Order matters: the ledger and the audit entry are committed first, and from then on openings refuse. Then the search
index lets go, then the keys are destroyed in the keystore, then the unreadable remains are removed. Whatever is
interrupted is finished at start-up by `finish_erasures`. How a shared part is rewritten stands in `rewriting`.
"""

import importlib
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from astra.audit import services as audit
from astra.kernel.clock import LOCAL, now, today
from astra.kernel.errors import NotAllowedNow
from astra.kernel.words import msg
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.models import (
    Attachment,
    Circle,
    Erasure,
    ErasureHandle,
    ErasureKey,
    ErasureOwner,
    Grant,
    Reach,
    Record,
    Revision,
    Rewriting,
    Section,
    StreamFile,
    Wall,
)
from astra.vault.router import KEYSTORE
from astra.vault.services import ledger

REWRITE_WITHIN = timedelta(days=30)
SWEEP_AFTER = timedelta(days=1)
FILE_KIND = "vault.file"
LEGAL_HOLD = msg("A legal hold is on this file; nothing of it may be erased until the hold is lifted.")

_evictors: list[Callable[[UUID], None]] = []


def evict_with(evictor: Callable[[UUID], None]) -> None:
    """Register who must let go of a record (the search index) before its erasure is reported."""
    if evictor not in _evictors:
        _evictors.append(evictor)


def stop_evicting_with(evictor: Callable[[UUID], None]) -> None:
    """Take a registration back."""
    if evictor in _evictors:
        _evictors.remove(evictor)


def change_owners(
    *, actor: Actor, record_id: UUID, retention: str, owners: Collection[UUID], through: UUID | None = None
) -> None:
    """Say anew whom a part of a record speaks about; ciphertext stays as it is.

    `through` names the record that it stands beside, if that is what the actor has to reach.
    """
    selectors.check_reach(actor, through or record_id)
    with transaction.atomic():
        handle = ErasureHandle.objects.filter(record=record_id, retention=retention, erased_at=None).first()
        if handle is None:
            return
        wanted = set(owners) or {record_id}
        ErasureOwner.objects.filter(handle=handle).exclude(owner__in=wanted).delete()
        known = set(ErasureOwner.objects.filter(handle=handle).values_list("owner", flat=True))
        ErasureOwner.objects.bulk_create(ErasureOwner(handle=handle, owner_id=owner) for owner in wanted - known)
        subject = selectors.pseudonyms([record_id])[record_id]
        audit.record(actor_id=actor.id, verb="vault.owners_changed", subjects=[subject], detail={"owners": len(wanted)})


def replace_owners(*, actor: Actor, record_id: UUID, parts: Collection[UUID], owners: Collection[UUID]) -> int:
    """A file is now kept for others: it and those parts of it that spoke about the same people follow.

    Parts that speak about somebody in particular stay hers. Returns how many keys changed hands.
    """
    selectors.check_reach(actor, record_id)
    with transaction.atomic():
        handles = ErasureHandle.objects.filter(record__in=[record_id, *parts], erased_at=None)
        known: dict[UUID, set[UUID]] = {handle: set() for handle in handles.values_list("pk", flat=True)}
        for handle, owner in ErasureOwner.objects.filter(handle__in=known).values_list("handle", "owner"):
            known[handle].add(owner)
        own = handles.filter(record=record_id).values_list("pk", flat=True)
        before = {frozenset(known[handle]) for handle in own} | {frozenset([record_id])}
        wanted = set(owners) or {record_id}
        moved = [handle for handle, had in known.items() if frozenset(had) in before and had != wanted]
        ErasureOwner.objects.filter(handle__in=moved).delete()
        ErasureOwner.objects.bulk_create(
            ErasureOwner(handle_id=handle, owner_id=owner) for handle in moved for owner in sorted(wanted)
        )
        subject = selectors.pseudonyms([record_id])[record_id]
        audit.record(actor_id=actor.id, verb="vault.owners_changed", subjects=[subject], detail={"owners": len(wanted)})
    return len(moved)


def erase_owner(*, actor: Actor, owner_id: UUID, reason: str) -> UUID:
    """Erase a person: what she alone owns now, what she shares by the worklist; returns the erasure's id."""
    with transaction.atomic():
        subject = selectors.pseudonyms([owner_id])[owner_id]
        if ErasureHandle.objects.filter(pk__in=_sole(owner_id), record__is_held=True).exists():
            raise NotAllowedNow(LEGAL_HOLD)
        erasure, detail = order(owner_id=owner_id, reason=reason, ordered_by=actor.id, at=now())
        audit.record(actor_id=actor.id, verb="vault.erased", subjects=[subject], reason=reason, detail=detail)
    _finish(erasure)
    return erasure.id


def erase_record(*, actor: Actor, record_id: UUID, reason: str) -> None:
    """Erase one record whose time is over, whoever it spoke about; nothing else of theirs is touched."""
    if Record.objects.filter(pk=record_id, is_held=True).exists():
        raise NotAllowedNow(LEGAL_HOLD)
    with transaction.atomic():
        own = list(ErasureHandle.objects.filter(record=record_id, erased_at=None))
        ErasureOwner.objects.filter(handle__in=own).delete()
        ErasureOwner.objects.bulk_create(ErasureOwner(handle=handle, owner_id=record_id) for handle in own)
    erase_owner(actor=actor, owner_id=record_id, reason=reason)


def _sole(owner_id: UUID) -> list[UUID]:
    """The living erasure keys that nobody else owns."""
    owned = ErasureHandle.objects.filter(owners__owner=owner_id, erased_at=None)
    shared = ErasureOwner.objects.filter(handle__in=owned.values("pk")).exclude(owner=owner_id).values("handle")
    return list(owned.exclude(pk__in=shared).values_list("pk", flat=True))


def order(
    *, owner_id: UUID, reason: str, ordered_by: UUID | None, at: datetime
) -> tuple[Erasure, dict[str, str | int | bool]]:
    """Put an erasure into ledger and worklist, in the caller's transaction: from its commit on, openings refuse."""
    own = _sole(owner_id)
    shared = list(ErasureOwner.objects.filter(owner=owner_id, handle__erased_at=None).exclude(handle__in=own))
    erasure = Erasure.objects.create(owner_id=owner_id, reason=reason, ordered_by=ordered_by, at=at)
    ledger.note_forgotten(owner_id, reason, own)
    ErasureHandle.objects.filter(pk__in=own).update(erased_at=at)
    due_on = at.astimezone(LOCAL).date() + REWRITE_WITHIN
    Rewriting.objects.bulk_create(
        Rewriting(handle_id=row.handle_id, erased_owner=owner_id, due_on=due_on) for row in shared
    )
    ErasureOwner.objects.filter(pk__in=[row.pk for row in shared]).delete()
    Record.objects.filter(pk=owner_id, erased_at=None).update(erased_at=at)
    return erasure, {"keys": len(own), "to_rewrite": len(shared)}


def _finish(erasure: Erasure) -> None:
    """Let every room let go, destroy the keys, remove the remains; all of it may be done twice."""
    _evict(erasure.owner_id)
    handles = list(
        ErasureHandle.objects.filter(owners__owner=erasure.owner_id)
        .exclude(erased_at=None)
        .values_list("id", flat=True)
    )
    if let_go(handles):
        Erasure.objects.filter(pk=erasure.pk).update(finished_at=now())


def let_go(handles: Collection[UUID]) -> bool:
    """Destroy erased keys; what waited to be rewritten under them is then done. False as `destroy` says."""
    is_gone = destroy(handles)
    if is_gone:
        Rewriting.objects.filter(handle__in=handles, done_at=None).update(done_at=now())
    return is_gone


def _evict(record_id: UUID) -> None:
    for module in settings.FORGETTING:  # later rooms register there; a command may not have met them yet
        importlib.import_module(module)
    for evict in _evictors:
        evict(record_id)


def destroy(handles: Collection[UUID]) -> bool:
    """Destroy erasure keys and remove the unreadable remains; False while their bytes are still in a log's file."""
    with transaction.atomic(using=KEYSTORE):
        ErasureKey.objects.filter(pk__in=handles).delete()
    is_pressed_out = press_out(KEYSTORE)
    _unlink_files(handles)
    emptied = _remove_sections(handles)
    for record_id in emptied:
        _evict(record_id)
    return press_out("default") and is_pressed_out


def _remove_sections(handles: Collection[UUID]) -> set[UUID]:
    """Delete what the keys had sealed; returns the records of which nothing is left."""
    with transaction.atomic():
        sections = Section.objects.filter(handle__in=handles)
        gone = list(sections.values_list("record", "kind"))
        Revision.objects.filter(section__in=sections).delete()
        for record_id, kind in gone:
            Grant.objects.filter(record=record_id, kind=kind).delete()
        sections.delete()
        bare = Record.objects.filter(pk__in={record for record, _ in gone}, sections=None)
        emptied = set(bare.values_list("pk", flat=True))
        Record.objects.filter(pk__in=emptied, erased_at=None).update(erased_at=now())
        Reach.objects.filter(record__in=emptied).delete()
        Wall.objects.filter(record__in=emptied).delete()
    return emptied


def _unlink_files(handles: Collection[UUID]) -> None:
    """Remove the sealed files whose own key lies in what is destroyed, in a section or in an item of a stream."""
    sealed = Attachment.objects.filter(record__sections__handle__in=handles, record__sections__kind=FILE_KIND)
    with_items = StreamFile.objects.filter(section__handle__in=handles)
    for file_id in (*sealed.values_list("pk", flat=True), *with_items.values_list("pk", flat=True)):
        attachment_path(file_id).unlink(missing_ok=True)


def press_out(alias: str) -> bool:
    """Move the write-ahead log into the file and cut it, so that deleted bytes are gone from both; False if busy."""
    connection = connections[alias]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (is_busy, *_pages) = cursor.fetchone()
    return not is_busy


def rewrite_keystore() -> None:
    """On PostgreSQL a deleted key stays in the table's file until it is rewritten: once a night, when few are at work.

    SQLite overwrites what is deleted at once. What a transaction still reads meanwhile goes the next night.
    PostgreSQL's own log and backups must not be kept longer than 30 days.

    Twice, because VACUUM FULL carries deleted keys over into the new file while anybody writes in any database of the
    server: its own snapshot is as old as that transaction. A plain VACUUM asks only who reads the keystore, and takes
    them out of the table before it is written anew.
    """
    connection = connections[KEYSTORE]
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(ErasureKey._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM {table}")
            cursor.execute(f"VACUUM (FULL) {table}")


def attachment_path(record_id: UUID) -> Path:
    """Where an attachment's sealed bytes lie."""
    home: Path = settings.ENV.home
    return home / "media" / record_id.hex[-2:] / record_id.hex


def unfinished(*, older_than_s: float) -> int:
    """How many erasures were ordered some time ago and are not finished."""
    before = now() - timedelta(seconds=older_than_s)
    half_rewritten = Rewriting.objects.filter(done_at=None, handle__erased_at__lt=before).values("handle").distinct()
    return Erasure.objects.filter(finished_at=None, at__lt=before).count() + half_rewritten.count()


def finish_erasures() -> int:
    """Finish what was interrupted, erasures and rewritings; run at start-up and by the worker."""
    waiting = list(Erasure.objects.filter(finished_at=None))
    for erasure in waiting:
        _finish(erasure)
    rewritten = Rewriting.objects.filter(done_at=None).exclude(handle__erased_at=None)
    handles = set(rewritten.values_list("handle", flat=True))
    if handles:
        let_go(handles)
    return len(waiting) + len(handles)


def still_living(handles: Collection[UUID]) -> bool:
    """Whether these erasure keys still live, and stay so until the transaction ends: who erases them waits for it."""
    if not handles:
        return True
    living = ErasureHandle.objects.select_for_update(no_key=True).filter(pk__in=handles, erased_at=None)
    return len(living.order_by("pk").values_list("pk")) == len(handles)


def sweep_orphans() -> int:
    """Destroy keystore keys whose main transaction never came; keys of the last day are left alone."""
    oldest_kept = today() - SWEEP_AFTER
    old = list(ErasureKey.objects.filter(made_on__lt=oldest_kept).values_list("id", flat=True))
    orphans = []
    for start in range(0, len(old), 1000):
        batch = old[start : start + 1000]
        known = set(ErasureHandle.objects.filter(pk__in=batch).values_list("id", flat=True))
        orphans += [key for key in batch if key not in known]
    with transaction.atomic(using=KEYSTORE):
        ErasureKey.objects.filter(pk__in=orphans).delete()
    return len(orphans)


def remove_bare(record_ids: Collection[UUID]) -> None:
    """Remove records into which nothing was ever sealed, with the circles made for them; the caller's rows go first."""
    with transaction.atomic():
        bare = Record.objects.filter(pk__in=record_ids, handles=None, sections=None)
        Circle.objects.filter(record__in=bare).delete()
        bare.delete()


def sweep_files() -> int:
    """Remove sealed files that nothing names and that are a day old: interrupted or refused uploads."""
    home: Path = settings.ENV.home
    named = (Attachment.objects.values_list("pk", flat=True), StreamFile.objects.values_list("pk", flat=True))
    known = {file_id.hex for ids in named for file_id in ids}
    oldest_kept = now().timestamp() - SWEEP_AFTER.total_seconds()
    swept = 0
    for path in (home / "media").glob("*/*"):
        if path.name not in known and path.stat().st_mtime < oldest_kept:
            path.unlink()
            swept += 1
    return swept
