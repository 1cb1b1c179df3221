"""What must the room let go of before somebody's erasure is reported?

A case that was kept for her alone goes with her: its coded facts move to a row that leads to nobody, and what is left
of the file is its number, its kind and two months. A case that is also somebody else's stays without her; the vault's
worklist has its words written again.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from astra.cases.models import (
    Case,
    CaseContact,
    CaseLink,
    CasePerson,
    Document,
    HandedCase,
    Note,
    OldNumber,
    Task,
    TimelineEntry,
)
from astra.cases.services.coarsening import count_her_on, move
from astra.vault.services.erasure import evict_with

PARTS = (Note, Document, Task)
OF_A_CASE = (OldNumber, TimelineEntry, CasePerson, CaseContact, HandedCase, *PARTS)


def forget(record_id: UUID) -> None:
    """Let go of an erased person, or of a record of which nothing is left; may be done twice."""
    with transaction.atomic():
        _let_go(record_id)


def _let_go(record_id: UUID) -> None:
    ids = gone_with(record_id)
    move(ids)
    count_her_on(record_id)
    CasePerson.objects.filter(person=record_id).delete()
    CaseContact.objects.filter(contact=record_id).delete()
    TimelineEntry.objects.filter(subject=record_id).delete()
    for model in PARTS:
        model.objects.filter(pk=record_id).delete()
    for table in OF_A_CASE:
        table.objects.filter(case__in=ids).delete()
    CaseLink.objects.filter(Q(group__in=ids) | Q(case__in=ids)).delete()


def gone_with(record_id: UUID) -> list[UUID]:
    """The files that were kept for an erased person alone, or that are the record itself; later rooms ask it too."""
    gone = Case.objects.filter(
        Q(record__handles__owners__owner=record_id) | Q(pk=record_id),
        record__handles__retention="case",
        record__handles__erased_at__isnull=False,
    )
    return list(gone.values_list("pk", flat=True))


evict_with(forget)
