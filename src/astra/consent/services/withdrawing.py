"""What follows when consent is taken back? Whatever others may read because of it is closed again."""

import importlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction

from astra import vocabulary
from astra.audit import services as audit
from astra.consent.models import Consent, GivenUnder
from astra.consent.sections import DETAILS
from astra.consent.selectors import living_consent
from astra.kernel.clock import now, today
from astra.kernel.errors import NotAllowedNow, NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import declared
from astra.vault.services.sealing import Sealing
from astra.vault.services.withdrawal import withdraw, withdraw_for_owner

Recaller = Callable[[Actor, UUID], None]
_recallers: list[Recaller] = []

DESKS = ("consent", "hotline")
ALREADY = msg("This consent was withdrawn already.")


def recall_with(recaller: Recaller) -> None:
    """Register what a later room recalls at once when a line of the ledger ends, within the same transaction."""
    if recaller not in _recallers:
        _recallers.append(recaller)


def recall_elsewhere(actor: Actor, consent_id: UUID) -> None:
    """Let later rooms recall what rests on a line that has just ended."""
    for module in settings.RECALLING:  # they register there; a command may not have met them yet
        importlib.import_module(module)
    for recaller in _recallers:
        recaller(actor, consent_id)


def note_granted(
    *, actor: Actor, consent_ids: Iterable[UUID], record_id: UUID, circle_id: UUID, kinds: Iterable[str] = ()
) -> None:
    """Whoever opens something to a circle on consent notes it here, so that it can be recalled.

    `consent_ids` are the `entries` of the verdict that allowed it.
    """
    named = " ".join(sorted(kinds))
    with transaction.atomic():
        GivenUnder.objects.bulk_create(
            GivenUnder(consent_id=consent_id, record_id=record_id, circle_id=circle_id, kinds=named)
            for consent_id in Consent.objects.filter(pk__in=list(consent_ids)).values_list("pk", flat=True)
        )
        subject = vault.pseudonyms([record_id])[record_id]
        audit.record(actor_id=actor.id, verb="consent.granted_under", subjects=[subject])


def withdraw_consent(*, actor: Actor, consent_id: UUID, words: str = "", wish: str = "", on: date | None = None) -> int:
    """Take a consent back from today; returns how many rights to read are still to be recalled by somebody else."""
    actor.check_desk(*DESKS)
    if wish:
        vocabulary.check("withdrawal_wish", wish, field="wish")
    row = living_consent(actor, consent_id)
    if row.withdrawn_on is not None:
        raise NotAllowedNow(ALREADY)
    sealing = Sealing(actor)
    opened = vault.find_section(actor, consent_id, DETAILS)
    if opened is not None and words:
        sealing.revise(consent_id, DETAILS, replace(opened.content, withdrawal=words), revision=opened.revision)
    with sealing.transaction():
        Consent.objects.filter(pk=consent_id).update(
            withdrawn_on=min(on or today(), today()), withdrawal_wish=wish, ask_by=None
        )
        subject = vault.pseudonyms([row.person_id])[row.person_id]
        audit.record(actor_id=actor.id, verb="consent.withdrawn", subjects=[subject], detail={"purpose": row.purpose})
        recall_elsewhere(actor, consent_id)
    return finish_recalls(actor=actor, consent_id=consent_id)


def withdraw_own(*, actor: Actor, person_id: UUID, consent_id: UUID) -> int:
    """Take a consent back at the person's own word, with the key of her own page; recalled at once.

    Returns how many rights to read are left for somebody else: of records that speak about others alone.
    """
    row = Consent.objects.filter(pk=consent_id, person=person_id, record__erased_at=None).first()
    if row is None:
        raise NotFound
    if row.withdrawn_on is not None:
        raise NotAllowedNow(ALREADY)
    with transaction.atomic():
        Consent.objects.filter(pk=consent_id).update(withdrawn_on=today(), ask_by=None)
        subject = vault.pseudonyms([person_id])[person_id]
        audit.record(actor_id=actor.id, verb="consent.withdrawn", subjects=[subject], detail={"purpose": row.purpose})
        recall_elsewhere(actor, consent_id)
    left = 0
    for grant in GivenUnder.objects.filter(consent=consent_id, recalled_at=None):
        if not _recall(actor, grant, person_id):
            left += 1
    return left


def finish_recalls(*, actor: Actor, consent_id: UUID) -> int:
    """Close what was opened on an ended consent, as far as this actor reaches; returns what is left for others.

    What rests on a second, living consent stays open.
    """
    row = living_consent(actor, consent_id)
    if row.withdrawn_on is None and not (row.until_on and row.until_on < today()):
        return 0
    with transaction.atomic():
        recall_elsewhere(actor, consent_id)
    left = 0
    for grant in GivenUnder.objects.filter(consent=consent_id, recalled_at=None):
        if not _recall(actor, grant):
            left += 1
    return left


def _recall(actor: Actor, grant: GivenUnder, owner_id: UUID | None = None) -> bool:
    if not _rests_elsewhere(grant):
        kinds = [declared()[name] for name in grant.kinds.split() if name in declared()]
        try:
            if owner_id is None:
                withdraw(actor=actor, record_id=grant.record_id, circle_id=grant.circle_id, kinds=kinds or None)
            else:
                withdraw_for_owner(
                    actor=actor,
                    owner_id=owner_id,
                    record_id=grant.record_id,
                    circle_id=grant.circle_id,
                    kinds=kinds or None,
                )
        except NotFound:
            return False
    GivenUnder.objects.filter(pk=grant.pk).update(recalled_at=now())
    return True


def _rests_elsewhere(grant: GivenUnder) -> bool:
    day = today()
    others = GivenUnder.objects.filter(
        record=grant.record_id, circle=grant.circle_id, kinds=grant.kinds, recalled_at=None
    )
    living = others.exclude(consent=grant.consent_id).filter(consent__withdrawn_on=None)
    return living.exclude(consent__until_on__lt=day).exists()
