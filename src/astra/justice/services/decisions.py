"""What was decided, at which instance, with which penalties, and who appealed? The proceeding moves with it."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from astra import vocabulary
from astra.cases.services import TierFiling
from astra.justice.models import Decision, Penalty, Proceeding
from astra.justice.rules import lifecycles as life
from astra.justice.sections import DECISION, DecisionWords
from astra.justice.selectors.access import get_part
from astra.justice.services.moments import noon
from astra.justice.services.proceedings import check_past, move_proceeding
from astra.kernel.errors import Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor

FIRST = "first"
ALREADY_APPEALED = msg("An appeal against this decision is recorded already.")
ALREADY_FINAL = msg("This decision is final.")
TIME_OR_FINE = msg("Write the years, the months or the amount of this penalty.")
TWELVE_MONTHS = msg("Twelve months are a year: write 0 to 11 months.")
CURRENCY_NEEDED = msg("Say in which currency.")


def add_decision(
    *,
    actor: Actor,
    proceeding_id: UUID,
    instance: str,
    outcome: str,
    decided_on: date,
    words: DecisionWords,
    received_on: date | None = None,
    is_plea: bool = False,
    is_final: bool = False,
) -> UUID:
    """Record a decision; the proceeding is then decided, sent back or final, as far as its state allows."""
    proceeding = get_part(actor, Proceeding, proceeding_id)
    vocabulary.check("instance", instance, field="instance")
    vocabulary.check("decision_outcome", outcome, field="outcome")
    check_past("decided_on", decided_on, after=proceeding.begun_on)
    if received_on is not None:
        check_past("received_on", received_on, after=decided_on)
    filing = TierFiling(actor, proceeding.case_id, proceeding.tier)
    record_id = filing.seal("justice_decision", DECISION, words)
    filing.line("judgment", record_id, code=outcome, happened_at=noon(decided_on))
    with filing.transaction("justice.decided", detail={"kind": outcome}):
        Decision.objects.create(
            record_id=record_id,
            case_id=proceeding.case_id,
            tier=proceeding.tier,
            proceeding=proceeding,
            instance=instance,
            outcome=outcome,
            is_plea=is_plea,
            decided_on=decided_on,
            received_on=received_on,
            final_on=decided_on if is_final else None,
        )
        target = _state_after(proceeding.state, instance, outcome, is_final=is_final)
        if target != proceeding.state:
            move_proceeding(proceeding, target, decided_on)
    return record_id


def _state_after(state: str, instance: str, outcome: str, *, is_final: bool) -> str:
    """Where a decision leaves the proceeding: what its table does not allow leaves it as it was."""
    verbs = ["judge"] if instance == FIRST else ["send_back"] if outcome == "sent_back" else []
    if is_final:
        verbs.append("become_final")
    for verb in verbs:
        if life.PROCEEDING.can(state, verb):
            state = life.PROCEEDING.check(state, verb)
    return state


def appeal(*, actor: Actor, decision_id: UUID, day: date, appealed_by: str) -> None:
    """Somebody appealed against a decision."""
    decision = get_part(actor, Decision, decision_id)
    vocabulary.check("appealed_by", appealed_by, field="appealed_by")
    if decision.appealed_on is not None:
        raise NotAllowedNow(ALREADY_APPEALED)
    if decision.final_on is not None:
        raise NotAllowedNow(ALREADY_FINAL)
    check_past("day", day, after=decision.decided_on)
    filing = TierFiling(actor, decision.case_id, decision.tier)
    filing.touch(decision_id)
    filing.line("proceeding", decision.proceeding_id, code="appeal", happened_at=noon(day))
    with filing.transaction("justice.appealed", detail={"kind": appealed_by}):
        Decision.objects.filter(pk=decision_id).update(appealed_on=day, appealed_by=appealed_by)
        if life.PROCEEDING.can(decision.proceeding.state, "appeal"):
            move_proceeding(decision.proceeding, life.APPEALED, day)


def make_final(*, actor: Actor, decision_id: UUID, day: date) -> None:
    """A decision became final."""
    decision = get_part(actor, Decision, decision_id)
    if decision.final_on is not None:
        raise NotAllowedNow(ALREADY_FINAL)
    check_past("day", day, after=decision.decided_on)
    filing = TierFiling(actor, decision.case_id, decision.tier)
    filing.touch(decision_id)
    filing.line("proceeding", decision.proceeding_id, code="become_final", happened_at=noon(day))
    with filing.transaction("justice.became_final"):
        Decision.objects.filter(pk=decision_id).update(final_on=day)
        if life.PROCEEDING.can(decision.proceeding.state, "become_final"):
            move_proceeding(decision.proceeding, life.FINAL, day)


def add_penalty(
    *,
    actor: Actor,
    decision_id: UUID,
    accused: str,
    kind: str,
    years: int = 0,
    months: int = 0,
    fine: Decimal | None = None,
    currency: str = "",
) -> None:
    """What one accused was sentenced to: her or his part, never a name."""
    decision = get_part(actor, Decision, decision_id)
    vocabulary.check("role_in_process", accused, field="accused")
    vocabulary.check("penalty_kind", kind, field="kind")
    if months > 11:
        raise Invalid(Problem("months", TWELVE_MONTHS))
    if kind in ("prison", "house_arrest", "suspended", "fine") and not (years or months or fine):
        raise Invalid(Problem("years", TIME_OR_FINE))
    if fine is not None:
        if not currency:
            raise Invalid(Problem("currency", CURRENCY_NEEDED))
        vocabulary.check("currency", currency, field="currency")
    filing = TierFiling(actor, decision.case_id, decision.tier)
    filing.touch(decision_id)
    with filing.transaction("justice.penalty_recorded", detail={"kind": kind}):
        Penalty.objects.create(
            decision=decision,
            accused=accused,
            kind=kind,
            years=years,
            months=months,
            fine=fine,
            currency=currency if fine is not None else "",
        )
