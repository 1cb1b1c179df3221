"""How is a point of the team meeting said, and what is it about, for whoever may know it?"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from astra.accounts.selectors import work_names
from astra.cases import selectors as cases
from astra.hotline import selectors as hotline
from astra.hotline.rules import meeting as rules
from astra.hotline.rules.contacts import KIND
from astra.hotline.selectors import MeetingLine, MeetingPointLine
from astra.kernel.clock import today
from astra.kernel.words import msg
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vocabulary.naming import label

Row = dict[str, Any]  # Any: template variables
PLACES = {
    "case": ("cases:case", msg("Case")),
    "contact": ("hotline:contact", msg("Contact")),
    "conversation": ("hotline:conversation", msg("Conversation")),
    "person": ("people:person", msg("Person")),
}
STATES = {
    rules.FLAGGED: (msg("To be talked over"), ""),
    rules.DECIDED: (msg("To be done"), "attention"),
    rules.DONE: (msg("Done"), "good"),
    rules.DROPPED: (msg("No longer needed"), ""),
}


def point_rows(actor: Actor, points: Sequence[MeetingPointLine]) -> list[Row]:
    """Points with what they are about; a closed one is a line without a word."""
    names = _names(actor, [(one.subject_kind, one.subject_id) for one in points if one.subject_id])
    members = {who for one in points for who in (one.flagged_by, one.assigned_to) if who}
    staff = work_names(members)
    return [_row(one, names, staff) for one in points]


def _row(one: MeetingPointLine, names: dict[UUID, str], staff: dict[UUID, str]) -> Row:
    if not one.is_open_to_her:
        return {"id": one.id, "is_open": False}
    page, what = PLACES.get(one.subject_kind, ("", ""))
    state, tone = STATES[one.state]
    return {
        "id": one.id,
        "is_open": True,
        "state": gettext(state),
        "tone": tone,
        "why": one.why,
        "decision": one.decision,
        "url": reverse(page, args=[one.subject_id]) if page and one.subject_id else "",
        "about": names.get(one.subject_id, "") or gettext(what) if one.subject_id and what else "",
        "by": staff.get(one.flagged_by, "") if one.flagged_by else "",
        "at": one.flagged_at,
        "carried": one.carried,
        "who": staff.get(one.assigned_to, "") if one.assigned_to else "",
        "due_on": one.due_on,
        "is_late": one.state == rules.DECIDED and one.due_on is not None and one.due_on < today(),
        "may_finish": one.state == rules.DECIDED and one.task_id is None,
        "is_task": one.task_id is not None,
        "is_flagged": one.state == rules.FLAGGED,
    }


def _names(actor: Actor, subjects: Sequence[tuple[str, UUID]]) -> dict[UUID, str]:
    """What each record is called, each asked of its own room."""
    of: dict[str, list[UUID]] = {}
    for kind, subject in subjects:
        of.setdefault(kind, []).append(subject)
    names = people.display_names(actor, of.get("person", [])) if "person" in of else {}
    if "case" in of and actor.has_desk("cases"):
        lines = cases.find_lines(actor, of["case"])
        names |= {line.id: " ".join(part for part in (line.number, line.title) if part) for line in lines}
    if "contact" in of:
        contacts = hotline.lines(actor, of["contact"])
        names |= {line.id: label(KIND, line.coded.kind) for line in contacts}
    return names


def subject_shown(actor: Actor, asked: str) -> Row | None:
    """The record that somebody is about to bring before the team, if she may know of it."""
    try:
        found = UUID(asked) if asked else None
    except ValueError:
        return None
    if found is None or not vault.can_reach(actor, found):
        return None
    kind = vault.kinds_of([found]).get(found, "")
    if kind not in PLACES:
        return None
    page, what = PLACES[kind]
    name = _names(actor, [(kind, found)]).get(found, "")
    return {"id": found, "kind": kind, "name": name or gettext(what), "url": reverse(page, args=[found])}


def meeting_row(line: MeetingLine) -> Row:
    """One meeting."""
    names = work_names(set(line.present))
    return {
        "id": line.id,
        "held_on": line.held_on,
        "who": sorted(names.values()),
        "is_closed": line.closed_at is not None,
        "decided": line.decided,
    }
