"""How are guesses slowed down, without a lock and without an address?

Wrong passphrases in a row are counted per sign-in name that was typed, whether somebody has it or not, so that the
answer says nothing. The name itself is not kept: people type their passphrase into the wrong field.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import F

from astra.accounts.models import Tries
from astra.accounts.rules.visits import TRIES_KEPT, delay_after
from astra.kernel.clock import now
from astra.vault.crypto import aead


def _key(name: str) -> str:
    return aead.mac(settings.SECRET_KEY.encode(), aead.context("astra.tries.v1", name))[:16].hex()


def rest_of_delay(name: str) -> timedelta:
    """How long this name still has to wait before the next try."""
    row = Tries.objects.filter(pk=_key(name)).first()
    if row is None:
        return timedelta(0)
    return max(row.failed_at + delay_after(row.failures) - now(), timedelta(0))


def note_failure(name: str) -> None:
    """Count one more wrong passphrase for this name."""
    row, is_new = Tries.objects.get_or_create(pk=_key(name), defaults={"failures": 1, "failed_at": now()})
    if not is_new:
        Tries.objects.filter(pk=row.pk).update(failures=F("failures") + 1, failed_at=now())


def forget_failures(name: str) -> None:
    """The passphrase was right: the count starts afresh; counts nobody came back to are swept."""
    Tries.objects.filter(pk=_key(name)).delete()
    Tries.objects.filter(failed_at__lt=now() - TRIES_KEPT).delete()
