"""What is half written? One's own drafts, and those of colleagues that somebody should finish."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.hotline.models import Draft
from astra.hotline.sections import DRAFT_CONTENT
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import PreparedRows

MOST = 100


@dataclass(frozen=True)
class DraftLine:
    """A draft as a list shows it: who writes, since when; not what."""

    id: UUID
    writer_id: UUID
    is_mine: bool
    began_at: datetime
    saved_at: datetime
    about_id: UUID | None
    sequence: int


@dataclass(frozen=True)
class DraftSheet:
    """A draft as it was typed."""

    line: DraftLine
    values: tuple[tuple[str, str], ...]


_UNFINISHED = PreparedRows(Draft, lambda: Draft.objects.filter(ended_at=None).order_by("-saved_at")[:MOST])


def unfinished(actor: Actor) -> list[DraftLine]:
    """Drafts that wait to be finished and that the actor may know of: her own first, then by their last save."""
    actor.check_desk("hotline")
    rows = _UNFINISHED()
    mine = vault.reachable_among(actor, [row.pk for row in rows]) if rows else set()
    found = [_line(actor, row) for row in rows if row.pk in mine]
    return sorted(found, key=lambda draft: not draft.is_mine)


def draft(actor: Actor, draft_id: UUID) -> DraftSheet:
    """Open an unfinished draft, or raise `NotFound`."""
    actor.check_desk("hotline")
    vault.check_reach(actor, draft_id)
    row = Draft.objects.filter(pk=draft_id, ended_at=None).first()
    if row is None:
        raise NotFound
    return DraftSheet(_line(actor, row), vault.open_section(actor, draft_id, DRAFT_CONTENT).content.values)


def _line(actor: Actor, row: Draft) -> DraftLine:
    return DraftLine(
        id=row.pk,
        writer_id=row.writer_id,
        is_mine=row.writer_id == actor.id,
        began_at=row.began_at,
        saved_at=row.saved_at,
        about_id=row.about_id,
        sequence=row.sequence,
    )
