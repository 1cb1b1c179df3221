"""What stands on the legal side of a file, and in one of its proceedings?"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from astra.accounts.access import DeskRequest, desk
from astra.cases import selectors as cases
from astra.justice import selectors
from astra.justice.rules import lifecycles as life
from astra.justice.views import shown
from astra.justice.views import shown_registers as registers
from astra.justice.views.deeds import BY_PHONE
from astra.justice.views.head import case_head

MOVED_HERE = ("open_trial", "stop", "become_final", "take_up", "retry")
"""The other steps come with a decision or an appeal."""


@desk("cases")
def case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """The legal side of a file."""
    facts = cases.case_facts(request.actor, case_id)
    page = selectors.case_page(request.actor, case_id)
    links = selectors.links_of(request.actor, [one.row.pk for one in page.suspects])
    claims = [shown.claim_item(one, page.payments.get(one.row.pk, [])) for one in page.claims]
    context = {
        **case_head(facts),
        "by_phone": _(BY_PHONE),
        "hearings": [shown.hearing_item(one) for one in page.hearings],
        "terms": [shown.term_item(one) for one in page.terms],
        "proceedings": _proceedings(page, cases.client_names(request.actor, case_id)),
        "claims": claims,
        "balances": shown.balance_lines(page.balances),
        "rights": [registers.right_item(one) for one in page.rights],
        "letters": [registers.letter_item(one) for one in page.letters],
        "demands": [registers.demand_item(one) for one in page.demands],
        "suspects": [registers.suspect_item(one, links.get(one.row.pk, ())) for one in page.suspects],
        "is_legal": "legal" in page.tiers,
    }
    return render(request, "justice/case.html", context)


@desk("cases")
def record(request: DeskRequest, record_id: UUID) -> HttpResponse:
    """Lead to where a record of the room stands: in its proceeding, or on the legal side of its file."""
    place = selectors.place_of(request.actor, record_id)
    if place.proceeding_id is not None:
        return HttpResponseRedirect(f"{reverse('justice:proceeding', args=[place.proceeding_id])}#{place.anchor}")
    return HttpResponseRedirect(f"{reverse('justice:case', args=[place.case_id])}#{place.anchor}")


@desk("cases")
def proceeding(request: DeskRequest, proceeding_id: UUID) -> HttpResponse:
    """One proceeding with its story."""
    page = selectors.proceeding_page(request.actor, proceeding_id)
    row = page.proceeding.row
    facts = cases.case_facts(request.actor, row.case_id)
    roles = shown.role_tags(page.roles, cases.client_names(request.actor, row.case_id))
    back = reverse("justice:case", args=[row.case_id])
    context = {**case_head(facts), "id": row.pk, "back": back, **_told(page, roles)}
    return render(request, "justice/proceeding.html", context)


def _proceedings(page: selectors.CasePage, names: dict[UUID, str]) -> list[shown.Item]:
    return [
        shown.proceeding_item(one, page.latest.get(one.row.pk), shown.role_tags(page.roles[one.row.pk], names))
        for one in page.proceedings
    ]


def _told(page: selectors.ProceedingPage, roles: list[shown.Tag]) -> dict[str, Any]:
    part, row = page.proceeding, page.proceeding.row
    latest = page.qualifications[-1] if page.qualifications else None
    steps = [verb for verb in life.PROCEEDING.verbs_from(row.state) if verb in MOVED_HERE]
    name = shown.proceeding_item(part, latest, roles)
    return {
        "item": name,
        "facts": [
            *name.facts,
            *shown.facts(
                (_("Judge"), shown.said(part, "judge")),
                (_("Prosecutor"), shown.said(part, "prosecutor")),
                (_("What must be known"), shown.said(part, "remark")),
            ),
        ],
        "deeds": [
            shown.link("proceeding", part, "change", _("Change"), name.title),
            *(shown.link("proceeding", part, verb, _(life.VERB_NAMES[verb]), name.title) for verb in steps),
        ],
        "qualifications": [shown.qualified(one) for one in reversed(page.qualifications)],
        "hearings": [shown.hearing_item(one) for one in page.hearings],
        "measures": [shown.measure_item(one) for one in page.measures],
        "incidents": [shown.incident_item(one) for one in page.incidents],
        "terms": [shown.term_item(one) for one in page.terms],
        "decisions": [shown.decision_item(one, page.penalties.get(one.row.pk, [])) for one in page.decisions],
        "claims": [shown.claim_item(one, page.payments.get(one.row.pk, [])) for one in page.claims],
    }
