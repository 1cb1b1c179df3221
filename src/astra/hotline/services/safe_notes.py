"""How may somebody be answered who only writes? What she says is sealed beside the sitting in which she said it."""

from uuid import UUID

from astra.audit import services as audit
from astra.hotline.sections import SAFE_CONTACT, SafeContact
from astra.hotline.selectors.conversations import conversation
from astra.hotline.selectors.safe_notes import safe_note
from astra.hotline.services.audience import Audience
from astra.hotline.services.messages import newest_talk
from astra.kernel.errors import Conflict
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing


def note_safety(*, actor: Actor, conversation_id: UUID, safe: SafeContact, seen: int = 0) -> None:
    """Write down how she may be answered; `seen` is the revision that was on the screen, none where nothing stood."""
    row = conversation(actor, conversation_id)
    talk, known, sealing = newest_talk(row.pk), safe_note(actor, row.pk), Sealing(actor)
    if (known.opened.revision if known else 0) != seen:
        raise Conflict(SOMEBODY_SAVED)
    if known is not None and known.talk_id == talk.pk:
        sealing.revise(talk.pk, SAFE_CONTACT, safe, revision=seen)
    else:
        audience = Audience(actor)
        to = [audience.safety, *audience.readers(row.line)]
        sealing.seal(talk.pk, SAFE_CONTACT, safe, to=to, owners=[talk.pk])
    with sealing.transaction():
        subjects = list(vault.pseudonyms([talk.pk]).values())
        audit.record(actor_id=actor.id, verb="hotline.safe_note_written", subjects=subjects)
