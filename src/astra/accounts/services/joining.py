"""How does somebody begin to work here? An invitation, six words, and a colleague who lets her in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from astra.accounts import selectors
from astra.accounts.models import ACTIVE, WAITING, RoleHeld, User
from astra.accounts.rules import joining as rules
from astra.accounts.rules.roles import circles_of
from astra.accounts.rules.words import check_username, check_work_name
from astra.audit import services as audit
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, Denied, Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services import circles, members
from astra.vault.services.members import OpenedMember

NAME_TAKEN = msg("This sign-in name is taken. Choose another one.")
NOT_WAITING = msg("She is not waiting to be admitted.")
OTHER_FINGERPRINT = msg("The fingerprint has changed since you read it. Compare it again, by voice.")


@dataclass(frozen=True)
class Joined:
    """Somebody who has just joined: her account and her opened key."""

    user: User
    opened: OpenedMember


def create_colleague(*, actor: Actor, username: str, work_name: str, passphrase: str, roles: Collection[str]) -> Joined:
    """Make an account that waits to be admitted to the roles it was invited for."""
    rules.check_roles(roles)
    name, shown = check_username(username), check_work_name(work_name)
    with transaction.atomic():
        if User.objects.filter(username=name).exists():
            raise Invalid(Problem("username", NAME_TAKEN))
        opened = members.create_member(actor=actor, passphrase=passphrase)
        user = User.objects.create(username=name, work_name=shown, member_id=opened.member_id, state=WAITING)
        RoleHeld.objects.bulk_create([RoleHeld(user=user, role=role) for role in sorted(roles)])
        audit.record(actor_id=actor.id, verb="accounts.joined", detail={"member": str(opened.member_id)})
    return Joined(user, opened)


def record_preparation(*, actor: Actor, member_id: UUID, trained_on: date | None, agreed_on: date | None) -> None:
    """Record when somebody was trained and when she signed the confidentiality agreement."""
    actor.check_desk("coordination", "administration")
    rules.check_day("trained_on", trained_on, today())
    rules.check_day("agreed_on", agreed_on, today())
    with transaction.atomic():
        if not User.objects.filter(member=member_id).update(trained_on=trained_on, agreed_on=agreed_on):
            raise NotFound
        audit.record(actor_id=actor.id, verb="accounts.prepared", detail={"member": str(member_id)})


def admit(*, actor: Actor, member_id: UUID, roles: Collection[str], fingerprint: str) -> None:
    """Let somebody in: her key is certified, her circles opened to her, her roles given.

    `fingerprint` is what the colleague compared by voice; if the key is another one by now nothing happens.
    """
    user = User.objects.select_related("member").filter(member=member_id).first()
    if user is None:
        raise NotFound
    if user.state != WAITING:
        raise NotAllowedNow(NOT_WAITING)
    rules.check_roles(roles)
    _check_can_give(actor, user, roles)
    rules.check_prepared(roles, user.trained_on, user.agreed_on)
    if fingerprint != selectors.fingerprint(member_id):
        raise Conflict(OTHER_FINGERPRINT)
    with transaction.atomic():
        members.vouch(actor=actor, member_id=member_id)
        give_roles(actor=actor, user=user, roles=roles)
        RoleHeld.objects.filter(user=user, given_at=None).delete()
        User.objects.filter(pk=user.pk).update(state=ACTIVE)
        _make_room(actor, circles_of(roles))
        audit.record(actor_id=actor.id, verb="accounts.admitted", detail={"member": str(member_id)})


def _check_can_give(actor: Actor, user: User, roles: Collection[str]) -> None:
    if actor.id == user.member_id:
        raise Denied(rules.NOT_YOURSELF)
    mine = selectors.roles_of_member(actor.id)
    rules.check_can_give(mine, selectors.held_circles(actor), selectors.held_roles(), roles)


def give_roles(*, actor: Actor, user: User, roles: Collection[str]) -> None:
    """Open the circles of roles to somebody and write down who gave them; within the caller's transaction."""
    desk_circles = vault.desk_circles()
    for name in sorted(circles_of(roles)):
        circles.admit(actor=actor, circle_id=desk_circles[name], holder_circle_ids=[user.member.circle_id])
    for role in sorted(roles):
        RoleHeld.objects.update_or_create(user=user, role=role, defaults={"given_at": now(), "given_by": actor.id})
        audit.record(
            actor_id=actor.id, verb="accounts.role_given", detail={"member": str(user.member_id), "role": role}
        )


def _make_room(actor: Actor, names: frozenset[str]) -> None:
    """The first member sat in every desk circle; she leaves those that are not her roles' once others sit there."""
    extra = names - circles_of(selectors.roles_of_member(actor.id))
    if actor.id is not None and extra:
        personal = vault.personal_circle(actor.id)
        leave_circles(actor=actor, personal=personal, names=extra)


def leave_circles(*, actor: Actor, personal: UUID, names: frozenset[str]) -> None:
    """Take somebody's personal circle out of desk circles; within the caller's transaction."""
    desk_circles = vault.desk_circles()
    for name in sorted(names):
        circles.dismiss(actor=actor, circle_id=desk_circles[name], holder_circle_ids=[personal])
