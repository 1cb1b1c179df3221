"""Which judgments does the yearly analysis have, and what do they come to? No link to any file."""

from dataclasses import dataclass
from uuid import UUID

from astra.justice.models import Judgment
from astra.justice.rules.analysis import AccusedRow, JudgmentRow, Table, analysis
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
    return [(one.pk, _row(one)) for one in (found.filter(year=year) if year else found)]


def _row(one: Judgment) -> JudgmentRow:
    return JudgmentRow(
        year=one.year,
        court=one.court,
        instance=one.instance,
        article=one.article,
        final_article=one.final_article,
        form=one.form,
        outcome=one.outcome,
        is_plea=one.is_plea,
        months_since_charge=one.months_since_charge,
        injured=one.injured,
        injured_children=one.injured_children,
        has_special_status=one.has_special_status,
        compensation=one.compensation,
        compensation_amount=one.compensation_amount,
        currency=one.currency,
        accused=tuple(
            AccusedRow(row.outcome, row.sex, row.part, row.penalty, row.years, row.months) for row in one.accused.all()
        ),
    )
