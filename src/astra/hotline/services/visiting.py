"""How does somebody write to us without a name? She begins, comes back with her code, writes, hides, leaves.

Everything here acts as the visitor: her key pair opens her own messages and nothing else. Between two requests its
private half exists only sealed, under the key in her cookie or under what her code yields.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from astra.audit import services as audit
from astra.hotline.models import Conversation, ConversationVisit, Talk
from astra.hotline.rules import conversations as rules
from astra.hotline.sections import MESSAGES, VISITOR
from astra.hotline.selectors.conversations import Visiting
from astra.hotline.services.audience import Audience
from astra.hotline.services.waking import wake
from astra.kernel.clock import now
from astra.vault import selectors as vault
from astra.vault.actor import Actor, visitor
from astra.vault.crypto import aead
from astra.vault.crypto.codes import DIGITS, fold_code, new_code
from astra.vault.keyring import Keyring
from astra.vault.prepared import PreparedRows
from astra.vault.sections import Nothing
from astra.vault.services import erasure
from astra.vault.services.codes import keys_of
from astra.vault.services.sealing import Sealing
from astra.vault.services.withdrawal import withdraw

SEEN_EVERY_S = 30
MOST_AT_ONCE = 500
_VISITS = PreparedRows(ConversationVisit, lambda visit: ConversationVisit.objects.filter(pk=visit))
_CONVERSATIONS = PreparedRows(Conversation, lambda record: Conversation.objects.filter(pk=record))


@dataclass(frozen=True)
class Ticket:
    """What her browser keeps as long as it has the conversation open."""

    visit_id: UUID
    key: bytes

    def __str__(self) -> str:
        return urlsafe_b64encode(self.visit_id.bytes + self.key).decode()


def read_ticket(text: str) -> Ticket | None:
    """Read a cookie back; None where it is none of ours."""
    try:
        held = urlsafe_b64decode(text.encode())
    except ValueError:
        return None
    return Ticket(UUID(bytes=held[:16]), held[16:]) if len(held) == 16 + aead.KEY_BYTES else None


def begin_conversation(*, line: str, language: str, channel: str = "web_chat") -> tuple[Visiting, Ticket, str]:
    """Begin a conversation: a key pair, a code to come back with, a browser that has it open."""
    actor, at, code = visitor(), now(), new_code()
    keys = keys_of(code)
    sealing = Sealing(actor)
    record_id = sealing.new_record("conversation")
    circle = sealing.new_circle(VISITOR, record_id=record_id, tier=VISITOR, holders=())
    secret = actor.keyring.keys(circle, 1).secret
    sealing.list_for(record_id, [circle, *Audience(actor).readers(line)])
    row = Conversation(
        record_id=record_id, circle_id=circle, line=line, language=language, channel=channel, began_at=at, last_at=at
    )
    row.lookup, row.wrapped = keys.lookup, aead.seal(keys.wrap, secret, code_context(record_id))
    row.code_until = at + rules.CODE_LASTS
    visit, ticket = _new_visit(record_id, secret, at)
    visit.code = aead.seal(ticket.key, code.encode(), _visit_context(ticket.visit_id, "code"))
    with sealing.transaction():
        row.save(force_insert=True)
        visit.save(force_insert=True)
        audit.record(actor_id=None, verb="hotline.conversation_begun", subjects=[sealing.pseudonym(record_id)])
    return _visiting(row, visit.id, secret, code), ticket, code


def come_back(*, typed: str) -> tuple[Visiting, Ticket] | None:
    """Open a conversation with its code, in whichever browser; None where the code leads nowhere."""
    code = fold_code(typed)
    if len(code) != DIGITS:
        return None
    keys, at = keys_of(code), now()
    row = Conversation.objects.filter(lookup=keys.lookup, code_until__gt=at).first()
    if row is None:
        return None
    secret = aead.open_box(keys.wrap, bytes(row.wrapped), code_context(row.pk))
    visit, ticket = _new_visit(row.pk, secret, at)
    with transaction.atomic():
        visit.save(force_insert=True)
        Conversation.objects.filter(pk=row.pk).update(code_until=at + rules.CODE_LASTS)
        _note("hotline.conversation_reopened", row.pk)
    return _visiting(row, visit.id, secret), ticket


def resume(ticket: Ticket) -> Visiting | None:
    """Open the conversation that this browser had open; None when it has left, or was silent for too long."""
    at = now()
    visit = next(iter(_VISITS(visit=ticket.visit_id)), None)
    if visit is None or rules.is_visit_over(visit.began_at, visit.seen_at, at):
        return None
    try:
        secret = aead.open_box(ticket.key, bytes(visit.wrapped), _visit_context(visit.pk))
        sealed = bytes(visit.code)
        code = aead.open_box(ticket.key, sealed, _visit_context(visit.pk, "code")).decode() if sealed else ""
    except aead.WrongBox:
        return None
    if (at - visit.seen_at).total_seconds() > SEEN_EVERY_S:
        ConversationVisit.objects.filter(pk=visit.pk).update(seen_at=at)
    return _visiting(_CONVERSATIONS(record=visit.conversation_id)[0], visit.pk, secret, code)


def leave(*, ticket: Ticket) -> None:
    """Close the conversation in this browser: its key opens nothing from now on."""
    ConversationVisit.objects.filter(pk=ticket.visit_id).delete()


def note_code(*, visiting: Visiting) -> None:
    """She has noted her code: it is shown no more."""
    ConversationVisit.objects.filter(pk=visiting.visit_id).update(code=b"")


def change_code(*, visiting: Visiting, ticket: Ticket) -> str:
    """Give the visitor a new code, shown in this browser; the one before opens nothing any more."""
    code, record_id = new_code(), visiting.conversation.pk
    keys = keys_of(code)
    wrapped = aead.seal(keys.wrap, visiting.secret, code_context(record_id))
    sealed = aead.seal(ticket.key, code.encode(), _visit_context(ticket.visit_id, "code"))
    with transaction.atomic():
        Conversation.objects.filter(pk=record_id).update(
            lookup=keys.lookup, wrapped=wrapped, code_until=now() + rules.CODE_LASTS
        )
        ConversationVisit.objects.filter(pk=visiting.visit_id).update(code=sealed)
        _note("hotline.code_changed", record_id)
    return code


def hide_earlier(*, visiting: Visiting) -> int:
    """Take the visitor's own keys to what was written so far; she and we go on with fresh ones. Returns how many."""
    circle = visiting.conversation.circle_id
    assert circle is not None
    with transaction.atomic():
        shown = list(Talk.objects.filter(conversation=visiting.conversation.pk, is_hidden=False))
        for talk in shown:
            withdraw(actor=visiting.actor, record_id=talk.pk, circle_id=circle)
        Talk.objects.filter(pk__in=[talk.pk for talk in shown]).update(is_hidden=True)
    return len(shown)


