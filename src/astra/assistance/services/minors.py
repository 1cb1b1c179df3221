"""How is the protection of a child without parents here written down? Doubt about age counts for the child."""

from datetime import date
from uuid import UUID

from astra import vocabulary
from astra.assistance.models import ChildEntry
from astra.assistance.rules import minors as rules
from astra.assistance.rules.childhood import UNASSESSED
from astra.assistance.services.clients import whose
from astra.assistance.work_sections import CHILD, ChildWords
from astra.cases.selectors import get_case
from astra.cases.services import Filing
from astra.kernel.clock import today
from astra.kernel.errors import NotFound
from astra.vault.actor import Actor


def note_child_entry(
    *,
    actor: Actor,
    case_id: UUID,
    kind: str,
    code: str,
    on: date,
    words: ChildWords,
    until: date | None = None,
    is_tracing_safe: bool = False,
    is_tracing_wanted: bool = False,
    person_id: UUID | None = None,
) -> UUID:
    """Write down one step; a family is traced only where the latest decision says that it is safe and wanted."""
    case = get_case(actor, case_id)
    person = whose(case_id, person_id)
    if kind not in rules.KINDS:
        raise NotFound
    vocabulary.check(rules.CODES[kind], code, field="code")
    rules.check_entry(
        kind,
        on=on,
        until=until,
        who=words.who,
        child_said=words.child_said,
        has_age_result=code != UNASSESSED,
        today=today(),
    )
    is_decision = kind == rules.BEST_INTEREST
    if kind == rules.TRACING and code != "stopped":
        latest = latest_decision(case_id, person)
        rules.check_tracing(
            is_safe=latest is not None and latest.is_tracing_safe,
            is_wanted=latest is not None and latest.is_tracing_wanted,
        )
    filing = Filing(actor, case)
    record_id = filing.seal("child_entry", CHILD, words, owners=[person])
    filing.line("child_protection", subject=record_id, code=kind)
    if kind == rules.GUARDIAN and until is not None and until >= today():
        filing.task("guardian_ends", until)
    with filing.transaction("assistance.note_child_entry"):
        ChildEntry.objects.create(
            record_id=record_id,
            case=case,
            person_id=person,
            kind=kind,
            code=code,
            on=on,
            until=until,
            is_tracing_safe=is_decision and is_tracing_safe,
            is_tracing_wanted=is_decision and is_tracing_wanted,
        )
    return record_id


def latest_decision(case_id: UUID, person_id: UUID) -> ChildEntry | None:
    """The best-interest decision that counts now: of the latest day, and of those the one written last."""
    rows = ChildEntry.objects.filter(case=case_id, person=person_id, kind=rules.BEST_INTEREST)
    return rows.order_by("-on", "-record__created_at").first()
