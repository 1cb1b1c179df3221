"""How does a file look? Codes become words in the reader's language, records become the parts of a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from astra import vocabulary
from astra.accounts.selectors import work_name
from astra.cases.rules.tiers import TEAM
from astra.cases.selectors import CaseFacts, CaseLine, Line, TaskLine
from astra.cases.selectors.timeline import CASE, CONTACT, DOCUMENT_, NOTE
from astra.vocabulary.naming import day, label

LONG, SHORT = 700, 500
ICONS = {
    "contact": "phone",
    "attempt": "phone-off",
    "meeting": "person",
    "interview": "person",
    "field_visit": "home",
    "case_opened": "case",
    "case_closed": "check",
    "hand_over": "handover",
    "team_joined": "people",
    "team_left": "people",
    "person_added": "person",
    "person_removed": "person",
    "document_added": "document",
    "document_blacked": "document",
    "task_done": "task",
    "legal_hold": "lock",
    "ground_changed": "consent",
    "risk_assessed": "warning",
    "incident": "warning",
    "medical": "health",
    "hearing": "court",
    "judgment": "court",
}
GROUP_ICONS = {"contact": "note", "case": "case", "consent": "consent", "law": "court", "protection": "shield"}
TONES = {"case_closed": "good", "legal_hold": "plum", "incident": "danger", "risk_assessed": "attention"}
RISK_TONES = {"low": "", "raised": "attention", "high": "danger", "immediate": "danger"}
STATE_TONES = {"active": "info", "on_hold": "attention", "follow_up": "plum", "closed": "", "closed_referred": ""}
URGENCY_TONES = {"overdue": "danger", "today": "attention", "soon": "info", "later": "", "undated": ""}
DETAILS = {
    "case_closed": "close_outcome",
    "ground_changed": "case_ground",
    "risk_assessed": "risk_level",
    "document_added": "document_kind",
    "document_blacked": "document_kind",
    "task_done": "task_kind",
    "person_added": "case_role",
    # of assistance
    "service_given": "service_type",
    "attempt": "attempt_result",
    "plan_made": "plan_agreement",
    "plan_reviewed": "plan_agreement",
    "goal_reached": "life_domain",
    "outcome_rated": "rated_by",
    "job_application": "application_answer",
    "job_began": "workplace_check",
    "job_ended": "placement_end",
    "retention_asked": "retention_answer",
    "enrolled": "schooling_kind",
    "schooling_ended": "schooling_end",
    "exam": "exam_result",
    "receipt": "receipt_kind",
    # of rights
    "own_request": "own_request_kind",
    "story_printed": "consent_recipient",
    "parent_asked": "guardianship",
    "parent_decided": "parent_access_outcome",
}
"""In which list the coded detail of a line stands."""

PAGES_OF_LATER_ROOMS = {
    "field_action_planned": "assistance:field_action",
    "field_action_ended": "assistance:field_action",
    "field_alarm": "assistance:field_action",
    "job_application": "assistance:entry",
    "job_began": "assistance:entry",
    "job_ended": "assistance:entry",
    "retention_asked": "assistance:entry",
    "enrolled": "assistance:entry",
    "schooling_ended": "assistance:entry",
    "exam": "assistance:entry",
    "child_protection": "assistance:entry",
    "receipt": "assistance:entry",
    # --- justice ---
    **dict.fromkeys(
        (
            "proceeding",
            "hearing",
            "judgment",
            "compensation",
            "protective_measure",
            "secondary_harm",
            "legal_term",
            "special_right",
            "suspect",
            "letter",
            "demand",
        ),
        "justice:record",
    ),
    "own_words": "rights:request",
    "own_request": "rights:request",
    "story_written": "rights:story",
    "story_approved": "rights:story",
    "story_printed": "rights:story",
    "parent_asked": "rights:parent",
    "parent_decided": "rights:parent",
}
"""Which page of a later room shows the record of a line; rooms name each other by address name only."""


@dataclass(frozen=True)
class Tag:
    """A state in a word and a shape."""

    text: str
    tone: str = ""


def state_tag(state: str) -> Tag:
    """How far a file is."""
    return Tag(label("case_status", state), STATE_TONES.get(state, ""))


def head_tags(facts: CaseFacts) -> list[Tag]:
    """What must be seen at once on every page of a file."""
    found = [state_tag(facts.state)]
    if facts.risk:
        found.append(Tag(label("risk_level", facts.risk), RISK_TONES.get(facts.risk, "")))
    if vocabulary.codes("case_ground").fact(facts.ground, "needs_review"):
        found.append(Tag(label("case_ground", facts.ground), "attention"))
    if facts.held_on:
        found.append(Tag(_("Legal hold"), "plum"))
    return found


@dataclass(frozen=True)
class Entry:
    """One line of a timeline, as the component draws it."""

    at: datetime
    icon: str
    title: str
    tone: str = ""
    url: str = ""
    who: str = ""
    text: str = ""
    tags: list[Tag] = field(default_factory=list)
    template: str = ""
    rest: str = ""


def entry_of(line: Line, case_id: UUID | None = None) -> Entry:
    """Draw one line; a line that is shown in a part of its file leads there."""
    is_long = len(line.told.text) > LONG
    text = f"{line.told.text[:SHORT].rsplit(' ', 1)[0]} …" if is_long else line.told.text
    return Entry(
        at=line.happened_at,
        icon=_icon(line.kind),
        title=_title(line),
        tone=TONES.get(line.kind, ""),
        url=_address(line, case_id),
        who=_who(line),
        text=text,
        tags=[Tag(label("case_tier", line.tier), "plum")] if line.tier != TEAM else [],
        template="cases/_long_text.html" if is_long else "",
        rest=line.told.text if is_long else "",
    )


def _icon(kind: str) -> str:
    known = vocabulary.codes("event_kind").entries.get(kind)
    return ICONS.get(kind) or GROUP_ICONS.get(known.group if known else "", "dot")


def _title(line: Line) -> str:
    kind = label("event_kind", line.kind)
    contact = line.told.contact
    if contact is not None:
        return f"{label('contact_kind', contact.coded.kind)} · {label('hotline_line', contact.coded.line)}"
    if line.told.what == NOTE and line.told.title:
        return f"{kind}: {line.told.title}"
    detail = _detail(line)
    return f"{kind}: {detail}" if detail else kind


def _detail(line: Line) -> str:
    if line.kind in ("team_joined", "team_left", "hand_over"):
        return work_name(UUID(line.code)) if line.code else ""
    if line.kind == "legal_hold":
        return _("set") if line.code == "set" else _("lifted")
    coded = label(DETAILS[line.kind], line.code) if line.kind in DETAILS else ""
    return ", ".join(part for part in (line.told.title, coded) if part)


PLACES = {"screening": "cases:screening"}
"""Where lines of other kinds lead, by their record."""

PARTS = {
    "own_assessment": "cases:identification",
    "formal_decision": "cases:identification",
    "own_choice": "cases:identification",
    "risk_assessed": "cases:identification",
    "needs_assessed": "assistance:case",
    "plan_made": "assistance:case",
    "plan_reviewed": "assistance:case",
    "goal_reached": "assistance:case",
    "service_given": "assistance:case",
    "accommodation": "assistance:case",
    "interpreter": "assistance:case",
    "referral_sent": "assistance:case",
    "referral_answered": "assistance:case",
    "referral_recalled": "assistance:case",
    "outcome_rated": "assistance:case",
    "welfare_weighed": "assistance:case",
    "aftercare_began": "assistance:case",
}
"""Lines whose words stand on a part of the same file."""


TASK_PLACES = {
    "retention_check": "assistance:work",
    "exam": "assistance:school",
    "referral_follow_up": "assistance:case",
}
"""Tasks that have an answer, and the part of the file in which it is written down."""


def answered_at(kind: str, case_id: UUID) -> str:
    """Where the answer to a task is written down; blank for a task without one."""
    return reverse(TASK_PLACES[kind], args=[case_id]) if kind in TASK_PLACES else ""


def _address(line: Line, case_id: UUID | None) -> str:
    if line.kind in PARTS and case_id is not None and line.told.what != NOTE:
        return reverse(PARTS[line.kind], args=[case_id])
    if line.subject_id is None:
        return ""
    if line.kind in PLACES:
        return reverse(PLACES[line.kind], args=[line.subject_id])
    names = {NOTE: "cases:note", DOCUMENT_: "cases:document", CASE: "cases:case", CONTACT: "hotline:contact"}
    name = names.get(line.told.what) or PAGES_OF_LATER_ROOMS.get(line.kind)
    return reverse(name, args=[line.subject_id]) if name else ""


def _who(line: Line) -> str:
    contact = line.told.contact
    if contact is not None:
        return work_name(contact.counsellor_id) or line.by_name
    return line.by_name


def task_rows(tasks: Iterable[TaskLine], *, with_case: bool = False) -> list[dict[str, Any]]:
    """Tasks as the task list draws them."""
    rows = []
    for task in tasks:
        kind = label("task_kind", task.kind)
        hints = [task.assigned_name, label("case_tier", task.tier) if task.tier != TEAM else ""]
        hints += [task.case_number, task.case_title] if with_case else []
        rows.append(
            {
                "id": task.id,
                "title": f"{kind}: {task.title}" if task.title else kind,
                "url": reverse("cases:task", args=[task.id]),
                "hint": " · ".join(part for part in hints if part),
                "due": day(task.due_on),
                "status": urgency_tag(task),
            }
        )
    return rows


def urgency_tag(task: TaskLine) -> Tag | None:
    """How urgent a task is; nothing where there is time."""
    words = {"overdue": _("Overdue"), "today": _("Today"), "soon": _("This week")}
    word = words.get(task.urgency)
    return Tag(word, URGENCY_TONES[task.urgency]) if word else None


def case_rows(lines: Iterable[CaseLine]) -> list[dict[str, Any]]:
    """Files as a list shows them."""
    return [
        {
            "line": line,
            "url": reverse("cases:case", args=[line.id]),
            "kind": label("case_kind", line.kind),
            "state": state_tag(line.state),
            "ground": _ground_tag(line.ground),
            "risk": Tag(label("risk_level", line.risk), RISK_TONES.get(line.risk, "")) if line.risk else None,
        }
        for line in lines
    ]


def _ground_tag(ground: str) -> Tag:
    needs = vocabulary.codes("case_ground").fact(ground, "needs_review")
    return Tag(label("case_ground", ground), "attention" if needs else "")


def summary_rows(*pairs: tuple[str, Any]) -> list[dict[str, Any]]:
    """Facts for a summary list, blank ones left out."""
    return [{"key": key, "value": value} for key, value in pairs if value]
