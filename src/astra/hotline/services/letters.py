"""How does an answer go out through a provider? While a colleague's keys are open, sealed to the process that sends.

By default it says only that there is an answer, where to read it and with which number; the words themselves stay here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import transaction

from astra.audit import services as audit
from astra.hotline.models import Conversation, Correspondent, Outgoing, Postman, Talk
from astra.hotline.rules import channels as rules
from astra.hotline.sections import MESSAGES, SENDER_ADDRESS, US, Message, SenderAddress
from astra.hotline.selectors.channels import has_it_open, is_forbidden, item_at
from astra.hotline.selectors.conversations import conversation, talks_of
from astra.hotline.services.visiting import code_context
from astra.kernel.clock import now
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.ids import new_id
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.crypto import aead
from astra.vault.crypto.codes import in_groups, new_code
from astra.vault.crypto.hybrid import seal_to
from astra.vault.services.codes import keys_of

NO_SUCH_REPLY = msg("Choose how the person may be written back to.")
NOT_SAFE = msg("Nothing was sent: first write down that it is safe to write back.")


@dataclass(frozen=True)
class Way:
    """How something may go out to her: as what, from which record of hers."""

    row: Conversation
    kind: str
    address_id: UUID


@dataclass(frozen=True)
class Fresh:
    """A number with which the notice leads her back."""

    lookup: bytes
    wrapped: bytes


@dataclass
class Prepared:
    """What goes out, sealed and waiting for the transaction in which its message is stored."""

    letter: Outgoing
    fresh: Fresh | None

    def save_for(self, talk: Talk) -> Callable[[int], None]:
        """What writes it down once the message has its number."""

        def save(number: int) -> None:
            self.letter.talk, self.letter.number = talk, number
            self.letter.save(force_insert=True)
            self.renew_code()

        return save

    def renew_code(self) -> None:
        """From now on the number in the notice leads to the conversation, and no earlier one."""
        if self.fresh is not None:
            Conversation.objects.filter(pk=self.letter.conversation_id).update(
                lookup=self.fresh.lookup, wrapped=self.fresh.wrapped, code_until=now() + rules.NOTICE_CODE_LASTS
            )


def prepare_letter(actor: Actor, row: Conversation, message: Message) -> Prepared | None:
    """Seal what tells her of an answer; None where nothing may be sent, or she knows already."""
    way = _way(actor, row, has_file=message.file is not None)
    if way is None or (way.kind == rules.NOTICE and _knows(row)):
        return None
    return _prepare(actor, way, message, new_id())


def send_answer(*, actor: Actor, conversation_id: UUID, cursor: int) -> None:
    """Send an answer that was not sent, or was and may not have arrived."""
    row = conversation(actor, conversation_id)
    talk, number = item_at(row.pk, cursor)
    message = vault.read_item(actor, talk.pk, MESSAGES, number).content
    if message.side != US or message.event:
        raise NotFound
    way = _way(actor, row, has_file=message.file is not None)
    if way is None:
        raise NotAllowedNow(NOT_SAFE)
    known = Outgoing.objects.filter(talk=talk.pk, number=number).first()
    prepared = _prepare(actor, way, message, known.pk if known else new_id())
    with transaction.atomic():
        if known is None:
            prepared.save_for(talk)(number)
        else:
            _again(known, prepared)
        _note(actor, row.pk, "hotline.answer_sent_again", channel=row.channel)


def _again(known: Outgoing, prepared: Prepared) -> None:
    """The same letter under the same name, sealed anew; one that waits for the same process goes on waiting."""
    fresh = prepared.letter
    known = Outgoing.objects.select_for_update().get(pk=known.pk)
    known.state = rules.OUTGOING.check(known.state, "try_again")
    known.sealed, known.postman, known.kind, known.by_id = fresh.sealed, fresh.postman, fresh.kind, fresh.by_id
    known.reason, known.tries, known.next_at, known.made_at, known.done_at = "", 0, now(), now(), None
    if fresh.state == rules.FAILED:
        known.state, known.reason = rules.OUTGOING.check(known.state, "refuse"), fresh.reason
    known.save()
    prepared.renew_code()


def choose_reply(*, actor: Actor, conversation_id: UUID, reply: str) -> None:
    """Write down how she may be written back to, as she said; on the log, for it may bring her into danger."""
    row = conversation(actor, conversation_id)
    if reply not in rules.REPLIES:
        raise Invalid(Problem("reply", NO_SUCH_REPLY))
    with transaction.atomic():
        chosen = Correspondent.objects.filter(conversation=row.pk, address__isnull=False)
        if not chosen.update(reply=reply, reply_by=actor.id, reply_at=now()):
            raise NotFound
        _note(actor, row.pk, "hotline.reply_chosen", reply=reply)


def _way(actor: Actor, row: Conversation, *, has_file: bool) -> Way | None:
    if row.channel not in rules.PROVIDED:
        return None
    found = Correspondent.objects.filter(conversation=row.pk, reply__in=[rules.NOTICE, rules.WORDS]).first()
    if found is None or found.address_id is None or is_forbidden(actor, row.pk):
        return None
    return Way(row, rules.NOTICE if has_file else found.reply, found.address_id)


def _knows(row: Conversation) -> bool:
    """Whether she has the page open, or was told lately and has not written since."""
    if has_it_open(row.pk):
        return True
    told = Outgoing.objects.filter(
        conversation=row.pk, kind=rules.NOTICE, made_at__gt=now() - rules.NOTICE_COVERS
    ).exclude(state=rules.FAILED)
    newest = told.order_by("-made_at").values_list("made_at", flat=True).first()
    if newest is None:
        return False
    talks = talks_of(row.pk)
    came = any(talk.began_at > newest for talk in talks)  # what a provider brings begins one; it may say an older time
    return not came and not vault.items_since([talk.pk for talk in talks], newest)


def _prepare(actor: Actor, way: Way, message: Message, letter_id: UUID) -> Prepared:
    hers = vault.open_section(actor, way.address_id, SENDER_ADDRESS).content
    letter = Outgoing(id=letter_id, conversation_id=way.row.pk, kind=way.kind, by_id=actor.id)
    postman = Postman.objects.filter(seen_at__gt=now() - rules.POSTMAN_SILENT).first()
    if postman is None:
        letter.state, letter.reason = rules.OUTGOING.check(rules.WAITING, "refuse"), rules.NO_POSTMAN
        return Prepared(letter, None)
    if way.kind == rules.WORDS:
        written, fresh = (rules.neutral_subject(way.row.language), message.text), None
    else:
        written, fresh = _notice(way.row, hers, postman.site)
    told = rules.Letter(str(letter_id), hers.address, written[1], written[0])
    letter.postman = postman.life
    letter.sealed = seal_to(bytes(postman.public), msgspec.json.encode(told), letter_context(letter_id))
    return Prepared(letter, fresh)


def _notice(row: Conversation, hers: SenderAddress, site: str) -> tuple[tuple[str, str], Fresh]:
    code = new_code()
    keys = keys_of(code)
    where = f"{site.rstrip('/')}/{rules.page_language(row.language)}/b/"
    written = rules.notice(row.language, where=where, code=in_groups(code))
    return written, Fresh(keys.lookup, aead.seal(keys.wrap, hers.secret, code_context(row.pk)))


def letter_context(letter_id: UUID) -> bytes:
    """What the seal of something that goes out is bound to."""
    return aead.context("astra.outgoing.v1", letter_id.bytes)


def _note(actor: Actor, record_id: UUID, verb: str, **detail: str | int | bool) -> None:
    audit.record(actor_id=actor.id, verb=verb, subjects=list(vault.pseudonyms([record_id]).values()), detail=detail)
