"""How does a senior read what a volunteer wrote? She accepts it, or returns it with a word of advice."""

from datetime import timedelta
from uuid import UUID

from astra.hotline.models import Contact
from astra.hotline.rules.lifecycles import RETURNED, REVIEW
from astra.hotline.sections import LEAVING, REVIEW_NOTE, ReviewNote
from astra.hotline.services.audience import Audience, note
from astra.kernel.errors import Conflict, Denied, NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing

OWN_ENTRY = msg("Somebody else reviews what you wrote yourself.")
LENT_FOR = timedelta(days=7)
"""How long a volunteer can open her own returned entry; when she has mended it the key is taken back at once."""


def review_contact(*, actor: Actor, contact_id: UUID, verb: str, words: str = "") -> str:
    """Accept or return a volunteer's entry; returned, she can open it again until she has mended it."""
    actor.check_desk("hotline")
    audience = Audience(actor)
    audience.check_senior()
    vault.check_reach(actor, contact_id)
    contact = Contact.objects.filter(pk=contact_id).first()
    if contact is None or not contact.review:
        raise NotFound
    if actor.id in (contact.entered_by_id, contact.counsellor_id):
        raise Denied(OWN_ENTRY)
    state = REVIEW.check(contact.review, verb)
    sealing = Sealing(actor)
    if contact.entered_by_id is not None:
        author = vault.personal_circle(contact.entered_by_id)
        if state == RETURNED:
            _lend(sealing, contact, author)
        if words or state == RETURNED:  # the note keeps the entry on her own list once the key is taken back
            _write_note(sealing, audience, contact, author, words)
    with sealing.transaction():
        reviewed = Contact.objects.filter(pk=contact.pk, review=contact.review)
        if not reviewed.update(review=state, reviewed_by=actor.id):
            raise Conflict(SOMEBODY_SAVED)
        note(sealing, "hotline.contact_reviewed", contact.pk, review=state)
    return state


def _lend(sealing: Sealing, contact: Contact, author: UUID) -> None:
    until = sealing.at + LENT_FOR
    for kind in LEAVING:
        if vault.find_section(sealing.actor, contact.pk, kind) is not None:
            sealing.grant(contact.pk, [kind], to=[author], until=until)


def _write_note(sealing: Sealing, audience: Audience, contact: Contact, author: UUID, words: str) -> None:
    opened = vault.find_section(sealing.actor, contact.pk, REVIEW_NOTE)
    revision = opened.revision if opened else None
    to = [*audience.readers(contact.line), author]
    sealing.write(contact.pk, REVIEW_NOTE, ReviewNote(words), to=to, revision=revision)
