"""What must the room let go of before somebody's erasure is reported? Whatever was about one person alone.

Words go with their keys; what figures are made of moves to rows that lead to nobody (`keeping`).
"""

from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from astra.justice.models import (
    Claim,
    Decision,
    Demand,
    Hearing,
    Incident,
    Letter,
    Party,
    Proceeding,
    Right,
    Suspect,
    Term,
)
from astra.justice.services.keeping import Keeping
from astra.vault.services.erasure import evict_with

PARTS = (Hearing, Incident, Term, Claim, Decision, Demand, Letter, Right, Suspect, Proceeding)
"""Proceedings come last: what hangs on them goes first."""


def forget(record_id: UUID) -> None:
    """Let go of an erased person's proceedings, or of a record of which nothing is left; may be done twice.

    What is shared with somebody else's file stays: its key is living.
    """
    theirs = Q(record__handles__owners__owner=record_id) | Q(pk=record_id)
    with transaction.atomic():
        for party in Party.objects.filter(person=record_id):
            Party.objects.filter(pk=party.pk).update(person=None, client_mark=uuid4())
        gone: set[UUID] = set()
        for model in PARTS:
            erased = model._default_manager.filter(theirs, record__handles__erased_at__isnull=False)
            gone |= set(erased.values_list("pk", flat=True))
        if not gone:
            return
        Keeping().keep(gone)
        for model in PARTS:
            model._default_manager.filter(pk__in=gone).delete()


evict_with(forget)
