"""How does a message that a provider brings become part of a conversation? Sealed, stored once, then acknowledged.

Nobody's keys are open here. A message cannot be added to a sitting that is there, for that takes its key; so each
begins a sitting of its own, whose key is forgotten when it is stored. It belongs to whoever the sitting before belongs
to, and counts with it as one contact until that has ended.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from astra.audit import services as audit
from astra.hotline.models import Contact, Conversation, Correspondent, Receipt, Talk
from astra.hotline.rules import channels as rules
from astra.hotline.rules.conversations import LONGEST, PARKED
from astra.hotline.rules.files import LARGEST
from astra.hotline.rules.lifecycles import WITHDRAWN
from astra.hotline.sections import MESSAGES, SENDER_ADDRESS, TALK, VISITOR, Message, SenderAddress
from astra.hotline.selectors.conversations import talks_of
from astra.hotline.services.audience import Audience
from astra.hotline.services.files import Arrived, sealed_twice
from astra.hotline.services.messages import is_readable, note_written
from astra.hotline.services.visiting import new_talk
from astra.hotline.services.waking import wake
from astra.kernel.clock import now
from astra.kernel.errors import AstraError, Conflict
from astra.kernel.ids import new_id
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.scanner import new_scanner
from astra.vault.services.attachments import Incoming, discard
from astra.vault.services.codes import stretched
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing
from astra.vault.services.secret_files import secret
from astra.vault.services.streams import First, begin

SECRET_FILE, SECRET_BYTES = "channel-names", 32
ADDRESSES = "channel-addresses"
TRIES = 8


@dataclass(frozen=True)
class Desk:
    """Where messages of a channel go."""

    line: str
    language: str
    """In which one is answered where the letters do not tell."""


def receive(*, actor: Actor, inbound: rules.Inbound, desk: Desk) -> bool:
    """Store one message; the same one again changes nothing. Returns whether it came just now."""
    receipt = digest_of(inbound.channel, inbound.message_id)
    if Receipt.objects.filter(digest=receipt).exists():
        return False
    files: list[UUID] = []
    is_new = False
    try:
        items = list(_items(inbound, files))
        is_new = _store(actor, inbound, desk, receipt, items)
    finally:
        if not is_new:  # it was there already, or could not be stored: it brings its files again
            discard(files)
    return is_new


def digest_of(channel: str, name: str) -> bytes:
    """What a provider calls something, so that nobody learns it from the database."""
    return hmac.digest(secret(SECRET_FILE, SECRET_BYTES), f"{channel}\0{name}".encode(), hashlib.sha256)


def address_digest(channel: str, address: str) -> bytes:
    """What finds a sender again: stretched, so that whoever has the secret too cannot simply try every number."""
    return stretched(ADDRESSES, f"{channel}\0{rules.same_address(channel, address)}")


def _items(inbound: rules.Inbound, files: list[UUID]) -> Iterator[First]:
    """What stands in the sitting: what a machine sent is said, then the words, the files, and what is missing."""
    at = min(max(inbound.at, now() - rules.OLDEST), now())
    parts, is_cut = rules.parts_of(inbound.text, LONGEST)
    if inbound.is_automatic:
        yield _item(Message(VISITOR, event=rules.AUTOMATIC), at)
    for part in parts:
        yield _item(Message(VISITOR, part), at)
    if not parts and not inbound.files:
        yield _item(Message(VISITOR, event=rules.EMPTY), at)
    if is_cut or inbound.is_cut:
        yield _item(Message(VISITOR, event=rules.CUT), at)
    for enclosed in inbound.files:
        try:
            file, its = sealed_twice(_arrived(enclosed, files))
        except AstraError:  # a kind we do not take, too large, infected: said in its place, the words are kept
            yield _item(Message(VISITOR, event=rules.FILE_REFUSED), at)
            continue
        files += its
        yield First(Message(VISITOR, file=file), new_id(), at, its)


def _item(message: Message, at: datetime) -> First:
    return First(message, new_id(), at)


def _arrived(enclosed: rules.Enclosed, files: list[UUID]) -> Arrived:
    incoming = Incoming(new_id(), new_scanner(), largest=LARGEST)
    incoming.write(enclosed.data)
    facts = incoming.finish(name=enclosed.name, content_type=enclosed.content_type)
    files.append(incoming.record_id)
    return Arrived(incoming.record_id, facts)


def _store(actor: Actor, inbound: rules.Inbound, desk: Desk, receipt: bytes, items: list[First]) -> bool:
    digest = address_digest(inbound.channel, inbound.address)
    for _ in range(TRIES):
        known = Correspondent.objects.select_related("conversation").filter(digest=digest).first()
        try:
            if known is None:
                _begin(Arrival(actor, inbound, desk, receipt, items), digest)
            else:
                _go_on(Arrival(actor, inbound, desk, receipt, items), known.conversation)
        except IntegrityError:  # it is stored by another process at this moment, or another message of hers is
            if Receipt.objects.filter(digest=receipt).exists():
                return False
            continue
        return True
    raise Conflict(SOMEBODY_SAVED)


@dataclass(frozen=True)
class Arrival:
    """A message on its way into a conversation."""

    actor: Actor
    inbound: rules.Inbound
    desk: Desk
    receipt: bytes
    items: list[First]


def _begin(arrival: Arrival, digest: bytes) -> None:
    """Somebody writes from an address that nobody knows yet."""
    inbound, desk = arrival.inbound, arrival.desk
    actor = Actor(None, VISITOR)  # of this act alone: it learns the fresh key pair
    sealing = Sealing(actor)
    readers = Audience(actor).readers(desk.line)
    record_id = sealing.new_record("conversation")
    circle = sealing.new_circle(VISITOR, record_id=record_id, tier=VISITOR, holders=())
    sealing.list_for(record_id, [circle, *readers])
    secret_ = actor.keyring.keys(circle, 1).secret
    address_id = sealing.new_record("sender_address", listed_for=readers)
    sealing.seal(address_id, SENDER_ADDRESS, SenderAddress(inbound.address, secret_), to=readers)
    row = Conversation(record_id=record_id, circle_id=circle, line=desk.line, channel=inbound.channel)
    row.language = rules.guess_language(inbound.text, desk.language)
    row.began_at = row.last_at = sealing.at
    row.waiting_since = None if inbound.is_automatic else sealing.at
    row.state = PARKED if inbound.is_automatic else row.state
    correspondent = Correspondent(conversation=row, address_id=address_id, digest=digest)
    correspondent.reply = rules.NEVER if inbound.is_automatic else rules.NOT_ASKED
    correspondent.forget_at = sealing.at + rules.KEEP_ADDRESS
    talk = new_talk(sealing, row, 1)
    with sealing.transaction():
        _keep(arrival)
        row.save(force_insert=True)
        correspondent.save(force_insert=True)
        _save_talk(sealing, talk, arrival)
        audit.record(actor_id=None, verb="hotline.conversation_begun", subjects=[sealing.pseudonym(record_id)])
        wake()


def _go_on(arrival: Arrival, row: Conversation) -> None:
    """Somebody writes again: a sitting more, which belongs to whoever the one before belongs to while that goes on."""
    talks = talks_of(row.pk)
    before = talks[-1] if talks else None
    goes_on = before is not None and before.ended_at is None and not before.is_hidden and is_readable(before, row)
    sealing = Sealing(arrival.actor)
    owners = vault.owners_of(before.pk, TALK) if before and goes_on else []
    own = [owner for owner in owners if before is None or owner != before.pk]
    talk = new_talk(sealing, row, before.number + 1 if before else 1, own)
    if before and goes_on and _still_counts(before.contact_id):
        talk.contact_id = before.contact_id
    at = sealing.at
    with sealing.transaction():
        _keep(arrival)
        _save_talk(sealing, talk, arrival)
        Correspondent.objects.filter(pk=row.pk).update(forget_at=at + rules.KEEP_ADDRESS)
        if arrival.inbound.is_automatic or (row.blocked_until is not None and row.blocked_until > at):
            Conversation.objects.filter(pk=row.pk).update(last_at=at)  # kept, and nobody is called to it
        else:
            note_written(row.pk, at, code_lasts=None)
        audit.record(actor_id=None, verb="hotline.message_received", subjects=[sealing.pseudonym(talk.pk)])
        wake()


def _still_counts(contact_id: UUID | None) -> bool:
    return contact_id is not None and Contact.objects.filter(pk=contact_id).exclude(standing=WITHDRAWN).exists()


def _keep(arrival: Arrival) -> None:
    Receipt.objects.create(digest=arrival.receipt, channel=arrival.inbound.channel)


def _save_talk(sealing: Sealing, talk: Talk, arrival: Arrival) -> None:
    talk.save(force_insert=True)
    talk.last = talk.seen_by_her = begin(sealing, talk.pk, MESSAGES, arrival.items)
    talk.save(update_fields=["last", "seen_by_her"])
