"""What do we know already of this employer or agency? The register of checked organisations, and its dated findings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from astra.hotline.models import CheckedOrganisation, RegisterFinding
from astra.hotline.rules.employers import Entry, Likeness, Searchable, ranked, searchable
from astra.hotline.rules.offers import WARNINGS
from astra.kernel.errors import NotFound
from astra.science.script import sort_key
from astra.vault.actor import Actor

READERS = ("hotline", "cases")


@dataclass(frozen=True)
class Finding:
    """One dated finding."""

    id: UUID
    what: str
    source: str
    on: date
    said: str
    verdict: str
    flags: tuple[tuple[str, str], ...]
    """Codes with their reasons."""
    by_id: UUID | None
    at: datetime
    withdrawn_at: datetime | None
    name: str
    """Of the entry it was written to, where that one has been joined to another."""


@dataclass(frozen=True)
class RegisterLine:
    """An organisation in the register with what its findings come to."""

    id: UUID
    entry: Entry
    is_warned: bool
    findings: int
    last_on: date | None
    likeness: Likeness | None = None


@dataclass(frozen=True)
class RegisterSheet:
    """An organisation with all its findings, those of joined entries included, the newest first."""

    line: RegisterLine
    findings: tuple[Finding, ...]
    joined: tuple[tuple[UUID, str], ...]
    """The entries that were joined to it."""
    joined_into: UUID | None
    flags: tuple[str, ...]


def find_organisations(actor: Actor, text: str, *, limit: int = 6) -> list[RegisterLine]:
    """The organisations that are like what somebody types, the likest first, each with a reason."""
    actor.check_desk(*READERS)
    rows = {row.pk: row for row in CheckedOrganisation.objects.all()}
    found = ranked(text, (_searched(row) for row in rows.values()), limit=limit * 2)
    kept: dict[UUID, Likeness] = {}
    for pk, likeness in found:
        kept.setdefault(rows[pk].joined_into_id or pk, likeness)
    lines = {line.id: line for line in _lines([rows[pk] for pk in list(kept)[:limit]], kept)}
    return [lines[pk] for pk in kept if pk in lines]


def list_organisations(actor: Actor, *, kind: str = "", country: str = "") -> list[RegisterLine]:
    """The register by name."""
    actor.check_desk(*READERS)
    narrowed = {name: value for name, value in (("kind", kind), ("country", country)) if value}
    rows = CheckedOrganisation.objects.filter(joined_into=None, **narrowed)
    return sorted(_lines(list(rows), {}), key=lambda line: sort_key(line.entry.name))


def organisation_sheet(actor: Actor, organisation_id: UUID) -> RegisterSheet:
    """One organisation with its findings, or `NotFound`."""
    actor.check_desk(*READERS)
    row = CheckedOrganisation.objects.filter(pk=organisation_id).first()
    if row is None:
        raise NotFound
    others = list(row.joined.order_by("added_at"))
    findings = tuple(_findings([row, *others]))
    living = [one for one in findings if one.withdrawn_at is None]
    return RegisterSheet(
        line=_lines([row], {})[0],
        findings=findings,
        joined=tuple((one.pk, one.name) for one in others),
        joined_into=row.joined_into_id,
        flags=tuple(dict.fromkeys(code for one in living for code, _ in one.flags)),
    )


def register_lines(organisation_ids: Collection[UUID]) -> dict[UUID, RegisterLine]:
    """What stands in the register under these ids; joined entries lead to the one that is kept."""
    rows = CheckedOrganisation.objects.filter(pk__in=organisation_ids).select_related("joined_into")
    kept = {row.pk: row.joined_into or row for row in rows}
    lines = {line.id: line for line in _lines(list({one.pk: one for one in kept.values()}.values()), {})}
    return {pk: lines[row.pk] for pk, row in kept.items()}


def entry_of(row: CheckedOrganisation) -> Entry:
    """A row as it is written down."""
    return Entry(
        name=row.name,
        kind=row.kind,
        country=row.country,
        other_names=tuple(row.other_names.splitlines()),
        registration_number=row.registration_number,
        licence_number=row.licence_number,
        licence_until=row.licence_until,
        website=row.website,
        public_phone=row.public_phone,
        public_email=row.public_email,
    )


def _searched(row: CheckedOrganisation) -> Searchable:
    return searchable(row.pk, entry_of(row))


def _lines(rows: list[CheckedOrganisation], likeness: dict[UUID, Likeness]) -> list[RegisterLine]:
    ids = [row.pk for row in rows]
    families = dict(CheckedOrganisation.objects.filter(joined_into__in=ids).values_list("pk", "joined_into"))
    found: dict[UUID, list[tuple[date, str]]] = {pk: [] for pk in ids}
    findings = RegisterFinding.objects.filter(organisation__in=[*ids, *families], withdrawn_at=None)
    for organisation, on, verdict in findings.values_list("organisation", "on", "verdict"):
        found[families.get(organisation) or organisation].append((on, verdict))
    return [
        RegisterLine(
            id=row.pk,
            entry=entry_of(row),
            is_warned=any(verdict == WARNINGS for _, verdict in found[row.pk]),
            findings=len(found[row.pk]),
            last_on=max((on for on, _ in found[row.pk]), default=None),
            likeness=likeness.get(row.pk),
        )
        for row in rows
    ]


def _findings(rows: list[CheckedOrganisation]) -> list[Finding]:
    names = {row.pk: row.name for row in rows}
    kept = rows[0].pk
    found = RegisterFinding.objects.filter(organisation__in=list(names)).prefetch_related("flags")
    return [
        Finding(
            id=row.pk,
            what=row.what,
            source=row.source,
            on=row.on,
            said=row.said,
            verdict=row.verdict,
            flags=tuple((flag.code, flag.reason) for flag in row.flags.all()),
            by_id=row.by_id,
            at=row.at,
            withdrawn_at=row.withdrawn_at,
            name="" if row.organisation_id == kept else names[row.organisation_id],
        )
        for row in found.order_by("-on", "-at")
    ]
