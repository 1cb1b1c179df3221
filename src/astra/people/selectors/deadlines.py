"""Who comes of age soon, and has not been asked her own consent?"""

from datetime import date, timedelta
from uuid import UUID

from astra.kernel.dues import Due
from astra.kernel.words import msg
from astra.people.models import Person
from astra.people.rules import ages
from astra.people.rules.whereabouts import DIED
from astra.people.sections import IDENTITY
from astra.vault import selectors as vault
from astra.vault.actor import Actor

OF_AGE = msg("Comes of age: ask for her or his own consent; the guardian's ends on this day.")
MOST = 200


def due(actor: Actor, day: date) -> list[Due]:
    """Children whom the actor knows and who come of age within two months (or did) without having been asked.

    The server knows the quarter only; the day comes from the identity where the actor may open it.
    """
    horizon = day + timedelta(days=ages.ASK_AHEAD_DAYS)
    waiting = Person.objects.filter(
        of_age_quarter__lte=horizon, own_consent_asked_on=None, merged_into=None, record__erased_at=None
    ).exclude(whereabouts=DIED)
    quarters = dict(waiting.order_by("of_age_quarter").values_list("pk", "of_age_quarter")[: MOST * 5])
    mine = sorted(vault.reachable_among(actor, list(quarters)))[:MOST]
    exact = _exact_days(actor, mine)
    dues = [Due(exact.get(pk) or quarters[pk] or day, "people.of_age", pk, OF_AGE) for pk in mine]
    return sorted(one for one in dues if one.day <= horizon)


def _exact_days(actor: Actor, person_ids: list[UUID]) -> dict[UUID, date]:
    found = {}
    for person_id, opened in vault.open_sections(actor, person_ids, IDENTITY).items():
        adult_on = ages.comes_of_age_on(opened.content.birth)
        if adult_on is not None:
            found[person_id] = adult_on
    return found
