"""Houses and beds, who is where tonight, and somebody's stay."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.assistance import selectors, services
from astra.assistance.forms.beds import BedForm, ChangeBedForm, HouseForm, LeaveForm, ProlongForm, StayForm
from astra.assistance.views.beds_shown import bed_choices, free_tonight, houses_context
from astra.assistance.views.framing import help_form
from astra.assistance.views.pages import back
from astra.cases import selectors as cases
from astra.cases.views.pages import form_page
from astra.directory import selectors as directory
from astra.kernel.clock import today
from astra.vocabulary.form_fields import act

A_NIGHT, A_WEEK = timedelta(days=1), timedelta(days=7)


@desk("cases")
def beds(request: DeskRequest) -> HttpResponse:
    """Every house with its beds, tonight and for two weeks."""
    since = _day(request.GET.get("from", ""))
    found = selectors.houses(request.actor, since)
    context = houses_context(found, since) | {"may_keep": request.actor.has_desk("coordination")}
    return render(request, "assistance/beds.html", context)


@desk("coordination")
def add_house(request: DeskRequest) -> HttpResponse:
    """Add a house."""
    form = HouseForm(request.POST or None, organisations=dict(directory.choices(request.actor)))
    if act(form, lambda: services.add_house(actor=request.actor, **form.cleaned_data)):
        return redirect("assistance:beds")
    return form_page(request, None, form, title=_("Add a house"), button=_("Add"))


@desk("coordination")
def add_bed(request: DeskRequest, house_id: UUID) -> HttpResponse:
    """Add a bed to a house."""
    selectors.house(request.actor, house_id)
    form = BedForm(request.POST or None)
    if act(form, lambda: services.add_bed(actor=request.actor, house_id=house_id, **form.cleaned_data)):
        return redirect("assistance:beds")
    return form_page(request, None, form, title=_("Add a bed"), button=_("Add"))


@desk("coordination")
def change_bed(request: DeskRequest, bed_id: UUID) -> HttpResponse:
    """Say for whom a bed is, or give it up."""
    found = selectors.bed(request.actor, bed_id)
    form = ChangeBedForm(request.POST or None, initial={"accepts": found.accepts})
    if act(form, lambda: services.change_bed(actor=request.actor, bed_id=bed_id, **form.cleaned_data)):
        return redirect("assistance:beds")
    return form_page(request, None, form, title=f"{found.room} · {found.label}", button=_("Change"))


@desk("cases")
def book_stay(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Keep a bed for a client."""
    facts = cases.case_facts(request.actor, case_id)
    shown = cases.client_names(request.actor, case_id)
    every = bed_choices(selectors.free_beds(request.actor, today(), today()))
    form = StayForm(request.POST or None, clients=shown, beds=every, initial=_next_week())
    if act(form, lambda: services.book_stay(actor=request.actor, case_id=case_id, **form.cleaned_data)):
        return back(case_id, "stays")
    note = free_tonight(selectors.free_beds(request.actor, today(), today() + A_NIGHT))
    return help_form(request, facts, form, title=_("A stay"), button=_("Keep the bed"), note=note)


def _next_week() -> dict[str, date]:
    return {"first": today(), "until": today() + A_WEEK}


@desk("cases")
def prolong_stay(request: DeskRequest, stay_id: UUID) -> HttpResponse:
    """Let somebody stay longer."""
    found = selectors.stay(request.actor, stay_id)
    facts = cases.case_facts(request.actor, found.case_id)
    form = ProlongForm(request.POST or None, initial={"until": found.until + A_WEEK})
    if act(form, lambda: services.prolong_stay(actor=request.actor, stay_id=stay_id, **form.cleaned_data)):
        return back(found.case_id, "stays")
    note = f"{found.house} · {found.bed}"
    return help_form(request, facts, form, title=_("Stay longer"), button=_("Keep the bed"), note=note)


@desk("cases")
def leave_bed(request: DeskRequest, stay_id: UUID) -> HttpResponse:
    """Somebody leaves."""
    found = selectors.stay(request.actor, stay_id)
    facts = cases.case_facts(request.actor, found.case_id)
    form = LeaveForm(request.POST or None, initial={"left_on": today()})
    if act(form, lambda: services.leave_bed(actor=request.actor, stay_id=stay_id, **form.cleaned_data)):
        return back(found.case_id, "stays")
    note = f"{found.house} · {found.bed}"
    return help_form(request, facts, form, title=_("Leaves"), button=_("Write it down"), note=note)


@require_POST
@desk("cases")
def step_stay(request: DeskRequest, stay_id: UUID, verb: str) -> HttpResponse:
    """Has arrived, or does not come."""
    found = selectors.stay(request.actor, stay_id)
    services.step_stay(actor=request.actor, stay_id=stay_id, verb=verb)
    return back(found.case_id, "stays")


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return today()
