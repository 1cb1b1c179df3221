"""How does an organisation begin? House, desks, the first member, and the two ways of last resort.

The first member sits in every desk circle, so that somebody can admit the others; she leaves those that are not hers
once they have members. Recovery (2 of 3 shares on paper) and emergency (2 of n officers) open the root circle, which
sits in every other circle.
"""

from dataclasses import dataclass

from django.db import transaction

from astra.audit import services as audit
from astra.kernel.errors import NotAllowedNow
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vault.crypto import shamir
from astra.vault.desks import ask_again
from astra.vault.keyring import Keyring
from astra.vault.models import Circle
from astra.vault.models.circles import DESK, ROOT
from astra.vault.services.keys import HOUSE, KeyMaker, NewCircle, Target
from astra.vault.services.members import OpenedMember, new_member

DESK_CIRCLES = (
    HOUSE,
    "index",
    "safety",
    "hotline",
    "missing",
    "coordinators",
    "seniors",
    "data_protection",
    "officers",
)
NESTED = {
    "index": ("hotline", "coordinators"),
    "safety": ("hotline", "coordinators", "missing"),
    "hotline": ("coordinators",),
}
"""Desk circles that sit inside others: who joins the inner one reaches the outer one."""

RECOVERY, EMERGENCY = "recovery", "emergency"
RECOVERY_THRESHOLD, RECOVERY_SHARES = 2, 3
ALREADY_FOUNDED = msg("This installation already has an organisation.")


@dataclass(frozen=True)
class Founding:
    """What set-up gives out once: the first member, and the paper shares of the recovery key."""

    member: OpenedMember
    recovery_shares: tuple[bytes, ...]
    emergency_secret: bytes
    """Handed to `lastresort.share_emergency` at once and kept nowhere."""


def found(*, passphrase: str) -> Founding:
    """Make the organisation's circles and its first member in one transaction."""
    if Circle.objects.exists():
        raise NotAllowedNow(ALREADY_FOUNDED)
    maker = KeyMaker(Actor(None, "system"))
    made = {HOUSE: maker.new_circle(DESK, HOUSE)}
    made |= {name: maker.new_circle(DESK, name) for name in DESK_CIRCLES if name != HOUSE}
    lasts = {name: maker.new_circle(ROOT, name) for name in (ROOT, RECOVERY, EMERGENCY)}
    member, personal = new_member(maker, passphrase)
    root, first = _target(lasts[ROOT]), _target(personal)
    for name, circle in made.items():
        inner = [_target(made[other]) for other in NESTED.get(name, ())]
        _admit(maker, circle, [root, first, *inner])
    _admit(maker, lasts[ROOT], [_target(lasts[RECOVERY]), _target(lasts[EMERGENCY])])
    with transaction.atomic():
        for circle in [*made.values(), *lasts.values(), personal]:
            circle.row.save()
            circle.generation.save()
        member.save()
        for circle in [*made.values(), *lasts.values()]:
            for membership in circle.memberships:
                membership.save()
        audit.record(actor_id=member.id, verb="vault.founded", detail={"circles": len(made) + len(lasts)})
    ask_again()
    shares = shamir.split(lasts[RECOVERY].keys.secret, threshold=RECOVERY_THRESHOLD, shares=RECOVERY_SHARES)
    opened = OpenedMember(member.id, personal.row.id, 1, personal.keys.secret)
    return Founding(opened, tuple(shares), lasts[EMERGENCY].keys.secret)


def _target(circle: NewCircle) -> Target:
    return Target(circle.row.id, 1, circle.keys.public, circle.keys)


def _admit(maker: KeyMaker, circle: NewCircle, holders: list[Target]) -> None:
    circle.memberships += [maker.membership(circle.row.id, 1, circle.keys, holder) for holder in holders]


def last_resort_keyring(name: str, secret: bytes) -> Keyring:
    """A keyring that starts from the recovery or the emergency secret; it opens everything through the root."""
    circle = Circle.objects.get(kind=ROOT, name=name)
    return Keyring(circle.id, circle.current, secret)
