"""What does the process that sends do with what waits? Opens it, hands it over once, writes down what became of it.

It makes its key when it begins and keeps it in its memory alone: what waited for an earlier life of it opens no more
and is said to have failed, so that a colleague sends it again. A letter counts as handed over before it is: if the
process is killed in between, nobody knows whether the provider took it, and a colleague decides, not a program.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import Q

from astra.audit import services as audit
from astra.hotline.models import Correspondent, Outgoing, Postman, Receipt
from astra.hotline.rules import channels as rules
from astra.hotline.services.letters import letter_context
from astra.hotline.services.waking import wake
from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.vault import selectors as vault
from astra.vault.actor import Actor, system
from astra.vault.crypto import aead
from astra.vault.crypto.hybrid import CircleKeys, open_with
from astra.vault.services import erasure

AT_ONCE = 20


@dataclass(frozen=True)
class PostmanKeys:
    """One life of the process that sends."""

    life: UUID
    keys: CircleKeys


def begin_postman(*, site: str) -> PostmanKeys:
    """Begin to send: a fresh key, and what waits for an earlier one is said to have failed."""
    own = PostmanKeys(new_id(), CircleKeys(aead.new_key()))
    with transaction.atomic():
        Postman.objects.update_or_create(
            id=1, defaults={"life": own.life, "public": own.keys.public, "site": site, "seen_at": now()}
        )
        ended = {"state": rules.FAILED, "sealed": b"", "done_at": now()}
        Outgoing.objects.filter(state=rules.SENDING).update(reason=rules.UNSURE, **ended)
        Outgoing.objects.filter(state=rules.WAITING).update(reason=rules.RESTARTED, **ended)
        wake()
    return own


def is_on_duty(own: PostmanKeys) -> bool:
    """Say that it is at work; False when another process has begun to send."""
    return bool(Postman.objects.filter(id=1, life=own.life).update(seen_at=now()))


def waiting_letters(own: PostmanKeys) -> list[tuple[UUID, str]]:
    """What is to be sent now, with its channel."""
    due = Outgoing.objects.filter(state=rules.WAITING, next_at__lte=now(), postman=own.life)
    return list(due.order_by("next_at").values_list("pk", "conversation__channel")[:AT_ONCE])


def hand_over_letter(own: PostmanKeys, letter_id: UUID) -> rules.Letter | None:
    """Open a letter that is about to be given to the provider; None where it may not be sent any more."""
    with transaction.atomic():
        row = Outgoing.objects.select_for_update().filter(pk=letter_id, state=rules.WAITING).first()
        if row is None:
            return None
        safe = Correspondent.objects.filter(conversation=row.conversation_id, reply__in=[rules.NOTICE, rules.WORDS])
        if row.kind == rules.WORDS:
            safe = safe.filter(reply=rules.WORDS)
        if not safe.exists():
            _finish(row, "refuse", rules.NOT_SAFE)
            return None
        row.state = rules.OUTGOING.check(row.state, "hand_over")
        row.tries += 1
        row.save()
    return msgspec.json.decode(open_with(own.keys, bytes(row.sealed), letter_context(row.pk)), type=rules.Letter)


def note_sent(letter_id: UUID) -> None:
    """The provider has taken it: nothing of it is kept."""
    _settle(letter_id, "accept", "")


def note_refused(letter_id: UUID, reason: str) -> None:
    """The provider will not take it, or nobody knows whether it did."""
    _settle(letter_id, "refuse", reason)


def note_later(letter_id: UUID, reason: str, asked: timedelta | None = None) -> None:
    """The provider surely has not taken it: once more, later; given up after a day."""
    row = Outgoing.objects.get(pk=letter_id)
    if now() - row.made_at > rules.LASTS:
        _settle(letter_id, "refuse", rules.GAVE_UP)
        return
    with transaction.atomic():
        row.state, row.reason = rules.OUTGOING.check(row.state, "postpone"), reason
        row.next_at = now() + rules.pause_after(row.tries, asked)
        row.save(update_fields=["state", "reason", "next_at"])
        wake()


def note_returned(letter_id: UUID) -> bool:
    """The provider says that it could not be delivered after all; False where it is none of ours."""
    row = Outgoing.objects.filter(pk=letter_id).first()
    if row is None:
        return False
    if row.state == rules.SENT:
        _settle(letter_id, "return", rules.RETURNED)
    return True


def note_told(letter_id: UUID, *, is_sent: bool) -> None:
    """The provider says afterwards what became of a letter; what it says twice, or of none of ours, changes nothing."""
    row = Outgoing.objects.filter(pk=letter_id).first()
    if row is None:
        return
    if row.state == rules.SENDING:
        _settle(letter_id, "accept" if is_sent else "refuse", "" if is_sent else rules.REFUSED)
    elif row.state == rules.FAILED and row.reason == rules.UNSURE:
        _settle(letter_id, "turn_out_sent" if is_sent else "turn_out_refused", "" if is_sent else rules.REFUSED)


def _settle(letter_id: UUID, verb: str, reason: str) -> None:
    with transaction.atomic():
        row = Outgoing.objects.select_for_update().get(pk=letter_id)
        _finish(row, verb, reason)


def _finish(row: Outgoing, verb: str, reason: str) -> None:
    row.state, row.reason = rules.OUTGOING.check(row.state, verb), reason
    row.sealed, row.done_at = b"", now()
    row.save()
    names = list(vault.pseudonyms([row.conversation_id]).values())
    audit.record(actor_id=None, verb="hotline.answer_sent", subjects=names, detail={"state": row.state, "why": reason})
    wake()


def tidy_channels() -> int:
    """Let go of addresses and receipts whose time has come, say what is open; unattended work, needs no reading key."""
    due = Correspondent.objects.filter(forget_at__lte=now()).filter(Q(address__isnull=False) | Q(digest__isnull=False))
    rows = list(due.order_by("forget_at")[:AT_ONCE])
    for row in rows:
        _let_go(system(), row)
    silent = Outgoing.objects.filter(state=rules.SENDING, made_at__lt=now() - rules.LASTS)
    for letter_id in list(silent.values_list("pk", flat=True)[:AT_ONCE]):  # a provider that tells later never told
        _settle(letter_id, "refuse", rules.UNSURE)
    Receipt.objects.filter(at__lt=now() - rules.KEEP_RECEIPTS).delete()
    return len(rows)


def _let_go(actor: Actor, row: Correspondent) -> None:
    if row.address_id is not None:
        erasure.erase_record(actor=actor, record_id=row.address_id, reason="number_kept_long_enough")
    Outgoing.objects.filter(conversation=row.pk).delete()
    Correspondent.objects.filter(pk=row.pk).update(
        address=None, digest=None, forget_at=None, reply="", reply_by=None, reply_at=None
    )
