"""What of the invented case is the client's own? A story that she approved, and a consent that she took back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from astra.consent import services as consent
from astra.consent.rules.recording import NewConsent
from astra.kernel.clock import today
from astra.rights import services as rights
from astra.vault.actor import Actor


def give_her_own(actor: Actor, case_id: UUID, person_id: UUID, told: Mapping[str, Any]) -> None:  # Any: words of a file
    """Write her story with her, have it approved, and take a consent to share back."""
    story = rights.write_story(actor=actor, case_id=case_id, person_id=person_id, text=told["own_story"])
    rights.approve_story(actor=actor, story_id=story, revision=1, may_print=True, is_in_person=True)
    new = NewConsent(
        "accommodation",
        "partner_organisation",
        "contact_details",
        method="spoken_in_person",
        language="sr",
        given_on=today(),
    )
    line = consent.record_consent(actor=actor, person_id=person_id, new=new)
    consent.withdraw_consent(actor=actor, consent_id=line)
