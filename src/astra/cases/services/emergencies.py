"""How does a team learn that its file was opened in an emergency? By a line and a task, at the same moment.

The officers who open it may not be able to read the file; so nothing is read here, and what is written is sealed to
the team as unattended work seals it.
"""

from uuid import UUID

from django.db.models import Q

from astra.cases.models import Case
from astra.cases.rules.lifecycle import is_living
from astra.cases.rules.tiers import TEAM
from astra.cases.selectors.access import tier_circles
from astra.cases.services.for_later_rooms import Filing
from astra.kernel.clock import today
from astra.vault import selectors as vault
from astra.vault.actor import system

OPENED = "emergency_opened"


def tell_team(*, record_id: UUID, reader_id: UUID) -> int:
    """Tell the teams of the files that are, or hold, an opened record; returns how many were told."""
    holding = Q(pk=record_id) | Q(people__person=record_id) | Q(contacts__contact=record_id)
    files = list(Case.objects.filter(holding, record__erased_at=None).distinct())
    for case in files:
        filing = Filing(system(), case)
        filing.line(OPENED)
        answering = _who_answers(case, reader_id)
        if answering is not None and is_living(case.state):
            filing.task(OPENED, today(), assigned=answering)
        with filing.transaction("cases.told_of_emergency"):
            pass
    return len(files)


def _who_answers(case: Case, reader_id: UUID) -> UUID | None:
    """Whoever leads the file, or another of its team; never whoever reads it now."""
    circle = tier_circles([case.pk]).get(case.pk, {}).get(TEAM)
    team = vault.workers_in(circle) - {reader_id} if circle else set()
    return next(iter(sorted(team, key=lambda one: (one != case.lead_id, one))), None)
