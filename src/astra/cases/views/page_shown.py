"""What does the page of one file show, in which words and in which order?"""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from astra import vocabulary
from astra.cases.forms.editing import LinkForm, NoteForm
from astra.cases.rules.lifecycle import CLOSING_VERBS, VERB_NAMES
from astra.cases.rules.tiers import TEAM
from astra.cases.sections import Common
from astra.cases.selectors import CaseFacts, CasePage, DocumentLine, Line, Timeline
from astra.cases.views.documents_shown import tags_of
from astra.cases.views.pages import case_head
from astra.cases.views.people_shown import people_shown
from astra.cases.views.shown import Tag, case_rows, entry_of, summary_rows, task_rows
from astra.vault.actor import Actor
from astra.vocabulary.naming import day, label, labels

FILTERS = ("contact", "protection", "law", "case")


def page_context(actor: Actor, page: CasePage, told: Timeline) -> dict[str, Any]:
    """Everything that the template of a file needs."""
    facts = page.facts
    return {
        **case_head(facts),
        "page": page,
        "title": page.summary.content.title if page.summary else "",
        "facts": _facts(page),
        "actions": _actions(facts),
        "menu": _menu(actor, page),
        "common": common_rows(page.common.content) if page.common else [],
        "people": people_shown(page.people),
        "tasks": task_rows(page.tasks),
        "ended_tasks": task_rows(page.ended_tasks),
        "documents": [_document(line) for line in page.documents],
        "seats": [_seat(seat.name, seat.tiers, is_lead=seat.is_lead) for seat in page.team],
        "linked": case_rows(page.linked),
        "groups": case_rows(page.groups),
        "is_group": is_group(facts.kind),
        "link_form": LinkForm(),
        "note_form": NoteForm(people=page.people),
        "entries": [entry_of(line, page.facts.id) for line in told.lines],
        "next_cursor": told.next_cursor,
    }


def filters(shown: str) -> list[dict[str, Any]]:
    """The groups of events by which a timeline can be narrowed."""
    known = vocabulary.codes("event_kind")
    groups = [("", _("Everything")), *((code, known.group_label(code, get_language())) for code in FILTERS)]
    return [{"label": name, "url": f"?show={code}#timeline", "is_current": code == shown} for code, name in groups]


def kinds_of(shown: str) -> list[str]:
    """The kinds of event of a group; none for everything."""
    return [entry.code for entry in vocabulary.codes("event_kind") if shown in FILTERS and entry.group == shown]


def is_group(kind: str) -> bool:
    """Whether files of this kind hold others together."""
    return bool(vocabulary.codes("case_kind").fact(kind, "is_shared", default=False))


def _facts(page: CasePage) -> list[dict[str, Any]]:
    facts = page.facts
    ground = label("case_ground", facts.ground)
    return summary_rows(
        (_("Kind"), label("case_kind", facts.kind)),
        (_("Ground"), f"{ground} ({day(facts.ground_on)})" if facts.ground_on else ground),
        (_("Said"), page.ground_words),
        (_("Forms"), labels("forms_of_exploitation", facts.forms)),
        (_("Countries"), labels("country", facts.countries)),
        (_("Opened"), day(facts.opened_on)),
        (_("Closed"), day(facts.closed_on)),
        (_("Outcome"), label("close_outcome", facts.outcome)),
        (_("Reached"), page.closing),
        (_("Legal hold"), " · ".join(part for part in (day(facts.held_on), page.hold_words) if part)),
        (_("Earlier numbers"), ", ".join(page.old_numbers)),
    )


def common_rows(common: Common) -> list[dict[str, Any]]:
    """What the files of a group share."""
    return summary_rows(
        (_("Where"), common.site),
        (_("Employer"), common.employer),
        (_("Recruiter"), common.recruiter),
        (_("Transport"), common.transport),
        (_("Conditions"), common.conditions),
    )


def _actions(facts: CaseFacts) -> list[dict[str, Any]]:
    if facts.closed_on:
        return []
    return [
        _action(_("New task"), "cases:add_task", facts.id, "t"),
        _action(_("Hand over"), "cases:hand_over_one", facts.id, "h"),
    ]


def _action(name: str, address: str, case_id: UUID, key: str) -> dict[str, Any]:
    return {"label": name, "url": reverse(address, args=[case_id]), "key": key, "is_secondary": True}


def _menu(actor: Actor, page: CasePage) -> list[dict[str, Any]]:
    facts = page.facts
    items = [{"label": _("Add a document"), "url": reverse("cases:add_document", args=[facts.id])}]
    items += [{"label": _("Add contacts"), "url": reverse("cases:add_contacts", args=[facts.id])}]
    items += [{"label": _("Print"), "url": reverse("cases:print", args=[facts.id])}]
    items += [{"label": _("Give on in an export"), "url": f"{reverse('rights:ask_export')}?case={facts.id}"}]
    for verb in page.verbs:
        if verb not in CLOSING_VERBS:
            items.append({"label": _(VERB_NAMES[verb]), "post_url": reverse("cases:step", args=[facts.id, verb])})
    if any(verb in CLOSING_VERBS for verb in page.verbs):
        items.append({"label": _("Close the case"), "url": reverse("cases:close", args=[facts.id])})
    may_lift = actor.has_desk("coordination") or facts.lead_id == actor.id
    if not facts.held_on or may_lift:
        name = _("Lift the legal hold") if facts.held_on else _("Put on legal hold")
        items.append({"label": name, "url": reverse("cases:hold", args=[facts.id])})
    if may_lift:
        items.append({"label": _("Conflict of interest"), "url": reverse("cases:wall", args=[facts.id])})
    return items


def _document(line: DocumentLine) -> dict[str, Any]:
    kind = label("document_kind", line.kind)
    return {
        "title": line.title or kind,
        "url": reverse("cases:document", args=[line.id]),
        "facts": " · ".join(part for part in (kind if line.title else "", day(line.dated_on)) if part),
        "tags": [
            *([Tag(label("case_tier", line.tier), "plum")] if line.tier != TEAM else []),
            *tags_of(line.origin, line.version),
        ],
    }


def _seat(name: str, tiers: tuple[str, ...], *, is_lead: bool) -> dict[str, Any]:
    narrow = [Tag(label("case_tier", tier), "plum") for tier in tiers if tier != TEAM]
    return {"name": name, "tags": [Tag(_("Leads"), "info"), *narrow] if is_lead else narrow}


def print_context(page: CasePage, told: Timeline) -> dict[str, Any]:
    """The parts of a file that go on paper; states and kinds stay on the screen."""
    return {
        "case": page.facts,
        "title": page.summary.content.title if page.summary else "",
        "story": page.summary.content.story if page.summary else "",
        "common": common_rows(page.common.content) if page.common else [],
        "people": people_shown(page.people),
        "tasks": task_rows(page.tasks),
        "entries": [_neutral(line) for line in reversed(told.lines)],
    }


def _neutral(line: Line) -> dict[str, Any]:
    """A line for paper: when, what in neutral words, and what was written; what happened to her has no name here."""
    group = vocabulary.codes("event_kind").entries[line.kind].group
    plain = {"trafficking": _("Event"), "law": _("Proceedings"), "missing": _("Event")}
    kind = plain.get(group, label("event_kind", line.kind))
    title = f"{kind}: {line.told.title}" if line.told.title else kind
    return {"at": line.happened_at, "title": title, "text": line.told.text, "who": line.by_name}
