"""Who works on a file? Letting in, letting go, leading, and keeping somebody out."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_names
from astra.cases import selectors, services
from astra.cases.forms.working import AdmitForm, ColleagueForm
from astra.cases.views.pages import case_head, form_page, to_case
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label


@desk("cases")
def team(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """The team with its tiers; letting a colleague in."""
    page = selectors.case_page(request.actor, case_id)
    form = AdmitForm(request.POST or None, seated=[seat.member_id for seat in page.team])

    def deed() -> None:
        given = form.cleaned_data
        services.admit(actor=request.actor, case_id=case_id, member_id=given["member"], tiers=given["tiers"])

    if act(form, deed):
        return to_case(case_id, "team")
    rows = [
        {"seat": seat, "tiers": [{"code": tier, "label": label("case_tier", tier)} for tier in seat.tiers]}
        for seat in page.team
    ]
    context = {**case_head(page.facts), "form": form, "rows": rows, "has_coordinators": page.has_coordinators}
    return render(request, "cases/team.html", context | _walls(request, page.facts))


def _walls(request: DeskRequest, facts: selectors.CaseFacts) -> dict[str, Any]:
    """Who is kept out, for those who decide about it: the coordinators and whoever leads the case."""
    is_coordinator = request.actor.has_desk("coordination")
    if not (is_coordinator or facts.lead_id == request.actor.id):
        return {"decides_on_walls": False}
    kept_out = services.walled_members([facts.id]).get(facts.id, set())
    names = work_names(kept_out)
    walls = sorted(({"member_id": one, "name": names[one]} for one in kept_out), key=lambda wall: str(wall["name"]))
    return {"decides_on_walls": True, "walls": walls, "takes_walls_down": is_coordinator}


@require_POST
@desk("cases")
def dismiss(request: DeskRequest, case_id: UUID, member_id: UUID, tier: str) -> HttpResponse:
    """Let a colleague go from a tier of the file."""
    services.dismiss(actor=request.actor, case_id=case_id, member_id=member_id, tier=tier)
    if selectors.tiers_of(request.actor, case_id):
        return to_case(case_id, "team")
    return HttpResponseRedirect(reverse("cases:index"))


@require_POST
@desk("cases")
def lead(request: DeskRequest, case_id: UUID, member_id: UUID) -> HttpResponse:
    """Say who leads the file."""
    services.assign_lead(actor=request.actor, case_id=case_id, member_id=member_id)
    return to_case(case_id, "team")


@desk("cases")
def wall(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Keep a colleague with a conflict of interest out of the file."""
    facts = selectors.case_facts(request.actor, case_id)
    form = ColleagueForm(request.POST or None)

    def deed() -> None:
        services.build_wall(actor=request.actor, case_id=case_id, member_id=form.cleaned_data["member"])

    if act(form, deed):
        return to_case(case_id, "team")
    note = _(
        "She leaves the team at once and is told nothing of this case, its people and contacts, whatever her role. "
        "Only a coordinator can take it back, on the page of the team."
    )
    return form_page(request, facts, form, title=_("Conflict of interest"), button=_("Keep her out"), note=note)


@desk("coordination")
def take_down_wall(request: DeskRequest, case_id: UUID, member_id: UUID) -> HttpResponse:
    """Ask, then let a colleague hear of the file again."""
    facts = selectors.case_facts(request.actor, case_id)
    if member_id not in services.walled_members([case_id]).get(case_id, set()):
        return to_case(case_id, "team")
    if request.method == "POST":
        services.take_down_wall(actor=request.actor, case_id=case_id, member_id=member_id)
        return to_case(case_id, "team")
    context = {
        **case_head(facts),
        "page_title": _("Take the wall down"),
        "title": _("Take the wall down for %(name)s?") % {"name": work_names([member_id])[member_id]},
        "consequences": [
            _("She can hear of this case again, and find its people."),
            _("She comes into the team only when somebody lets her in."),
        ],
        "confirm_label": _("Take it down"),
        "cancel_url": reverse("cases:team", args=[case_id]),
    }
    return render(request, "desk/confirm.html", context)
