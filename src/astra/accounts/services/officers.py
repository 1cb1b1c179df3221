"""Who can open a record in an emergency? Officers with a share each, shared out anew with two paper shares."""

from uuid import UUID

from astra.accounts import selectors
from astra.accounts.models import EmergencyReserve
from astra.accounts.services.setup import RESERVE_BOUND
from astra.kernel.errors import NotAllowedNow
from astra.kernel.words import msg
from astra.vault.crypto import hybrid
from astra.vault.services import lastresort

TOO_FEW = msg("There are fewer than two officers. Admit a second coordinator or a data protection officer first.")
NO_RESERVE = msg("The emergency secret is not kept in this installation.")


def share_out(*, shares: list[bytes]) -> list[UUID]:
    """Split the emergency secret anew among today's officers; earlier shares are worth nothing afterwards."""
    officers = selectors.officers()
    if len(officers) < lastresort.EMERGENCY_THRESHOLD:
        raise NotAllowedNow(TOO_FEW)
    reserve = EmergencyReserve.objects.first()
    if reserve is None:
        raise NotAllowedNow(NO_RESERVE)
    actor = lastresort.recover(shares=shares)
    assert actor.keyring.personal is not None
    _, keys = actor.keyring.newest(actor.keyring.personal)
    secret = hybrid.unwrap(keys, bytes(reserve.sealed), RESERVE_BOUND)
    lastresort.share_emergency(actor=actor, secret=secret, officers=officers)
    return officers
