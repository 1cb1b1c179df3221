"""Who works here, under which name, at which desks, and which visits are open?"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator

from astra.accounts.models import ACTIVE, LEFT, Invitation, RoleHeld, User, Visit
from astra.accounts.rules.roles import ROLES, desks_of, grantable
from astra.accounts.rules.visits import VisitClock, is_open
from astra.accounts.rules.words import fingerprint_words, fold_username
from astra.kernel.clock import now
from astra.vault import selectors as vault
from astra.vault.actor import Actor, system
from astra.vault.crypto import hybrid
from astra.vault.prepared import Prepared, PreparedRows
from astra.vault.services.keys import KeyMaker

_VISIT, _USER = ([field.attname for field in model._meta.concrete_fields] for model in (Visit, User))
_VISITS = Prepared(
    lambda visit, user: Visit.objects.filter(pk=visit, user=user).values_list(
        *_VISIT, *(f"user__{name}" for name in _USER), "user__member__circle"
    )
)
_STAFF = PreparedRows(User, lambda: User.objects.order_by("work_name", "id"))
_ROLES = Prepared(lambda user: RoleHeld.objects.filter(user=user, given_at__isnull=False).values_list("role"))
_ALL_ROLES = Prepared(lambda: RoleHeld.objects.filter(given_at__isnull=False).values_list("user", "role"))
_WORK_NAMES = Prepared(lambda members: User.objects.filter(member__in=members).values_list("member", "work_name"))


def find_visit(visit_id: str, user_id: str) -> tuple[Visit, UUID] | None:
    """A visit with whose it is, and her personal circle; every request begins with it."""
    try:
        rows = _VISITS(visit=UUID(visit_id), user=UUID(user_id))
    except ValueError:  # a session from elsewhere
        return None
    for *columns, circle in rows:
        visit = Visit.from_db("default", _VISIT, columns[: len(_VISIT)])
        visit.user = User.from_db("default", _USER, columns[len(_VISIT) :])
        return visit, circle
    return None


def is_at_desk(visit_id: str, user_id: str, desk: str) -> bool:
    """Whether a visit goes on, open and with both factors, of somebody who sits at a desk; no key is touched."""
    whole = find_visit(visit_id, user_id)
    if whole is None:
        return False
    visit = whole[0]
    if not bytes(visit.wrapped) or not visit.user.is_active or not is_open(clock_of(visit), now()):
        return False
    return desk in desks_for(visit.user)


def roles_of(user_id: UUID) -> frozenset[str]:
    """The roles that somebody has been given."""
    return frozenset(role for (role,) in _ROLES(user=user_id))


def roles_of_member(member_id: UUID | None) -> frozenset[str]:
    """The roles that a member has been given; none for visitors and unattended work."""
    held = RoleHeld.objects.filter(user__member=member_id, user__state=ACTIVE, given_at__isnull=False)
    return frozenset(held.values_list("role", flat=True)) if member_id is not None else frozenset()


def held_roles() -> frozenset[str]:
    """The roles that somebody who works here holds."""
    held = RoleHeld.objects.filter(user__state=ACTIVE, given_at__isnull=False)
    return frozenset(held.values_list("role", flat=True))


def role_counts() -> dict[str, int]:
    """How many people who work here hold each role."""
    held = RoleHeld.objects.filter(user__state=ACTIVE, given_at__isnull=False)
    return dict(Counter(held.values_list("role", flat=True)))


def held_circles(actor: Actor) -> frozenset[str]:
    """The desk circles whose keys the actor can reach, by name."""
    reached = actor.keyring.wide_circles()
    return frozenset(name for name, circle in vault.desk_circles().items() if circle in reached)


def fingerprint(member_id: UUID) -> str:
    """The fingerprint of somebody's newest public key, as words to compare by voice."""
    circle = vault.personal_circle(member_id)
    public = KeyMaker(system()).targets({circle})[circle].public
    return fingerprint_words(hybrid.fingerprint(public))


def desks_for(user: User) -> frozenset[str]:
    """The desks somebody sits at now: none before she is admitted and none after she left."""
    return desks_of(roles_of(user.id)) if user.state == ACTIVE else frozenset()


