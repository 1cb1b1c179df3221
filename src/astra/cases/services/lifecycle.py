"""Which step does a file take? Every step goes through the one table; closing needs an outcome."""

from uuid import UUID

from astra import vocabulary
from astra.cases.models import Case
from astra.cases.rules import lifecycle as rules
from astra.cases.rules.tiers import TEAM
from astra.cases.sections import CLOSING, Closing
from astra.cases.selectors.access import get_case
from astra.cases.services.tasks import end_all
from astra.cases.services.timeline import entry
from astra.cases.services.writing import Writing
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, NotAllowedNow
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

SOMEBODY_WAS_FASTER = msg("Somebody else has moved this case on meanwhile. Look at it again before you do.")
USE_CLOSING = msg("A case is closed with its outcome.")


def step(*, actor: Actor, case_id: UUID, verb: str) -> None:
    """Do one step of a file's life that needs no words: put on hold, follow up, resume, reopen."""
    case = get_case(actor, case_id)
    target = rules.CASE.check(case.state, verb)
    if verb in rules.CLOSING_VERBS:
        raise NotAllowedNow(USE_CLOSING)
    line = entry(actor, case_id, rules.EVENTS[verb], code=verb)
    with Writing(actor, case).transaction(rules.audit_verb(verb), lines=[line]):
        _move(case, target, closed_on=None, outcome="")


def close_case(*, actor: Actor, case_id: UUID, outcome: str, words: str = "") -> None:
    """Close a file with its outcome; open tasks end with it, the words say what was reached and what stays open."""
    case = get_case(actor, case_id)
    verb = rules.closing_verb(outcome)
    target = rules.check_closing(case.state, verb, outcome)
    vocabulary.check("close_outcome", outcome, field="outcome")
    writing = Writing(actor, case)
    if words.strip():
        known = vault.find_section(actor, case_id, CLOSING)
        writing.sealing.write(
            case_id,
            CLOSING,
            Closing(words),
            to=[writing.circle(TEAM)],
            owners=writing.owners,
            revision=known.revision if known else None,
        )
    line = entry(actor, case_id, rules.EVENTS[verb], code=outcome)
    with writing.transaction(rules.audit_verb(verb), lines=[line], detail={"outcome": outcome}):
        _move(case, target, closed_on=today(), outcome=outcome)
        end_all(case, actor, rules.DROPPED)


def _move(case: Case, target: str, **facts: object) -> None:
    if not Case.objects.filter(pk=case.pk, state=case.state).update(state=target, **facts):
        raise Conflict(SOMEBODY_WAS_FASTER)
