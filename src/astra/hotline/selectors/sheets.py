"""What does one contact say, to somebody who may open it?"""

from dataclasses import dataclass
from uuid import UUID

from astra.hotline.sections import (
    CALLER,
    REVIEW_NOTE,
    SAFE_CONTACT,
    SIGNED_AS,
    WORDS,
    Caller,
    ReviewNote,
    SafeContact,
    SignedAs,
    Words,
)
from astra.hotline.selectors.contacts import ContactLine, contact
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened


@dataclass(frozen=True)
class ContactSheet:
    """One contact with every part that the actor can open; the others are absent."""

    line: ContactLine
    words: Opened[Words] | None
    caller: Opened[Caller] | None
    safe: Opened[SafeContact] | None
    review_note: Opened[ReviewNote] | None
    signed_as: Opened[SignedAs] | None


def sheet(actor: Actor, contact_id: UUID) -> ContactSheet:
    """Open one contact, or raise `NotFound` if the actor may not even know of it."""
    return ContactSheet(
        line=contact(actor, contact_id),
        words=vault.find_section(actor, contact_id, WORDS),
        caller=vault.find_section(actor, contact_id, CALLER),
        safe=vault.find_section(actor, contact_id, SAFE_CONTACT),
        review_note=vault.find_section(actor, contact_id, REVIEW_NOTE),
        signed_as=vault.find_section(actor, contact_id, SIGNED_AS),
    )
