"""What does her own page say, in plain words? Only the parts that she chose, by task and never by name."""

from typing import Any

from django.utils.translation import gettext

from astra.accounts.rules.roles import ROLES
from astra.consent import selectors as consent
from astra.rights import selectors
from astra.rights.rules import owning as rules
from astra.rights.rules import requests
from astra.rights.selectors import Owning, Told
from astra.vocabulary import codes
from astra.vocabulary.naming import label


def own_page(owning: Owning) -> dict[str, Any]:  # Any: template variables
    """Everything that the page shows."""
    parts = owning.page.parts
    return {
        "name": owning.basics.name if rules.BASICS in parts else "",
        "shows": {part: part in parts for part in rules.PARTS},
        "consents": _consents(owning) if rules.CONSENTS in parts else [],
        "told": _told(owning) if rules.CONSENTS in parts else [],
        "readers": _readers(owning) if rules.READERS in parts else [],
        "held": _held(owning) if rules.HELD in parts else [],
        "requests": _requests(owning) if rules.REQUESTS in parts else [],
        "kinds": [(kind, label("own_request_kind", kind)) for kind in requests.KINDS],
        "longest": requests.LONGEST,
    }


def _consents(owning: Owning) -> list[dict[str, Any]]:  # Any: rows of the template
    return [
        {
            "id": line.row.pk,
            "purpose": label("consent_purpose", line.row.purpose),
            "recipient": label("consent_recipient", line.row.recipient),
            "section": label("consent_section", line.row.section),
            "given_on": line.row.given_on,
            "until_on": line.row.until_on,
            "state": line.state,
        }
        for line in consent.own_lines(owning.page.person_id)
        if line.state in ("given", "withdrawn", "expired", "refused")
    ]


def _told(owning: Owning) -> list[Told]:
    """To whom something of hers was told: of what kind they are, never which one, for that may say where she is."""
    return selectors.whom_we_told(owning.page.person_id, owning.page.case_id)


def _readers(owning: Owning) -> list[dict[str, Any]]:  # Any: rows of the template
    found = selectors.readers_of([owning.page.person_id, owning.page.case_id])
    return [
        {"day": one.day, "roles": [gettext(ROLES[role].name) for role in one.roles], "was_changed": one.was_changed}
        for one in found
    ]


def _held(owning: Owning) -> list[dict[str, Any]]:  # Any: rows of the template
    known = codes("retention_class")
    return [
        {
            "name": label("retention_class", one.retention),
            "count": one.count,
            "years": (known.fact(one.retention, "months", default=0) + 11) // 12,
        }
        for one in selectors.held_of(owning.page.person_id)
    ]


def _requests(owning: Owning) -> list[dict[str, Any]]:  # Any: rows of the template
    return [
        {
            "id": line.id,
            "title": label("own_request_kind", line.kind),
            "line": line,
            "outcome": label("own_request_outcome", line.outcome),
            "is_waiting": line.state in requests.WAITING,
        }
        for line in selectors.own_requests(owning)
    ]
