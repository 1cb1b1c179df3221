"""What may this actor open? The only way to read a sealed section.

Every opening asks three things: is the record alive and not walled off, has one of her circles a living grant, and
does the membership really open. A refusal is the same `NotFound` as absence, and both are noted for the log.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault.actor import Actor
from astra.vault.crypto import aead, hybrid, padding
from astra.vault.crypto.contexts import content_key, grant_context, section_context
from astra.vault.keyring import NotHeld
from astra.vault.models import Grant, Revision, Section
from astra.vault.prepared import Prepared
from astra.vault.sections import AnyKind, Opened, SectionKind
from astra.vault.selectors.names import erasure_keys, pseudonym_from, pseudonyms

T = TypeVar("T")


def is_living(at: datetime) -> Q:
    """A filter for grants and reach that have not run out."""
    return Q(expires_at=None) | Q(expires_at__gt=at)


def _living_sections(
    records: Collection[UUID], kinds: Collection[str], reader: UUID | None = None
) -> QuerySet[Section, Any]:  # Any: rows of columns of every type
    living = Section.objects.filter(record__in=records, kind__in=kinds, handle__erased_at=None, record__erased_at=None)
    before_no_wall = living.exclude(record__walls__member=reader) if reader is not None else living
    return before_no_wall.values_list(*_SECTION, "record__pseudonym_handle")


_SECTION = [field.attname for field in Section._meta.concrete_fields]
_SECTIONS = Prepared(_living_sections)
_GRANTS = Prepared(
    lambda at, records, kinds: Grant.objects.filter(is_living(at), record__in=records, kind__in=kinds).values_list(
        "record", "kind", "key_id", "circle", "generation", "wrapped", "pk"
    )
)


@dataclass(frozen=True)
class _Keyed:
    section: Section
    data_key: bytes
    erasure_key: bytes


@dataclass(frozen=True)
class _Grant:
    record: UUID
    kind: str
    key_id: UUID
    circle: UUID
    generation: int
    wrapped: bytes
    pk: int


def keyed_sections(
    actor: Actor, record_ids: Collection[UUID], kinds: Collection[str]
) -> dict[tuple[UUID, str], _Keyed]:
    """Find the sections that the actor can open, with their keys; notes openings on the trail."""
    reader = {} if actor.id is None else {"reader": actor.id}
    sections, names = {}, {}
    for *columns, name in _SECTIONS(records=record_ids, kinds=kinds, **reader):
        section = Section.from_db("default", _SECTION, columns)
        sections[section.record_id, section.kind] = section
        names[section.record_id] = name
    data_keys = _data_keys(actor, record_ids, kinds, sections)
    wanted = {section.handle_id for key, section in sections.items() if key in data_keys}
    shredders = erasure_keys(wanted | {name for name in names.values() if name})
    found = {}
    for key, section in sections.items():
        shredder = shredders.get(section.handle_id)
        if key in data_keys and shredder is not None:
            named_by = shredders.get(names[section.record_id] or section.handle_id, shredder)
            found[key] = _Keyed(section, data_keys[key], shredder)
            actor.trail.opened.add((pseudonym_from(section.record_id, named_by), section.kind))
            actor.trail.about.add(section.handle_id)
    return found


def _data_keys(
    actor: Actor, record_ids: Collection[UUID], kinds: Collection[str], sections: dict[tuple[UUID, str], Section]
) -> dict[tuple[UUID, str], bytes]:
    if not sections:
        return {}
    grants = [_Grant(*row) for row in _GRANTS(at=now(), records=record_ids, kinds=kinds)]
    held = actor.keyring.find({grant.circle for grant in grants})
    found: dict[tuple[UUID, str], bytes] = {}
    for grant in grants:
        key = (grant.record, grant.kind)
        section = sections.get(key)
        if section is None or key in found or grant.circle not in held or grant.key_id != section.key_id:
            continue
        data_key = _open_grant(actor, grant)
        if data_key is not None:
            found[key] = data_key
    return found


def _open_grant(actor: Actor, grant: _Grant) -> bytes | None:
    bound = grant_context(grant.record, grant.kind, grant.key_id, grant.circle, grant.generation)
    try:
        keys = actor.keyring.keys(grant.circle, grant.generation)
        return hybrid.unwrap(keys, bytes(grant.wrapped), bound)
    except (NotHeld, aead.WrongBox):
        actor.trail.broken.add(f"grant:{grant.pk}")
        return None


def _clear(keyed: _Keyed, kind: SectionKind[T]) -> Opened[T] | None:
    section = keyed.section
    key = content_key(keyed.data_key, keyed.erasure_key, section.record_id, section.kind)
    bound = section_context(section.record_id, section.kind, section.revision, section.key_id)
    try:
        clear = padding.unpad(aead.open_box(key, bytes(section.sealed), bound))
    except (aead.WrongBox, padding.BadPadding):
        return None
    return Opened(kind.decode(clear), section.revision, section.at, section.author)


@dataclass(frozen=True)
class Reading:
    """Sections that were found together with their keys."""

    actor: Actor
    keyed: dict[tuple[UUID, str], _Keyed]

    def opened(self, kind: SectionKind[T]) -> dict[UUID, Opened[T]]:
        """Those of one kind, by record."""
        found = {}
        for (record_id, name), keyed in self.keyed.items():
            if name != kind.name:
                continue
            opened = _clear(keyed, kind)
            if opened is None:
                self.actor.trail.broken.add(f"section:{keyed.section.pk}")
            else:
                found[record_id] = opened
        return found


def read_together(actor: Actor, record_ids: Collection[UUID], kinds: Collection[AnyKind]) -> Reading:
    """Fetch several kinds of sections of many records at once; each is opened when it is asked for."""
    return Reading(actor, keyed_sections(actor, record_ids, [kind.name for kind in kinds]))


def open_sections(actor: Actor, record_ids: Iterable[UUID], kind: SectionKind[T]) -> dict[UUID, Opened[T]]:
    """Open one kind of section on many records; what the actor may not open is simply absent."""
    return read_together(actor, list(record_ids), [kind]).opened(kind)


def open_section(actor: Actor, record_id: UUID, kind: SectionKind[T]) -> Opened[T]:
    """Open one section or raise `NotFound`, whether it is absent, erased, walled off or another's."""
    opened = open_sections(actor, [record_id], kind).get(record_id)
    if opened is None:
        actor.trail.refused.add((pseudonyms([record_id]).get(record_id, ""), kind.name))
        raise NotFound
    return opened


