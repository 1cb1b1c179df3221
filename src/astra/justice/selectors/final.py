"""What has ended in a file: final judgments, proceedings that go on no more, demands that were answered?"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Max

from astra.justice.models import Decision, Demand, Proceeding
from astra.justice.rules.lifecycles import FINAL, GIVEN, GIVEN_PARTLY, STOPPED


def final_days(case_ids: Collection[UUID]) -> dict[UUID, date]:
    """The last day on which a decision in each file became final."""
    rows = Decision.objects.filter(case__in=case_ids, final_on__isnull=False).order_by().values("case")
    return {row["case"]: row["last"] for row in rows.annotate(last=Max("final_on"))}


def given_and_told(case_id: UUID) -> list[Demand]:
    """The demands for a file on which something was given, and of which the client was told."""
    rows = Demand.objects.filter(case=case_id, state__in=(GIVEN, GIVEN_PARTLY), told_on__isnull=False)
    return list(rows.order_by("-answered_on"))


def with_proceedings(case_ids: Collection[UUID]) -> set[UUID]:
    """Files in which a proceeding goes on."""
    rows = Proceeding.objects.filter(case__in=case_ids).exclude(state__in=(FINAL, STOPPED))
    return set(rows.values_list("case", flat=True))
