"""How does a part that spoke about several people lose the words about one of them, who was erased?

Somebody who can read it writes it again, as any change is written. When she says that it no longer speaks about
anybody erased, what stands there now is sealed again under a fresh erasure key, the other people become its owners,
and the earlier revisions go. The old key goes as in every erasure: ledger and audit entry first, then the keystore,
then the bytes; `finish_erasures` finishes what was interrupted. No backup opens the earlier words again: those from
before hold them under the old key only. Data keys and grants stay, so whoever could open the part still can.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, NotAllowedNow, NotFound
from astra.kernel.ids import new_id
from astra.kernel.words import msg
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.crypto import aead
from astra.vault.models import (
    ErasureHandle,
    ErasureKey,
    ErasureOwner,
    Grant,
    Record,
    Revision,
    Rewriting,
    Section,
    StreamItem,
)
from astra.vault.prepared import Prepared
from astra.vault.router import KEYSTORE
from astra.vault.sections import CANNOT_OPEN
from astra.vault.services import ledger
from astra.vault.services.erasure import LEGAL_HOLD, let_go
from astra.vault.services.sealing import SOMEBODY_SAVED

NOT_ALL_YOURS = msg("You cannot read all of this part. Somebody who can has to say that it is rewritten.")
WRITTEN_SINCE = msg("Somebody has written in this part since you looked at it. Read it again.")


@dataclass(frozen=True)
class Shared:
    """A part that waits to be rewritten, as somebody meets it who can read at least some of it."""

    handle_id: UUID
    record_id: UUID
    kind: str
    """The kind of record: a contact, a note."""
    sections: frozenset[str]
    """The kinds of sections that lie under the same key."""
    written_at: datetime
    """When any of them was written last."""
    due_on: date
    is_whole: bool
    """Whether she can read all of them, and so may say that they are rewritten."""


_WAITING = Prepared(lambda: Rewriting.objects.filter(done_at=None).values_list("pk"))


def waiting_for(actor: Actor) -> list[Shared]:
    """What waits to be rewritten and this actor can read, the most overdue first; nothing is opened for it."""
    waiting = [pk for (pk,) in _WAITING()]
    if not waiting:
        return []
    # Named one by one: otherwise a database may begin with all handles that are alive, a million of them.
    living = Rewriting.objects.filter(pk__in=waiting, handle__erased_at=None, handle__record__erased_at=None)
    if actor.id is not None:
        living = living.exclude(handle__record__walls__member=actor.id)
    rows = {row.handle_id: row for row in living.select_related("handle__record").order_by("-due_on", "-pk")}
    if not rows:
        return []
    parts: dict[UUID, list[Section]] = {}
    for section in Section.objects.filter(handle__in=rows).defer("sealed"):
        parts.setdefault(section.handle_id, []).append(section)
    openable = _openable(actor, {row.handle.record_id for row in rows.values()})
    found = []
    for handle, row in reversed(rows.items()):
        readable = [(part.record_id, part.kind, part.key_id) in openable for part in parts.get(handle, ())]
        if any(readable):
            under = parts[handle]
            kinds, written_at = frozenset(part.kind for part in under), max(part.at for part in under)
            record = row.handle.record
            found.append(Shared(handle, record.pk, record.kind, kinds, written_at, row.due_on, all(readable)))
    return sorted(found, key=lambda one: one.due_on)


def _openable(actor: Actor, record_ids: Collection[UUID]) -> set[tuple[UUID, str, UUID]]:
    """The sections whose data key is wrapped for one of the actor's circles, by record, kind and data key."""
    living = Grant.objects.filter(selectors.is_living(now()), record__in=record_ids)
    grants = list(living.values_list("record", "kind", "key_id", "circle"))
    held = actor.keyring.find({circle for *_section, circle in grants})
    return {(record, kind, key_id) for record, kind, key_id, circle in grants if circle in held}


def finish_rewriting(
    *, actor: Actor, handle_id: UUID, without: Collection[str] = (), seen: datetime | None = None
) -> None:
    """A shared part no longer speaks about anybody erased: its old key is destroyed with all earlier revisions.

    Sections of the kinds in `without` are not kept: they go with the old key, an attached file from the disk too.
    `seen` is when the part had been written last as she looked at it; `Conflict` when somebody wrote since.
    """
    row = Rewriting.objects.filter(handle=handle_id, done_at=None, handle__erased_at=None)
    todo = row.select_related("handle__record").first()
    if todo is None:
        raise NotFound
    old, record = todo.handle, todo.handle.record
    fresh, key = ErasureHandle(id=new_id(), record=record, retention=old.retention), aead.new_key()
    kept = _seal_again(actor, old, key, without)
    items = _items_again(actor, old, key, kept)
    if seen is not None and Section.objects.filter(handle=old, at__gt=seen).exists():
        raise Conflict(WRITTEN_SINCE)
    if record.is_held:
        raise NotAllowedNow(LEGAL_HOLD)
    if kept:
        with transaction.atomic(using=KEYSTORE):
            ErasureKey.objects.create(id=fresh.pk, key=key, made_on=today())
    with transaction.atomic():
        names = set(selectors.pseudonyms([record.pk]).values())
        _change_keys(old, fresh, kept, without)
        _write_items(kept, items)
        ledger.note_erasure(old.pk)
        names |= set(selectors.pseudonyms([record.pk]).values())  # so that the log still leads to what was before
        detail: dict[str, str | int | bool] = {"sections": len(kept), "left_out": len(without)}
        audit.record(actor_id=actor.id, verb="vault.rewritten", subjects=sorted(names), detail=detail)
    let_go([old.pk])


