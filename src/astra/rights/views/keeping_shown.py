"""In which words are endings and proposals shown? Classes by their names, people by their task on the page."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astra.kernel.words import msg
from astra.rights.rules import keeping as rules
from astra.rights.selectors import DisposalLine, EndingLine, Preview
from astra.vocabulary.naming import day, label

CLASS = "retention_class"
STATES = {
    rules.WAITING: (msg("Waits for a second person"), "attention"),
    rules.AGREED: (msg("Under way"), "attention"),
    rules.REFUSED: (msg("Refused"), ""),
    rules.TAKEN_BACK: (msg("Taken back"), ""),
    rules.GONE: (msg("Gone"), "good"),
}
PAGES = {rules.CASE: "cases:case", rules.IDENTITY: "people:person", rules.CONTACT: "hotline:contact"}


def preview_head() -> list[dict[str, Any]]:  # Any: columns of the component
    """The columns of the preview."""
    counted = [_("Time over"), _("Until the end of next month"), _("On legal hold"), _("Kept longer"), _("Proposed")]
    return [{"label": _("What")}, *({"label": one, "is_numeric": True} for one in counted)]


def preview_rows(found: Iterable[Preview]) -> list[dict[str, Any]]:  # Any: rows of the component
    """One row a class of which something ends or is held."""
    head = [column["label"] for column in preview_head()]
    rows = []
    for one in found:
        if any(_counts(one)):
            cells = [
                {"text": str(count), "is_numeric": True, "label": head[at]} for at, count in enumerate(_counts(one), 1)
            ]
            url = reverse("rights:endings", args=[one.category])
            rows.append({"cells": [{"text": label(CLASS, one.category), "url": url, "label": head[0]}, *cells]})
    return rows


def quiet_classes(found: Iterable[Preview]) -> str:
    """The classes of which nothing ends, in one line."""
    return ", ".join(label(CLASS, one.category) for one in found if not any(_counts(one)))


def _counts(one: Preview) -> tuple[int, ...]:
    return one.over, one.coming, one.held, one.longer, one.proposed


def rule_rows() -> list[dict[str, Any]]:  # Any: rows of the component
    """Every class with its rule."""
    return [
        {
            "cells": [
                {"text": label(CLASS, one.category), "label": _("What")},
                {"text": _months(one.months), "label": _("How long")},
                {"text": label("retention_ground", one.ground), "label": _("On what ground")},
                {"text": label("retention_deed", one.deed), "label": _("What happens then")},
            ]
        }
        for one in rules.rules().values()
    ]


def rule_head() -> list[dict[str, Any]]:  # Any: columns of the component
    """The columns of the rules."""
    return [{"label": one} for one in (_("What"), _("How long"), _("On what ground"), _("What happens then"))]


def _months(months: int) -> str:
    if months % 12 == 0:
        return ngettext("%(count)s year", "%(count)s years", months // 12) % {"count": months // 12}
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def ending_rows(lines: Iterable[EndingLine]) -> list[dict[str, Any]]:  # Any: rows of a template
    """What ends: by its number or name where the reader may know of it."""
    return [
        {
            "id": str(line.id),
            "name": line.name or (label(CLASS, line.category) if line.is_known else _("Not open to you")),
            "url": reverse(_page(line), args=[line.record_id]) if line.is_known else "",
            "ends_on": day(line.ends_on),
            "state": _state(line),
            "can_propose": line.is_over and not line.is_held and not line.is_proposed,
            "can_put_off": not line.is_proposed,
        }
        for line in lines
    ]


def _page(line: EndingLine) -> str:
    return "rights:request" if line.category == rules.OWN_REQUEST else PAGES.get(line.category, "cases:case")


def _state(line: EndingLine) -> dict[str, str]:
    if line.is_proposed:
        return {"text": _("Proposed"), "tone": "attention"}
    if line.is_held:
        return {"text": _("On legal hold"), "tone": "danger"}
    if line.kept_until:
        why = label("retention_longer", line.kept_because)
        return {"text": _("Kept until %(day)s: %(why)s") % {"day": day(line.kept_until), "why": why}, "tone": "info"}
    return {"text": _("Time over"), "tone": ""} if line.is_over else {"text": _("Soon"), "tone": ""}


def disposal_rows(lines: Iterable[DisposalLine], names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """Proposals, as a list and a page show them."""
    return [disposal_row(line, names) for line in lines]


def disposal_row(line: DisposalLine, names: Mapping[UUID, str]) -> dict[str, Any]:  # Any: a row of a template
    """One proposal: what, how many, who, how far."""
    state, tone = STATES[line.state]
    return {
        "line": line,
        "what": label(CLASS, line.category),
        "why": label("retention_reason", line.reason),
        "proposed_by": names.get(line.proposed_by, ""),
        "decided_by": names.get(line.decided_by, "") if line.decided_by else "",
        "state": _(state),
        "tone": tone,
        "url": reverse("rights:disposal", args=[line.id]),
    }
