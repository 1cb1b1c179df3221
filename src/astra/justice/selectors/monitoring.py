"""Which judgments does the yearly analysis have, and what do they come to? No link to any file."""

from dataclasses import dataclass
from uuid import UUID

from astra.justice.models import Judgment
from astra.justice.rules.analysis import JudgmentRow, Table, analysis
from astra.vault.actor import Actor


@dataclass(frozen=True)
class YearPage:
    """The judgments of a year, its tables, and the years that there are."""

    year: int | None
    rows: list[tuple[UUID, JudgmentRow]]
    tables: list[Table]
    years: list[int]


def judgments(actor: Actor, year: int | None) -> YearPage:
    """The judgments of a year, or of the newest one."""
    actor.check_desk("cases")
    years = list(Judgment.objects.order_by("-year").values_list("year", flat=True).distinct())
    shown = year or (years[0] if years else None)
    rows = judgment_rows(shown)
    return YearPage(shown, rows, analysis([row for _, row in rows]) if rows else [], years)


def judgment_rows(year: int | None = None) -> list[tuple[UUID, JudgmentRow]]:
    """Every judgment, or those of a year, with their accused."""
    found = Judgment.objects.prefetch_related("accused").order_by("year", "court", "pk")
    return [(one.pk, one.row()) for one in (found.filter(year=year) if year else found)]
