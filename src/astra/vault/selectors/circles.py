"""Which circles are there, and who sits in them?"""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Q

from astra.kernel.clock import now
from astra.vault.desks import founded
from astra.vault.models import Circle, Grant, Member, Membership
from astra.vault.models.circles import DESK
from astra.vault.prepared import Prepared

_OWN = Prepared(lambda member: Member.objects.filter(pk=member).values_list("circle"))
_MEMBERS = Prepared(lambda circle: Member.objects.filter(circle__holdings__circle=circle).values_list("id"))
_OWNERS = Prepared(lambda circle: Member.objects.filter(circle=circle).values_list("id"))
_HOLDERS = Prepared(
    lambda circle: Circle.objects.filter(holdings__circle=circle).order_by("holdings__created_at").values_list("id")
)


def desk_circle(name: str) -> UUID:
    """The circle of a desk."""
    return founded()[name][1]


def desk_circles() -> dict[str, UUID]:
    """Every desk circle by name."""
    return {name: circle for name, (kind, circle) in founded().items() if kind == DESK}


def personal_circle(member_id: UUID) -> UUID:
    """The circle of one person who works here."""
    found: UUID = _OWN(member=member_id)[0][0]
    return found


def holders(circle_id: UUID) -> list[UUID]:
    """The circles (persons among them) that hold a circle."""
    return [circle for (circle,) in _HOLDERS(circle=circle_id)]


def closed_circles_of(member_id: UUID) -> list[UUID]:
    """The circles that a member sits in but cannot open since she began again, until a colleague vouches."""
    behind = Membership.objects.filter(holder__member=member_id, holder_generation__lt=F("holder__current"))
    return list(behind.order_by("circle").values_list("circle", flat=True))


def members_of(circle_id: UUID) -> list[UUID]:
    """The members who hold a circle directly, by member id."""
    return [member for (member,) in _MEMBERS(circle=circle_id)]


def workers_in(circle_id: UUID) -> set[UUID]:
    """The members who sit in a circle, themselves or through a desk, or whose own it is."""
    desks = set(holders(circle_id)) & set(desk_circles().values())
    found = {*members_of(circle_id), *(member for (member,) in _OWNERS(circle=circle_id))}
    for desk in desks:
        found.update(members_of(desk))
    return found


def openers(parts: Collection[tuple[UUID, str]]) -> set[UUID]:
    """The members who open every one of these sections, themselves or through a desk; each is a record and a kind."""
    lasting = Q(expires_at=None) | Q(expires_at__gt=now())
    granted: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
    for record, kind, circle in Grant.objects.filter(lasting, record__in={record for record, _ in parts}).values_list(
        "record", "kind", "circle"
    ):
        granted[record, kind].add(circle)
    sets = {frozenset(granted[part]) for part in parts}
    seated = {circle: workers_in(circle) for circle in set().union(*sets)}
    each = [set().union(*(seated[circle] for circle in circles)) for circles in sets]
    return set.intersection(*each) if each else set()
