"""Who works on a file? Letting in, letting go, leading, and keeping somebody out."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.cases import selectors, services
from astra.cases.forms.working import AdmitForm, ColleagueForm
from astra.cases.views.pages import case_head, form_page, to_case
from astra.cases.views.shown import label
from astra.vocabulary.form_fields import act


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
    return render(request, "cases/team.html", context)


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
        "It cannot be taken back here."
    )
    return form_page(request, facts, form, title=_("Conflict of interest"), button=_("Keep her out"), note=note)
