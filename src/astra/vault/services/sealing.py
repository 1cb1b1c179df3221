"""How does anything get written? In memory first, keys next, then one transaction.

A `Sealing` collects records, sections, grants and circles. All cryptography is done while collecting, before any
write lock is taken. `transaction()` commits the erasure keys to the keystore, then opens the one main transaction and
writes the vault's rows first; the room's own rows follow inside the `with` block. If the main transaction fails, the
keystore holds keys that nothing uses; they are swept.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F

from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, NotFound
from astra.kernel.ids import new_id
from astra.kernel.words import msg
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.crypto import aead, padding
from astra.vault.models import (
    Circle,
    ErasureHandle,
    ErasureKey,
    ErasureOwner,
    Generation,
    Grant,
    Membership,
    Reach,
    Record,
    Revision,
    Section,
)
from astra.vault.models.circles import VISITOR
from astra.vault.router import KEYSTORE
from astra.vault.sections import AnyKind, SectionKind
from astra.vault.services.erasure import still_living
from astra.vault.services.keys import KeyMaker
from astra.vault.services.rows import insert

T = TypeVar("T")

SOMEBODY_SAVED = msg(
    "Somebody else saved this page while you were writing. Your text is still here: read theirs, then save again."
)
BATCH = 500


class Sealing:
    """Everything that one act writes, sealed and waiting for its transaction."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.maker = KeyMaker(actor)
        self.at = now()
        self._records: dict[UUID, Record] = {}
        self._handles: dict[tuple[UUID, str], ErasureHandle] = {}
        self._new_handles: list[ErasureHandle] = []
        self._keys: dict[UUID, bytes] = {}
        self._new_keys: list[ErasureKey] = []
        self._owners: list[ErasureOwner] = []
        self._sections: dict[tuple[UUID, str], Section] = {}
        self._data_keys: dict[tuple[UUID, str], bytes] = {}
        self._revised: list[Section] = []
        self._revisions: list[Revision] = []
        self._grants: list[Grant] = []
        self._circles: list[Circle] = []
        self._generations: list[Generation] = []
        self._memberships: list[Membership] = []
        self._reach: list[Reach] = []
        self._parents: dict[UUID, list[UUID]] = {}
        self._desks: set[UUID] | None = None
        self._first_handles: dict[UUID, UUID] = {}
        self._listings: dict[UUID, tuple[str, datetime]] = {}
        self._granted: dict[UUID, dict[str, set[UUID]]] = {}
        self._touched: dict[UUID, datetime] = {}

    # --- records and circles -----------------------------------------------------------------------------------------

    def new_record(
        self,
        kind: str,
        *,
        listed_at: datetime | None = None,
        listed_for: Iterable[UUID] = (),
        record_id: UUID | None = None,
    ) -> UUID:
        """Begin a record; `listed_for` names the circles in whose lists it appears."""
        record = Record(id=record_id or new_id(), kind=kind, created_at=self.at)
        self._records[record.id] = record
        self.list_for(record.id, listed_for, at=listed_at or self.at)
        return record.id

    def new_circle(
        self, kind: str, *, record_id: UUID, tier: str, holders: Iterable[UUID], listed_at: datetime | None = None
    ) -> UUID:
        """Make a circle of a case's tier, held by persons and desk circles; it may list its record."""
        made = self.maker.new_circle(kind, tier, record=record_id)
        circle = made.row.id
        self._circles.append(made.row)
        self._generations.append(made.generation)
        # Nobody but the visitor opens hers: neither a colleague nor the last resort.
        targets = self.maker.targets(set() if kind == VISITOR else {*holders, self.maker.root()})
        self._memberships += [self.maker.membership(circle, 1, made.keys, target) for target in targets.values()]
        self.actor.keyring.learn(circle, 1, made.keys)
        self._parents[circle] = list(targets)
        if listed_at is not None:
            self.list_for(record_id, [circle], at=listed_at)
        return circle

    def list_for(
        self, record_id: UUID, circles: Iterable[UUID], *, at: datetime | None = None, until: datetime | None = None
    ) -> None:
        """Let circles list a record; a case's circle brings the desk circles that hold it along."""
        kind, listed_at = self._listing(record_id, at)
        for circle in dict.fromkeys(self._with_desks(circles)):
            self._reach.append(
                Reach(circle_id=circle, record_id=record_id, kind=kind, listed_at=listed_at, expires_at=until)
            )

    def touch(self, record_id: UUID, at: datetime) -> None:
        """Move a record in every list that shows it."""
        self._touched[record_id] = at

    def _listing(self, record_id: UUID, at: datetime | None) -> tuple[str, datetime]:
        if record_id in self._records:
            return self._records[record_id].kind, at or self.at
        if record_id not in self._listings:
            self._read_listings([record_id])
        kind, latest = self._listings[record_id]
        return kind, at or latest

    def _read_listings(self, record_ids: Collection[UUID]) -> None:
        """Remember of which kind records are, and where they stand in lists."""
        for record_id, kind in Record.objects.filter(pk__in=record_ids).values_list("pk", "kind"):
            self._listings[record_id] = (kind, self.at)
        listed = Reach.objects.filter(record__in=record_ids).values_list("record", "kind", "listed_at")
        self._listings.update({record_id: (kind, at) for record_id, kind, at in listed})

    def _with_desks(self, circles: Iterable[UUID]) -> list[UUID]:
        found: list[UUID] = []
        for circle in circles:
            if self._is_desk(circle):  # a visit knows by itself which desks lie inside a desk
                found.append(circle)
                continue
            if circle not in self._parents:
                self._parents[circle] = selectors.holders(circle)
            found += [circle, *(holder for holder in self._parents[circle] if self._is_desk(holder))]
        return found

    def _is_desk(self, circle: UUID) -> bool:
        if self._desks is None:
            self._desks = set(selectors.desk_circles().values())
        return circle in self._desks

    def read_circles(self, circles: Collection[UUID]) -> None:
        """Look up many circles at once, so that sealing to them and listing for them costs no query each."""
        self.actor.keyring.find(circles)
        self.maker.targets(set(circles))
        unknown = [circle for circle in circles if circle not in self._parents]
        self._parents.update({circle: [] for circle in unknown})
        held = Membership.objects.filter(circle__in=unknown).order_by("created_at")
        for circle, holder in held.values_list("circle", "holder"):
            self._parents[circle].append(holder)

    # --- sections ----------------------------------------------------------------------------------------------------

    def seal(
        self,
        record_id: UUID,
        kind: SectionKind[T],
        content: T,
        *,
        to: Iterable[UUID],
        owners: Collection[UUID] = (),
        until: datetime | None = None,
    ) -> None:
        """Seal a new section of a new or existing record to circles; its erasure key belongs to `owners`."""
        handle = self._handle(record_id, kind.retention, owners)
        section = Section(record_id=record_id, kind=kind.name, key_id=new_id(), handle=handle, at=self.at)
        section.author = self.actor.id
        data_key = aead.new_key()
        self._encrypt(section, data_key, kind, content)
        self._sections[record_id, kind.name] = section
        self._data_keys[record_id, kind.name] = data_key
        self._wrap(section, data_key, to, until)

    def revise(self, record_id: UUID, kind: SectionKind[T], content: T, *, revision: int) -> None:
        """Write a section anew; `revision` is the one that was read, or `Conflict` is raised."""
        section, data_key = self.opened(record_id, kind.name)
        if section.revision != revision:
            raise Conflict(SOMEBODY_SAVED)
        earlier = Revision(section=section, number=section.revision, key_id=section.key_id, sealed=section.sealed)
        earlier.author, earlier.at = section.author, section.at
        section.revision += 1
        section.author, section.at = self.actor.id, self.at
        if section.needs_new_key:
            fresh = aead.new_key()
            bound = aead.context("astra.earlier-key.v1", record_id.bytes, kind.name, section.key_id.bytes)
            earlier.data_key = aead.seal(fresh, data_key, bound)
            data_key, section.key_id, section.needs_new_key = fresh, new_id(), False
            living = Grant.objects.filter(record=record_id, kind=kind.name)
            for circle, until in living.values_list("circle", "expires_at"):
                self._wrap(section, data_key, [circle], until)
        self._encrypt(section, data_key, kind, content)
        self._revisions.append(earlier)
        self._revised.append(section)

    def write(
        self,
        record_id: UUID,
        kind: SectionKind[T],
        content: T,
        *,
        to: Iterable[UUID],
        owners: Collection[UUID] = (),
        revision: int | None = None,
    ) -> None:
        """Seal a section that may or may not be there yet; `revision` is what the writer saw (None: nothing)."""
        if revision is None:
            self.seal(record_id, kind, content, to=to, owners=owners)
        else:
            self.revise(record_id, kind, content, revision=revision)

    def grant(
        self, record_id: UUID, kinds: Iterable[AnyKind], *, to: Iterable[UUID], until: datetime | None = None
    ) -> None:
        """Wrap sections' data keys for further circles; the actor must be able to open them."""
        circles = list(to)
        for kind in kinds:
            section, data_key = self.opened(record_id, kind.name)
            self._wrap(section, data_key, circles, until)

    def read_ahead(self, record_ids: Collection[UUID], kinds: Collection[str]) -> set[tuple[UUID, str]]:
        """Open the keys of many sections at once, so that granting costs no query; returns what could be opened."""
        found = selectors.keyed_sections(self.actor, record_ids, kinds)
        for key, keyed in found.items():
            self._sections[key], self._data_keys[key] = keyed.section, keyed.data_key
            self._keys[keyed.section.handle_id] = keyed.erasure_key
        self._read_listings(record_ids)
        self._granted.update({record_id: {} for record_id in record_ids})
        lasting = Grant.objects.filter(record__in=record_ids, kind__in=kinds, expires_at=None)
        for record_id, kind, circle in lasting.values_list("record", "kind", "circle"):
            self._granted[record_id].setdefault(kind, set()).add(circle)
        return set(found)

    def lasting_circles(self, record_id: UUID, kind: SectionKind[T]) -> set[UUID]:
        """The circles that may open a section without an end date; read ahead, or asked for now."""
        if record_id not in self._granted:
            lasting = Grant.objects.filter(record=record_id, kind=kind.name, expires_at=None)
            return set(lasting.values_list("circle", flat=True))
        return self._granted[record_id].get(kind.name, set())

    def pseudonym(self, record_id: UUID) -> str:
        """The record's name in the audit log."""
        record = self._records.get(record_id)
        if record is not None and record.pseudonym_handle is not None:
            return selectors.pseudonym_from(record_id, self._keys[record.pseudonym_handle])
        if record is not None:
            return selectors.fallback_pseudonym(record_id)
        return selectors.pseudonyms([record_id])[record_id]

    def opened(self, record_id: UUID, kind: str) -> tuple[Section, bytes]:
        """A section with its data key: one that is being written, or one that the actor can open."""
        key = (record_id, kind)
        if key not in self._data_keys:
            keyed = selectors.keyed_sections(self.actor, [record_id], [kind]).get(key)
            if keyed is None:
                raise NotFound
            self._sections[key], self._data_keys[key] = keyed.section, keyed.data_key
            self._keys[keyed.section.handle_id] = keyed.erasure_key
        return self._sections[key], self._data_keys[key]

    def _handle(self, record_id: UUID, retention: str, owners: Collection[UUID]) -> ErasureHandle:
        key = (record_id, retention)
        if key not in self._handles:
            found = None
            if record_id not in self._records:
                every = ErasureHandle.objects.filter(record=record_id, retention=retention)
                found = every.order_by(F("erased_at").asc(nulls_first=True)).first()  # the living one if there is one
            self._handles[key] = found or self._new_handle(record_id, retention, owners)
        handle = self._handles[key]
        if handle.id not in self._keys:
            keys = selectors.erasure_keys([handle.id])
            if handle.erased_at is not None or handle.id not in keys:
                raise NotFound
            self._keys[handle.id] = keys[handle.id]
        return handle

    def _new_handle(self, record_id: UUID, retention: str, owners: Collection[UUID]) -> ErasureHandle:
        handle = ErasureHandle(id=new_id(), record_id=record_id, retention=retention)
        key = aead.new_key()
        self._keys[handle.id] = key
        self._new_handles.append(handle)
        self._new_keys.append(ErasureKey(id=handle.id, key=key, made_on=today()))
        self._owners += [ErasureOwner(handle=handle, owner_id=owner) for owner in (owners or [record_id])]
        record = self._records.get(record_id)
        if record is None:
            self._first_handles.setdefault(record_id, handle.id)
        elif record.pseudonym_handle is None:
            record.pseudonym_handle = handle.id
        return handle

    def _encrypt(self, section: Section, data_key: bytes, kind: SectionKind[T], content: T) -> None:
        key = selectors.content_key(data_key, self._keys[section.handle_id], section.record_id, kind.name)
        bound = selectors.section_context(section.record_id, kind.name, section.revision, section.key_id)
        section.sealed = aead.seal(key, padding.pad(kind.encode(content)), bound)

    def _wrap(self, section: Section, data_key: bytes, to: Iterable[UUID], until: datetime | None) -> None:
        for target in self.maker.targets(set(to)).values():
            bound = selectors.grant_context(
                section.record_id, section.kind, section.key_id, target.circle, target.generation
            )
            self._grants.append(
                Grant(
                    record_id=section.record_id,
                    kind=section.kind,
                    key_id=section.key_id,
                    circle_id=target.circle,
                    generation=target.generation,
                    wrapped=target.wrap(data_key, bound),
                    expires_at=until,
                    given_by=self.actor.id,
                    at=self.at,
                )
            )

    # --- writing -----------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit erasure keys, then run the block in the one main transaction, with the vault's rows written first."""
        if self._new_keys:
            with transaction.atomic(using=KEYSTORE):
                insert(self._new_keys)
        with transaction.atomic():
            self._write()
            yield

    def _write(self) -> None:
        insert(self._records.values())
        insert(self._circles)
        insert(self._generations)
        insert(self._memberships)
        self.actor.keyring.look_again()
        insert(self._new_handles)
        insert(self._owners)
        new = [section for section in self._sections.values() if section.pk is None]
        if not still_living({section.handle_id for section in new} - {handle.id for handle in self._new_handles}):
            raise Conflict(SOMEBODY_SAVED)
        insert(new)
        self._write_revisions()
        fresh, further = self._grants_to_write()
        insert(fresh)
        Grant.objects.bulk_create(
            further,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["record", "kind", "circle"],
            update_fields=["key_id", "generation", "wrapped", "expires_at", "given_by", "at"],
        )
        reach = {(row.record_id, row.circle_id): row for row in self._reach}.values()
        insert([row for row in reach if row.record_id in self._records])
        Reach.objects.bulk_create(
            [row for row in reach if row.record_id not in self._records],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["record", "circle"],
            update_fields=["listed_at", "expires_at"],
        )
        for record_id, handle in self._first_handles.items():
            Record.objects.filter(pk=record_id, pseudonym_handle=None).update(pseudonym_handle=handle)
        for record_id, at in self._touched.items():
            Reach.objects.filter(record=record_id).update(listed_at=at)

    def _grants_to_write(self) -> tuple[list[Grant], list[Grant]]:
        """Those on new records, which cannot be there yet, and those on others, which may replace one."""
        grants = {(grant.record_id, grant.kind, grant.circle_id): grant for grant in self._grants}.values()
        fresh = [grant for grant in grants if grant.record_id in self._records]
        return fresh, [grant for grant in grants if grant.record_id not in self._records]

    def _write_revisions(self) -> None:
        """Each revision follows the one that was read, or nothing at all is saved."""
        for section in self._revised:
            was_current = Section.objects.filter(pk=section.pk, revision=section.revision - 1).update(
                revision=section.revision,
                key_id=section.key_id,
                sealed=section.sealed,
                needs_new_key=section.needs_new_key,
                author=section.author,
                at=section.at,
            )
            if not was_current:
                raise Conflict(SOMEBODY_SAVED)
        Revision.objects.bulk_create(self._revisions, batch_size=BATCH)
