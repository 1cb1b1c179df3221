"""What does she do on her own page? Opens it with her code, asks, takes back a consent, leaves.

Everything here acts with her key alone. Between two requests it exists only sealed, under the key in her cookie.
"""

import os
from uuid import UUID, uuid4

from django.db import transaction

from astra.audit import services as audit
from astra.consent import services as consent
from astra.kernel.clock import now
from astra.rights.entries import OwnTicket
from astra.rights.models import OwnPage, OwnVisit
from astra.rights.rules import owning as rules
from astra.rights.rules import requests as asked
from astra.rights.selectors.owning import Owning, own_page
from astra.rights.services.giving import VISITOR, code_context
from astra.rights.services.requests import lay_down, take_back_of
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.crypto import aead
from astra.vault.crypto.codes import DIGITS, fold_code
from astra.vault.keyring import Keyring
from astra.vault.services.codes import keys_of

SEEN_EVERY_S = 30
CALM = "calm"
"""What the second code opens: a page that says nothing about anybody."""


def open_own(*, typed: str) -> tuple[Owning, OwnTicket] | str | None:
    """Open a page with its code; `CALM` for a second code, None where the code leads nowhere."""
    code = fold_code(typed)
    if len(code) != DIGITS:
        return None
    keys, at = keys_of(code), now()
    row = OwnPage.objects.filter(lookup=keys.lookup, code_until__gt=at, closed_on=None).first()
    if row is None:
        return CALM if OwnPage.objects.filter(calm_lookup=keys.lookup, closed_on=None).exists() else None
    secret = aead.open_box(keys.wrap, bytes(row.wrapped), code_context(row.pk))
    ticket = OwnTicket(uuid4(), os.urandom(aead.KEY_BYTES))
    wrapped = aead.seal(ticket.key, secret, _visit_context(ticket.visit_id))
    with transaction.atomic():
        OwnVisit.objects.create(id=ticket.visit_id, page=row, wrapped=wrapped, began_at=at, seen_at=at)
        audit.record(
            actor_id=None, verb="rights.page_opened", subjects=list(vault.pseudonyms([row.pk, row.person_id]).values())
        )
    return _owning(row, ticket.visit_id, secret), ticket


def resume(ticket: OwnTicket) -> Owning | None:
    """Open the page that this browser had open; None when it has left, or was silent for too long."""
    at = now()
    visit = OwnVisit.objects.filter(pk=ticket.visit_id).first()
    row = own_page(visit.page_id) if visit is not None else None
    if visit is None or row is None or rules.is_visit_over(visit.began_at, visit.seen_at, at):
        return None
    try:
        secret = aead.open_box(ticket.key, bytes(visit.wrapped), _visit_context(visit.pk))
    except aead.WrongBox:
        return None
    if (at - visit.seen_at).total_seconds() > SEEN_EVERY_S:
        OwnVisit.objects.filter(pk=visit.pk).update(seen_at=at)
    return _owning(row, visit.pk, secret)


def leave(*, ticket: OwnTicket) -> None:
    """Close the page in this browser: its key opens nothing from now on."""
    OwnVisit.objects.filter(pk=ticket.visit_id).delete()


def ask_online(*, owning: Owning, kind: str, words: str) -> UUID:
    """Ask something about her own data; a complaint reaches nobody of the team."""
    return lay_down(
        actor=owning.actor, page=owning.page, person_id=owning.page.person_id, kind=kind, words=words, way=asked.ONLINE
    )


def take_back(*, owning: Owning, request_id: UUID) -> None:
    """Take a request of her own back."""
    take_back_of(owning.actor, request_id, page_id=owning.page.pk)


def withdraw_online(*, owning: Owning, consent_id: UUID) -> int:
    """Take a consent back at once; returns how many rights to read somebody else has still to recall."""
    return consent.withdraw_own(actor=owning.actor, person_id=owning.page.person_id, consent_id=consent_id)


def sweep_visits() -> int:
    """Forget visits that are over, and codes that ran out; returns how many visits."""
    at = now()
    gone, _ = OwnVisit.objects.filter(seen_at__lt=at - rules.VISIT_IDLE).delete()
    OwnPage.objects.filter(code_until__lt=at).update(lookup=None, calm_lookup=None, wrapped=b"", code_until=None)
    return gone


def _owning(row: OwnPage, visit_id: UUID, secret: bytes) -> Owning:
    return Owning(Actor(None, VISITOR, keyring=Keyring(row.circle_id, 1, secret)), row, visit_id)


def _visit_context(visit_id: UUID) -> bytes:
    return aead.context("astra.own-page.visit.v1", visit_id.bytes)
