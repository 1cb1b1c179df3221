"""What must the room let go of before somebody's erasure is reported? Her page, requests, story, decisions."""

from uuid import UUID

from django.db.models import Q

from astra.cases.services import gone_with
from astra.rights.models import (
    Ending,
    Export,
    ExportedCase,
    OwnPage,
    OwnRequest,
    OwnVisit,
    ParentAccess,
    Recalled,
    Story,
    TakenFile,
)
from astra.rights.rules.exports import GONE, READY, WAITING
from astra.vault.services.erasure import evict_with


def forget(record_id: UUID) -> None:
    """Close the page of an erased person for good; may be done twice."""
    OwnVisit.objects.filter(page__person=record_id).delete()
    OwnRequest.objects.filter(Q(pk=record_id) | Q(person=record_id)).delete()
    OwnPage.objects.filter(person=record_id).delete()
    Ending.objects.filter(record=record_id).delete()
    _end_exports(record_id)
    ExportedCase.objects.filter(case=record_id).delete()
    Recalled.objects.filter(person=record_id).delete()
    gone = gone_with(record_id)
    for model in (Story, ParentAccess, TakenFile):
        model._default_manager.filter(Q(person=record_id) | Q(pk=record_id) | Q(case__in=gone)).delete()


def _end_exports(record_id: UUID) -> None:
    """What lies ready with something of hers is not taken any more, and what is asked for is not made."""
    hers = Q(cases__case__handles__owners__owner=record_id) | Q(cases__case=record_id)
    living = Export.objects.filter(hers, state__in=(WAITING, READY)).values_list("pk", flat=True)
    Export.objects.filter(pk__in=list(living)).update(state=GONE, file=b"")


evict_with(forget)
