"""Who is out, and who has not given a sign? Within a file, and over all files that the actor reaches."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.accounts import selectors as accounts
from astra.assistance.models import FieldAction
from astra.assistance.rules.field import is_silent
from astra.assistance.rules.lifecycles import FIELD_ACTION, OUT, PLANNED
from astra.assistance.sections import FIELD, FieldWords
from astra.cases.selectors import get_case
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor


@dataclass(frozen=True)
class FieldLine:
    """One field action as this actor sees it."""

    id: UUID
    case_id: UUID
    state: str
    going: UUID
    going_name: str
    risk: str
    begins_at: datetime
    back_by: datetime
    next_sign_at: datetime
    signs: int
    is_silent: bool
    verbs: tuple[str, ...]
    words: FieldWords


def field_actions_of(actor: Actor, case_id: UUID) -> list[FieldLine]:
    """The field actions of a file that the actor reaches, newest first."""
    get_case(actor, case_id)
    return _lines(actor, list(FieldAction.objects.filter(case=case_id).order_by("-begins_at")))


def field_action(actor: Actor, action_id: UUID) -> FieldLine:
    """One field action, or `NotFound`."""
    vault.check_reach(actor, action_id)
    found = _lines(actor, list(FieldAction.objects.filter(pk=action_id)))
    if not found:
        raise NotFound
    get_case(actor, found[0].case_id)
    return found[0]


def out_now(actor: Actor) -> list[FieldLine]:
    """Who is out now or is to set out, over all files that the actor reaches, the silent first."""
    if not actor.has_desk("cases"):
        return []
    rows = list(FieldAction.objects.filter(state__in=(OUT, PLANNED)).order_by("next_sign_at")[:200])
    return sorted(_lines(actor, rows), key=lambda line: not line.is_silent)


def alarms(actor: Actor) -> list[FieldLine]:
    """Colleagues who have not given their sign; no words are opened for it."""
    if not actor.has_desk("cases"):
        return []
    rows = [row for row in FieldAction.objects.filter(state=OUT) if is_silent(row.next_sign_at, now())]
    return _lines(actor, rows, with_words=False)


def _lines(actor: Actor, rows: list[FieldAction], *, with_words: bool = True) -> list[FieldLine]:
    reached = vault.reachable_among(actor, [row.pk for row in rows]) if rows else set()
    rows = [row for row in rows if row.pk in reached]
    words = vault.open_sections(actor, [row.pk for row in rows], FIELD) if rows and with_words else {}
    names = accounts.work_names({row.going_id for row in rows})
    at = now()
    return [
        FieldLine(
            id=row.pk,
            case_id=row.case_id,
            state=row.state,
            going=row.going_id,
            going_name=names.get(row.going_id, ""),
            risk=row.risk,
            begins_at=row.begins_at,
            back_by=row.back_by,
            next_sign_at=row.next_sign_at,
            signs=row.signs,
            is_silent=row.state == OUT and is_silent(row.next_sign_at, at),
            verbs=FIELD_ACTION.verbs_from(row.state),
            words=words[row.pk].content if row.pk in words else FieldWords(),
        )
        for row in rows
    ]
