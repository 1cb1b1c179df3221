"""When is a channel offered? Once a message that we sent through it has come back, under the settings of now."""

import secrets

from django.db import transaction

from astra.audit import services as audit
from astra.hotline.models import ProvedChannel
from astra.hotline.rules import channels as rules
from astra.hotline.services.receiving import digest_of
from astra.kernel.clock import now
from astra.vault.actor import Actor


def begin_probe(*, actor: Actor, channel: str, settings: bytes) -> str:
    """A word that is to go out and come back; until then the channel counts as not proved."""
    word = f"astra-probe-{secrets.token_hex(12)}"
    with transaction.atomic():
        fresh = {"settings": settings, "proved_at": None, "probe": digest_of("probe", word)}
        ProvedChannel.objects.update_or_create(
            channel=channel, defaults=fresh | {"probe_until": now() + rules.PROBE_LASTS}
        )
        audit.record(actor_id=actor.id, verb="hotline.channel_probed", subjects=[], detail={"channel": channel})
    return word


def take_probe(*, inbound: rules.Inbound) -> bool:
    """Whether a message is the word that is awaited: then its channel is proved, and it is nobody's message."""
    found = rules.PROBE.search(inbound.text)
    if found is None:
        return False
    waits = ProvedChannel.objects.filter(channel=inbound.channel, probe=digest_of("probe", found[0]))
    with transaction.atomic():
        waits.filter(proved_at=None, probe_until__gt=now()).update(proved_at=now())
    return waits.exists()


def is_proved(channel: str, settings: bytes) -> bool:
    """Whether a channel has been proved with these settings."""
    return ProvedChannel.objects.filter(channel=channel, settings=settings, proved_at__isnull=False).exists()
