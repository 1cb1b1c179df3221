"""Which file came with a message? For whoever has the keys to the sitting in which it stands."""

from uuid import UUID

from astra.hotline.models import Talk
from astra.hotline.sections import MESSAGES, SentFile
from astra.hotline.selectors.conversations import A_SITTING, Visiting
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor


def sent_file(actor: Actor, talk_id: UUID, number: int) -> SentFile:
    """The file of one message, or `NotFound`."""
    file = vault.read_item(actor, talk_id, MESSAGES, number).content.file
    if file is None:
        raise NotFound
    return file


def sent_file_for_visitor(visiting: Visiting, cursor: int) -> SentFile:
    """The same for the visitor, by the cursor under which her page shows the message."""
    sitting, number = divmod(cursor, A_SITTING)
    talks = Talk.objects.filter(conversation=visiting.conversation.pk, number=sitting, is_hidden=False)
    talk_id = talks.values_list("pk", flat=True).first()
    if talk_id is None:
        raise NotFound
    return sent_file(visiting.actor, talk_id, number)
