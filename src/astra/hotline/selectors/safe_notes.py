"""What has somebody who writes said of how she may be answered? The newest word of it, from whichever sitting."""

from dataclasses import dataclass
from uuid import UUID

from astra.hotline.sections import SAFE_CONTACT, SafeContact
from astra.hotline.selectors.conversations import conversation, talks_of
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened


@dataclass(frozen=True)
class SafeNote:
    """A note, and the sitting in which it was written."""

    talk_id: UUID
    opened: Opened[SafeContact]


def safe_note(actor: Actor, conversation_id: UUID) -> SafeNote | None:
    """The newest note that the actor has keys to."""
    row = conversation(actor, conversation_id)
    talks = [talk.pk for talk in talks_of(row.pk)]
    found = vault.open_sections(actor, talks, SAFE_CONTACT) if talks else {}
    newest = next((talk for talk in reversed(talks) if talk in found), None)
    return SafeNote(newest, found[newest]) if newest else None
