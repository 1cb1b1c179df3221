"""How far is somebody on her way? Rated by part of life, by her worker and by herself, each on a day."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from astra import vocabulary
from astra.assistance.models import Rating
from astra.assistance.rules.aftercare import follow_up_days
from astra.assistance.rules.days import told_on
from astra.assistance.rules.services import check_rating
from astra.assistance.services.clients import whose
from astra.cases.rules.lifecycle import CASE
from astra.cases.selectors import get_case
from astra.cases.services import Filing, step
from astra.kernel.clock import today
from astra.vault.actor import Actor


def rate(
    *,
    actor: Actor,
    case_id: UUID,
    rated_by: str,
    values: Mapping[str, int | None],
    rated_on: date | None = None,
    person_id: UUID | None = None,
) -> None:
    """Write down one filling of the scale; a part that was left empty is not known."""
    case = get_case(actor, case_id)
    person = whose(case_id, person_id)
    on = told_on("rated_on", rated_on, today())
    given = {domain: value for domain, value in values.items() if value is not None}
    check_rating(given)
    vocabulary.check("rated_by", rated_by, field="rated_by")
    for domain in given:
        vocabulary.check("life_domain", domain, field=domain)
    filing = Filing(actor, case)
    filing.line("outcome_rated", code=rated_by)
    with filing.transaction("assistance.rate", detail={"rated_by": rated_by}):
        Rating.objects.bulk_create(
            Rating(case=case, person_id=person, rated_on=on, rated_by=rated_by, domain=domain, value=value, by=actor.id)
            for domain, value in given.items()
        )


def begin_aftercare(*, actor: Actor, case_id: UUID) -> None:
    """Support has ended: ask after her in one, three, six and twelve months. The file stays open meanwhile."""
    case = get_case(actor, case_id)
    CASE.check(case.state, "follow_up")
    filing = Filing(actor, case)
    for day in follow_up_days(today()):
        filing.task("aftercare", day)
    filing.line("aftercare_began")
    with filing.transaction("assistance.begin_aftercare"):
        step(actor=actor, case_id=case_id, verb="follow_up")
