"""Who answers a visitor, and until when? Taking, parking, handing over, ending, and a block that ends by itself."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from astra.audit import services as audit
from astra.hotline.models import Contact, Conversation, Danger, OfferCheck, Talk
from astra.hotline.rules import conversations as rules
from astra.hotline.rules.lifecycles import WITHDRAWN
from astra.hotline.sections import US, Message
from astra.hotline.selectors.conversations import conversation, talks_of
from astra.hotline.services.letters import prepare_letter
from astra.hotline.services.messages import Sent, Stored, newest_talk, say, stored_before
from astra.hotline.services.owners import settle_owners
from astra.hotline.services.waking import wake
from astra.kernel.clock import now
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.ids import new_id
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED

JOINED, CHANGED, AWAY, OVER = "joined", "changed", "away", "over"
"""What is said to the visitor of what happens on our side."""
SAID_OF = {
    "take": "hotline.conversation_taken",
    "park": "hotline.conversation_parked",
    "give_back": "hotline.conversation_given_back",
    "end": "hotline.conversation_ended",
}
"""Under which verb each step is on the log."""
LONGEST_BLOCK = timedelta(days=31)
NOT_YOURS = msg("A colleague is answering in this conversation. Take it over first if you are to answer.")
IS_OVER = msg("This conversation is over. It opens again when she writes.")
NOT_A_BLOCK = msg("Say until when: at most a month, and not in the past.")


def answer(*, actor: Actor, conversation_id: UUID, text: str, mark: UUID) -> Stored:
    """Store what a counsellor answers. Who answers where nobody does yet has the conversation from then on."""
    return store_answer(actor, conversation_id, Message(US, rules.check_text(text)), mark)


def store_answer(
    actor: Actor, conversation_id: UUID, message: Message, mark: UUID, files: Collection[UUID] = ()
) -> Stored:
    """Add an answer to the newest sitting, if it goes on and nobody else answers in it."""
    row, talks = conversation(actor, conversation_id), talks_of(conversation_id)
    known = stored_before(talks, mark)
    if known is not None:
        return known
    if row.state == rules.ENDED or not talks:
        raise NotAllowedNow(IS_OVER)
    if row.state == rules.WAITING:
        take(actor=actor, conversation_id=conversation_id)
    elif row.taken_by_id != actor.id:
        raise NotAllowedNow(NOT_YOURS)
    letter = prepare_letter(actor, row, message)
    return say(actor, talks[-1], Sent(message, mark, files), letter.save_for(talks[-1]) if letter else None)


@transaction.atomic
def take(*, actor: Actor, conversation_id: UUID) -> None:
    """Answer a conversation from now on; whoever had it lets go. The visitor is told that somebody is there."""
    row = conversation(actor, conversation_id)
    if row.state == rules.TAKEN and row.taken_by_id == actor.id:
        return
    said = CHANGED if row.taken_by_id not in (None, actor.id) else JOINED
    _step(actor, row, "take", taken_by=actor.id, taken_at=now(), offered_to=None)
    say(actor, newest_talk(row.pk), Sent(Message(US, event=said), new_id()))


@transaction.atomic
def park(*, actor: Actor, conversation_id: UUID) -> None:
    """Let a conversation rest that was answered; it comes back into the queue when she writes."""
    row = conversation(actor, conversation_id)
    _step(actor, row, "park", offered_to=None)
    say(actor, newest_talk(row.pk), Sent(Message(US, event=AWAY), new_id()))


def give_back(*, actor: Actor, conversation_id: UUID) -> None:
    """Put a conversation back into the queue: a hand-over to whoever takes it next."""
    row = conversation(actor, conversation_id)
    _step(
        actor, row, "give_back", taken_by=None, taken_at=None, offered_to=None, waiting_since=row.waiting_since or now()
    )


def offer(*, actor: Actor, conversation_id: UUID, member_id: UUID) -> None:
    """Ask a colleague to take over; until she does, whoever asked goes on answering."""
    row = conversation(actor, conversation_id)
    if member_id not in vault.workers_in(vault.desk_circle("hotline")) | vault.workers_in(vault.desk_circle("missing")):
        raise NotFound
    with transaction.atomic():
        Conversation.objects.filter(pk=row.pk).update(offered_to=member_id)
        _note(actor, row, "hotline.conversation_offered", to=str(member_id))


def decline(*, actor: Actor, conversation_id: UUID) -> None:
    """Say that she cannot take over now; whoever asked goes on and sees that nobody is asked any more."""
    row = conversation(actor, conversation_id)
    with transaction.atomic():
        if not Conversation.objects.filter(pk=row.pk, offered_to=actor.id).update(offered_to=None):
            raise Conflict(SOMEBODY_SAVED)
        _note(actor, row, "hotline.conversation_declined")


@transaction.atomic
def end_conversation(*, actor: Actor, conversation_id: UUID, outcome: str = "") -> None:
    """End a sitting; the visitor can come back with her code and a new one begins."""
    row = conversation(actor, conversation_id)
    for talk in talks_of(row.pk)[-1:]:
        say(actor, talk, Sent(Message(US, event=OVER), new_id()))
    at = now()
    _step(actor, row, "end", ended_at=at, outcome=outcome, offered_to=None, waiting_since=None)
    Talk.objects.filter(conversation=row.pk, ended_at=None).update(ended_at=at, outcome=outcome)


def block_conversation(*, actor: Actor, conversation_id: UUID, until: datetime | None) -> None:
    """Take no more messages in a conversation until a moment; none ends a block at once."""
    row = conversation(actor, conversation_id)
    if until is not None and not now() < until <= now() + LONGEST_BLOCK:
        raise Invalid(Problem("until", NOT_A_BLOCK))
    with transaction.atomic():
        Conversation.objects.filter(pk=row.pk).update(blocked_until=until)
        _note(actor, row, "hotline.conversation_blocked", until=f"{until:%Y-%m-%d}" if until else "")


def became_contact(*, actor: Actor, conversation_id: UUID, contact_id: UUID) -> None:
    """Say which contact the sittings became that no contact stands for; from now on they speak about its people."""
    row = conversation(actor, conversation_id)
    vault.check_reach(actor, contact_id)
    if not Contact.objects.filter(pk=contact_id).exists():
        raise NotFound
    newest_talk(row.pk)
    with transaction.atomic():
        # A withdrawn contact counts for nothing: what it stood for is logged anew.
        unlogged = Q(contact=None) | Q(contact__standing=WITHDRAWN)
        Talk.objects.filter(unlogged, conversation=row.pk).update(contact=contact_id)
        for beside in (OfferCheck, Danger):
            beside.objects.filter(conversation=row.pk, contact=None).update(contact=contact_id)
        settle_owners(actor, [contact_id])
        _note(actor, row, "hotline.conversation_logged")


def _step(actor: Actor, row: Conversation, verb: str, **fields: object) -> None:
    """Move a conversation on, unless somebody else did meanwhile."""
    target = rules.CONVERSATION.check(row.state, verb)
    unchanged = Conversation.objects.filter(pk=row.pk, state=row.state, taken_by=row.taken_by_id)
    with transaction.atomic():
        if not unchanged.update(state=target, **fields):
            raise Conflict(SOMEBODY_SAVED)
        _note(actor, row, SAID_OF[verb])
        wake()


def _note(actor: Actor, row: Conversation, verb: str, **detail: str | int | bool) -> None:
    audit.record(actor_id=actor.id, verb=verb, subjects=list(vault.pseudonyms([row.pk]).values()), detail=detail)
