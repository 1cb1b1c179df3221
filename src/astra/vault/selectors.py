"""What may this actor open, and what may she list? The only way to read a sealed section.

Every opening asks three things: is the record alive and not walled off, has one of her circles a living grant, and
does the membership really open. A refusal is the same `NotFound` as absence, and both are noted for the log.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault.actor import Actor
from astra.vault.crypto import aead, hybrid, padding
from astra.vault.desks import founded
from astra.vault.keyring import NotHeld
from astra.vault.models import Circle, ErasureKey, Grant, Member, Membership, Reach, Record, Revision, Section
from astra.vault.models.circles import CASE, DESK
from astra.vault.sections import AnyKind, Opened, SectionKind

T = TypeVar("T")
M = TypeVar("M", bound=Model)
FEW = 200
"""So many records are asked for one by one."""


# --- contexts: what ciphertexts are bound to -------------------------------------------------------------------------


def section_context(record: UUID, kind: str, revision: int, key_id: UUID) -> bytes:
    """What a sealed section is bound to."""
    return aead.context("astra.section.v1", record.bytes, kind, revision, key_id.bytes)


def grant_context(record: UUID, kind: str, key_id: UUID, circle: UUID, generation: int) -> bytes:
    """What a grant's wrap is bound to."""
    return aead.context("astra.grant.v1", record.bytes, kind, key_id.bytes, circle.bytes, generation)


def content_key(data_key: bytes, erasure_key: bytes, record: UUID, kind: str) -> bytes:
    """Data key and erasure key together give the key of a section."""
    return aead.derive(data_key, aead.context("astra.content.v1", record.bytes, kind), salt=erasure_key)


# --- circles ---------------------------------------------------------------------------------------------------------


def desk_circle(name: str) -> UUID:
    """The circle of a desk."""
    return founded()[name][1]


def desk_circles() -> dict[str, UUID]:
    """Every desk circle by name."""
    return {name: circle for name, (kind, circle) in founded().items() if kind == DESK}


def personal_circle(member_id: UUID) -> UUID:
    """The circle of one person who works here."""
    return Member.objects.values_list("circle_id", flat=True).get(pk=member_id)


def case_circle(record_id: UUID, tier: str) -> UUID | None:
    """The circle of a case's tier, if it has been made."""
    return Circle.objects.filter(record=record_id, kind=CASE, name=tier).values_list("id", flat=True).first()


def holders(circle_id: UUID) -> list[UUID]:
    """The circles (persons among them) that hold a circle."""
    return list(
        Circle.objects.filter(holdings__circle=circle_id).order_by("holdings__created_at").values_list("id", flat=True)
    )


def closed_circles_of(member_id: UUID) -> list[UUID]:
    """The circles that a member sits in but cannot open since she began again, until a colleague vouches."""
    behind = Membership.objects.filter(holder__member=member_id, holder_generation__lt=F("holder__current"))
    return list(behind.order_by("circle").values_list("circle", flat=True))


def members_of(circle_id: UUID) -> list[UUID]:
    """The members who hold a circle directly, by member id."""
    return list(Member.objects.filter(circle__holdings__circle=circle_id).values_list("id", flat=True))


# --- pseudonyms ------------------------------------------------------------------------------------------------------


def pseudonym_from(record_id: UUID, erasure_key: bytes) -> str:
    """A record's name in the audit log: unlinkable to it once its erasure key is gone."""
    return aead.mac(erasure_key, aead.context("astra.pseudonym.v1", record_id.bytes))[:16].hex()


def pseudonyms(record_ids: Collection[UUID]) -> dict[UUID, str]:
    """The audit names of records, for finding who read them."""
    handles = dict(Record.objects.filter(pk__in=record_ids).values_list("pk", "pseudonym_handle"))
    keys = erasure_keys({handle for handle in handles.values() if handle})
    return {
        record: pseudonym_from(record, keys[handle]) if handle in keys else fallback_pseudonym(record)
        for record, handle in handles.items()
    }


def fallback_pseudonym(record_id: UUID) -> str:
    """The audit name of a record that has nothing sealed, hence nobody to protect."""
    return pseudonym_from(record_id, settings.SECRET_KEY.encode())


