"""What must the room let go of before somebody's erasure is reported? Her page, requests, story, decisions."""

from uuid import UUID

from django.db.models import Q

from astra.cases.services import gone_with
from astra.rights.models import (
    Ending,
    ExportedCase,
    OwnPage,
    OwnRequest,
    OwnVisit,
    ParentAccess,
    Recalled,
    Story,
    TakenFile,
)
from astra.vault.services.erasure import evict_with


def forget(record_id: UUID) -> None:
    """Close the page of an erased person for good; may be done twice."""
    OwnVisit.objects.filter(page__person=record_id).delete()
    OwnRequest.objects.filter(Q(pk=record_id) | Q(person=record_id)).delete()
    OwnPage.objects.filter(person=record_id).delete()
    Ending.objects.filter(record=record_id).delete()
    ExportedCase.objects.filter(case=record_id).delete()
    Recalled.objects.filter(person=record_id).delete()
    gone = gone_with(record_id)
    for model in (Story, ParentAccess, TakenFile):
        model._default_manager.filter(Q(person=record_id) | Q(pk=record_id) | Q(case__in=gone)).delete()


evict_with(forget)
