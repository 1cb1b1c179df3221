"""Who goes out, and is she all right? Planned, signs given on the way, ended by coming back; silence raises an alarm.

The alarm is unattended work: it reads coded times only, and no key.
"""

from datetime import datetime
from uuid import UUID

from astra import vocabulary
from astra.assistance.models import FieldAction, GivenService
from astra.assistance.rules import field as rules
from astra.assistance.rules.lifecycles import ENDED, FIELD_ACTION, OUT, audit_verb
from astra.assistance.sections import FIELD, FieldWords
from astra.cases.rules.lifecycle import is_living
from astra.cases.rules.tiers import TEAM
from astra.cases.selectors import clients_of, get_case, tier_circles
from astra.cases.services import Filing
from astra.cases.services.tasks import check_sits_there
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, Invalid, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor, system
from astra.vault.services.sealing import SOMEBODY_SAVED

WHERE_TO = msg("Write where the way leads: without a place nobody can go and look.")
BATCH = 50


def plan_field_action(
    *,
    actor: Actor,
    case_id: UUID,
    going: UUID,
    begins_at: datetime,
    back_by: datetime,
    every_min: int,
    risk: str,
    words: FieldWords,
) -> UUID:
    """Plan a way to somebody: who goes, until when, how often she gives a sign, and what may be dangerous."""
    case = get_case(actor, case_id)
    vocabulary.check("risk_level", risk, field="risk")
    rules.check_plan(begins_at, back_by, every_min, at=now())
    if not words.place.strip():
        raise Invalid(Problem("place", WHERE_TO))
    check_sits_there(case_id, "team", going)
    filing = Filing(actor, case)
    record_id = filing.seal("field_action", FIELD, words)
    filing.line("field_action_planned", subject=record_id)
    with filing.transaction("assistance.plan_field_action", detail={"risk": risk}):
        FieldAction.objects.create(
            record_id=record_id,
            case=case,
            going_id=going,
            risk=risk,
            begins_at=begins_at,
            back_by=back_by,
            every_min=every_min,
            next_sign_at=begins_at,
        )
    return record_id


def step_field_action(*, actor: Actor, action_id: UUID, verb: str) -> None:
    """Set out, give a sign, come back, or call it off; coming back is a field action given to the client."""
    row = get_field_action(actor, action_id)
    target = FIELD_ACTION.check(row.state, verb)
    filing, at = Filing(actor, row.case), now()
    facts: dict[str, object] = {"state": target, "alarmed_at": None}
    if target == OUT:
        facts |= {"next_sign_at": rules.next_sign(at, row.back_by, row.every_min), "signs": row.signs + 1}
    else:
        facts["ended_at"] = at
    if target == ENDED:
        filing.line("field_action_ended", subject=action_id)
    with filing.transaction(audit_verb(verb), subject=action_id):
        if not FieldAction.objects.filter(pk=action_id, state=row.state, signs=row.signs).update(**facts):
            raise Conflict(SOMEBODY_SAVED)
        if target == ENDED:
            _count(row, at)


def raise_alarms() -> int:
    """Raise the alarm for every colleague who has not given her sign: a task for whoever leads, at once."""
    at, raised = now(), 0
    silent = FieldAction.objects.filter(state=OUT, alarmed_at=None, next_sign_at__lt=at - rules.GRACE)
    for row in silent.select_related("case").order_by("next_sign_at")[:BATCH]:
        raised += _raise(row, at)
    return raised


def _raise(row: FieldAction, at: datetime) -> bool:
    """A line and the mark always; a task as well while the file is open and somebody sits in its team."""
    filing, answering = Filing(system(), row.case), _who_answers(row)
    if answering is not None and is_living(row.case.state):
        filing.task("field_alarm", today(), assigned=answering)
    filing.line("field_alarm", subject=row.pk)
    with filing.transaction("assistance.field_alarm", subject=row.pk):
        still = FieldAction.objects.filter(pk=row.pk, state=OUT, alarmed_at=None, signs=row.signs)
        return bool(still.update(alarmed_at=at))


def _who_answers(row: FieldAction) -> UUID | None:
    """Whoever leads the file, unless she is the one who is silent or has left: then another colleague of its team."""
    circle = tier_circles([row.case_id]).get(row.case_id, {}).get(TEAM)
    team = vault.workers_in(circle) if circle else set()
    others = sorted(team - {row.going_id}, key=lambda one: (one != row.case.lead_id, one))
    return next(iter([*others, *team]), None)


def _count(row: FieldAction, at: datetime) -> None:
    """One field action for each client of the file: what the year's figure is made of."""
    begun = row.begins_at
    minutes = max(int((at - begun).total_seconds() // 60), 0)
    GivenService.objects.bulk_create(
        GivenService(
            case=row.case,
            person_id=person,
            kind="field_action",
            given_on=today(),
            provider=row.going_id,
            minutes=minutes,
        )
        for person in clients_of(row.case_id)
    )


def get_field_action(actor: Actor, action_id: UUID) -> FieldAction:
    """Return a field action that the actor may know of, or raise `NotFound`."""
    vault.check_reach(actor, action_id)
    row = FieldAction.objects.filter(pk=action_id).select_related("case").first()
    if row is None:
        raise NotFound
    get_case(actor, row.case_id)
    return row
