"""In which words are a page of one's own and its requests shown to colleagues?"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astra.kernel.clock import today
from astra.rights.rules import requests as rules
from astra.rights.selectors import OpenPage, RequestLine
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
