"""How does somebody get her file to take along? Prepared in one visit, checked in another, handed over once.

Nothing is copied until it is handed over: what was prepared is a sealed list of parts with their imprint, so that
exactly what was checked is handed over, or nothing.
"""

from collections.abc import Collection
from uuid import UUID

from astra.cases.rules.lifecycle import DONE, DROPPED, is_living
from astra.cases.rules.tiers import TEAM
from astra.cases.services import TierFiling
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, NotAllowedNow
from astra.rights.models import TakenFile
from astra.rights.rules import taking as rules
from astra.rights.sections import TAKEN, Taken
from astra.rights.selectors.access import check_client, get_row
from astra.rights.selectors.taking import OwnParts, Prepared, imprint, own_parts, prepared
from astra.vault.actor import Actor


def prepare_file(
    *, actor: Actor, case_id: UUID, person_id: UUID, left_out: Collection[str] = (), checker: UUID | None = None
) -> UUID:
    """List what somebody takes along; `left_out` names parts that speak of others in their words.

    A task asks the `checker` to look at it today.
    """
    check_client(actor, case_id, person_id)
    if TakenFile.objects.filter(person=person_id, state__in=rules.LIVING).exists():
        raise NotAllowedNow(rules.ONE_AT_A_TIME)
    parts = own_parts(actor, person_id).without(left_out)
    if not parts.hers:
        raise NotAllowedNow(rules.NOTHING_TO_TAKE)
    listed = Taken(tuple(one.part for one in parts.hers), tuple(one.part for one in parts.apart), imprint(parts.hers))
    filing = TierFiling(actor, case_id, TEAM)
    taken_id = filing.seal("taken_file", TAKEN, listed, owners=[person_id])
    task_id = filing.task("check_own_file", due_on=today(), assigned=checker) if is_living(filing.case.state) else None
    with filing.transaction("rights.file_prepared", detail={"parts": len(parts.hers), "apart": len(parts.apart)}):
        TakenFile.objects.create(
            record_id=taken_id,
            person_id=person_id,
            case_id=case_id,
            prepared_by=actor.id,
            prepared_at=now(),
            task_id=task_id,
        )
    return taken_id


def check_file(*, actor: Actor, taken_id: UUID) -> None:
    """Say as a second colleague that it may be handed over as it is."""
    found = _same(actor, taken_id)
    rules.check_second(found.row.prepared_by, actor.id)
    _step(actor, found.row, "check", checked_by=actor.id, checked_at=now())


def drop_file(*, actor: Actor, taken_id: UUID) -> None:
    """Put it aside; it may be prepared anew."""
    _step(actor, get_row(actor, TakenFile, taken_id), "drop")


def hand_file_over(*, actor: Actor, taken_id: UUID, is_in_person: bool) -> OwnParts:
    """Return what is handed over, this once; afterwards nothing of it is left but the line in the file."""
    rules.check_handing(is_in_person=is_in_person)
    found = _same(actor, taken_id)
    _step(actor, found.row, "hand_over", handed_at=now())
    return found.parts


def _same(actor: Actor, taken_id: UUID) -> Prepared:
    found = prepared(actor, taken_id)
    if not found.is_whole:
        raise NotAllowedNow(rules.NOT_ALL_OPENS)
    if not found.is_same:
        raise Conflict(rules.CHANGED_SINCE)
    return found


VERBS = {"check": "rights.file_checked", "drop": "rights.file_dropped", "hand_over": "rights.file_handed"}
"""What stands on the log for each step."""


def _step(actor: Actor, row: TakenFile, verb: str, **more: object) -> None:
    target = rules.TAKEN_FILE.check(row.state, verb)
    filing = TierFiling(actor, row.case_id, TEAM)
    filing.touch(row.pk)
    filing.end_task(row.task_id, DONE if target == rules.CHECKED else DROPPED)
    if target == rules.HANDED:
        filing.line("file_taken", row.pk)
    with filing.transaction(VERBS[verb]):
        if not TakenFile.objects.filter(pk=row.pk, state=row.state).update(state=target, **more):
            raise Conflict(rules.CHANGED_SINCE)
