"""Which second factors does somebody have, and what happens when she has lost them all?"""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction

from astra.accounts.models import LEFT, User
from astra.accounts.services import visits
from astra.audit import services as audit
from astra.kernel.clock import now
from astra.kernel.errors import Denied, NotFound
from astra.kernel.words import msg
from astra.vault.actor import Actor

MAIN = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
NOT_YOUR_OWN = msg("Somebody else has to do this for you.")


def has_second_factor(user: User) -> bool:
    """Whether a passkey or an authenticator app is set up; codes alone do not count."""
    return bool(Authenticator.objects.filter(user=user.pk, type__in=MAIN).exists())


def has_codes(user: User) -> bool:
    """Whether recovery codes were made, whatever is left of them."""
    return bool(Authenticator.objects.filter(user=user.pk, type=Authenticator.Type.RECOVERY_CODES).exists())


def note_codes(*, user_id: UUID) -> None:
    """She says that her recovery codes are somewhere safe."""
    user = User.objects.get(pk=user_id)
    with transaction.atomic():
        User.objects.filter(pk=user_id).update(codes_noted_at=now())
        audit.record(actor_id=user.member_id, verb="accounts.codes_noted")


def reset(*, actor: Actor, member_id: UUID) -> None:
    """Take away lost second factors, so that new ones are set up at the next sign-in; every visit ends."""
    actor.check_desk("coordination", "administration")
    if actor.id == member_id:
        raise Denied(NOT_YOUR_OWN)
    user = User.objects.filter(member=member_id).exclude(state=LEFT).first()
    if user is None:
        raise NotFound
    with transaction.atomic():
        forget(user=user)
        visits.end_all(user_ids=[user.pk], actor_id=actor.id)
        audit.record(actor_id=actor.id, verb="accounts.second_factor_reset", detail={"member": str(member_id)})


def forget(*, user: User) -> None:
    """Delete every second factor of somebody; within the caller's transaction."""
    Authenticator.objects.filter(user=user.pk).delete()
    User.objects.filter(pk=user.pk).update(codes_noted_at=None)
