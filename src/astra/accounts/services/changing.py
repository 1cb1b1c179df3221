"""How do somebody's roles change, and how does she leave? Rows, circles and visits in one act."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from astra.accounts import selectors
from astra.accounts.models import ACTIVE, AGAIN, LEFT, Invitation, RoleHeld, User
from astra.accounts.rules import joining as rules
from astra.accounts.rules.roles import circles_of
from astra.accounts.services import second_factors, visits
from astra.accounts.services.joining import OTHER_FINGERPRINT, give_roles, leave_circles
from astra.audit import services as audit
from astra.kernel.clock import now
from astra.kernel.errors import Conflict, Denied, NotAllowedNow, NotFound
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vault.services import members

NOT_HERE = msg("She does not work here any more.")
NOT_ADMITTED = msg("She is still waiting to be admitted.")
NOTHING_TO_VOUCH = msg("She has not begun again; there is nothing to vouch for.")


def change_roles(*, actor: Actor, member_id: UUID, roles: Collection[str]) -> None:
    """Give somebody new roles and take away those she no longer has, with their circles."""
    actor.check_desk("coordination", "administration", "data_protection")
    user = _find(actor, member_id)
    if user.state != ACTIVE:
        raise NotAllowedNow(NOT_ADMITTED)
    rules.check_roles(roles)
    held, wanted = selectors.roles_of(user.id), frozenset(roles)
    mine = selectors.roles_of_member(actor.id)
    rules.check_can_give(mine, selectors.held_circles(actor), selectors.held_roles(), wanted - held)
    rules.check_can_take(mine, held - wanted)
    rules.check_prepared(wanted - held, user.trained_on, user.agreed_on)
    rules.check_not_last(held - wanted, selectors.role_counts())
    closed = circles_of(held) - circles_of(wanted)
    with transaction.atomic():
        give_roles(actor=actor, user=user, roles=wanted - held)
        RoleHeld.objects.filter(user=user, role__in=held - wanted).delete()
        for role in sorted(held - wanted):
            audit.record(actor_id=actor.id, verb="accounts.role_taken", detail={"member": str(member_id), "role": role})
        leave_circles(actor=actor, personal=user.member.circle_id, names=closed)


def leave(*, actor: Actor, member_id: UUID) -> None:
    """Somebody stops working here: keys, roles, second factors, links and visits end in one act."""
    actor.check_desk("coordination", "administration", "data_protection")
    user = _find(actor, member_id)
    held = selectors.roles_of(user.id)
    rules.check_can_take(selectors.roles_of_member(actor.id), held)
    rules.check_not_last(held, selectors.role_counts())
    with transaction.atomic():
        members.leave(actor=actor, member_id=member_id)
        RoleHeld.objects.filter(user=user).delete()
        Invitation.objects.filter(user=user).delete()
        User.objects.filter(pk=user.pk).update(state=LEFT, is_active=False, left_at=now())
        second_factors.forget(user=user)
        visits.end_all(user_ids=[user.pk], actor_id=actor.id)
        audit.record(actor_id=actor.id, verb="accounts.left", detail={"member": str(member_id), "roles": len(held)})


def vouch(*, actor: Actor, member_id: UUID, fingerprint: str) -> int:
    """Vouch for a colleague who began again, after comparing her fingerprint by voice; opens what both share."""
    user = _find(actor, member_id)
    if user.state not in (AGAIN, ACTIVE):
        raise NotAllowedNow(NOTHING_TO_VOUCH)
    rules.check_can_help(selectors.roles_of_member(actor.id), selectors.roles_of(user.id))
    if fingerprint != selectors.fingerprint(member_id):
        raise Conflict(OTHER_FINGERPRINT)
    with transaction.atomic():
        opened = members.vouch(actor=actor, member_id=member_id)
        User.objects.filter(pk=user.pk).update(state=ACTIVE)
        audit.record(actor_id=actor.id, verb="accounts.vouched", detail={"member": str(member_id), "circles": opened})
    return opened


def end_visits(*, actor: Actor, member_id: UUID | None = None) -> int:
    """Sign one person out everywhere, or everybody; effective with the next request of each."""
    actor.check_desk("coordination", "administration")
    users = User.objects.filter(member=member_id) if member_id else User.objects.all()
    user_ids = list(users.values_list("id", flat=True))
    if not user_ids:
        raise NotFound
    return visits.end_all(user_ids=user_ids, actor_id=actor.id)


def _find(actor: Actor, member_id: UUID) -> User:
    user = User.objects.select_related("member").filter(member=member_id).first()
    if user is None:
        raise NotFound
    if user.state == LEFT:
        raise NotAllowedNow(NOT_HERE)
    if actor.id is None or actor.id == member_id:
        raise Denied(rules.NOT_YOURSELF)
    return user
