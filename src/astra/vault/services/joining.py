"""What changes hands when two records turn out to be one person, and what goes back when they were two after all?

Erasure keys change owners and circles get or lose grants; ciphertext is never touched. Whoever joins keeps the answers
of this module, so that she can give back exactly what was taken.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.models import ErasureHandle, ErasureOwner, Grant, Record, Section
from astra.vault.services.ledger import note_withdrawal
from astra.vault.services.withdrawal import EVERYTHING, unlist


@dataclass(frozen=True)
class Taken:
    """The erasure keys that changed owners."""

    alone: tuple[UUID, ...]
    """Keys that had spoken of the first record and not of the second."""
    shared: tuple[UUID, ...]
    """Keys that had spoken of both."""


def take_over(*, actor: Actor, from_owner: UUID, to_owner: UUID) -> Taken:
    """Whatever spoke about the one speaks about the other from now on; says what must go back one day."""
    with transaction.atomic():
        handles = set(ErasureOwner.objects.filter(owner=from_owner).values_list("handle", flat=True))
        known = set(ErasureOwner.objects.filter(owner=to_owner, handle__in=handles).values_list("handle", flat=True))
        ErasureOwner.objects.filter(owner=from_owner).delete()
        ErasureOwner.objects.bulk_create(
            ErasureOwner(handle_id=handle, owner_id=to_owner) for handle in sorted(handles - known)
        )
        _note(actor, from_owner, to_owner)
    return Taken(tuple(sorted(handles - known)), tuple(sorted(known)))


def give_back(*, actor: Actor, taken: Taken, from_owner: UUID, to_owner: UUID) -> int:
    """They were two after all: what was taken over belongs to whom it belonged; returns how many keys went back.

    A key that somebody has given to others meanwhile stays as it is: that was said by hand, and later.
    """
    with transaction.atomic():
        living = ErasureHandle.objects.filter(pk__in=[*taken.alone, *taken.shared], erased_at=None)
        hers = ErasureOwner.objects.filter(owner=from_owner, handle__in=living)
        back = set(hers.values_list("handle", flat=True))
        ErasureOwner.objects.filter(owner=from_owner, handle__in=back & set(taken.alone)).delete()
        ErasureOwner.objects.bulk_create(
            [ErasureOwner(handle_id=handle, owner_id=to_owner) for handle in sorted(back)], ignore_conflicts=True
        )
        _note(actor, from_owner, to_owner)
    return len(back)


def _note(actor: Actor, from_owner: UUID, to_owner: UUID) -> None:
    names = selectors.pseudonyms([from_owner, to_owner])
    audit.record(actor_id=actor.id, verb="vault.ownership_moved", subjects=sorted(names.values()))


def take_back(*, actor: Actor, given: Mapping[UUID, Collection[tuple[str, UUID]]]) -> int:
    """Delete grants that came with a join: by record, of which kind to which circle; returns how many there were.

    The actor must know of every record at the beginning; she may lose some of them by this very act.
    """
    for record_id in given:
        selectors.check_reach(actor, record_id)
    taken = 0
    with transaction.atomic():
        for record_id, pairs in given.items():
            for kind, circle in sorted(pairs):
                found, _ = Grant.objects.filter(record=record_id, kind=kind, circle=circle).delete()
                note_withdrawal(record_id, kind, circle)
                taken += found
            Section.objects.filter(record=record_id, kind__in={kind for kind, _ in pairs}).update(needs_new_key=True)
            left = set(Grant.objects.filter(record=record_id).values_list("circle", flat=True))
            for circle in sorted({circle for _, circle in pairs} - left):
                note_withdrawal(record_id, EVERYTHING, circle)
                unlist(record_id, circle)
        if taken:
            subjects = sorted(selectors.pseudonyms(list(given)).values())
            audit.record(actor_id=actor.id, verb="vault.withdrawn", subjects=subjects, detail={"sections": taken})
    return taken


@dataclass(frozen=True)
class Written:
    """A record that was made while two were one."""

    id: UUID
    kind: str
    at: datetime


def written_between(*, actor: Actor, owners: Collection[UUID], since: datetime, until: datetime) -> list[Written]:
    """Records about these people made in a time, as far as the actor may know of them, oldest first."""
    made = Record.objects.filter(
        handles__owners__owner__in=owners, created_at__gte=since, created_at__lt=until, erased_at=None
    ).exclude(pk__in=owners)
    rows = list(made.order_by("created_at", "pk").values_list("pk", "kind", "created_at").distinct())
    known = selectors.reachable_among(actor, [row[0] for row in rows]) if rows else set()
    return [Written(*row) for row in rows if row[0] in known]
