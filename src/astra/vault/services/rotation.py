"""How do all wraps move to the newest keys? Resumable: what is left to do is always visible in the rows themselves."""

from collections.abc import Generator

from django.db import transaction
from django.db.models import F, Q

from astra.audit import services as audit
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.crypto import aead, hybrid
from astra.vault.keyring import NotHeld
from astra.vault.models import Circle, Generation, Grant, Membership
from astra.vault.models.circles import ROOT
from astra.vault.services.keys import KeyMaker, public_context

BATCH = 500


def _mine(actor: Actor) -> Q:
    wide = actor.keyring.wide_circles()
    personal = actor.keyring.personal
    if personal is None:
        return Q(pk__in=[])
    nested = Membership.objects.filter(holder__in=wide).values("circle")
    return (
        Q(circle__in=wide)
        | Q(circle=personal)
        | Q(circle__in=selectors.case_circles_of(personal))
        | Q(circle__in=nested)
    )


def rewrap_grants(*, actor: Actor) -> Generator[int]:
    """Wrap every grant of an old generation under its circle's newest one; yields the running count per batch."""
    done, after = 0, 0
    while True:
        old = Grant.objects.filter(_mine(actor), generation__lt=F("circle__current"), pk__gt=after).order_by("pk")
        batch = list(old.distinct()[:BATCH])
        if not batch:
            return
        after = batch[-1].pk
        done += _rewrap_batch(actor, batch)
        yield done


def _rewrap_batch(actor: Actor, batch: list[Grant]) -> int:
    maker = KeyMaker(actor)
    targets = maker.targets({grant.circle_id for grant in batch})
    fresh = []
    for grant in batch:
        target = targets[grant.circle_id]
        old = selectors.grant_context(grant.record_id, grant.kind, grant.key_id, grant.circle_id, grant.generation)
        new = selectors.grant_context(grant.record_id, grant.kind, grant.key_id, grant.circle_id, target.generation)
        try:
            keys = actor.keyring.keys(grant.circle_id, grant.generation)
            data_key = hybrid.unwrap(keys, bytes(grant.wrapped), old)
        except (NotHeld, aead.WrongBox):
            actor.trail.broken.add(f"grant:{grant.pk}")
            continue
        grant.wrapped, grant.generation = target.wrap(data_key, new), target.generation
        fresh.append(grant)
    with transaction.atomic():
        Grant.objects.bulk_update(fresh, ["wrapped", "generation"])
        audit.record(actor_id=actor.id, verb="vault.rewrapped", detail={"grants": len(fresh)})
    return len(fresh)


def rewrap_memberships(*, actor: Actor) -> Generator[int]:
    """Wrap memberships to holders' newest generations, so that a renewed desk needs no older secret."""
    done, after = 0, 0
    while True:
        old = Membership.objects.filter(_mine(actor), holder_generation__lt=F("holder__current"), pk__gt=after)
        batch = list(old.order_by("pk").distinct()[:BATCH])
        if not batch:
            return
        after = batch[-1].pk
        fresh = []
        maker = KeyMaker(actor)
        targets = maker.targets({row.holder_id for row in batch})
        for row in batch:
            keys = actor.keyring.keys(row.circle_id, row.generation)
            again = maker.membership(row.circle_id, row.generation, keys, targets[row.holder_id])
            again.pk, again.created_at = row.pk, row.created_at
            fresh.append(again)
        with transaction.atomic():
            Membership.objects.bulk_update(fresh, ["holder_generation", "holder_print", "wrapped", "mac"])
            audit.record(actor_id=actor.id, verb="vault.rewrapped", detail={"memberships": len(fresh)})
        done += len(fresh)
        yield done


def recertify(*, actor: Actor) -> int:
    """Put the newest house certificate on every public key whose present certificate is right."""
    house = KeyMaker(actor).house()
    if house is None:
        return 0
    house_id, newest, keys = house
    done, after = 0, 0
    while True:
        old = Generation.objects.filter(house_generation__lt=newest, number=F("circle__current"), pk__gt=after)
        batch = list(old.exclude(house_generation=0).order_by("pk")[:BATCH])
        if not batch:
            return done
        after = batch[-1].pk
        fresh = []
        for row in batch:
            covered = public_context(row.circle_id, row.number, bytes(row.public_key))
            certifier = actor.keyring.keys(house_id, row.house_generation)
            if not aead.is_mac(certifier.mac, covered, bytes(row.house_mac)):
                actor.trail.broken.add(f"generation:{row.pk}")
                continue
            row.house_mac, row.house_generation = aead.mac(keys.mac, covered), newest
            fresh.append(row)
        with transaction.atomic():
            Generation.objects.bulk_update(fresh, ["house_mac", "house_generation"])
        done += len(fresh)


def left_to_rotate() -> dict[str, int]:
    """How much still hangs on old keys, for the doctor and the data protection officer."""
    return {
        "stale circles": Circle.objects.filter(is_stale=True).exclude(kind=ROOT).count(),
        "grants": Grant.objects.filter(generation__lt=F("circle__current")).count(),
        "memberships": Membership.objects.filter(holder_generation__lt=F("holder__current")).count(),
    }
