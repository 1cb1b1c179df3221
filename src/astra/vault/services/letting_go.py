"""How does one class of a record go, while the rest of it stays? Its key alone is destroyed, whoever it spoke about."""

from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.kernel.clock import now, today
from astra.kernel.errors import NotAllowedNow
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.models import ErasureHandle, Rewriting
from astra.vault.services import erasure, ledger


def erase_class(*, actor: Actor, record_id: UUID, retention: str, reason: str) -> bool:
    """Erase one class of a record; the whole record where nothing else of it lives. False where nothing was left."""
    classes = selectors.living_classes([record_id]).get(record_id, set())
    if retention not in classes:
        return False
    if classes == {retention}:
        erasure.erase_record(actor=actor, record_id=record_id, reason=reason)
        return True
    if selectors.held_among([record_id]):
        raise NotAllowedNow(erasure.LEGAL_HOLD)
    with transaction.atomic():
        handle = ErasureHandle.objects.select_for_update().get(record=record_id, retention=retention, erased_at=None)
        ledger.note_erasure(handle.pk)
        ErasureHandle.objects.filter(pk=handle.pk).update(erased_at=now())
        # What is interrupted here is finished with the rewritings whose old key is to go.
        Rewriting.objects.create(handle=handle, erased_owner=record_id, due_on=today())
        audit.record(
            actor_id=actor.id,
            verb="vault.class_erased",
            subjects=list(selectors.pseudonyms([record_id]).values()),
            reason=reason,
            detail={"what": retention},
        )
    erasure.let_go([handle.pk])
    return True
