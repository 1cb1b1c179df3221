"""What do we do with a call? Say who answered, log it, settle a missed one, let a number go; and who sits where."""

from uuid import UUID

from django.db import transaction

from astra import vocabulary
from astra.audit import services as audit
from astra.hotline.models import Call, CallEvent, Contact, LineNumber, Telephone
from astra.hotline.rules import calls as rules
from astra.hotline.rules.contacts import LINE, NOT_ALLOWED, is_late, one_click_kinds
from astra.hotline.rules.lifecycles import RECORDED, STANDING, TO_LOG
from astra.hotline.services.audience import Audience, note
from astra.hotline.services.recording import NOT_ONE_CLICK
from astra.hotline.services.waking import wake
from astra.kernel.clock import now
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor, system
from astra.vault.services import erasure
from astra.vault.services.sealing import Sealing

AT_ONCE = 200
SOMEBODY_TOOK = msg("A colleague has answered this call.")
NOT_MISSED = msg("This call was not missed, or somebody has settled it meanwhile.")
LOGGED = msg("This call was logged meanwhile.")
NO_TELEPHONE = msg("Type the number of the telephone in digits, for example 21.")
NO_NUMBER = msg("Type the number in digits, with the country code or as it is dialled here.")


def take_call(*, actor: Actor, call_id: UUID) -> None:
    """Say that one has answered a call; the contact is hers to log from now on."""
    actor.check_desk("hotline")
    row = _find(actor, call_id)
    if row.answered_by_id == actor.id:
        return
    sealing, audience = Sealing(actor), Audience(actor)
    sealing.list_for(row.contact_id, audience.lists(row.line), at=row.rang_at)
    with sealing.transaction():
        if not Call.objects.filter(pk=call_id, answered_by=None).update(answered_by=actor.id):
            raise Conflict(SOMEBODY_TOOK)
        if not Contact.objects.filter(pk=row.contact_id, standing=TO_LOG).update(counsellor=actor.id):
            raise Conflict(LOGGED)
        note(sealing, "hotline.call_taken", row.contact_id, call_id, line=row.line)
        wake()


def log_call(*, actor: Actor, call_id: UUID, kind: str) -> UUID:
    """Log a call that has nothing to write down with one click and return its contact; twice is once."""
    actor.check_desk("hotline")
    row = _find(actor, call_id)
    if kind not in one_click_kinds():
        raise Invalid(Problem("kind", NOT_ONE_CLICK, ", ".join(one_click_kinds())))
    contact_id: UUID = row.contact_id
    sealing, audience = Sealing(actor), Audience(actor)
    sealing.list_for(contact_id, audience.lists(row.line), at=row.rang_at)
    with sealing.transaction():
        Call.objects.select_for_update().get(pk=call_id)  # first the call, then its contact: as whoever hears of it
        contact = Contact.objects.select_for_update().get(pk=contact_id)
        if contact.standing != TO_LOG:
            return contact_id
        contact.standing = STANDING.check(contact.standing, "record")
        contact.kind, contact.saved_at = kind, sealing.at
        contact.is_late = is_late(row.ended_at or sealing.at, sealing.at)
        contact.entered_by_id, contact.counsellor_id = actor.id, contact.counsellor_id or actor.id
        contact.save()
        Call.objects.filter(pk=call_id, answered_by=None).update(answered_by=actor.id)
        note(sealing, "hotline.call_logged", contact_id, call_id, kind=kind, line=row.line)
        wake()
    return contact_id


def settle_missed(*, actor: Actor, call_id: UUID, outcome: str) -> None:
    """Say what was done about a missed call; it leaves the queue."""
    actor.check_desk("hotline")
    row, sealing = _find(actor, call_id), Sealing(actor)
    if outcome not in rules.OUTCOMES:
        raise Invalid(Problem("outcome", rules.NOT_AN_OUTCOME, ", ".join(rules.OUTCOMES)))
    with sealing.transaction():
        waiting = Call.objects.filter(pk=call_id, state=rules.MISSED, outcome="", contact__standing=RECORDED)
        if not waiting.update(outcome=outcome, settled_by=actor.id, settled_at=sealing.at):
            raise NotAllowedNow(NOT_MISSED)
        note(sealing, "hotline.missed_call_settled", row.contact_id, call_id, outcome=outcome)
        wake()


def forget_number(*, actor: Actor, call_id: UUID) -> None:
    """Let a caller's number go at once: she asked to stay unknown."""
    actor.check_desk("hotline")
    row, sealing = _find(actor, call_id), Sealing(actor)
    with sealing.transaction():
        Call.objects.filter(pk=call_id).update(forget_at=sealing.at)
        note(sealing, "hotline.call_number_dropped", row.contact_id, call_id)
    _let_go(actor, row, "asked_for_anonymity")
    wake()


def forget_numbers() -> int:
    """Destroy the keys of numbers whose time has come; unattended work, needs no reading key."""
    rows = list(Call.objects.filter(number__isnull=False, forget_at__lte=now()).order_by("forget_at")[:AT_ONCE])
    for row in rows:
        _let_go(system(), row, "number_kept_long_enough")
    return len(rows)


def _let_go(actor: Actor, row: Call, reason: str) -> None:
    if row.number_id is None:
        return
    erasure.erase_owner(actor=actor, owner_id=row.number_id, reason=reason)
    Call.objects.filter(pk=row.pk).update(number=None, caller_id=rules.FORGOTTEN)


def prune_call_events() -> int:
    """Delete what exchanges said about calls that are long over; how each of them stood stays in its row."""
    before = now() - rules.KEEP_EVENTS
    old = CallEvent.objects.filter(heard_at__lt=before, call__state__in=rules.OVER_STATES, call__ended_at__lt=before)
    gone, _ = CallEvent.objects.filter(pk__in=list(old.values_list("pk", flat=True)[: 10 * AT_ONCE])).delete()
    return gone


def sit_at(*, actor: Actor, extension: str) -> None:
    """Say at which telephone one sits; whoever sat there before sits there no more. Blank: at none."""
    actor.check_desk("hotline")
    if actor.id is None:
        raise NotFound
    number = rules.digits(extension)
    if extension.strip() and not 0 < len(number) <= rules.LONGEST_NUMBER:
        raise Invalid(Problem("extension", NO_TELEPHONE))
    with transaction.atomic():
        Telephone.objects.filter(member=actor.id).delete()
        if number:
            Telephone.objects.update_or_create(extension=number, defaults={"member_id": actor.id, "since": now()})
        audit.record(actor_id=actor.id, verb="hotline.telephone_chosen", subjects=[], detail={"is_any": bool(number)})


def set_line_number(*, actor: Actor, number: str, line: str) -> None:
    """Say which line one of our numbers is; a blank line takes the number out."""
    actor.check_desk("coordination", "administration")
    dialled = rules.digits(number)
    if not 0 < len(dialled) <= rules.LONGEST_NUMBER:
        raise Invalid(Problem("number", NO_NUMBER))
    if line and line not in vocabulary.codes(LINE):
        raise Invalid(Problem("line", NOT_ALLOWED, ", ".join(vocabulary.codes(LINE).offered)))
    with transaction.atomic():
        if line:
            LineNumber.objects.update_or_create(number=dialled, defaults={"line": line})
        else:
            LineNumber.objects.filter(number=dialled).delete()
        audit.record(actor_id=actor.id, verb="hotline.line_number_set", subjects=[], detail={"line": line})


def _find(actor: Actor, call_id: UUID) -> Call:
    vault.check_reach(actor, call_id)
    return Call.objects.get(pk=call_id)
