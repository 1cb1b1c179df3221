"""What is told of a whole file? Its summary, its ground, what its group has in common, and the coded facts."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from astra import vocabulary
from astra.cases.models import Case, CaseLink, Task
from astra.cases.rules import grounds
from astra.cases.rules.lifecycle import DONE, TO_DO, is_living
from astra.cases.rules.tiers import TEAM
from astra.cases.sections import COMMON, GROUND, SUMMARY, Common, GroundWords, Summary
from astra.cases.selectors.access import get_case, tier_circles
from astra.cases.services.timeline import entry
from astra.cases.services.writing import Writing
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED


def revise_summary(*, actor: Actor, case_id: UUID, title: str, story: str, revision: int) -> None:
    """Write the title and the story anew; `revision` is what the writer saw."""
    case = get_case(actor, case_id)
    writing = Writing(actor, case)
    writing.sealing.revise(case_id, SUMMARY, Summary(title, story), revision=revision)
    with writing.transaction("cases.revise_summary"):
        pass


def revise_common(*, actor: Actor, case_id: UUID, common: Common, revision: int | None) -> None:
    """Write anew what the files of a group share; every one of them shows it."""
    case = get_case(actor, case_id)
    if revision is None and vault.find_section(actor, case_id, COMMON) is not None:
        raise Conflict(SOMEBODY_SAVED)
    writing = Writing(actor, case)
    linked = list(CaseLink.objects.filter(group=case_id).values_list("case", flat=True))
    readers = [writing.circle(TEAM), *(circles[TEAM] for circles in tier_circles(linked).values())]
    writing.sealing.write(case_id, COMMON, common, to=readers, owners=writing.owners, revision=revision)
    with writing.transaction("cases.revise_common"):
        pass


def record_ground(*, actor: Actor, case_id: UUID, ground: str, on: date | None = None, words: str = "") -> None:
    """Say on what ground the file exists from a day on; what had to be asked is asked, or asked again later."""
    case = get_case(actor, case_id)
    vocabulary.check("case_ground", ground, field="ground")
    on = on or today()
    writing = Writing(actor, case)
    if words:
        known = vault.find_section(actor, case_id, GROUND)
        writing.sealing.write(
            case_id,
            GROUND,
            GroundWords(words),
            to=[writing.circle(TEAM)],
            owners=writing.owners,
            revision=known.revision if known else None,
        )
    task = _asking(writing, case, ground, on)
    line = entry(actor, case_id, "ground_changed", code=ground)
    with writing.transaction("cases.record_ground", lines=[line], detail={"ground": ground}):
        asked = Task.objects.filter(case=case_id, state=TO_DO, kind__in=(grounds.ASK_CONSENT, grounds.GROUND_REVIEW))
        asked.update(state=DONE, ended_at=now(), ended_by=actor.id)
        if task is not None:
            task.save(force_insert=True)
        Case.objects.filter(pk=case_id).update(ground=ground, ground_on=on)


def _asking(writing: Writing, case: Case, ground: str, on: date) -> Task | None:
    asked = grounds.asking(ground, on)
    if asked is None or not is_living(case.state):
        return None
    kind, due_on = asked
    task_id = writing.new_record("case_task", TEAM)
    return Task(record_id=task_id, case=case, kind=kind, due_on=due_on, assigned_id=case.lead_id)


def set_facts(
    *, actor: Actor, case_id: UUID, kind: str, risk: str, forms: Iterable[str], countries: Iterable[str]
) -> None:
    """Set the coded facts that deadlines and figures are made from; blank is not known."""
    case = get_case(actor, case_id)
    facts = {"forms": sorted(set(forms)), "countries": sorted(set(countries))}
    check_facts(kind, risk, facts["forms"], facts["countries"])
    lines = [entry(actor, case_id, "risk_assessed", code=risk)] if risk and risk != case.risk else []
    with Writing(actor, case).transaction("cases.set_facts", lines=lines, detail={"risk": risk, "kind": kind}):
        Case.objects.filter(pk=case_id).update(kind=kind, risk=risk, **facts)


def check_facts(kind: str, risk: str, forms: Iterable[str], countries: Iterable[str]) -> None:
    """Raise `Invalid` unless every code stands in its list."""
    vocabulary.check("case_kind", kind, field="kind")
    if risk:
        vocabulary.check("risk_level", risk, field="risk")
    for form in forms:
        vocabulary.check("forms_of_exploitation", form, field="forms")
    for country in countries:
        vocabulary.check("country", country, field="countries")
