"""How does a message get to the other side? Sealed into the stream of the sitting, stored once, then acknowledged."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.models import DateTimeField, F
from django.db.models.functions import Coalesce

from astra.audit import services as audit
from astra.hotline.models import Conversation, Talk
from astra.hotline.rules import conversations as rules
from astra.hotline.sections import MESSAGES, VISITOR, Message
from astra.hotline.selectors.conversations import A_SITTING, Visiting, conversation, talks_of
from astra.hotline.services.audience import Audience
from astra.hotline.services.visiting import new_talk
from astra.hotline.services.waking import wake
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import Sealing
from astra.vault.services.streams import append


@dataclass(frozen=True)
class Stored:
    """A message is stored: where it stands, and whether it came just now or was there already."""

    cursor: int
    is_new: bool


@dataclass(frozen=True)
class Sent:
    """What is on its way into a sitting."""

    message: Message
    mark: UUID
    files: Collection[UUID] = ()


def write(*, visiting: Visiting, text: str, mark: UUID) -> Stored:
    """Store what a visitor wrote. The same mark again is the same message, also after the page lost the answer."""
    return store_from_visitor(visiting, Message(VISITOR, rules.check_text(text)), mark)


def store_from_visitor(visiting: Visiting, message: Message, mark: UUID, files: Collection[UUID] = ()) -> Stored:
    """Add what a visitor sends to the sitting that goes on, or begin one."""
    conversation, at = visiting.conversation, now()
    talks = talks_of(conversation.pk)
    known = stored_before(talks, mark)
    if known is not None:
        return known
    rules.check_not_blocked(conversation.blocked_until, at)
    rules.check_pace(_lately(talks, at))
    talk = _open_talk(visiting, conversation, talks)

    def alongside(number: int) -> None:
        Talk.objects.filter(pk=talk.pk).update(last=number, seen_by_her=number)
        note_written(conversation.pk, at)
        audit.record(actor_id=None, verb="hotline.message_received", subjects=_names(talk.pk))
        wake()

    return _append(visiting.actor, talk, Sent(message, mark, files), alongside)


def _append(actor: Actor, talk: Talk, sent: Sent, alongside: Callable[[int], None]) -> Stored:
    appended = append(
        actor=actor,
        record_id=talk.pk,
        kind=MESSAGES,
        content=sent.message,
        mark=sent.mark,
        files=sent.files,
        after=talk.last,
        alongside=alongside,
    )
    return Stored(talk.number * A_SITTING + appended.number, appended.is_new)


def note_written(conversation_id: UUID, at: datetime, *, code_lasts: timedelta | None = rules.CODE_LASTS) -> None:
    """The visitor waits for an answer; what rested or was over comes back into the queue."""
    going_on = Conversation.objects.filter(pk=conversation_id, state__in=[rules.WAITING, rules.TAKEN])
    waits = {"last_at": at} | ({"code_until": at + code_lasts} if code_lasts else {})
    if going_on.update(waiting_since=Coalesce(F("waiting_since"), at, output_field=DateTimeField()), **waits):
        return
    row = Conversation.objects.select_for_update().get(pk=conversation_id)
    if rules.CONVERSATION.can(row.state, "write_again"):
        row.state = rules.CONVERSATION.check(row.state, "write_again")
        row.taken_by_id = row.offered_to_id = row.answered_at = row.ended_at = None
        row.outcome = ""
    row.waiting_since, row.last_at = row.waiting_since or at, at
    row.code_until = waits.get("code_until", row.code_until)
    row.save()


def say(
    actor: Actor,
    talk: Talk,
    sent: Sent,
    also: Callable[[int], None] | None = None,
) -> Stored:
    """Add one of our messages, or what happened, to a sitting; `also` is told its number in the same transaction."""
    at = now()

    def alongside(number: int) -> None:
        Talk.objects.filter(pk=talk.pk).update(last=number, seen_by_us=number)
        row = Conversation.objects.filter(pk=talk.conversation_id)
        wake()
        if sent.message.event:
            row.update(last_at=at)
            return
        first = Coalesce(F("answered_at"), at, output_field=DateTimeField())
        row.update(last_at=at, waiting_since=None, answered_at=first)
        Talk.objects.filter(pk=talk.pk, answered_at=None).update(answered_at=at)
        audit.record(actor_id=actor.id, verb="hotline.message_sent", subjects=_names(talk.pk))
        if also is not None:
            also(number)

    return _append(actor, talk, sent, alongside)


def note_answering(*, actor: Actor, conversation_id: UUID) -> None:
    """A colleague is typing an answer: the visitor sees that somebody is there."""
    row = conversation(actor, conversation_id)
    if row.taken_by_id == actor.id:
        Conversation.objects.filter(pk=row.pk).update(typing_until=now() + rules.TYPING_SHOWN)
        wake()


def mark_seen(*, actor: Actor, conversation_id: UUID, number: int) -> None:
    """We have read so far in the newest sitting; nothing ever goes back."""
    conversation(actor, conversation_id)
    talk = newest_talk(conversation_id)
    Talk.objects.filter(pk=talk.pk, seen_by_us__lt=number, last__gte=number).update(seen_by_us=number)
    wake()


def mark_seen_by_visitor(*, visiting: Visiting, number: int) -> None:
    """The visitor's page has shown so far."""
    newest = Talk.objects.filter(conversation=visiting.conversation.pk).order_by("-number").values("pk")[:1]
    Talk.objects.filter(pk__in=newest, seen_by_her__lt=number, last__gte=number).update(seen_by_her=number)
    wake()


def newest_talk(conversation_id: UUID) -> Talk:
    """The sitting that goes on, or the last one; `NotFound` before anything was written."""
    talks = talks_of(conversation_id)
    if not talks:
        raise NotFound
    return talks[-1]


def _open_talk(visiting: Visiting, conversation: Conversation, talks: list[Talk]) -> Talk:
    """The sitting that goes on, if both sides still have its keys; otherwise a new one begins."""
    talk = talks[-1] if talks else None
    if talk is not None and talk.ended_at is None and not talk.is_hidden and is_readable(talk, conversation):
        return talk
    sealing = Sealing(visiting.actor)
    fresh = new_talk(sealing, conversation, talk.number + 1 if talk else 1)
    try:
        with sealing.transaction():
            fresh.save(force_insert=True)
    except IntegrityError:  # the same visitor in two windows: the other one began it a moment before
        found = newest_talk(conversation.pk)
        if found.number != fresh.number:
            raise
        return found
    return fresh


def is_readable(talk: Talk, conversation: Conversation) -> bool:
    """Whether the line still reads this sitting: its keys end a week after a case took it over."""
    readers = Audience(Actor(None, "system")).readers(conversation.line)
    return vault.has_lasting_grant(talk.pk, readers)


def stored_before(talks: list[Talk], mark: UUID) -> Stored | None:
    """Where the message stands that came under this mark, if it did."""
    numbers = {talk.pk: talk.number for talk in talks}
    found = vault.item_with_mark(numbers, mark)
    return Stored(numbers[found[0]] * A_SITTING + found[1], is_new=False) if found else None


def _lately(talks: list[Talk], at: datetime) -> rules.Lately:
    moments = vault.items_since([talk.pk for talk in talks], at - timedelta(hours=1))
    return rules.Lately(sum(1 for one in moments if one > at - timedelta(minutes=1)), len(moments))


def _names(talk_id: UUID) -> list[str]:
    return list(vault.pseudonyms([talk_id]).values())
