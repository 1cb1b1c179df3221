"""How is a file laid out that nobody has reason to open, and what happens when somebody opens it all the same?

The alarm stands in the database and on the log before the answer leaves; those who must know see it on every page.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.models import Decoy, DecoyAlarm

DESKS = ("coordination", "data_protection")
ONE_VISIT = timedelta(minutes=10)
"""Whoever looks around in one file raises one alarm, not one with every page."""


def lay_out(*, actor: Actor, record_ids: Collection[UUID]) -> None:
    """From now on opening any of these raises an alarm, and none of them is counted."""
    actor.check_desk(*DESKS)
    if actor.id is None:
        raise NotFound
    for record_id in record_ids:
        selectors.check_reach(actor, record_id)
    at, names = now(), sorted(selectors.pseudonyms(record_ids).values())
    with transaction.atomic():
        known = selectors.decoys_among(record_ids)
        Decoy.objects.bulk_create(
            Decoy(record_id=one, laid_by_id=actor.id, laid_at=at) for one in record_ids if one not in known
        )
        audit.record(actor_id=actor.id, verb="vault.decoy_laid", subjects=names, detail={"count": len(names)})


def take_away(*, actor: Actor, record_ids: Collection[UUID]) -> None:
    """It is an ordinary file again."""
    actor.check_desk(*DESKS)
    with transaction.atomic():
        gone, _ = Decoy.objects.filter(pk__in=record_ids).delete()
        if not gone:
            raise NotFound
        names = sorted(selectors.pseudonyms(record_ids).values())
        audit.record(actor_id=actor.id, verb="vault.decoy_taken_away", subjects=names, detail={"count": len(names)})


def watch(*, actor: Actor, record_ids: Collection[UUID], was_refused: bool = False) -> int:
    """Raise the alarm if somebody opened one of these, or tried to; returns how many alarms stand now because of it."""
    if actor.id is None or not record_ids:
        return 0
    found = selectors.decoys_behind(record_ids)
    if not found:
        return 0
    at = now()
    with transaction.atomic():
        lately = DecoyAlarm.objects.filter(record__in=found, opened_by=actor.id, at__gt=at - ONE_VISIT, seen_at=None)
        known = set(lately.filter(was_refused=was_refused).values_list("record", flat=True))
        fresh = sorted(found - known)
        DecoyAlarm.objects.bulk_create(
            DecoyAlarm(record_id=one, opened_by_id=actor.id, at=at, was_refused=was_refused) for one in fresh
        )
        if fresh:
            names = sorted(selectors.pseudonyms(fresh).values())
            audit.record(
                actor_id=actor.id, verb="vault.decoy_opened", subjects=names, detail={"is_refused": was_refused}
            )
    return len(fresh)


def look_into(*, actor: Actor, alarm_id: UUID) -> None:
    """Somebody who must know has looked into an alarm: never whoever raised it."""
    actor.check_desk(*DESKS)
    with transaction.atomic():
        waiting = DecoyAlarm.objects.filter(pk=alarm_id, seen_at=None).exclude(opened_by=actor.id)
        record_id = waiting.values_list("record", flat=True).first()
        if record_id is None or not waiting.update(seen_by=actor.id, seen_at=now()):
            raise NotFound
        names = sorted(selectors.pseudonyms([record_id]).values())
        audit.record(actor_id=actor.id, verb="vault.decoy_looked_into", subjects=names)
