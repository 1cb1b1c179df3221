"""In which words are a page of one's own and its requests shown to colleagues?"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astra.assistance.rules.referrals import RECALLED, STATE_NAMES
from astra.assistance.selectors import ReferralLine
from astra.kernel.clock import today
from astra.rights.rules import parents, recalls
from astra.rights.rules import requests as rules
from astra.rights.selectors import OpenPage, ParentLine, Recall, RequestLine, StoryLine
from astra.vocabulary.naming import day, label, labels


def page_rows(page: OpenPage | None) -> list[dict[str, Any]]:  # Any: rows of the component
    """What is known of an open page; nothing where there is none."""
    if page is None:
        return []
    return [
        {"key": _("Shows online"), "value": labels("own_page_part", page.parts)},
        {"key": _("Given on"), "value": day(page.given_on)},
        {"key": _("The code opens it until"), "value": day(page.until_on) or _("no longer: give new codes")},
    ]


def request_rows(lines: Iterable[RequestLine]) -> list[dict[str, Any]]:  # Any: rows of a template
    """Requests as a list shows them."""
    return [request_row(line) for line in lines]


def request_row(line: RequestLine) -> dict[str, Any]:  # Any: a row of a template
    """One request: what it asks, until when, how it stands."""
    return {
        "id": line.id,
        "title": label("own_request_kind", line.kind),
        "url": reverse("rights:request", args=[line.id]),
        "way": label("own_request_way", line.way),
        "received_on": line.received_on,
        "due_on": line.due_on,
        "ended_on": line.ended_on,
        "asked": line.asked,
        "state": _state(line),
        "tone": _tone(line),
    }


def _state(line: RequestLine) -> str:
    if line.state == rules.ANSWERED:
        return label("own_request_outcome", line.outcome)
    if line.state == rules.TAKEN_BACK:
        return _("Taken back")
    left = (line.due_on - today()).days
    if left < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}


def _tone(line: RequestLine) -> str:
    if line.state not in rules.WAITING:
        return "good" if line.state == rules.ANSWERED else ""
    left = (line.due_on - today()).days
    return "danger" if left < 0 else "attention" if left <= rules.WARNED.days else "info"


def story_tag(line: StoryLine | None) -> dict[str, str]:
    """How far somebody's story is, in a word."""
    if line is None:
        return {"text": _("not written"), "tone": ""}
    if line.is_approved:
        return {"text": _("approved on %(day)s") % {"day": day(line.row.approved_on)}, "tone": "good"}
    return {"text": _("not approved") if line.row.approved_on is None else _("changed since"), "tone": "attention"}


def parent_rows(lines: Iterable[ParentLine]) -> list[dict[str, Any]]:  # Any: rows of a template
    """What parents and guardians asked, as a list shows it."""
    return [
        {
            "url": reverse("rights:parent", args=[line.row.pk]),
            "right": label("guardianship", line.row.right),
            "asker": line.asked.asker,
            "child_view": label("child_view", line.row.child_view),
            "received_on": line.row.received_on,
            "decided_on": line.row.decided_on,
            **_decided(line),
        }
        for line in lines
    ]


def _decided(line: ParentLine) -> dict[str, str]:
    if line.row.state == parents.DECIDED:
        tone = "" if line.row.outcome == parents.REFUSED else "good"
        return {"state": label("parent_access_outcome", line.row.outcome), "tone": tone}
    if line.row.state == parents.TAKEN_BACK:
        return {"state": _("Taken back"), "tone": ""}
    return {"state": _("waits for a decision"), "tone": "attention"}


def recall_row(one: Recall) -> dict[str, Any]:  # Any: a row of a template
    """A consent that was taken back, and whether others were asked for what they hold."""
    row = one.line.row
    return {
        "id": row.pk,
        "url": reverse("rights:recall", args=[row.pk]),
        "title": f"{label('consent_purpose', row.purpose)}: {label('consent_recipient', row.recipient)}",
        "section": label("consent_section", row.section),
        "withdrawn_on": row.withdrawn_on,
        "open_grants": one.line.open_grants,
        "is_waiting": one.ended is None,
        "ask_by": recalls.ask_by(row.withdrawn_on) if row.withdrawn_on else None,
        "state": label("recall_outcome", one.ended.outcome) if one.ended else _("to be asked for"),
        "tone": "good" if one.ended else "attention",
        "ended_on": one.ended.ended_on if one.ended else None,
    }


def referral_row(one: ReferralLine) -> dict[str, Any]:  # Any: a row of a template
    """A referral that rests, or rested, on a consent that was taken back."""
    return {
        "case_url": f"{reverse('assistance:case', args=[one.row.case_id])}#referrals",
        "organisation": one.organisation,
        "service": label("service_type", one.row.service),
        "sent_on": one.row.sent_on,
        "state": _(STATE_NAMES[one.row.state]),
        "tone": "info" if one.row.state == RECALLED else "",
    }
