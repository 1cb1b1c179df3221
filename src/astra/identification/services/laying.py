"""How is something about identification laid down inside another room's act? Sealed now, written in its transaction.

Whoever asks has looked whether the actor may write here, hands in her sealing and the circles that read it, and calls
`write()` inside the transaction; the line in the timeline and the entry in the log are hers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from astra import vocabulary
from astra.identification.entries import NewAssessment, NewChoice, NewDecision, NewRisk, NewScreening
from astra.identification.models import Choice, Decision, OwnAssessment, Risk, Screening
from astra.identification.rules import decisions, risk, screening
from astra.identification.rules.indicators import PROFILES
from astra.identification.sections import (
    ASSESSMENT,
    CHOICE,
    DECISION,
    RISK,
    SCREENING,
    Heard,
    Reasons,
    RiskWords,
    ScreeningWords,
)
from astra.kernel.clock import today
from astra.kernel.errors import Invalid, NotFound, Problem
from astra.kernel.words import msg
from astra.vault.services.sealing import Sealing

FUTURE = msg("This day lies in the future.")
MISSING = msg("For “established” the elements of the definition are still missing. Fill them in, or say “possible”.")
ESTABLISHED = "confirmed"


@dataclass(frozen=True)
class Laid:
    """What is sealed and waits for its transaction."""

    record_id: UUID
    write: Callable[[], None]


def lay_screening(
    sealing: Sealing, person_id: UUID, new: NewScreening, *, readers: Sequence[UUID], owners: Sequence[UUID]
) -> Laid:
    """A screening; nothing follows from it by itself."""
    answers = screening.check_answers(new.answers, new.on, today())
    screening.check_triad(new.acts, (), ())
    record_id = sealing.new_record("screening", listed_for=readers)
    heard = tuple(Heard(one.code, one.answer, one.words.strip(), one.record_id) for one in answers)
    words = ScreeningWords(heard, tuple(new.acts), new.remark.strip())
    sealing.seal(record_id, SCREENING, words, to=readers, owners=owners)
    row = Screening(record_id=record_id, person_id=person_id, contact_id=new.contact_id, on=new.on, by=sealing.actor.id)
    return Laid(record_id, lambda: row.save(force_insert=True))


def lay_risk(
    sealing: Sealing, person_id: UUID, new: NewRisk, *, readers: Sequence[UUID], owners: Sequence[UUID]
) -> Laid:
    """A risk assessment; the one before is no longer the latest."""
    levels = risk.check(new.levels, on=new.on, until=new.until, today=today(), told=new.told)
    record_id = sealing.new_record("risk", listed_for=readers)
    words = RiskWords(
        tuple((one.heading, one.words.strip()) for one in levels),
        tuple((one.heading, one.done.strip()) for one in levels),
    )
    sealing.seal(record_id, RISK, words, to=readers, owners=owners)
    row = Risk(record_id=record_id, person_id=person_id, on=new.on, until=new.until, by=sealing.actor.id)
    row.level = risk.highest(one.level for one in levels)
    row.levels = {one.heading: one.level for one in levels}

    def write() -> None:
        Risk.objects.filter(person=person_id, is_latest=True).update(is_latest=False)
        row.save(force_insert=True)

    return Laid(record_id, write)


def lay_assessment(
    sealing: Sealing, person_id: UUID, new: NewAssessment, *, readers: Sequence[UUID], owners: Sequence[UUID]
) -> Laid:
    """What we think ourselves: established only where the elements of the definition are there."""
    vocabulary.check("trafficking_status", new.status, field="status")
    screening.check_triad(new.acts, new.means, new.forms)
    problems = [Problem("on", FUTURE)] if new.on > today() else []
    if new.profile not in PROFILES:
        raise NotFound
    missing = screening.meets_definition(new.profile, acts=new.acts, means=new.means, purposes=new.forms)
    if new.status == ESTABLISHED:
        problems += [Problem("forms" if name == "purposes" else name, MISSING) for name in missing]
    if problems:
        raise Invalid(*problems)
    record_id = sealing.new_record("own_assessment", listed_for=readers)
    sealing.seal(record_id, ASSESSMENT, Reasons(new.words.strip()), to=readers, owners=owners)
    row = OwnAssessment(record_id=record_id, person_id=person_id, on=new.on, status=new.status, profile=new.profile)
    row.acts, row.means, row.forms, row.by = list(new.acts), list(new.means), list(new.forms), sealing.actor.id
    return Laid(record_id, lambda: row.save(force_insert=True))


def lay_decision(
    sealing: Sealing, person_id: UUID, new: NewDecision, *, readers: Sequence[UUID], owners: Sequence[UUID]
) -> Laid:
    """How the formal procedure stands; what it said before stays as it was."""
    decisions.check_decision(
        decision=new.decision,
        body=new.body,
        reported_on=new.reported_on,
        decided_on=new.decided_on,
        appeal=new.appeal,
        today=today(),
    )
    if new.procedure is not None and not Decision.objects.filter(procedure=new.procedure, person=person_id).exists():
        raise NotFound
    record_id = sealing.new_record("formal_decision", listed_for=readers)
    sealing.seal(record_id, DECISION, Reasons(new.words.strip(), new.who.strip()), to=readers, owners=owners)
    row = Decision(
        record_id=record_id,
        person_id=person_id,
        procedure=new.procedure or record_id,
        body=new.body,
        decision=new.decision,
        reported_on=new.reported_on,
        decided_on=new.decided_on,
        appeal=new.appeal,
        recorded_on=today(),
        by=sealing.actor.id,
    )

    def write() -> None:
        Decision.objects.filter(procedure=row.procedure, is_latest=True).update(is_latest=False)
        row.save(force_insert=True)

    return Laid(record_id, write)


def lay_choice(
    sealing: Sealing, person_id: UUID, new: NewChoice, *, readers: Sequence[UUID], owners: Sequence[UUID]
) -> Laid:
    """What the person wants; changing one's mind is a choice of its own."""
    vocabulary.check("own_choice", new.choice, field="choice")
    if new.on > today():
        raise Invalid(Problem("on", FUTURE))
    record_id = sealing.new_record("own_choice", listed_for=readers)
    sealing.seal(record_id, CHOICE, Reasons(new.words.strip()), to=readers, owners=owners)
    row = Choice(record_id=record_id, person_id=person_id, on=new.on, choice=new.choice, by=sealing.actor.id)
    return Laid(record_id, lambda: row.save(force_insert=True))