def erasure_keys(handle_ids: Collection[UUID]) -> dict[UUID, bytes]:
    """Read erasure keys from the keystore; destroyed ones are absent."""
    rows = ErasureKey.objects.filter(pk__in=handle_ids).values_list("pk", "key")
    return {pk: bytes(key) for pk, key in rows}


# --- opening ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Keyed:
    section: Section
    data_key: bytes
    erasure_key: bytes


def is_living(at: datetime) -> Q:
    """A filter for grants and reach that have not run out."""
    return Q(expires_at=None) | Q(expires_at__gt=at)


def keyed_sections(
    actor: Actor, record_ids: Collection[UUID], kinds: Collection[str]
) -> dict[tuple[UUID, str], _Keyed]:
    """Find the sections that the actor can open, with their keys; notes openings on the trail."""
    living = Section.objects.filter(
        record__in=record_ids, kind__in=kinds, handle__erased_at=None, record__erased_at=None
    ).select_related("record", "handle")
    if actor.id is not None:
        living = living.exclude(record__walls__member=actor.id)
    sections = {(section.record_id, section.kind): section for section in living}
    data_keys = _data_keys(actor, record_ids, kinds, sections)
    wanted = {section.handle_id for key, section in sections.items() if key in data_keys}
    wanted |= {s.record.pseudonym_handle for s in sections.values() if s.record.pseudonym_handle}
    shredders = erasure_keys(wanted)
    found = {}
    for key, section in sections.items():
        shredder = shredders.get(section.handle_id)
        if key in data_keys and shredder is not None:
            name = pseudonym_from(
                section.record_id, shredders.get(section.record.pseudonym_handle or section.handle_id, shredder)
            )
            found[key] = _Keyed(section, data_keys[key], shredder)
            actor.trail.opened.add((name, section.kind))
    return found


def _data_keys(
    actor: Actor, record_ids: Collection[UUID], kinds: Collection[str], sections: dict[tuple[UUID, str], Section]
) -> dict[tuple[UUID, str], bytes]:
    grants = list(Grant.objects.filter(is_living(now()), record__in=record_ids, kind__in=kinds))
    held = actor.keyring.find({grant.circle_id for grant in grants})
    found: dict[tuple[UUID, str], bytes] = {}
    for grant in grants:
        key = (grant.record_id, grant.kind)
        section = sections.get(key)
        if section is None or key in found or grant.circle_id not in held or grant.key_id != section.key_id:
            continue
        data_key = _open_grant(actor, grant)
        if data_key is not None:
            found[key] = data_key
    return found


def _open_grant(actor: Actor, grant: Grant) -> bytes | None:
    bound = grant_context(grant.record_id, grant.kind, grant.key_id, grant.circle_id, grant.generation)
    try:
        keys = actor.keyring.keys(grant.circle_id, grant.generation)
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


# --- reach -----------------------------------------------------------------------------------------------------------


def reaching(actor: Actor) -> QuerySet[Reach]:
    """The reach rows that lead this actor to records: her desks' and her own narrow circles'."""
    living = Reach.objects.filter(is_living(now()))
    if actor.keyring.personal is None:
        return living.none()
    wide = {*actor.keyring.wide_circles(), actor.keyring.personal}
    narrow = actor.keyring.few_case_circles()
    if narrow is not None:
        return living.filter(circle__in=wide | narrow)
    seat = Membership.objects.filter(circle=OuterRef("circle"), holder=actor.keyring.personal, circle__kind=CASE)
    return living.filter(Q(circle__in=wide) | Exists(seat))


def can_reach(actor: Actor, record_id: UUID) -> bool:
    """Whether one of the actor's circles may list the record, and no wall stands before it."""
    return bool(reachable_among(actor, [record_id]))


def reachable_among(actor: Actor, record_ids: Collection[UUID]) -> set[UUID]:
    """Those of the given records that the actor may know of."""
    rows = reaching(actor).filter(record__in=record_ids, record__erased_at=None).exclude(record__walls__member=actor.id)
    return set(rows.values_list("record", flat=True))


