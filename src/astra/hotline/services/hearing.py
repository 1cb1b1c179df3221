"""How does what a telephone exchange says become a call and its one contact? In one transaction, once, in any order.

Nobody's keys are open here: the number is sealed to those who may see it, and nobody else, this process included, reads
it again. Two processes may hear the same at the same moment; the database decides which of them writes it.
"""

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError

from astra.hotline.models import Call, CallEvent, Contact, Telephone
from astra.hotline.rules import calls as rules
from astra.hotline.rules.contacts import FROM_CALL, MAX_MINUTES
from astra.hotline.rules.lifecycles import NEW, RECORDED, STANDING, TO_LOG
from astra.hotline.sections import CALL_NUMBER, CallNumber
from astra.hotline.selectors.lines_called import UNKNOWN_LINE, line_of
from astra.hotline.services.audience import Audience, note
from astra.hotline.services.calls import prune_call_events
from astra.hotline.services.waking import wake
from astra.kernel.clock import now
from astra.kernel.errors import Conflict
from astra.vault import selectors as vault
from astra.vault.actor import Actor, system
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing
from astra.vault.services.secret_files import secret

SECRET_FILE, SECRET_BYTES = "call-names", 32
TRIES = 5
MISSED_KIND, VOICE = "missed", "voice"
AT_TELEPHONE = timedelta(hours=14)
"""So long, a long shift, a colleague counts as sitting at the telephone where she said she sits."""
RINGS_AT_MOST, TALKS_AT_MOST = timedelta(minutes=15), timedelta(hours=12)
"""A call of which an exchange never says that it ended is over after this."""


@dataclass(frozen=True)
class _Told:
    """What one event adds to a call that is known."""

    heard: rules.Heard
    dialled: str = ""
    number: str = ""
    is_withheld: bool = False

    @property
    def caller_id(self) -> str:
        """What it tells of the caller's number."""
        return rules.WITHHELD if self.is_withheld else rules.GIVEN if self.number else rules.NOT_TOLD


def hear(*, actor: Actor, event: rules.CallEvent) -> UUID:
    """Take in one event and return its call; the same event again changes nothing."""
    rules.check_event(event, at=now())
    digest = _digest(event.provider, event.call)
    extension = rules.digits(event.extension)
    told = _Told(
        rules.Heard(event.place, event.kind, event.at, extension), event.dialled, event.number, event.is_withheld
    )
    for _ in range(TRIES):
        known = Call.objects.filter(digest=digest).values_list("pk", flat=True).first()
        try:
            if known is None:
                return _begin(actor, event.provider, digest, told)
            _go_on(actor, known, told)
        except IntegrityError:  # another process heard it at this moment: what it wrote is there now
            continue
        return known
    raise Conflict(SOMEBODY_SAVED)


def close_lost(*, actor: Actor, provider: str, living: Collection[str]) -> int:
    """End the calls that an exchange no longer knows of; returns how many. Their end was said while nobody listened."""
    at = now()
    known = {_digest(provider, call) for call in living}
    since = at - rules.LOST_AFTER
    waiting = Call.objects.filter(provider=provider, state__in=rules.OPEN_STATES, rang_at__lt=since)
    lost = [pk for pk, digest in waiting.values_list("pk", "digest") if bytes(digest) not in known]
    for call_id in lost:
        _end(actor, call_id, at)
    return len(lost)


def end_forgotten_calls(*, actor: Actor) -> int:
    """End calls that have gone on for longer than any call does: their exchange never said how they ended."""
    at = now()
    ringing = Call.objects.filter(state=rules.RINGING, rang_at__lt=at - RINGS_AT_MOST)
    talking = Call.objects.filter(state__in=rules.OPEN_STATES, rang_at__lt=at - TALKS_AT_MOST)
    forgotten = list((ringing | talking).values_list("pk", flat=True)[:200])
    for call_id in forgotten:
        _end(actor, call_id, at)
    return len(forgotten)


def tidy_calls() -> int:
    """End what was forgotten and delete what is no longer needed; unattended work."""
    return end_forgotten_calls(actor=system()) + prune_call_events()


def _end(actor: Actor, call_id: UUID, at: datetime) -> None:
    ended = rules.Heard(rules.place_of(rules.ENDS, at), rules.ENDS, at)
    try:
        _go_on(actor, call_id, _Told(ended))
    except IntegrityError:  # its end was heard at this very moment
        return


def _digest(provider: str, call: str) -> bytes:
    key = secret(SECRET_FILE, SECRET_BYTES)
    return hmac.digest(key, f"{provider}\0{call}".encode(), hashlib.sha256)


def _begin(actor: Actor, provider: str, digest: bytes, told: _Told) -> UUID:
    """A call nobody knows yet, with its contact."""
    sealing, audience = Sealing(actor), Audience(actor)
    standing = rules.fold([told.heard])
    line = line_of(told.dialled)
    readers = audience.readers(line)
    contact = Contact(
        record_id=sealing.new_record("contact", listed_for=readers, listed_at=standing.rang_at),
        line=line,
        channel=VOICE,
        received_at=standing.rang_at,
        saved_at=sealing.at,
        source=FROM_CALL,
        standing=STANDING.check(NEW, "ring"),
    )
    call_id = sealing.new_record("call", listed_for=[*readers, audience.safety], listed_at=standing.rang_at)
    row = Call(record_id=call_id, contact=contact, provider=provider, digest=digest, line=line)
    _seal_number(sealing, audience, row, told)
    with sealing.transaction():
        _stand(row, standing)
        _count(sealing, row, contact)
        contact.save(force_insert=True)
        row.save(force_insert=True)
        _keep(row, told.heard)
        note(sealing, "hotline.call_heard", contact.pk, call_id, kind=told.heard.kind, line=line)
        wake()
    return call_id


