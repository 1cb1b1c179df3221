"""How is the whole story of a file told once? For whoever takes it up again, so that nobody asks the person anew."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from astra.assistance import selectors as assistance
from astra.assistance.views.shown import page_context as assistance_context
from astra.cases import selectors as cases
from astra.cases.sections import CLOSING
from astra.cases.views.identifying_shown import person_shown
from astra.cases.views.pages import case_head
from astra.cases.views.people_shown import people_shown
from astra.cases.views.shown import entry_of
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vocabulary.naming import day, label

MILESTONES = (
    "case_opened",
    "case_on_hold",
    "case_follow_up",
    "case_closed",
    "case_reopened",
    "plan_made",
    "accommodation",
    "job_began",
    "job_ended",
    "enrolled",
    "schooling_ended",
    "child_protection",
    "aftercare_began",
    "formal_decision",
    "proceeding",
    "requalified",
    "judgment",
    "compensation",
    "consent_withdrawn",
    "incident",
)
MOST = 200


def story(actor: Actor, case_id: UUID) -> dict[str, Any]:  # Any: template variables
    """Everything on one page, as far as this reader's tiers go."""
    page = cases.case_page(actor, case_id)
    told = cases.timeline(actor, case_id, limit=MOST, kinds=MILESTONES, tiers=page.tiers)
    clients = [card for card in page.people if card.is_client]
    return {
        **case_head(page.facts),
        "title": page.summary.content.title if page.summary else "",
        "story": page.summary.content.story if page.summary else "",
        "closings": _closings(actor, case_id),
        "milestones": [entry_of(line, case_id) for line in told.lines],
        "reached": people_shown(clients),
        "people": [person_shown(actor, case_id, card) for card in clients],
        "given": [_given(one) for one in assistance.given_by_kind(actor, case_id)],
        "tasks": len(page.tasks),
        "law_url": reverse("justice:case", args=[case_id]),
        "assistance": assistance_context(assistance.assistance_page(actor, case_id)),
    }


def _closings(actor: Actor, case_id: UUID) -> list[dict[str, Any]]:  # Any: template variables
    now = vault.find_section(actor, case_id, CLOSING)
    said = [now, *vault.open_earlier(actor, case_id, CLOSING)] if now else []
    return [{"at": one.at, "words": one.content.words} for one in said]


def _given(one: assistance.GivenOfKind) -> dict[str, str]:
    span = day(one.first) if one.first == one.last else f"{day(one.first)} – {day(one.last)}"
    return {"kind": label("service_type", one.kind), "units": _("%(count)s ×") % {"count": one.units}, "span": span}
