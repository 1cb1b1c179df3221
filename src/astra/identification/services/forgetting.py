"""What must the room let go of before somebody's erasure is reported? Her rows; the words go with her keys."""

from uuid import UUID

from astra.identification.models import Choice, Decision, OwnAssessment, Risk, Screening
from astra.vault.services.erasure import evict_with


def forget(record_id: UUID) -> None:
    """Let go of an erased person's rows, and of a screening's contact; may be done twice."""
    for model in (Screening, Risk, OwnAssessment, Decision, Choice):
        model._default_manager.filter(person=record_id).delete()
    Screening.objects.filter(contact=record_id).update(contact=None)


evict_with(forget)
