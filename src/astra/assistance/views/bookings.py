"""Interpreters: the week, a booking for a case, calling it off."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.assistance import selectors, services
from astra.assistance.forms.bookings import BookingForm
from astra.assistance.views.bookings_shown import interpreter_choices, week_context
from astra.assistance.views.framing import help_form
from astra.assistance.views.pages import back
from astra.cases import selectors as cases
from astra.hotline import selectors as hotline
from astra.kernel.clock import today
from astra.vocabulary.form_fields import act


@desk("cases")
def interpreters(request: DeskRequest) -> HttpResponse:
    """Who is booked in a week, hour by hour."""
    monday = _monday(request.GET.get("from", ""))
    context = week_context(selectors.week(request.actor, monday), monday)
    return render(request, "assistance/interpreters.html", context)


@desk("cases")
def book_interpreter(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Book an interpreter for a case."""
    facts = cases.case_facts(request.actor, case_id)
    offered = interpreter_choices(hotline.interpreters(request.actor))
    form = BookingForm(request.POST or None, interpreters=offered)
    if act(form, lambda: services.book_interpreter(actor=request.actor, case_id=case_id, **form.cleaned_data)):
        return back(case_id, "interpreters")
    note = _("Ask the person first: which language and dialect, a woman's or a man's voice.")
    return help_form(request, facts, form, title=_("An interpreter"), button=_("Book"), note=note)


@require_POST
@desk("cases")
def call_off_interpreter(request: DeskRequest, booking_id: UUID) -> HttpResponse:
    """The interpreter is not needed."""
    case_id = selectors.get_booking(request.actor, booking_id).case_id
    services.call_off_interpreter(actor=request.actor, booking_id=booking_id)
    return back(case_id, "interpreters")


def _monday(said: str) -> date:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = today()
    return day - timedelta(days=day.weekday())
