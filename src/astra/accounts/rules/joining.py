"""What must be true before somebody works here: preparation, roles that go together, and who may decide."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from astra.accounts.rules.roles import ROLES, are_apart, grantable, invitable, takeable
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg

INVITATION_VALID = timedelta(days=7)

NO_SUCH_ROLE = msg("There is no such role.")
NO_ROLE = msg("Choose at least one role.")
NOT_YOURS_TO_GIVE = msg(
    "You cannot give this role: it is not yours to give, or a circle that belongs to it is closed to you."
)
NOT_YOURS_TO_TAKE = msg("You cannot take this role away. Ask a coordinator or an administrator.")
NOT_YOURS_TO_INVITE = msg("You cannot invite for this role.")
NOT_YOURSELF = msg("Nobody changes her own roles. Ask a colleague.")
ROLES_APART = msg(
    "A data protection officer watches over the others' decisions and cannot also be coordinator or administrator."
)
NOT_PREPARED = msg("Record first when she was trained and when she signed the confidentiality agreement.")
NOT_IN_THE_FUTURE = msg("This day has not come yet.")
NOT_YOURS_TO_HELP = msg("Only a coordinator, an administrator or somebody in the same role can help her back in.")
KEPT = ("coordinator", "administrator")
"""Roles that are never left empty: without them nobody could be admitted or invited again."""
LAST_OF_THEM = msg("She is the last one in this role. Give it to somebody else first.")


def check_roles(roles: Collection[str]) -> None:
    """Raise `Invalid` unless these are roles that one person can hold together."""
    if not roles:
        raise Invalid(Problem("roles", NO_ROLE))
    if set(roles) - ROLES.keys():
        raise Invalid(Problem("roles", NO_SUCH_ROLE))
    if are_apart(roles):
        raise Invalid(Problem("roles", ROLES_APART))


def check_can_invite(inviter_roles: Collection[str], role: str) -> None:
    """Raise `Denied` unless somebody with these roles may invite for the role."""
    if role not in invitable(inviter_roles):
        raise Denied(NOT_YOURS_TO_INVITE)


def check_can_give(
    giver_roles: Collection[str], giver_circles: Collection[str], held: Collection[str], roles: Collection[str]
) -> None:
    """Raise `Denied` unless every one of the roles is the giver's to give."""
    if set(roles) - grantable(giver_roles, giver_circles, held):
        raise Denied(NOT_YOURS_TO_GIVE)


def check_can_take(taker_roles: Collection[str], roles: Collection[str]) -> None:
    """Raise `Denied` unless every one of the roles is the taker's to take away."""
    if set(roles) - takeable(taker_roles):
        raise Denied(NOT_YOURS_TO_TAKE)


def can_help(helper_roles: Collection[str], roles: Collection[str]) -> bool:
    """Whether somebody may help a colleague back in: a coordinator or administrator, or one who shares a role."""
    return bool({"coordinator", "administrator", *roles} & set(helper_roles))


def check_can_help(helper_roles: Collection[str], roles: Collection[str]) -> None:
    """Raise `Denied` unless somebody may help a colleague with these roles back in."""
    if not can_help(helper_roles, roles):
        raise Denied(NOT_YOURS_TO_HELP)


def check_not_last(roles: Collection[str], counts: Mapping[str, int]) -> None:
    """Raise `NotAllowedNow` if nobody would be left to let others in or to invite."""
    if any(role in KEPT and counts.get(role, 0) <= 1 for role in roles):
        raise NotAllowedNow(LAST_OF_THEM)


def check_prepared(roles: Collection[str], trained_on: date | None, agreed_on: date | None) -> None:
    """Raise `NotAllowedNow` if a role needs training and agreement that are not on record."""
    if any(ROLES[role].needs_preparation for role in roles) and (trained_on is None or agreed_on is None):
        raise NotAllowedNow(NOT_PREPARED)


def check_day(field: str, day: date | None, today: date) -> None:
    """Raise `Invalid` for a training or an agreement in the future."""
    if day is not None and day > today:
        raise Invalid(Problem(field, NOT_IN_THE_FUTURE))