def _go_on(actor: Actor, call_id: UUID, told: _Told) -> None:
    """A further event of a call that is there; whoever hears another one of it waits until this one is written."""
    if not _is_news(call_id, told):
        return
    sealing, audience = Sealing(actor), Audience(actor)
    row = Call.objects.select_related("contact").get(pk=call_id)
    line = line_of(told.dialled)
    is_first_to_say = row.line == UNKNOWN_LINE and line != UNKNOWN_LINE
    if is_first_to_say:
        sealing.list_for(row.contact_id, audience.readers(line))
        sealing.list_for(row.pk, audience.readers(line))
        row.line = line
    had_number = row.number_id is not None
    _seal_number(sealing, audience, row, told)
    fresh = (row.number_id, row.caller_id, row.forget_at) if row.number_id and not had_number else None
    with sealing.transaction():
        row = Call.objects.select_for_update().get(pk=call_id)
        contact = Contact.objects.select_for_update().get(pk=row.contact_id)
        if is_first_to_say:
            row.line = contact.line = line
        if fresh is not None:
            if row.caller_id:  # another process sealed it at this moment: once is enough, and this one's is not kept
                raise IntegrityError
            row.number_id, row.caller_id, row.forget_at = fresh
        elif not row.caller_id:
            row.caller_id = told.caller_id
        _keep(row, told.heard)
        _stand(row, rules.fold(_events(row)))
        _count(sealing, row, contact)
        contact.save()
        row.save()
        note(sealing, "hotline.call_heard", contact.pk, call_id, kind=told.heard.kind, line=row.line)
        wake()


def _is_news(call_id: UUID, told: _Told) -> bool:
    """Whether an event says something that is not known; of a call whose events are forgotten nothing is."""
    known = CallEvent.objects.filter(call=call_id)
    same = known.filter(sequence=told.heard.sequence, kind=told.heard.kind).first()
    if same is None:
        return known.exists()
    return told.heard.at < same.at or told.heard.extension > same.extension


def _keep(row: Call, heard: rules.Heard) -> None:
    same = CallEvent.objects.filter(call=row, sequence=heard.sequence, kind=heard.kind).first()
    if same is None:
        CallEvent.objects.create(
            call=row, sequence=heard.sequence, kind=heard.kind, at=heard.at, extension=heard.extension
        )
        return
    same.at, same.extension = min(same.at, heard.at), max(same.extension, heard.extension)
    same.save(update_fields=["at", "extension"])


def _events(row: Call) -> list[rules.Heard]:
    return [rules.Heard(*one) for one in row.events.values_list("sequence", "kind", "at", "extension")]


def _seal_number(sealing: Sealing, audience: Audience, row: Call, told: _Told) -> None:
    """Seal the number to whoever may have to call, for some days; it is in no other row."""
    if row.number_id is not None or row.caller_id not in (rules.NOT_TOLD, ""):
        return
    row.caller_id = told.caller_id
    if row.caller_id != rules.GIVEN:
        return
    record_id = sealing.new_record("call_number")
    to = dict.fromkeys([*audience.readers(row.line), audience.safety])
    sealing.seal(record_id, CALL_NUMBER, CallNumber(told.number), to=list(to))
    row.number_id, row.forget_at = record_id, sealing.at + rules.KEEP_NUMBER


def _stand(row: Call, standing: rules.CallStanding) -> None:
    """Put into the row how the call stands."""
    row.state, row.rang_at, row.extension = standing.state, standing.rang_at, standing.extension
    row.answered_at, row.ended_at = standing.answered_at, standing.ended_at
    if standing.answered_at is not None and standing.extension:
        at_telephone = Telephone.objects.filter(extension=standing.extension, since__gt=now() - AT_TELEPHONE)
        row.answered_by_id = at_telephone.values_list("member", flat=True).first() or row.answered_by_id


def _count(sealing: Sealing, row: Call, contact: Contact) -> None:
    """What the call's contact is by now: to be logged, or missed; what somebody logged stays as she logged it."""
    if contact.source != FROM_CALL or contact.standing not in (TO_LOG, RECORDED):
        return
    was_missed = contact.standing == RECORDED and contact.kind == MISSED_KIND and contact.counsellor_id is None
    is_missed = row.state == rules.MISSED and row.answered_by_id is None
    if contact.standing == TO_LOG and is_missed:
        contact.standing, contact.kind = STANDING.check(TO_LOG, "record"), MISSED_KIND
        contact.saved_at = sealing.at
    elif was_missed and not is_missed and row.state in (rules.ANSWERED, rules.TRANSFERRED, rules.ENDED):
        contact.standing, contact.kind = STANDING.check(RECORDED, "turn_out_answered"), ""
    if contact.standing == TO_LOG:
        contact.received_at = row.rang_at
        _whose(sealing, row, contact)
    if contact.minutes is None and row.ended_at is not None and row.answered_at is not None:
        lasted = rules.CallStanding(row.state, row.rang_at, row.answered_at, row.ended_at)
        contact.minutes = min(rules.minutes_of(lasted) or 0, MAX_MINUTES)


def _whose(sealing: Sealing, row: Call, contact: Contact) -> None:
    """Who answered at her telephone finds the contact, also where she reads no others."""
    member = row.answered_by_id
    if member is None or contact.counsellor_id == member:
        return
    contact.counsellor_id = member
    readers = set[UUID]().union(*(vault.workers_in(circle) for circle in Audience(sealing.actor).readers(row.line)))
    if member not in readers:
        own = Sealing(sealing.actor)
        own.list_for(contact.pk, [vault.personal_circle(member)], at=contact.received_at)
        with own.transaction():
            return
