"""What must the room let go of before somebody's erasure is reported? Whatever was about her alone."""

from uuid import UUID

from django.db.models import Q

from astra.justice.models import (
    Claim,
    Decision,
    Demand,
    Hearing,
    Incident,
    Letter,
    Proceeding,
    Right,
    Suspect,
    Term,
)
from astra.vault.services.erasure import evict_with

PARTS = (Hearing, Incident, Term, Claim, Decision, Demand, Letter, Right, Suspect, Proceeding)
"""Proceedings come last: what hangs on them goes first."""


def forget(record_id: UUID) -> None:
    """Let go of an erased person's proceedings, or of a record of which nothing is left; may be done twice.

    What is shared with somebody else's file stays: its key is living.
    """
    hers = Q(record__handles__owners__owner=record_id) | Q(pk=record_id)
    for model in PARTS:
        gone = model._default_manager.filter(hers, record__handles__erased_at__isnull=False)
        model._default_manager.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()


evict_with(forget)
