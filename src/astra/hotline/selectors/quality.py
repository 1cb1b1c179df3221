"""Which contacts wait for a supervisor, and what was said of those that somebody took?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.hotline.models import QualityReview
from astra.hotline.sections import QUALITY
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor

MOST = 100


@dataclass(frozen=True)
class QualityLine:
    """One contact of a sample."""

    id: UUID
    contact_id: UUID
    reviewer_id: UUID
    counsellor_id: UUID
    scores: dict[str, str]
    scored_at: datetime | None
    words: str


def quality_reviews(actor: Actor) -> list[QualityLine]:
    """Those that she drew and those of her own contacts; what waits for her comes first."""
    actor.check_desk("hotline")
    reach = vault.reach_of(actor, kind="quality")
    rows = list(QualityReview.objects.filter(vault.within("pk", **reach)).order_by("-drawn_at", "pk")[:MOST])
    return sorted(_lines(actor, rows), key=lambda one: one.scored_at is not None)


def quality_review(actor: Actor, quality_id: UUID) -> QualityLine:
    """One of them, or `NotFound`."""
    vault.check_reach(actor, quality_id)
    found = _lines(actor, list(QualityReview.objects.filter(pk=quality_id)))
    if not found:
        raise NotFound
    return found[0]


def _lines(actor: Actor, rows: list[QualityReview]) -> list[QualityLine]:
    words = vault.open_sections(actor, [row.pk for row in rows], QUALITY) if rows else {}
    return [
        QualityLine(
            row.pk,
            row.contact_id,
            row.reviewer_id,
            row.counsellor_id,
            dict(row.scores),
            row.scored_at,
            words[row.pk].content.words if row.pk in words else "",
        )
        for row in rows
    ]
