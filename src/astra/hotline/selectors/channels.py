"""How may somebody be written back to who writes through a provider, and what became of our answers?

Where nobody has said that it is safe, nothing is sent; and what was chosen here counts for nothing where her own rules,
or those of somebody who may be she, forbid it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.hotline.models import (
    ContactPerson,
    Conversation,
    ConversationVisit,
    Correspondent,
    Outgoing,
    Postman,
    ProvedChannel,
    Talk,
)
from astra.hotline.rules import channels as rules
from astra.hotline.sections import SENDER_ADDRESS
from astra.hotline.selectors.conversations import A_SITTING, conversation, talks_of
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor

SHOWN = 5


@dataclass(frozen=True)
class SendingLine:
    """What became of one answer."""

    cursor: int
    state: str
    reason: str
    kind: str
    made_at: datetime
    done_at: datetime | None


@dataclass(frozen=True)
class Reply:
    """How somebody may be written back to, and what was sent."""

    channel: str
    reply: str
    reply_by_id: UUID | None
    reply_at: datetime | None
    is_forbidden: bool
    """Whether rules of a person linked to the conversation forbid it, or she has died."""
    has_address: bool
    is_manned: bool
    """Whether the process that sends is at work."""
    lines: tuple[SendingLine, ...]

    @property
    def may(self) -> str:
        """What may be sent now: a notice, the words, or nothing."""
        if self.is_forbidden or not self.has_address or self.reply not in (rules.NOTICE, rules.WORDS):
            return rules.NOT_ASKED
        return self.reply


def reply_of(actor: Actor, row: Conversation) -> Reply | None:
    """How the person in a conversation may be written back to; None where she writes on our own pages."""
    found = Correspondent.objects.filter(conversation=row.pk).first()
    if found is None:
        return None
    return Reply(
        row.channel,
        found.reply,
        found.reply_by_id,
        found.reply_at,
        is_forbidden(actor, row.pk),
        found.address_id is not None,
        is_manned(),
        tuple(_lines(row.pk)),
    )


def _lines(conversation_id: UUID) -> list[SendingLine]:
    rows = Outgoing.objects.filter(conversation=conversation_id).select_related("talk").order_by("-made_at")[:SHOWN]
    return [
        SendingLine(row.talk.number * A_SITTING + row.number, row.state, row.reason, row.kind, row.made_at, row.done_at)
        for row in rows
    ]


def is_forbidden(actor: Actor, conversation_id: UUID) -> bool:
    """Whether somebody linked to the conversation has rules against it, or has died."""
    contacts = Talk.objects.filter(conversation=conversation_id, contact__isnull=False).values("contact")
    persons = set(ContactPerson.objects.filter(contact__in=contacts).values_list("person", flat=True))
    if not persons:
        return False
    if people.stopped_among(persons):
        return True
    hers = people.safety_among(actor, persons)
    return any(rules.forbids_writing(rule.code for rule in one.rules) for one in hers.values())


def is_manned() -> bool:
    """Whether the process that sends has been seen lately."""
    return Postman.objects.filter(seen_at__gt=now() - rules.POSTMAN_SILENT).exists()


def has_it_open(conversation_id: UUID) -> bool:
    """Whether she has the conversation open in a browser now: no notice has to tell her."""
    visits = ConversationVisit.objects.filter(conversation=conversation_id)
    return visits.filter(seen_at__gt=now() - rules.POSTMAN_SILENT).exists()


def sender_address(actor: Actor, conversation_id: UUID) -> str:
    """From which address she writes, for whoever reads the line; `NotFound` once it is let go."""
    row = conversation(actor, conversation_id)
    found = Correspondent.objects.filter(conversation=row.pk).values_list("address", flat=True).first()
    if found is None:
        raise NotFound
    return vault.open_section(actor, found, SENDER_ADDRESS).content.address


def reply_pulse(row: Conversation) -> str:
    """Changes whenever what was chosen or what became of our answers does; codes only, for a page that asks often."""
    if row.channel not in rules.PROVIDED:
        return ""
    chosen = Correspondent.objects.filter(conversation=row.pk).values_list("reply", "address").first()
    states = Outgoing.objects.filter(conversation=row.pk).order_by("made_at").values_list("state", "reason", "tries")
    return f"{chosen}{list(states)}{is_manned()}"


def item_at(conversation_id: UUID, cursor: int) -> tuple[Talk, int]:
    """The sitting and the number that a cursor means."""
    sitting, number = divmod(cursor, A_SITTING)
    talk = next((one for one in talks_of(conversation_id) if one.number == sitting), None)
    if talk is None or not 0 < number <= talk.last:
        raise NotFound
    return talk, number


def proved_channels() -> dict[str, bytes]:
    """The channels that are proved, each with the digest of the settings that were."""
    proved = ProvedChannel.objects.filter(proved_at__isnull=False).values_list("channel", "settings")
    return {channel: bytes(digest) for channel, digest in proved}
