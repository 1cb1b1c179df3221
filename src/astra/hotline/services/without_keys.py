"""How does somebody log a contact who cannot sign in tonight? Sealed at once, counted when a colleague vouches."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from astra.hotline.entries import NO_CALLER, NO_RULES, NewContact
from astra.hotline.models import Contact
from astra.hotline.rules.contacts import WITHOUT_KEYS, Coded
from astra.hotline.rules.lifecycles import STANDING, TO_CONFIRM
from astra.hotline.sections import SIGNED_AS, Caller, SafeContact, SignedAs, Words
from astra.hotline.services.audience import Audience, Part, note, seal_part
from astra.hotline.services.writing import Batch
from astra.kernel.clock import now
from astra.kernel.errors import Conflict, NotAllowedNow, NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing

AN_HOUR_AT_MOST = 30
WAITING_AT_MOST = 200
TOO_MANY = msg("Too many contacts have come in this way. Write on paper and call the colleague on duty.")


def log_without_keys(
    *,
    actor: Actor,
    coded: Coded,
    words: Words,
    signed_as: str,
    caller: Caller = NO_CALLER,
    safe: SafeContact = NO_RULES,
    key: UUID | None = None,
) -> UUID:
    """Seal a contact by somebody who could not sign in; it waits to be confirmed and nobody answers who she is."""
    _check_room(key)
    contact = NewContact(replace(coded, source=WITHOUT_KEYS), words=words, caller=caller, safe=safe, key=key)
    batch = Batch(actor, [contact])
    for row in batch.made:
        row.standing, row.counsellor_id = TO_CONFIRM, None
        seal_part(batch.sealing, batch.audience, row, Part(SIGNED_AS, SignedAs(signed_as), []))
    if not batch.made:
        return batch.ids[0]
    with batch.sealing.transaction():
        batch.write()
        note(batch.sealing, "hotline.logged_without_keys", *batch.ids, line=coded.line)
    return batch.ids[0]


def _check_room(key: UUID | None) -> None:
    """A flood must not bury the queue: so many in an hour, so many waiting; no address is kept for it."""
    if key is not None and Contact.objects.filter(key=key).exists():
        return
    waiting = Contact.objects.filter(standing=TO_CONFIRM)
    lately = Contact.objects.filter(source=WITHOUT_KEYS, saved_at__gt=now() - timedelta(hours=1))
    if waiting.count() >= WAITING_AT_MOST or lately.count() >= AN_HOUR_AT_MOST:
        raise NotAllowedNow(TOO_MANY)


def confirm_logged(
    *, actor: Actor, contact_id: UUID, is_hers: bool, counsellor_id: UUID | None = None, reason: str = ""
) -> None:
    """The colleague on call vouches that a contact is really from whom it says, or rejects it."""
    actor.check_desk("hotline")
    Audience(actor).check_reader()
    vault.check_reach(actor, contact_id)
    contact = Contact.objects.filter(pk=contact_id).first()
    if contact is None:
        raise NotFound
    standing = STANDING.check(contact.standing, "confirm" if is_hers else "reject")
    sealing = Sealing(actor)
    with sealing.transaction():
        waiting = Contact.objects.filter(pk=contact_id, standing=TO_CONFIRM)
        if not waiting.update(standing=standing, counsellor=counsellor_id):
            raise Conflict(SOMEBODY_SAVED)
        note(sealing, "hotline.logged_confirmed", contact_id, reason=reason, standing=standing)
