"""What happens to the log after a backup was restored? It goes on, and says that it was restored.

A restored database is older than the outside files, or the files are older than the database. Both look
like an attack, so nothing goes on by itself: a person says that it was a restore, the log says who, and
files that tell of lost entries stay beside the new ones as evidence.
"""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from astra.audit.models import Head
from astra.audit.outside import Outside
from astra.audit.services.catching_up import has_same_checkpoints, is_continued, write_checkpoints, write_leaves
from astra.audit.services.recording import record
from astra.kernel import clock


def accept_restored(*, actor_id: UUID | None) -> bool:
    """Let the log go on after a restore; return whether the outside files had to be set aside."""
    outside = Outside(settings.ENV.home / "audit")
    with outside.turn():
        outside.drop_hole()
        held = outside.count()
        size = Head.objects.filter(pk=1).values_list("size", flat=True).first() or 0
        is_set_aside = not is_continued(outside, size) or not has_same_checkpoints(outside)
        with transaction.atomic(durable=True):
            detail: dict[str, str | int | bool] = {"held": held, "size": size, "set_aside": is_set_aside}
            record(actor_id=actor_id, verb="audit.restored", detail=detail)
        if is_set_aside:
            outside.set_aside(f"{clock.now():%Y%m%dT%H%M%S%fZ}")
        write_leaves(outside, size)
        write_checkpoints(outside)
    return is_set_aside
