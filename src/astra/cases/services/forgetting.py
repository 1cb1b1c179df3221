"""What must the room let go of before somebody's erasure is reported?

A case that was kept for her alone goes with her: what is left is its number, its kind and its dates. A case that is
also somebody else's stays; the vault's worklist has it written again without her.
"""

from uuid import UUID

from astra.cases.models import Case, OldNumber, Task, TimelineEntry
from astra.vault.services.erasure import evict_with


def forget(owner_id: UUID) -> None:
    """Let go of the coded facts of cases whose words went with this person; may be done twice."""
    gone = Case.objects.filter(
        record__handles__retention="case",
        record__handles__erased_at__isnull=False,
        record__handles__owners__owner=owner_id,
    )
    ids = list(gone.values_list("pk", flat=True))
    OldNumber.objects.filter(case__in=ids).delete()
    TimelineEntry.objects.filter(case__in=ids).delete()
    Task.objects.filter(case__in=ids).delete()
    Case.objects.filter(pk__in=ids).update(forms=[], countries=[], risk="")


evict_with(forget)
