"""How is a right to read taken back? The grant goes, the ledger remembers, the next revision gets a new key."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.kernel.errors import NotFound
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.models import Circle, Grant, Reach, Section
from astra.vault.models.circles import DESK
from astra.vault.sections import AnyKind
from astra.vault.services.ledger import note_withdrawal

EVERYTHING = "*"


def withdraw(*, actor: Actor, record_id: UUID, circle_id: UUID, kinds: Iterable[AnyKind] | None = None) -> int:
    """Delete a circle's grants on a record (all kinds unless some are named); returns how many there were.

    When nothing of the record is left to the circle it disappears from the circle's lists too.
    """
    selectors.check_reach(actor, record_id)
    return _withdraw(actor, record_id, circle_id, kinds)


def withdraw_for_owner(
    *, actor: Actor, owner_id: UUID, record_id: UUID, circle_id: UUID, kinds: Iterable[AnyKind] | None = None
) -> int:
    """The same, at the word of the person that the record speaks about; needs no key and no list, only that it does."""
    if owner_id not in selectors.owners_of(record_id):
        raise NotFound
    return _withdraw(actor, record_id, circle_id, kinds)


def _withdraw(actor: Actor, record_id: UUID, circle_id: UUID, kinds: Iterable[AnyKind] | None) -> int:
    names = None if kinds is None else [kind.name for kind in kinds]
    with transaction.atomic():
        grants = Grant.objects.filter(record=record_id, circle=circle_id)
        if names is not None:
            grants = grants.filter(kind__in=names)
        taken = list(grants.values_list("kind", flat=True))
        grants.delete()
        Section.objects.filter(record=record_id, kind__in=taken).update(needs_new_key=True)
        for kind in taken:
            note_withdrawal(record_id, kind, circle_id)
        if not Grant.objects.filter(record=record_id, circle=circle_id).exists():
            note_withdrawal(record_id, EVERYTHING, circle_id)
            unlist(record_id, circle_id)
        subject = selectors.pseudonyms([record_id])[record_id]
        audit.record(
            actor_id=actor.id,
            verb="vault.withdrawn",
            subjects=[subject],
            detail={"circle": str(circle_id), "sections": len(taken)},
        )
    return len(taken)


def unlist(record_id: UUID, circle_id: UUID) -> None:
    """Take the record from the circle's lists, and from those of desks that had come along only with it."""
    Reach.objects.filter(record=record_id, circle=circle_id).delete()
    others = set(Grant.objects.filter(record=record_id).values_list("circle", flat=True))
    still = set(Circle.objects.filter(holdings__circle__in=others, kind=DESK).values_list("id", flat=True)) | others
    along = Circle.objects.filter(holdings__circle=circle_id, kind=DESK).values_list("id", flat=True)
    Reach.objects.filter(record=record_id, circle__in=[desk for desk in along if desk not in still]).delete()
