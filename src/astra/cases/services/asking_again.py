"""What follows for files when somebody takes her consent back? Each that rests on it is looked at again by tomorrow."""

from datetime import timedelta
from uuid import UUID

from astra.cases.models import Case, CasePerson, Task
from astra.cases.rules.grounds import CONSENT, GROUND_REVIEW
from astra.cases.rules.lifecycle import LIVING_STATES, TO_DO
from astra.cases.rules.roles import is_client
from astra.cases.services.tasks import add_task
from astra.kernel.clock import today
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor

WITHIN = timedelta(days=1)


def review_grounds(*, actor: Actor, person_id: UUID) -> int:
    """Set a task in every open file that exists on her consent and that the actor reaches; returns how many."""
    actor.check_desk("cases")
    kept = people.resolve(person_id)
    everywhere = {kept, person_id, *people.duplicates_of(kept)}
    rows = CasePerson.objects.filter(
        person__in=everywhere, case__ground=CONSENT, case__state__in=LIVING_STATES
    ).values_list("case", "role")
    hers = {case_id for case_id, role in rows if is_client(role)}
    known = vault.reachable_among(actor, hers) if hers else set()
    waiting = Task.objects.filter(case__in=known, kind=GROUND_REVIEW, state=TO_DO).values_list("case", flat=True)
    fresh = Case.objects.filter(pk__in=known).exclude(pk__in=waiting).values_list("pk", flat=True)
    for case_id in fresh:
        add_task(actor=actor, case_id=case_id, kind=GROUND_REVIEW, due_on=today() + WITHIN)
    return len(fresh)
