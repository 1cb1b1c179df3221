"""What must the room let go of before somebody's erasure is reported?"""

from uuid import UUID

from astra.assistance.models import AnswerSheet, Letter
from astra.vault.services.erasure import evict_with


def forget(record_id: UUID) -> None:
    """Let go of a record of which nothing is left, and of what stood in a case that went with her; twice is once."""
    Letter.objects.filter(pk=record_id).delete()
    Letter.objects.filter(case=record_id).delete()
    AnswerSheet.objects.filter(pk=record_id).delete()
    AnswerSheet.objects.filter(case=record_id).delete()


evict_with(forget)