def _seal_again(actor: Actor, old: ErasureHandle, key: bytes, without: Collection[str]) -> list[Section]:
    """What stands under the old key, sealed under the new one as the next revision; in memory only."""
    parts = dict(Section.objects.filter(handle=old).values_list("kind", "pk"))
    keyed = selectors.keyed_sections(actor, [old.record_id], list(parts))
    if not keyed:
        actor.trail.refused.add((selectors.pseudonyms([old.record_id])[old.record_id], "record"))
        raise NotFound
    if len(keyed) < len(parts):
        raise NotAllowedNow(NOT_ALL_YOURS)
    sealed_again = []
    for (record_id, kind), found in keyed.items():
        section, bound = found.section, selectors.section_context
        if kind in without:
            continue
        before = selectors.content_key(found.data_key, found.erasure_key, record_id, kind)
        after = selectors.content_key(found.data_key, key, record_id, kind)
        try:
            clear = aead.open_box(
                before, bytes(section.sealed), bound(record_id, kind, section.revision, section.key_id)
            )
        except aead.WrongBox:
            actor.trail.broken.add(f"section:{section.pk}")
            raise NotAllowedNow(CANNOT_OPEN) from None
        section.revision += 1
        section.sealed = aead.seal(after, clear, bound(record_id, kind, section.revision, section.key_id))
        sealed_again.append(section)
    return sealed_again


def _items_again(actor: Actor, old: ErasureHandle, key: bytes, kept: Collection[Section]) -> list[StreamItem]:
    """What stands in the streams among these sections, sealed under the new key; in memory only."""
    sealed_again = []
    keyed = selectors.keyed_sections(actor, [old.record_id], [section.kind for section in kept])
    for (record_id, kind), found in keyed.items():
        before = selectors.stream_key(found.data_key, found.erasure_key, record_id, kind)
        after = selectors.stream_key(found.data_key, key, record_id, kind)
        for item in StreamItem.objects.filter(section=found.section).order_by("number"):
            bound = selectors.item_context(record_id, kind, item.number, item.mark)
            try:
                item.sealed = aead.seal(after, aead.open_box(before, bytes(item.sealed), bound), bound)
            except aead.WrongBox:
                actor.trail.broken.add(f"item:{item.pk}")
                raise NotAllowedNow(CANNOT_OPEN) from None
            sealed_again.append(item)
    return sealed_again


def _write_items(kept: Collection[Section], items: Collection[StreamItem]) -> None:
    """Write the items back, unless somebody added one meanwhile."""
    if StreamItem.objects.filter(section__in=kept).count() != len(items):
        raise Conflict(SOMEBODY_SAVED)
    StreamItem.objects.bulk_update(items, ["sealed"], batch_size=500)


def _change_keys(old: ErasureHandle, fresh: ErasureHandle, kept: Collection[Section], without: Collection[str]) -> None:
    """The old key is erased, the new one takes its place with the same owners; whoever saved meanwhile comes first."""
    if not ErasureHandle.objects.filter(pk=old.pk, erased_at=None).update(erased_at=now()):
        raise NotFound
    if kept:
        fresh.save(force_insert=True)
        owners = ErasureOwner.objects.filter(handle=old).values_list("owner", flat=True)
        ErasureOwner.objects.bulk_create([ErasureOwner(handle=fresh, owner_id=owner) for owner in owners])
        Record.objects.filter(pk=old.record_id, pseudonym_handle=old.pk).update(pseudonym_handle=fresh.pk)
    for section in kept:
        unchanged = Section.objects.filter(pk=section.pk, revision=section.revision - 1, handle=old)
        if not unchanged.update(revision=section.revision, sealed=section.sealed, handle=fresh):
            raise Conflict(SOMEBODY_SAVED)
    if Section.objects.filter(handle=old).exclude(kind__in=without).exists():
        raise Conflict(SOMEBODY_SAVED)
    Revision.objects.filter(section__handle=fresh).delete()
