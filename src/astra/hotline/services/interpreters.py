"""How does an interpreter come onto the register and into a call? Her name and number are sealed to all colleagues."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from astra.audit import services as audit
from astra.hotline.models import Contact, Conversation, Interpreter, Interpreting
from astra.hotline.rules import interpreters as rules
from astra.hotline.sections import INTERPRETER, InterpreterWords
from astra.hotline.services.audience import note
from astra.kernel.clock import now, today
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import Sealing

COORDINATORS_ONLY = msg("The coordinator keeps the register of interpreters.")
NAME_HER = msg("Say who it is and under which number.")
IS_OVER = msg("This call is over.")


def add_interpreter(*, actor: Actor, facts: rules.Facts, words: InterpreterWords) -> UUID:
    """Put somebody on the register."""
    _check(actor, facts, words)
    sealing, house = Sealing(actor), vault.desk_circle("house")
    record_id = sealing.new_record("interpreter", listed_for=[house])
    sealing.seal(record_id, INTERPRETER, words, to=[house])
    with sealing.transaction():
        Interpreter.objects.create(record_id=record_id, **_columns(facts))
        note(sealing, "hotline.interpreter_added", record_id)
    return record_id


def revise_interpreter(
    *, actor: Actor, interpreter_id: UUID, facts: rules.Facts, words: InterpreterWords, revision: int
) -> None:
    """Write an entry anew."""
    _check(actor, facts, words)
    vault.check_reach(actor, interpreter_id)
    sealing = Sealing(actor)
    sealing.revise(interpreter_id, INTERPRETER, words, revision=revision)
    with sealing.transaction():
        if not Interpreter.objects.filter(pk=interpreter_id).update(**_columns(facts)):
            raise NotFound
        note(sealing, "hotline.interpreter_revised", interpreter_id)


def choose_interpreter(
    *,
    actor: Actor,
    interpreter_id: UUID,
    language: str,
    conflict: str,
    contact_id: UUID | None = None,
    conversation_id: UUID | None = None,
) -> UUID:
    """Choose her for this person, once what has to be asked was asked; only then is her number shown."""
    actor.check_desk("hotline")
    vault.check_reach(actor, interpreter_id)
    for known in (contact_id, conversation_id):
        if known is not None:
            vault.check_reach(actor, known)
    _check_kinds(contact_id, conversation_id)
    _check_may_join(interpreter_id, language, conflict)
    with transaction.atomic():
        call = Interpreting.objects.create(
            interpreter_id=interpreter_id,
            contact_id=contact_id,
            conversation_id=conversation_id,
            language=language,
            conflict=conflict,
            chosen_by_id=actor.id,
        )
        Interpreter.objects.filter(pk=interpreter_id).update(used_on=today())
        _note(actor, "hotline.interpreter_chosen", interpreter_id)
    call_id: UUID = call.pk
    return call_id


def check_engaging(*, actor: Actor, interpreter_id: UUID, language: str, conflict: str) -> None:
    """Raise what forbids to engage her for a day in a case: the same is asked before as on the line."""
    actor.check_desk("hotline", "cases")
    vault.check_reach(actor, interpreter_id)
    _check_may_join(interpreter_id, language, conflict)


def note_engaged(*, interpreter_id: UUID, on: date) -> None:
    """She is on the register as long as somebody engages her; part of the act by which that is written down."""
    Interpreter.objects.filter(Q(used_on=None) | Q(used_on__lt=on), pk=interpreter_id).update(used_on=on)


def interpreter_joins(*, actor: Actor, call_id: UUID) -> None:
    """She is in the call from now on."""
    row = _find(actor, call_id)
    with transaction.atomic():
        if Interpreting.objects.filter(pk=row.pk, joined_at=None, left_at=None).update(joined_at=now()):
            _note(actor, "hotline.interpreter_joined", row.interpreter_id)


def interpreter_leaves(*, actor: Actor, call_id: UUID) -> None:
    """She has left the call, or never came into it."""
    row = _find(actor, call_id)
    if row.left_at is not None:
        raise NotAllowedNow(IS_OVER)
    with transaction.atomic():
        Interpreting.objects.filter(pk=row.pk).update(left_at=now())
        _note(actor, "hotline.interpreter_left", row.interpreter_id)


def _check(actor: Actor, facts: rules.Facts, words: InterpreterWords) -> None:
    actor.check_desk("hotline")
    if not actor.has_desk("coordination"):
        raise Denied(COORDINATORS_ONLY)
    rules.check_facts(facts)
    if not (words.name.strip() and words.phone.strip()):
        raise Invalid(Problem("name", NAME_HER))


def _check_may_join(interpreter_id: UUID, language: str, conflict: str) -> None:
    row = Interpreter.objects.filter(pk=interpreter_id).first()
    if row is None:
        raise NotFound
    facts = rules.Facts(tuple(row.languages), row.sex, row.is_sworn, row.signed_on, row.ended_on)
    rules.check_may_join(facts, language, conflict)


def _check_kinds(contact_id: UUID | None, conversation_id: UUID | None) -> None:
    """What is linked is a contact and a conversation, and nothing else."""
    if contact_id is not None and not Contact.objects.filter(pk=contact_id).exists():
        raise NotFound
    if conversation_id is not None and not Conversation.objects.filter(pk=conversation_id).exists():
        raise NotFound


def _columns(facts: rules.Facts) -> dict[str, object]:
    return vars(facts) | {"languages": list(facts.languages)}


def _find(actor: Actor, call_id: UUID) -> Interpreting:
    """Whoever chose her says when she came and went."""
    actor.check_desk("hotline")
    row = Interpreting.objects.filter(pk=call_id, chosen_by=actor.id).first() if actor.id else None
    if row is None:
        raise NotFound
    return row


def _note(actor: Actor, verb: str, record_id: UUID) -> None:
    audit.record(actor_id=actor.id, verb=verb, subjects=list(vault.pseudonyms([record_id]).values()))
