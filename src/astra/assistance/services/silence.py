"""What is done when somebody no longer answers? Attempts are written down; a welfare check only after its harm was."""

from datetime import date
from uuid import UUID

from astra import vocabulary
from astra.assistance.models import ContactAttempt, WelfareCheck
from astra.assistance.rules.days import told_on
from astra.assistance.rules.silence import Attempt, may_weigh, silence
from astra.assistance.sections import WELFARE, WelfareWords
from astra.cases.selectors import get_case
from astra.cases.services import Filing
from astra.kernel.clock import today
from astra.kernel.errors import Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor

WRITE_THE_HARM = msg("Write first what harm a visit could do: who lives there, who would learn of it.")
SHE_ANSWERS = msg("No attempt has failed so far. Write the attempts down first.")


def note_attempt(*, actor: Actor, case_id: UUID, way: str, result: str, on: date | None = None) -> None:
    """Write down a try to reach a client; reaching her ends the silence."""
    case = get_case(actor, case_id)
    day = told_on("on", on, today())
    vocabulary.check("attempt_way", way, field="way")
    vocabulary.check("attempt_result", result, field="result")
    filing = Filing(actor, case)
    filing.line("attempt", code=result)
    with filing.transaction("assistance.note_attempt", detail={"result": result}):
        ContactAttempt.objects.create(case=case, on=day, way=way, result=result, by=actor.id)


def weigh_welfare_check(*, actor: Actor, case_id: UUID, harm: str, reasons: str, is_wanted: bool) -> UUID:
    """Weigh a welfare check: its harm in words, then whether it is wanted; what is wanted becomes a task."""
    case = get_case(actor, case_id)
    if not harm.strip():
        raise Invalid(Problem("harm", WRITE_THE_HARM))
    rows = ContactAttempt.objects.filter(case=case).values_list("on", "result")
    if not may_weigh(silence(case.risk, [Attempt(*row) for row in rows], today())):
        raise NotAllowedNow(SHE_ANSWERS)
    filing = Filing(actor, case)
    record_id = filing.seal("welfare", WELFARE, WelfareWords(harm, reasons))
    filing.line("welfare_weighed", subject=record_id, code="wanted" if is_wanted else "not_wanted")
    if is_wanted:
        filing.task("check_safety", today())
    with filing.transaction("assistance.weigh_welfare_check", detail={"is_wanted": is_wanted}):
        WelfareCheck.objects.create(
            record_id=record_id, case=case, weighed_on=today(), is_wanted=is_wanted, by=actor.id
        )
    return record_id
