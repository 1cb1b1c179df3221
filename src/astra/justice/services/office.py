"""How does a letter of the office that belongs to no case get its number? From the same register, without words.

What is about somebody belongs into that person's case, where its words are sealed; here no field could hold them.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.directory import selectors as directory
from astra.justice.models import OfficeLetter
from astra.justice.rules import lifecycles as life
from astra.justice.services.letters import WITH_WHOM, check_answer, check_letter, next_number
from astra.justice.services.proceedings import SOMEBODY_WAS_FASTER, check_past
from astra.kernel.errors import Conflict, Invalid, NotFound, Problem
from astra.vault.actor import Actor


def register_office_letter(
    *,
    actor: Actor,
    direction: str,
    dated_on: date,
    subject: str,
    institution_id: UUID | None,
    proof: str = "",
    delivered_on: date | None = None,
    answer_due_on: date | None = None,
) -> str:
    """Enter a letter outside any case under the next number of its year; returns the number."""
    actor.check_desk("cases")
    if actor.id is None:
        raise NotFound
    check_letter(direction, dated_on, subject, proof)
    check_answer(direction, dated_on, answer_due_on)
    if institution_id is None or institution_id not in directory.names([institution_id]):
        raise Invalid(Problem("institution_id", WITH_WHOM))
    if delivered_on is not None:
        check_past("delivered_on", delivered_on, after=dated_on)
    with transaction.atomic():
        letter = OfficeLetter.objects.create(
            year=dated_on.year,
            running=next_number(dated_on.year),
            direction=direction,
            dated_on=dated_on,
            subject=subject,
            institution_id=institution_id,
            proof=proof,
            delivered_on=delivered_on,
            answer_due_on=answer_due_on,
            state=life.FILED if answer_due_on is None else life.WAITING,
            state_on=answer_due_on or dated_on,
            added_by_id=actor.id,
        )
        audit.record(actor_id=actor.id, verb="justice.office_letter_registered", detail={"kind": direction})
    return str(letter)


def step_office_letter(*, actor: Actor, letter_id: int, verb: str, day: date) -> None:
    """An institution answered the office, or is silent and was reminded, complained of, or the Ombudsman was told."""
    actor.check_desk("cases")
    row = OfficeLetter.objects.filter(pk=letter_id).first()
    if row is None:
        raise NotFound
    target = life.LETTER.check(row.state, verb)
    check_past("day", day, after=row.dated_on)
    with transaction.atomic():
        if not OfficeLetter.objects.filter(pk=letter_id, state=row.state).update(state=target, state_on=day):
            raise Conflict(SOMEBODY_WAS_FASTER)
        audit.record(actor_id=actor.id, verb="justice.office_letter_moved", detail={"kind": verb})
