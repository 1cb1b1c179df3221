"""How does an organisation begin to work with Astra? The first account, and what is kept for the worst day."""

from dataclasses import dataclass

from django.db import transaction

from astra.accounts.models import ACTIVE, EmergencyReserve, RoleHeld, User
from astra.accounts.rules.words import check_username, check_work_name
from astra.audit import services as audit
from astra.kernel.clock import now, today
from astra.vault import selectors as vault
from astra.vault.actor import system
from astra.vault.crypto import aead
from astra.vault.services import founding
from astra.vault.services.keys import KeyMaker
from astra.vault.services.members import OpenedMember

RESERVE_BOUND = aead.context("astra.emergency.reserve.v1")
FIRST_ROLES = ("administrator", "coordinator")
"""The first member invites (administrator) and admits (coordinator); she appoints the data protection officer."""


@dataclass(frozen=True)
class Founded:
    """What set-up gives out once: the first account, her opened key, and the three paper shares."""

    user: User
    opened: OpenedMember
    recovery_shares: tuple[bytes, ...]


def found_organisation(*, username: str, work_name: str, passphrase: str) -> Founded:
    """Make circles, keys and the first account in one transaction."""
    name, shown = check_username(username), check_work_name(work_name)
    with transaction.atomic():
        founded = founding.found(passphrase=passphrase)
        member_id = founded.member.member_id
        user = User.objects.create(
            username=name, work_name=shown, member_id=member_id, state=ACTIVE, trained_on=today(), agreed_on=today()
        )
        RoleHeld.objects.bulk_create([RoleHeld(user=user, role=role, given_at=now()) for role in FIRST_ROLES])
        keep_emergency(founded.emergency_secret)
        audit.record(actor_id=member_id, verb="accounts.founded", detail={"roles": len(FIRST_ROLES)})
    return Founded(user, founded.member, founded.recovery_shares)


def keep_emergency(secret: bytes) -> None:
    """Seal the emergency secret to the recovery circle, until two officers can hold a share each."""
    recovery = vault.desk_circle(founding.RECOVERY)
    target = KeyMaker(system()).targets({recovery})[recovery]
    EmergencyReserve.objects.update_or_create(
        pk=1, defaults={"sealed": target.wrap(secret, RESERVE_BOUND), "at": now()}
    )
