"""What must the ledger of consents let go of when somebody is erased? Her lines; that they were there is on the log."""

from uuid import UUID

from astra.consent.models import Consent, GivenUnder, Override
from astra.vault.services.erasure import evict_with


def forget(record_id: UUID) -> None:
    """Let go of an erased person's consents and exceptions; may be done twice."""
    GivenUnder.objects.filter(record=record_id).delete()
    Consent.objects.filter(person=record_id).delete()
    Consent.objects.filter(giver_person=record_id).update(giver_person=None)
    Override.objects.filter(person=record_id).delete()


evict_with(forget)
