"""When does a term end, who watches it, and was it met? By law from the day of the event, or a day of our own."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from astra import vocabulary
from astra.cases.services import TierFiling
from astra.justice.models import Proceeding, Term
from astra.justice.rules import lifecycles as life
from astra.justice.rules import terms as rules
from astra.justice.sections import TERM, TermWords
from astra.justice.selectors.access import get_part
from astra.justice.services.moments import noon
from astra.justice.services.proceedings import SOMEBODY_WAS_FASTER, check_past
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Invalid, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

EVENT_NEEDED = msg("Write the day from which this term runs: of delivery, or of the event.")
DAY_NEEDED = msg("Write the last day: no law sets it for this kind.")
PROOF_NEEDED = msg("Write how it is proved: number, stamp, return receipt.")


def add_term(
    *,
    actor: Actor,
    case_id: UUID,
    tier: str,
    code: str,
    words: TermWords,
    event_on: date | None = None,
    due_on: date | None = None,
    proceeding_id: UUID | None = None,
    assigned: UUID | None = None,
) -> UUID:
    """Watch a term: counted by the law's rule where there is one, unless a day was written, which then counts."""
    vocabulary.check("term_kind", code, field="code")
    if proceeding_id is not None:
        proceeding = get_part(actor, Proceeding, proceeding_id)
        case_id, tier = proceeding.case_id, proceeding.tier
    due = _due(code, event_on, due_on)
    filing = TierFiling(actor, case_id, tier)
    record_id = filing.seal("justice_term", TERM, words)
    filing.line("legal_term", record_id, code=code, happened_at=noon(today()))
    task_id = filing.task("legal_term", due_on=due, title=words.title, assigned=assigned)
    with filing.transaction("justice.term_set", detail={"kind": code}):
        Term.objects.create(
            record_id=record_id,
            case_id=case_id,
            tier=tier,
            proceeding_id=proceeding_id,
            code=code,
            event_on=event_on,
            due_on=due,
            task_id=task_id,
        )
    return record_id


def _due(code: str, event_on: date | None, due_on: date | None) -> date:
    if due_on is not None:
        return due_on
    by_law = rules.terms().get(code)
    if by_law is None:
        raise Invalid(Problem("due_on", DAY_NEEDED))
    if event_on is None:
        raise Invalid(Problem("event_on", EVENT_NEEDED))
    return rules.end_of(by_law, event_on)


def end_term(*, actor: Actor, term_id: UUID, verb: str, day: date, proof: str = "") -> None:
    """A term was met, with its proof; or missed; or it is no longer needed."""
    term = get_part(actor, Term, term_id)
    target = life.TERM.check(term.state, verb)
    check_past("day", day)
    if target == life.MET and not proof.strip():
        raise Invalid(Problem("proof", PROOF_NEEDED))
    filing = TierFiling(actor, term.case_id, term.tier)
    filing.touch(term_id)
    if proof.strip():
        opened = vault.open_section(actor, term_id, TERM)
        filing.revise(term_id, TERM, replace(opened.content, proof=proof), revision=opened.revision)
    filing.line("legal_term", term_id, code=term.code, happened_at=noon(day))
    filing.end_task(term.task_id, "done" if target == life.MET else "dropped")
    with filing.transaction("justice.term_ended", detail={"kind": verb}):
        if not Term.objects.filter(pk=term_id, state=term.state).update(state=target, done_on=day):
            raise Conflict(SOMEBODY_WAS_FASTER)
