"""Is this her passphrase? The one place where a sign-in name and a passphrase become an open key."""

from dataclasses import dataclass
from math import ceil
from uuid import UUID

from django.db import transaction

from astra.accounts.models import User
from astra.accounts.rules.words import fold_username
from astra.accounts.services import tries
from astra.audit import services as audit
from astra.kernel.errors import NotAllowedNow
from astra.kernel.words import msg
from astra.vault.services import members
from astra.vault.services.members import OpenedMember

TOO_SOON = msg("Too many tries. Wait %(seconds)s seconds, then try again.")
NOBODY = UUID(int=0)


class TooSoon(NotAllowedNow):
    """The account is waiting after wrong passphrases; the same for names that nobody has."""


@dataclass(frozen=True)
class SignedIn:
    """Somebody whose passphrase was right."""

    user: User
    opened: OpenedMember


def open_with_passphrase(*, username: str, passphrase: str) -> SignedIn | None:
    """Open somebody's key; None after the same work for a wrong passphrase and for an unknown name."""
    name = fold_username(username)
    rest = tries.rest_of_delay(name)
    if rest:
        raise TooSoon(TOO_SOON, seconds=ceil(rest.total_seconds()))
    user = User.objects.select_related("member").filter(username=name, is_active=True).first()
    opened = members.open_member(user.member_id if user else NOBODY, passphrase)
    if user is None or opened is None:
        with transaction.atomic():
            tries.note_failure(name)
            if user is not None:
                audit.record(actor_id=user.member_id, verb="accounts.passphrase_refused")
        return None
    tries.forget_failures(name)
    return SignedIn(user, opened)
