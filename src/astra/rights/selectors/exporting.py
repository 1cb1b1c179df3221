"""Which exports wait, are ready, or were made, as far as the reader may know of the files in them?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.cases import selectors as cases
from astra.cases.selectors import CaseLine
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.rights.models import Export
from astra.rights.rules import exports as rules
from astra.rights.sections import EXPORT_WORDS, ExportWords
from astra.vault import selectors as vault
from astra.vault.actor import Actor

DESKS = ("cases", "data_protection")
FEW = 50


@dataclass(frozen=True)
class ExportLine:
    """One export."""

    id: UUID
    number: str
    reason: str
    state: str
    count: int
    asked_by: UUID
    asked_at: datetime
    decided_by: UUID | None
    expires_at: datetime
    taken_at: datetime | None
    recipient: str
    words: str
    has_key: bool
    can_decide: bool
    is_mine: bool


@dataclass(frozen=True)
class ExportPage:
    """One export with those of its files that the reader may know of."""

    line: ExportLine
    cases: list[CaseLine]
    hidden: int
    """How many of its files are not open to the reader; then she cannot agree."""


def exports(actor: Actor) -> list[ExportLine]:
    """The latest exports that the actor may know of."""
    actor.check_desk(*DESKS)
    return _lines(actor, Export.objects.filter(**_hers(actor)).order_by("-asked_at")[:FEW])


def export(actor: Actor, export_id: UUID) -> ExportPage:
    """One export, or `NotFound`."""
    actor.check_desk(*DESKS)
    vault.check_reach(actor, export_id)
    found = _lines(actor, Export.objects.filter(pk=export_id))
    if not found:
        raise NotFound
    ids = list(Export.objects.get(pk=export_id).cases.values_list("case", flat=True))
    known = cases.find_lines(actor, ids) if actor.has_desk("cases") else []
    return ExportPage(found[0], known, len(ids) - len(known))


def count_exports_to_decide(actor: Actor) -> int:
    """How many wait for a second person like this actor."""
    if not actor.has_desk("cases"):
        return 0
    rows = Export.objects.filter(state=rules.WAITING, expires_at__gt=now(), **_hers(actor))
    return rows.exclude(asked_by=actor.id).count()


def _hers(actor: Actor) -> dict[str, object]:
    ids = vault.reach_of(actor, kind="export")
    return {"pk__in": Export.objects.filter(vault.within("pk", **ids)).values("pk")}


def _lines(actor: Actor, rows: Iterable[Export]) -> list[ExportLine]:
    found, at = list(rows), now()
    opened = vault.open_sections(actor, [row.pk for row in found], EXPORT_WORDS) if found else {}
    said = {pk: one.content for pk, one in opened.items()}
    lines = []
    for row in found:
        words = said.get(row.pk, ExportWords())
        is_living = not rules.is_over(row.expires_at, at)
        lines.append(
            ExportLine(
                id=row.pk,
                number=row.number,
                reason=row.reason,
                state=row.state if is_living or row.state not in (rules.WAITING, rules.READY) else rules.GONE,
                count=row.count,
                asked_by=row.asked_by_id,
                asked_at=row.asked_at,
                decided_by=row.decided_by_id,
                expires_at=row.expires_at,
                taken_at=row.taken_at,
                recipient=words.recipient,
                words=words.words,
                has_key=bool(words.key),
                can_decide=row.state == rules.WAITING and is_living and row.asked_by_id != actor.id,
                is_mine=row.asked_by_id == actor.id,
            )
        )
    return lines
