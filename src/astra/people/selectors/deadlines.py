"""Who comes of age soon, and has not been asked her own consent?"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from astra.kernel.dues import Due
from astra.kernel.words import msg
from astra.people.models import Person
from astra.people.rules import ages
from astra.people.rules.whereabouts import DIED
from astra.people.sections import IDENTITY
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared

OF_AGE = msg("Comes of age: ask for her or his own consent; the guardian's ends on this day.")
MOST = 200
AT_ONCE = 25
"""So many identities are opened at a time while the nearest days are looked for."""


def due(actor: Actor, day: date, *, limit: int = MOST) -> list[Due]:
    """Children whom the actor knows and who come of age within two months (or did) without having been asked.

    The server knows the quarter only; the day comes from the identity where the actor may open it. The walk is by
    quarter and ends when enough are found, so no more files are opened than the page shows.
    """
    horizon = day + timedelta(days=ages.ASK_AHEAD_DAYS)
    most = min(MOST, 4 * limit)
    waiting = vault.Walk(actor, kind="person", column=0, most=most).first(_waiting(most), horizon=horizon)
    quarters: dict[UUID, date | None] = dict(waiting)
    dues: list[Due] = []
    size = min(limit, AT_ONCE)
    for begin in range(0, len(quarters), size):
        lot = list(quarters)[begin : begin + size]
        exact = _exact_days(actor, lot)
        days = {pk: exact.get(pk) or quarters[pk] or day for pk in lot}
        dues += [Due(on, "people.of_age", pk, OF_AGE) for pk, on in days.items() if on <= horizon]
        if len(dues) >= limit:
            break
    return sorted(dues)[:limit]


@cache
def _waiting(most: int) -> Prepared:
    def ask(horizon: date, **hers: Any) -> QuerySet[Person, Any]:  # Any: the values of `vault.within`; a row
        waiting = Person.objects.filter(
            of_age_quarter__lte=horizon, own_consent_asked_on=None, merged_into=None, record__erased_at=None
        ).exclude(whereabouts=DIED)
        mine = waiting.filter(vault.within("pk", **hers)) if hers else waiting
        return mine.order_by("of_age_quarter").values_list("pk", "of_age_quarter")[:most]

    return Prepared(ask)


def _exact_days(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, date]:
    found = {}
    for person_id, opened in vault.open_sections(actor, person_ids, IDENTITY).items():
        adult_on = ages.comes_of_age_on(opened.content.birth)
        if adult_on is not None:
            found[person_id] = adult_on
    return found
