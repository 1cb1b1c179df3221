"""Who may sit in a circle? Admitting, dismissing, and the new generation after somebody has gone."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.kernel.clock import now
from astra.kernel.errors import Denied
from astra.kernel.words import msg
from astra.vault import selectors
from astra.vault.actor import Actor
from astra.vault.crypto import aead, hybrid
from astra.vault.crypto.hybrid import CircleKeys
from astra.vault.keyring import NotHeld, chain_context
from astra.vault.models import Circle, Membership, Reach, Wall
from astra.vault.models.circles import CASE, DESK
from astra.vault.services.keys import KeyMaker, SwappedKey
from astra.vault.services.ledger import note_departure

NOT_A_MEMBER = msg("Only somebody who sits in this circle can let others in.")
WALLED_OFF = msg("A conflict of interest is recorded: this person may not join this file.")


def admit(*, actor: Actor, circle_id: UUID, holder_circle_ids: Iterable[UUID]) -> None:
    """Let persons or desk circles into a circle; each costs one wrap."""
    holders = set(holder_circle_ids)
    if not actor.keyring.holds(circle_id):
        raise Denied(NOT_A_MEMBER)
    circle = Circle.objects.get(pk=circle_id)
    if circle.record_id and Wall.objects.filter(record=circle.record_id, member__circle__in=holders).exists():
        raise Denied(WALLED_OFF)
    maker = KeyMaker(actor)
    number, keys = actor.keyring.newest(circle_id)
    rows = [maker.membership(circle_id, number, keys, target) for target in maker.targets(holders).values()]
    with transaction.atomic():
        Membership.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["circle", "holder"],
            update_fields=["generation", "holder_generation", "holder_print", "wrapped", "mac"],
        )
        actor.keyring.look_again()
        if circle.kind == CASE:
            _extend_lists(circle_id, holders)
        for holder in holders:
            audit.record(
                actor_id=actor.id, verb="vault.admitted", detail={"circle": circle.name, "holder": str(holder)}
            )


def _extend_lists(circle_id: UUID, holders: set[UUID]) -> None:
    """A desk that joins a case's circle lists from now on what the circle lists."""
    desks = Circle.objects.filter(pk__in=holders, kind=DESK)
    listed = Reach.objects.filter(circle=circle_id)
    rows = [
        Reach(circle=desk, record_id=row.record_id, kind=row.kind, listed_at=row.listed_at, expires_at=row.expires_at)
        for desk in desks
        for row in listed
    ]
    Reach.objects.bulk_create(rows, ignore_conflicts=True)


def dismiss(*, actor: Actor, circle_id: UUID, holder_circle_ids: Iterable[UUID]) -> None:
    """Take holders' wraps away; if the actor sits in the circle the others get a new generation at once."""
    holders = set(holder_circle_ids)
    renewed = actor.keyring.holds(circle_id)
    with transaction.atomic():
        gone = Membership.objects.filter(circle=circle_id, holder__in=holders)
        if not gone.exists():
            return
        gone.delete()
        actor.keyring.look_again()
        circle = Circle.objects.select_for_update().get(pk=circle_id)
        Circle.objects.filter(pk=circle_id).update(is_stale=True)
        for holder in holders:
            note_departure(circle_id, holder)
            audit.record(
                actor_id=actor.id, verb="vault.dismissed", detail={"circle": circle.name, "holder": str(holder)}
            )
    if renewed:
        renew(actor=actor, circle_id=circle_id)


def renew(*, actor: Actor, circle_id: UUID) -> None:
    """Give a circle a new generation: a fresh secret, wrapped to everyone who still sits in it."""
    old_number, old = actor.keyring.newest(circle_id)
    maker = KeyMaker(actor)
    keys = CircleKeys(aead.new_key())
    number = old_number + 1
    generation = maker.certify(circle_id, number, keys)
    generation.previous = aead.seal(keys.symmetric, old.secret, chain_context(circle_id, number))
    with transaction.atomic():
        circle = Circle.objects.select_for_update().get(pk=circle_id)
        if circle.current != old_number:
            return
        rows = list(Membership.objects.filter(circle=circle_id).select_related("holder"))
        targets = maker.targets({row.holder_id for row in rows})
        for row in rows:
            _check_same_holder(row, targets[row.holder_id].public)
        generation.save()
        Membership.objects.filter(circle=circle_id).delete()
        created = {row.holder_id: row.created_at for row in rows}
        fresh = [maker.membership(circle_id, number, keys, target) for target in targets.values()]
        for row in fresh:
            row.created_at = created[row.holder_id]
        Membership.objects.bulk_create(fresh)
        Circle.objects.filter(pk=circle_id).update(current=number, is_stale=False)
        audit.record(actor_id=actor.id, verb="vault.renewed", detail={"circle": circle.name, "generation": number})
    actor.keyring.forget(circle_id)
    actor.keyring.learn(circle_id, number, keys)


def _check_same_holder(row: Membership, public: bytes) -> None:
    """The holder's key is the one that was admitted, or the holder has a newer, certified generation."""
    if row.holder.current == row.holder_generation and bytes(row.holder_print) != hybrid.fingerprint(public):
        raise SwappedKey


def renew_stale(*, actor: Actor) -> int:
    """Renew every circle that somebody left while no member was at hand; called after sign-in."""
    wide = actor.keyring.wide_circles()
    stale = Circle.objects.filter(is_stale=True)
    mine = set(stale.filter(pk__in=wide).values_list("id", flat=True))
    if actor.keyring.personal is not None:
        mine |= set(stale.filter(pk__in=selectors.case_circles_of(actor.keyring.personal)).values_list("id", flat=True))
    renewed = 0
    for circle_id in sorted(mine):
        if _can_open(actor, circle_id):
            renew(actor=actor, circle_id=circle_id)
            renewed += 1
    return renewed


def _can_open(actor: Actor, circle_id: UUID) -> bool:
    """Whether the membership row really opens: one that waits for a colleague to vouch does not."""
    try:
        actor.keyring.newest(circle_id)
    except NotHeld:
        return False
    return True


def build_wall(*, actor: Actor, record_id: UUID, member_id: UUID) -> None:
    """Put a conflict-of-interest wall between a member and a record; she leaves its circles at once."""
    personal = selectors.personal_circle(member_id)
    with transaction.atomic():
        Wall.objects.get_or_create(record_id=record_id, member_id=member_id, defaults={"built_by": actor.id})
        subject = selectors.pseudonyms([record_id])[record_id]
        audit.record(
            actor_id=actor.id,
            verb="vault.walled",
            subjects=[subject],
            detail={"member": str(member_id), "at": str(now().date())},
        )
    for circle_id in Circle.objects.filter(record=record_id, kind=CASE).values_list("id", flat=True):
        dismiss(actor=actor, circle_id=circle_id, holder_circle_ids=[personal])