def work_names(member_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The work names of members, by member id; outside and inside, staff appear under these."""
    return dict(_WORK_NAMES(members=set(member_ids)))


def work_name(member_id: UUID | None) -> str:
    """The work name of one member; empty for unattended work and unknown ids."""
    return work_names([member_id]).get(member_id, "") if member_id is not None else ""


@dataclass(frozen=True)
class Colleague:
    """A person who works here, as colleagues see her."""

    member_id: UUID
    work_name: str
    state: str
    roles: frozenset[str]
    trained_on: date | None
    agreed_on: date | None
    joined_at: datetime
    left_at: datetime | None


def colleagues(*, desks: Iterable[str] = (), with_departed: bool = False) -> list[Colleague]:
    """Everybody who works here, by work name; with `desks` only those who sit at one of them."""
    roles: dict[UUID, set[str]] = defaultdict(set)
    for user_id, role in _ALL_ROLES():
        roles[user_id].add(role)
    wanted = frozenset(desks)
    found = [_colleague(user, roles[user.pk]) for user in _STAFF() if with_departed or user.state != LEFT]
    return [one for one in found if not wanted or (one.state == ACTIVE and desks_of(one.roles) & wanted)]


def colleague(member_id: UUID) -> Colleague | None:
    """One person who works or worked here."""
    user = User.objects.filter(member=member_id).first()
    return _colleague(user, roles_of(user.pk)) if user else None


def _colleague(user: User, roles: Collection[str]) -> Colleague:
    return Colleague(
        member_id=user.member_id,
        work_name=user.work_name,
        state=user.state,
        roles=frozenset(roles),
        trained_on=user.trained_on,
        agreed_on=user.agreed_on,
        joined_at=user.joined_at,
        left_at=user.left_at,
    )


def own_fingerprint(actor: Actor) -> str:
    """The fingerprint of the actor's own key, from the key that she holds and not from the database."""
    if actor.keyring.personal is None:
        return ""
    _, keys = actor.keyring.newest(actor.keyring.personal)
    return fingerprint_words(hybrid.fingerprint(keys.public))


@dataclass(frozen=True)
class OpenVisit:
    """One of somebody's visits: when, and nothing about from where."""

    id: UUID
    started_at: datetime
    seen_at: datetime
    is_locked: bool


def visits_of(user_id: UUID) -> list[OpenVisit]:
    """Somebody's visits that have not ended, newest first."""
    rows = Visit.objects.filter(user=user_id).order_by("-started_at")
    return [OpenVisit(row.id, row.started_at, row.seen_at, not bytes(row.wrapped)) for row in rows]


def at_work(member_ids: Collection[UUID]) -> set[UUID]:
    """Those who have an open visit now: begun, confirmed, neither locked nor run out."""
    at = now()
    rows = Visit.objects.filter(user__member__in=member_ids, user__is_active=True).exclude(wrapped=b"")
    return {row.user.member_id for row in rows.select_related("user") if is_open(clock_of(row), at)}


def is_still_open(visit_id: UUID) -> bool:
    """Whether a visit that was open a moment ago is: ended and locked ones are not."""
    row = Visit.objects.filter(pk=visit_id, user__is_active=True).exclude(wrapped=b"").first()
    return row is not None and is_open(clock_of(row), now())


def clock_of(visit: Visit) -> VisitClock:
    """The moments by which the rules judge a visit."""
    return VisitClock(
        visit.started_at, visit.opened_at, visit.seen_at, visit.confirmed_at, visit.hold_began_at, visit.held_at
    )


@dataclass(frozen=True)
class Factors:
    """Which second factors somebody has."""

    passkeys: int
    has_app: bool


def second_factors_of(user_id: UUID) -> Factors:
    """How many passkeys, and whether an authenticator app."""
    types = Counter(Authenticator.objects.filter(user=user_id).values_list("type", flat=True))
    return Factors(types[Authenticator.Type.WEBAUTHN], bool(types[Authenticator.Type.TOTP]))


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that was not used yet."""

    id: UUID
    role: str
    invited_by: UUID
    expires_at: datetime


def open_invitations() -> list[OpenInvitation]:
    """Invitations that can still be used, the newest first."""
    rows = Invitation.objects.filter(used_at=None, purpose="join", expires_at__gt=now()).order_by("-made_at")
    return [OpenInvitation(row.id, row.role, row.invited_by, row.expires_at) for row in rows]


def asked_roles(member_id: UUID) -> frozenset[str]:
    """The roles that somebody who waits was invited for."""
    asked = RoleHeld.objects.filter(user__member=member_id, given_at=None)
    return frozenset(asked.values_list("role", flat=True))


def givable(actor: Actor) -> frozenset[str]:
    """The roles that the actor may give."""
    return grantable(roles_of_member(actor.id), held_circles(actor), held_roles())


def officers() -> list[UUID]:
    """The members whose roles make them officers: any two of them open one record in an emergency."""
    roles = [code for code, role in ROLES.items() if "officers" in role.circles]
    held = RoleHeld.objects.filter(user__state=ACTIVE, given_at__isnull=False, role__in=roles)
    return list(held.order_by("user__joined_at").values_list("user__member", flat=True).distinct())


def member_called(username: str) -> UUID | None:
    """The member with a sign-in name, for commands."""
    return User.objects.filter(username=fold_username(username)).values_list("member", flat=True).first()
