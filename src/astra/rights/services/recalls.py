"""How does one line of what cannot be called back end? Somebody asked whoever had received it, and notes the answer."""

from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.consent import selectors as consent
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, NotFound
from astra.kernel.words import msg
from astra.rights.models import Recalled
from astra.rights.rules import recalls as rules
from astra.vault import selectors as vault
from astra.vault.actor import Actor

NOTED_ALREADY = msg("Somebody else has noted the answer meanwhile. Open the page again.")


def note_recalled(*, actor: Actor, consent_id: UUID, outcome: str) -> None:
    """Note what they answered who had received something on a consent that was taken back."""
    actor.check_desk("cases")
    rules.check_outcome(outcome)
    row = consent.living_consent(actor, consent_id)
    if row.withdrawn_on is None or row.recipient == rules.OWN_TEAM:
        raise NotFound
    with transaction.atomic():
        _, is_new = Recalled.objects.get_or_create(
            consent_id=consent_id,
            defaults={"person_id": row.person_id, "outcome": outcome, "ended_on": today(), "by": actor.id},
        )
        if not is_new:
            raise Conflict(NOTED_ALREADY)
        names = list(vault.pseudonyms([row.person_id]).values())
        audit.record(actor_id=actor.id, verb="rights.recalled", subjects=names, detail={"outcome": outcome})
