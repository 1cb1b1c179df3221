"""What stands on a colleague's page, and what may the reader do there?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from astra.accounts import selectors
from astra.accounts.models import ACTIVE, AGAIN, LEFT, WAITING
from astra.accounts.rules.joining import can_help
from astra.accounts.rules.roles import ADMINISTRATION, COORDINATION, DATA_PROTECTION, ROLES
from astra.accounts.selectors import Colleague
from astra.kernel.errors import NotFound
from astra.vault.actor import Actor


def role_names(codes: Collection[str]) -> list[str]:
    """Roles in words, in the order of the table."""
    return [_(ROLES[code].name) for code in ROLES if code in codes]


@dataclass(frozen=True)
class Row:
    """A colleague's line in the list."""

    member_id: UUID
    work_name: str
    state: str
    role_names: list[str]


def rows(colleagues: list[Colleague]) -> list[Row]:
    """The lines of the list of colleagues."""
    return [Row(one.member_id, one.work_name, one.state, role_names(one.roles)) for one in colleagues]


@dataclass(frozen=True)
class PersonPage:
    """A colleague, and the doors that are open to the reader."""

    person: Colleague
    asked: frozenset[str]
    givable: frozenset[str]
    is_self: bool
    is_keeper: bool
    can_prepare: bool
    can_admit: bool
    can_change: bool
    can_leave: bool
    can_help: bool
    can_vouch: bool

    @property
    def role_names(self) -> list[str]:
        """What she does here, in words."""
        return role_names(self.person.roles)

    @property
    def asked_names(self) -> list[str]:
        """What she was invited for, in words."""
        return role_names(self.asked)


def person_page(actor: Actor, member_id: UUID) -> PersonPage:
    """Put a colleague's page together, or raise `NotFound`."""
    person = selectors.colleague(member_id)
    if person is None:
        raise NotFound
    is_self = actor.id == member_id
    is_keeper = actor.has_desk(COORDINATION, ADMINISTRATION)
    is_giver = actor.has_desk(COORDINATION, ADMINISTRATION, DATA_PROTECTION) and not is_self
    givable = selectors.givable(actor)
    helps = can_help(selectors.roles_of_member(actor.id), person.roles) and not is_self
    return PersonPage(
        person=person,
        asked=selectors.asked_roles(member_id),
        givable=givable,
        is_self=is_self,
        is_keeper=is_keeper,
        can_prepare=is_keeper and person.state != LEFT,
        can_admit=is_giver and bool(givable) and person.state == WAITING,
        can_change=is_giver and person.state == ACTIVE,
        can_leave=is_giver and person.state != LEFT,
        can_help=helps and person.state in (ACTIVE, AGAIN),
        can_vouch=helps and person.state in (ACTIVE, AGAIN),
    )


def invitation_address(request: HttpRequest, name: str, token: str) -> str:
    """The whole address of a one-time link, to be handed over by a safe way."""
    return request.build_absolute_uri(reverse(name, args=[token]))


@dataclass(frozen=True)
class InvitationRow:
    """A line of the list of open invitations."""

    id: UUID
    role_name: str
    expires_at: datetime


def invitation_rows() -> list[InvitationRow]:
    """The open invitations, with the role in words."""
    return [InvitationRow(one.id, _(ROLES[one.role].name), one.expires_at) for one in selectors.open_invitations()]
