"""May this be shared? Asked before anything leaves, by voice or on paper too; question and answer are logged."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from astra.audit import services as audit
from astra.consent.models import Consent
from astra.consent.rules import ledger
from astra.consent.rules.ledger import Question, Verdict
from astra.consent.selectors import verdict
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor

DESKS = ("consent", "hotline", "missing")


def ask_ledger(*, actor: Actor, person_id: UUID, question: Question) -> Verdict:
    """What the ledger says of sharing something now; whoever shares can show later that she asked."""
    actor.check_desk(*DESKS)
    found = verdict(actor, person_id, question)
    detail: dict[str, str | int | bool] = {
        "purpose": question.purpose,
        "recipient": question.recipient,
        "section": question.section,
        "allowed": found.is_allowed,
    }
    with transaction.atomic():
        subject = vault.pseudonyms([person_id])[person_id]
        audit.record(
            actor_id=actor.id, verb="consent.ledger_asked", subjects=[subject], reason=found.why, detail=detail
        )
    return found


def end_guardians_say(*, actor: Actor, person_id: UUID, on: date) -> int:
    """What guardians allowed for a child ends when she comes of age, and with it what was opened; returns how much."""
    actor.check_desk(*DESKS)
    vault.check_reach(actor, person_id)
    everywhere = [person_id, *people.duplicates_of(person_id)]
    theirs = Consent.objects.filter(
        Q(until_on=None) | Q(until_on__gt=on),
        person__in=everywhere,
        giver__in=ledger.GUARDIANS,
        answer=ledger.GIVEN,
        given_on__lte=on,
        withdrawn_on=None,
        record__erased_at=None,
    )
    with transaction.atomic():
        ended = theirs.update(until_on=on)
        subject = vault.pseudonyms([person_id])[person_id]
        audit.record(actor_id=actor.id, verb="consent.guardians_say_ended", subjects=[subject], detail={"lines": ended})
    return ended