def find_section(actor: Actor, record_id: UUID, kind: SectionKind[T]) -> Opened[T] | None:
    """Open one section if it is there and the actor's to open."""
    return open_sections(actor, [record_id], kind).get(record_id)


def open_earlier(actor: Actor, record_id: UUID, kind: SectionKind[T]) -> list[Opened[T]]:
    """Open the earlier revisions of a section, newest first, as far as this actor's keys reach."""
    keyed = keyed_sections(actor, [record_id], [kind.name]).get((record_id, kind.name))
    if keyed is None:
        raise NotFound
    opened = []
    data_key, key_id = keyed.data_key, keyed.section.key_id
    for earlier in Revision.objects.filter(section=keyed.section).order_by("-number"):
        if earlier.key_id != key_id:
            bound = aead.context("astra.earlier-key.v1", record_id.bytes, kind.name, earlier.key_id.bytes)
            data_key, key_id = aead.open_box(data_key, bytes(earlier.data_key), bound), earlier.key_id
        key = content_key(data_key, keyed.erasure_key, record_id, kind.name)
        clear = aead.open_box(key, bytes(earlier.sealed), section_context(record_id, kind.name, earlier.number, key_id))
        content = kind.decode(padding.unpad(clear))
        opened.append(Opened(content, earlier.number, earlier.at, earlier.author))
    return opened
