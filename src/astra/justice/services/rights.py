"""Which rights of a person who was trafficked were asked for, granted, until when, and renewed?"""

from datetime import date, timedelta
from uuid import UUID

from astra import vocabulary
from astra.cases.services import TierFiling
from astra.justice.models import Right
from astra.justice.rules import lifecycles as life
from astra.justice.sections import RIGHT, RightWords
from astra.justice.selectors.access import get_part
from astra.justice.services.moments import noon
from astra.justice.services.proceedings import SOMEBODY_WAS_FASTER, check_past
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Invalid, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor

RENEWED_DAYS_BEFORE = 60
"""A permit is renewed by a request made weeks before it ends (Law on Foreigners, from memory)."""
UNTIL_NEEDED = msg("Write until when it is valid; only non-punishment and documents have no end.")
ENDS_BEFORE = msg("It cannot end before it begins.")
ENDLESS = ("non_punishment", "identity_document", "permanent_residence", "asylum", "other")


def ask_right(*, actor: Actor, case_id: UUID, tier: str, kind: str, asked_on: date, words: RightWords) -> UUID:
    """A right was asked for."""
    return _ask(actor=actor, case_id=case_id, tier=tier, kind=kind, asked_on=asked_on, words=words)


def _ask(
    *,
    actor: Actor,
    case_id: UUID,
    tier: str,
    kind: str,
    asked_on: date,
    words: RightWords,
    renewed: Right | None = None,
) -> UUID:
    vocabulary.check("special_right", kind, field="kind")
    check_past("asked_on", asked_on)
    filing = TierFiling(actor, case_id, tier)
    record_id = filing.seal("justice_right", RIGHT, words)
    filing.line("special_right", record_id, code=kind, happened_at=noon(asked_on))
    if renewed is not None:
        filing.touch(renewed.pk)
        filing.end_task(renewed.task_id, "done")
    with filing.transaction("justice.right_asked", detail={"kind": kind}):
        if renewed is not None:
            _move(renewed, life.RENEWED)
        Right.objects.create(
            record_id=record_id, case_id=case_id, tier=tier, kind=kind, asked_on=asked_on, renews=renewed
        )
    return record_id


def renew_right(*, actor: Actor, right_id: UUID, day: date, remark: str = "") -> UUID:
    """Ask for a right again before it ends: a request of its own, which the old one leads to."""
    right = get_part(actor, Right, right_id)
    life.RIGHT.check(right.state, "renew")
    words = RightWords(remark)
    place = {"case_id": right.case_id, "tier": right.tier, "kind": right.kind}
    return _ask(actor=actor, asked_on=day, words=words, renewed=right, **place)


def grant_right(
    *, actor: Actor, right_id: UUID, day: date, valid_from: date | None = None, valid_until: date | None = None
) -> None:
    """A right was granted; before it ends, a task says that it is to be renewed."""
    right = get_part(actor, Right, right_id)
    target = life.RIGHT.check(right.state, "grant")
    check_past("day", day, after=right.asked_on)
    begins = valid_from or day
    if valid_until is None and right.kind not in ENDLESS:
        raise Invalid(Problem("valid_until", UNTIL_NEEDED))
    if valid_until is not None and valid_until < begins:
        raise Invalid(Problem("valid_until", ENDS_BEFORE))
    filing = TierFiling(actor, right.case_id, right.tier)
    filing.touch(right_id)
    filing.line("special_right", right_id, code=right.kind, happened_at=noon(day))
    task_id = None
    if valid_until is not None and valid_until >= today():
        due_on = max(today(), valid_until - timedelta(days=RENEWED_DAYS_BEFORE))
        task_id = filing.task("renew_right", due_on=due_on, title=f"{valid_until:%d.%m.%Y.}")
    with filing.transaction("justice.right_granted", detail={"kind": right.kind}):
        _move(right, target, answered_on=day, valid_from=begins, valid_until=valid_until, task_id=task_id)


def step_right(*, actor: Actor, right_id: UUID, verb: str, day: date) -> None:
    """A right was refused, asked for again, or has ended."""
    right = get_part(actor, Right, right_id)
    target = life.RIGHT.check(right.state, verb)
    check_past("day", day, after=right.asked_on)
    filing = TierFiling(actor, right.case_id, right.tier)
    filing.touch(right_id)
    filing.line("special_right", right_id, code=right.kind, happened_at=noon(day))
    filing.end_task(right.task_id, "dropped")
    changed: dict[str, object] = {"asked_on": day, "answered_on": None} if verb == "ask_again" else {"answered_on": day}
    if verb == "end":
        changed = {"valid_until": min(day, right.valid_until or day)}
    with filing.transaction("justice.right_moved", detail={"kind": verb}):
        _move(right, target, **changed)


def _move(right: Right, target: str, **changed: object) -> None:
    if not Right.objects.filter(pk=right.pk, state=right.state).update(state=target, **changed):
        raise Conflict(SOMEBODY_WAS_FASTER)
