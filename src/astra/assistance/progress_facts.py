"""What may research see of the scale? Whether it became better: no name, no file, no value of a part of life."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from astra.assistance.models import KeptProgress, Rating
from astra.assistance.rules.progress import change


@dataclass(frozen=True)
class ProgressFact:
    """How somebody's scale changed from the first filling to the last: the unit is the person, counted by the last.

    `rated_by` is her worker or the person herself; `change` is better, same or worse.
    """

    on: date
    rated_by: str
    change: str


def progress_facts() -> Iterator[ProgressFact]:
    """Everybody whose scale was filled in twice or more by the same rater."""
    yield from progress_in(Rating.objects.filter(case__record__decoy=None))
    for month, rated_by, changed in KeptProgress.objects.values_list("month", "rated_by", "change"):
        yield ProgressFact(month, rated_by, changed)


def progress_in(ratings: QuerySet[Rating]) -> Iterator[ProgressFact]:
    """What became of each person's scale; what was rated before clients were told apart counts as one of its case."""
    found: dict[tuple[UUID, str], dict[date, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = ratings.order_by("rated_on", "pk").values_list("person", "case", "rated_by", "rated_on", "domain", "value")
    for person, case, rated_by, on, domain, value in rows:
        found[person or case, rated_by][on][domain] = value
    for (_whose, rated_by), fillings in found.items():
        if changed := change(list(fillings.values())):
            yield ProgressFact(max(fillings), rated_by, changed)
