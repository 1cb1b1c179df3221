"""Services given, field actions, attempts to reach her, groups, and aftercare."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.assistance import selectors, services
from astra.assistance.entries import Attendance, NewService
from astra.assistance.forms.helping import AttemptForm, FieldForm, GroupForm, ServiceForm, WelfareForm
from astra.assistance.sections import FieldWords
from astra.assistance.views.framing import help_form
from astra.assistance.views.pages import back
from astra.assistance.views.shown import field_rows
from astra.cases import selectors as cases
from astra.cases.views.pages import case_head, form_page, workers
from astra.directory import selectors as directory
from astra.kernel.clock import now, today
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import act

UNKNOWN_NUMBER = msg("You do not sit in a case with the number %(number)s.")


@desk("cases")
def service(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Write down a service given."""
    facts = cases.case_facts(request.actor, case_id)
    places = dict(directory.choices(request.actor))
    shown = cases.client_names(request.actor, case_id)
    form = ServiceForm(request.POST or None, clients=shown, organisations=places, initial={"given_on": today()})

    def deed() -> None:
        new = NewService(case_id=case_id, provider=request.actor.id, **form.cleaned_data)
        services.give_service(actor=request.actor, new=new)

    if act(form, deed):
        return back(case_id, "services")
    return help_form(request, facts, form, title=_("A service given"), button=_("Write it down"))


@desk("cases")
def plan_field(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Plan a way to somebody."""
    facts = cases.case_facts(request.actor, case_id)
    initial = {"begins_at": now(), "going": str(request.actor.id)}
    form = FieldForm(request.POST or None, workers=workers(case_id), initial=initial)

    def deed() -> None:
        given: dict[str, Any] = dict(form.cleaned_data)  # Any: what the service takes
        words = FieldWords(given.pop("place"), given.pop("purpose"), given.pop("danger"))
        services.plan_field_action(actor=request.actor, case_id=case_id, words=words, **given)

    if act(form, deed):
        return back(case_id, "field")
    return help_form(request, facts, form, title=_("Plan a field action"), button=_("Plan it"))


@desk("cases")
def field_action(request: DeskRequest, action_id: UUID) -> HttpResponse:
    """One field action: where she is, and her signs."""
    line = selectors.field_action(request.actor, action_id)
    facts = cases.case_facts(request.actor, line.case_id)
    context = {**case_head(facts), "line": line, "row": field_rows([line])[0]}
    return render(request, "assistance/field_action.html", context)


@require_POST
@desk("cases")
def step_field(request: DeskRequest, action_id: UUID, verb: str) -> HttpResponse:
    """Set out, give a sign, come back, or call it off."""
    services.step_field_action(actor=request.actor, action_id=action_id, verb=verb)
    return redirect("assistance:field_action", action_id)


@desk("cases")
def out(request: DeskRequest) -> HttpResponse:
    """Everybody who is out now, whoever gives no sign first."""
    return render(request, "assistance/out.html", {"rows": field_rows(selectors.out_now(request.actor))})


@desk("cases")
def attempt(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Write down a try to reach her."""
    facts = cases.case_facts(request.actor, case_id)
    form = AttemptForm(request.POST or None)
    if act(form, lambda: services.note_attempt(actor=request.actor, case_id=case_id, **form.cleaned_data)):
        return back(case_id, "silence")
    return help_form(request, facts, form, title=_("We tried to make contact"), button=_("Write it down"))


@desk("cases")
def welfare(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Weigh a welfare check."""
    facts = cases.case_facts(request.actor, case_id)
    form = WelfareForm(request.POST or None)
    if act(form, lambda: services.weigh_welfare_check(actor=request.actor, case_id=case_id, **form.cleaned_data)):
        return back(case_id, "silence")
    return help_form(request, facts, form, title=_("Weigh a welfare check"), button=_("Decided"))


@require_POST
@desk("cases")
def aftercare(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Support has ended; she is asked after for a year."""
    services.begin_aftercare(actor=request.actor, case_id=case_id)
    return back(case_id)


@desk("cases")
def group(request: DeskRequest) -> HttpResponse:
    """Write down a meeting of several clients."""
    form = GroupForm(request.POST or None, initial={"held_on": today()})

    def deed() -> None:
        given: dict[str, Any] = dict(form.cleaned_data)  # Any: what the service takes
        attendance = _attendance(request.actor, given.pop("numbers"))
        services.hold_group(actor=request.actor, attendance=attendance, **given)

    if act(form, deed):
        return redirect("cases:index")
    return form_page(request, None, form, title=_("Group work"), button=_("Write it down"))


def _attendance(actor: Actor, numbers: str) -> list[Attendance]:
    found = []
    for number in numbers.split():
        known = cases.find_by_number(actor, number)
        if not known:
            raise Invalid(Problem("numbers", UNKNOWN_NUMBER, parts={"number": number}))
        found.append(Attendance(known[0]))
    return found
