"""What must the room let go of before somebody's erasure is reported? Her page; what she asked stays as coded rows."""

from uuid import UUID

from django.db.models import Q

from astra.rights.models import Ending, ExportedCase, OwnPage, OwnRequest, OwnVisit
from astra.vault.services.erasure import evict_with


def forget(record_id: UUID) -> None:
    """Close the page of an erased person for good; may be done twice."""
    OwnVisit.objects.filter(page__person=record_id).delete()
    OwnRequest.objects.filter(Q(pk=record_id) | Q(person=record_id)).delete()
    OwnPage.objects.filter(person=record_id).delete()
    Ending.objects.filter(record=record_id).delete()
    ExportedCase.objects.filter(case=record_id).delete()


evict_with(forget)
