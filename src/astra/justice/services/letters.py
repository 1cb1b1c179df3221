"""How does a letter get its number in the register, its proof of delivery, and what follows when nobody answers?"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from astra import vocabulary
from astra.cases.services import TierFiling
from astra.justice.models import Letter, LetterCounter
from astra.justice.rules import lifecycles as life
from astra.justice.rules.silence import following
from astra.justice.sections import LETTER, LetterWords
from astra.justice.selectors.access import get_part
from astra.justice.services.moments import noon
from astra.justice.services.proceedings import SOMEBODY_WAS_FASTER, check_past
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Invalid, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

OUT = "out"
ONLY_OUT = msg("Only a letter of ours waits for an answer.")
DUE_AFTER = msg("An answer is due after the day of the letter.")
WITH_WHOM = msg("Say which institution: choose it, or write it.")
NOT_OF_THIS_FILE = msg("The letter that this one answers is not in this case.")


def register_letter(
    *,
    actor: Actor,
    case_id: UUID,
    tier: str,
    direction: str,
    dated_on: date,
    subject: str,
    words: LetterWords,
    institution_id: UUID | None = None,
    proof: str = "",
    delivered_on: date | None = None,
    answer_due_on: date | None = None,
    answers: UUID | None = None,
) -> UUID:
    """Enter a letter under the next number of its year; an answer ends the waiting of the letter it answers."""
    check_letter(direction, dated_on, subject, proof)
    check_answer(direction, dated_on, answer_due_on)
    if institution_id is None and not words.institution.strip():
        raise Invalid(Problem("institution_id", WITH_WHOM))
    asked = get_part(actor, Letter, answers) if answers else None
    if asked is not None and asked.case_id != case_id:
        raise Invalid(Problem("answers", NOT_OF_THIS_FILE))
    filing = TierFiling(actor, case_id, tier)
    record_id = filing.seal("justice_letter", LETTER, words)
    filing.line("letter", record_id, code=direction, happened_at=noon(dated_on))
    letter = Letter(
        record_id=record_id,
        case_id=case_id,
        tier=tier,
        year=dated_on.year,
        direction=direction,
        dated_on=dated_on,
        subject=subject,
        institution_id=institution_id,
        proof=proof,
        delivered_on=delivered_on,
        answer_due_on=answer_due_on,
        answers=asked,
        state_on=dated_on,
    )
    if answer_due_on is not None:
        letter.state = life.LETTER.check(letter.state, "await_answer")
        letter.task_id = _propose(filing, letter.state, answer_due_on)
    is_answered = asked is not None and life.LETTER.can(asked.state, "answer")
    if asked is not None and is_answered:
        filing.end_task(asked.task_id, "done")
    with filing.transaction("justice.letter_registered", detail={"kind": direction}):
        letter.running = next_number(dated_on.year)
        letter.save(force_insert=True)
        if asked is not None and is_answered:
            _move(asked, life.ANSWERED, state_on=dated_on, task_id=None)
    return record_id


def check_letter(direction: str, dated_on: date, subject: str, proof: str) -> None:
    """The codes and the day of any letter of the register."""
    vocabulary.check("letter_direction", direction, field="direction")
    vocabulary.check("letter_subject", subject, field="subject")
    if proof:
        vocabulary.check("delivery_proof", proof, field="proof")
    check_past("dated_on", dated_on)


def check_answer(direction: str, dated_on: date, answer_due_on: date | None) -> None:
    if answer_due_on is not None and direction != OUT:
        raise Invalid(Problem("answer_due_on", ONLY_OUT))
    if answer_due_on is not None and answer_due_on <= dated_on:
        raise Invalid(Problem("answer_due_on", DUE_AFTER))


def prove_delivery(*, actor: Actor, letter_id: UUID, proof: str, day: date, where: str = "") -> None:
    """How and when the letter is proved to have arrived."""
    letter = get_part(actor, Letter, letter_id)
    vocabulary.check("delivery_proof", proof, field="proof")
    check_past("day", day, after=letter.dated_on)
    filing = TierFiling(actor, letter.case_id, letter.tier)
    filing.touch(letter_id)
    if where.strip():
        opened = vault.open_section(actor, letter_id, LETTER)
        filing.revise(letter_id, LETTER, replace(opened.content, proof=where), revision=opened.revision)
    with filing.transaction("justice.delivery_proved", detail={"kind": proof}):
        Letter.objects.filter(pk=letter_id).update(proof=proof, delivered_on=day)


def step_letter(*, actor: Actor, letter_id: UUID, verb: str, day: date, remark: str = "") -> None:
    """An institution answered, or is silent and was reminded, complained of, brought before the Ombudsman."""
    letter = get_part(actor, Letter, letter_id)
    target = life.LETTER.check(letter.state, verb)
    check_past("day", day, after=letter.dated_on)
    if verb == "await_answer" and letter.direction != OUT:
        raise Invalid(Problem("day", ONLY_OUT))
    filing = TierFiling(actor, letter.case_id, letter.tier)
    filing.touch(letter_id)
    if remark.strip():
        opened = vault.open_section(actor, letter_id, LETTER)
        course = "\n".join(part for part in (opened.content.course, f"{day:%d.%m.%Y.} {remark}") if part)
        filing.revise(letter_id, LETTER, replace(opened.content, course=course), revision=opened.revision)
    filing.line("letter", letter_id, code=target, happened_at=noon(day))
    filing.end_task(letter.task_id, "done")
    task_id = _propose(filing, target, day)
    with filing.transaction("justice.letter_moved", detail={"kind": verb}):
        _move(letter, target, state_on=day, task_id=task_id)


def _propose(filing: TierFiling, state: str, since: date) -> UUID | None:
    """The task that follows on this silence, if any does."""
    following_step = following(state, since)
    if following_step is None:
        return None
    return filing.task(following_step.task_kind, due_on=max(following_step.due_on, today()))


def next_number(year: int) -> int:
    """The next number of a year, within the caller's transaction; a transaction that fails gives it back."""
    LetterCounter.objects.get_or_create(year=year)
    last = LetterCounter.objects.select_for_update().get(year=year).last + 1
    LetterCounter.objects.filter(year=year).update(last=last)
    return last


def _move(letter: Letter, target: str, *, state_on: date, task_id: UUID | None) -> None:
    rows = Letter.objects.filter(pk=letter.pk, state=letter.state)
    if not rows.update(state=target, state_on=state_on, task_id=task_id):
        raise Conflict(SOMEBODY_WAS_FASTER)
