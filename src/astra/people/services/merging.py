"""Two files, one person: how do they become one without touching what is sealed?

The later file points to the kept one and stays readable through it; whatever spoke about the one now speaks about
the other, so that one erasure takes both.
"""

from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.kernel.clock import now
from astra.kernel.errors import NotAllowedNow
from astra.kernel.words import msg
from astra.people import index
from astra.people.models import Person
from astra.people.sections import RETENTION, SAFETY_RETENTION
from astra.people.selectors import circles_of, living_person
from astra.people.services.sharing import share_with
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.erasure import change_owners, move_ownership

SAME_FILE = msg("This is one and the same file.")
NOT_MERGED = msg("This file is not joined with another one.")


def merge_people(*, actor: Actor, keep_id: UUID, duplicate_id: UUID) -> None:
    """Join a duplicate to the file that is kept; both must be open to the actor.

    Who works with the one can from now on open the other: it is one person, and safe contact must not depend on
    which of two files somebody happens to have before her.
    """
    kept, duplicate = living_person(actor, keep_id), living_person(actor, duplicate_id)
    if kept.pk == duplicate.pk or kept.merged_into_id is not None:
        raise NotAllowedNow(SAME_FILE)
    circles = {keep_id: circles_of(keep_id), duplicate_id: circles_of(duplicate_id)}
    share_with(actor=actor, person_id=keep_id, circles=circles[duplicate_id] - circles[keep_id])
    share_with(actor=actor, person_id=duplicate_id, circles=circles[keep_id] - circles[duplicate_id])
    with transaction.atomic():
        move_ownership(actor=actor, from_owner=duplicate_id, to_owner=keep_id)
        Person.objects.filter(merged_into=duplicate_id).update(merged_into=keep_id)
        Person.objects.filter(pk=duplicate_id).update(merged_into=keep_id, card_changed_at=now())
        names = vault.pseudonyms([keep_id, duplicate_id])
        audit.record(actor_id=actor.id, verb="people.merged", subjects=sorted(names.values()))
    index.note_change()


def separate_people(*, actor: Actor, duplicate_id: UUID) -> None:
    """They were two persons after all. Her own file is hers again; what was written about both is sorted by hand."""
    kept_id = living_person(actor, duplicate_id).merged_into_id
    if kept_id is None:
        raise NotAllowedNow(NOT_MERGED)
    with transaction.atomic():
        for retention in (RETENTION, SAFETY_RETENTION):
            change_owners(actor=actor, record_id=duplicate_id, retention=retention, owners=[duplicate_id])
        Person.objects.filter(pk=duplicate_id).update(merged_into=None, card_changed_at=now())
        names = vault.pseudonyms([duplicate_id, kept_id])
        audit.record(actor_id=actor.id, verb="people.separated", subjects=sorted(names.values()))
    index.note_change()