def within_reach(actor: Actor, *, kind: str, path: str = "pk") -> Q:
    """A filter for rows whose record (of this kind, at `path`) the actor may know of.

    Somebody with few records asks for these by name, somebody in a wide circle is asked row by row: so that "the first
    rows by date" costs the same for both.
    """
    hers = reaching(actor).filter(kind=kind, record__erased_at=None).exclude(record__walls__member=actor.id)
    few = list(hers.values_list("record", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return Q(**{f"{path}__in": few})
    return Q(Exists(hers.filter(record=OuterRef(path))))


def check_reach(actor: Actor, record_id: UUID) -> None:
    """Raise `NotFound` unless the actor may know of the record; the refusal is noted for the log."""
    if not can_reach(actor, record_id):
        actor.trail.refused.add((pseudonyms([record_id]).get(record_id, ""), "record"))
        raise NotFound


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page of a list, and the cursor that continues it."""

    rows: list[M]
    next_cursor: str


def page(
    actor: Actor,
    queryset: QuerySet[M],
    *,
    kind: str,
    limit: int = 25,
    after: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> Page[M]:
    """List a room's rows that the actor's circles may list, newest first.

    Each wide circle and all narrow ones together give their own first rows from the index; the few are merged
    here. So a list costs the same in a circle of a million records and in one of ten. `since` and `until` (not
    included) bound the sort key within the index. When the room's own filter leaves few rows, the walk begins there.
    """
    bounds = {"listed_at__gte": since, "listed_at__lt": until}
    within = Q(**{name: bound for name, bound in bounds.items() if bound is not None})
    few = list(queryset.order_by().values_list("pk", flat=True)[: FEW + 1]) if queryset.query.where else []
    is_few = bool(queryset.query.where) and len(few) <= FEW
    rows: dict[UUID, tuple[datetime, UUID]] = {}
    for branch in _branches(actor, kind):
        living = Reach.objects.filter(branch, within, is_living(now()), kind=kind, record__erased_at=None)
        if is_few:
            living = living.filter(record__in=few)
        elif queryset.query.where:
            living = living.filter(Exists(queryset.filter(pk=OuterRef("record")).order_by()))
        if after:
            at, record = _read_cursor(after)
            living = living.filter(Q(listed_at__lt=at) | Q(listed_at=at, record__lt=record))
        living = living.exclude(record__walls__member=actor.id).order_by("-listed_at", "-record")
        rows.update({record: (at, record) for at, record in living.values_list("listed_at", "record")[: limit + 1]})
    ordered = sorted(rows.values(), reverse=True)[: limit + 1]
    shown = [record for _, record in ordered[:limit]]
    # By name alone: with the room's filter beside it SQLite would take the filter's index and read every such row.
    by_id = {row.pk: row for row in queryset.model._default_manager.filter(pk__in=shown)}
    cursor = _write_cursor(*ordered[limit - 1]) if len(ordered) > limit else ""
    return Page([by_id[record] for record in shown if record in by_id], cursor)


def _branches(actor: Actor, kind: str) -> list[Q]:
    personal = actor.keyring.personal
    if personal is None:
        return []
    listing = Exists(Reach.objects.filter(circle=OuterRef("pk"), kind=kind))
    desks = Circle.objects.filter(listing, pk__in=actor.keyring.wide_circles())  # most desks list only some kinds
    wide = [Q(circle=circle) for circle in desks.order_by("pk").values_list("pk", flat=True)]
    narrow = actor.keyring.few_case_circles()
    if narrow is None:
        return [*wide, Q(circle=personal), Q(circle__in=case_circles_of(personal))]
    return [*wide, Q(circle__in={personal, *narrow})]


def case_circles_of(personal: UUID) -> QuerySet[Membership, UUID]:
    """The case circles that a person sits in herself, as a subquery."""
    return Membership.objects.filter(holder=personal, circle__kind=CASE).values_list("circle", flat=True)


def _write_cursor(at: datetime, record: UUID) -> str:
    return f"{at.timestamp():.6f}_{record.hex}"


def _read_cursor(cursor: str) -> tuple[datetime, UUID]:
    try:
        moment, _, record = cursor.partition("_")
        return datetime.fromtimestamp(float(moment), tz=now().tzinfo), UUID(hex=record)
    except (ValueError, OverflowError):
        raise NotFound from None
