"""When did the last judgment in a file become final, and does anything still go on? For the clocks of retention."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Max

from astra.justice.models import Decision, Proceeding
from astra.justice.rules.lifecycles import FINAL, STOPPED


def final_days(case_ids: Collection[UUID]) -> dict[UUID, date]:
    """The last day on which a decision in each file became final."""
    rows = Decision.objects.filter(case__in=case_ids, final_on__isnull=False).order_by().values("case")
    return {row["case"]: row["last"] for row in rows.annotate(last=Max("final_on"))}


def with_proceedings(case_ids: Collection[UUID]) -> set[UUID]:
    """Files in which a proceeding goes on."""
    rows = Proceeding.objects.filter(case__in=case_ids).exclude(state__in=(FINAL, STOPPED))
    return set(rows.values_list("case", flat=True))