def note_typing(*, visiting: Visiting) -> None:
    """The visitor is typing: shown to whoever answers her for some seconds, kept for nobody."""
    ConversationVisit.objects.filter(pk=visiting.visit_id).update(typing_until=now() + rules.TYPING_SHOWN)
    wake()


def say_how_it_was(*, visiting: Visiting, feedback: str) -> None:
    """Keep what the visitor says of the help she got, as one of three words."""
    if feedback in rules.FEEDBACK:
        Conversation.objects.filter(pk=visiting.conversation.pk).update(feedback=feedback)


def sweep_conversations() -> int:
    """Forget visits that are over, codes that ran out and what nobody ever wrote in; returns how many codes."""
    at = now()
    ConversationVisit.objects.filter(seen_at__lt=at - rules.VISIT_IDLE).delete()
    ConversationVisit.objects.filter(began_at__lt=at - rules.VISIT_LASTS).delete()
    empty = Conversation.objects.filter(talks=None, visits=None, last_at__lt=at - rules.EMPTY_KEPT)
    unused = list(empty.order_by("last_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    with transaction.atomic():
        Conversation.objects.filter(pk__in=unused, talks=None).delete()
        erasure.remove_bare(unused)
    run_out = Conversation.objects.filter(lookup__isnull=False, code_until__lt=at)
    return run_out.update(lookup=None, wrapped=b"", code_until=None)


def new_talk(sealing: Sealing, conversation: Conversation, number: int, owners: Collection[UUID] = ()) -> Talk:
    """Begin a sitting: a stream that the line's readers and the visitor open."""
    readers = Audience(sealing.actor).readers(conversation.line)
    circles = [conversation.circle_id, *readers] if conversation.circle_id else readers
    record_id = sealing.new_record("talk", listed_for=circles)
    sealing.seal(record_id, MESSAGES.head, Nothing(), to=circles, owners=owners)
    return Talk(record_id=record_id, conversation_id=conversation.pk, number=number, began_at=sealing.at)


def _new_visit(record_id: UUID, secret: bytes, at: datetime) -> tuple[ConversationVisit, Ticket]:
    ticket = Ticket(uuid4(), os.urandom(aead.KEY_BYTES))
    wrapped = aead.seal(ticket.key, secret, _visit_context(ticket.visit_id))
    return ConversationVisit(
        id=ticket.visit_id, conversation_id=record_id, wrapped=wrapped, began_at=at, seen_at=at
    ), ticket


def _visiting(row: Conversation, visit_id: UUID, secret: bytes, code: str = "") -> Visiting:
    actor = Actor(None, VISITOR, keyring=Keyring(row.circle_id, 1, secret))
    return Visiting(actor, row, visit_id, secret, code)


def _note(verb: str, record_id: UUID) -> None:
    audit.record(actor_id=None, verb=verb, subjects=list(vault.pseudonyms([record_id]).values()))


def code_context(record_id: UUID) -> bytes:
    """What the seal under a code is bound to."""
    return aead.context("astra.conversation.code.v1", record_id.bytes)


def _visit_context(visit_id: UUID, what: str = "key") -> bytes:
    return aead.context("astra.conversation.visit.v1", visit_id.bytes, what)
