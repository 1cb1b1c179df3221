"""How does work go from one shift to the next? Several files at once, with a note, and taken over with a click."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from astra.accounts import selectors as accounts
from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import Colleague
from astra.cases import selectors, services
from astra.cases.forms.working import HandoverForm
from astra.cases.selectors import CaseLine
from astra.cases.views.shown import case_rows
from astra.kernel.errors import NotFound
from astra.vocabulary.form_fields import act


@desk("cases")
def hand_over(request: DeskRequest) -> HttpResponse:
    """What was handed to her, what she handed on, and handing over several files at once."""
    return _page(request, selectors.open_cases_of(request.actor), [])


@desk("cases")
def hand_over_one(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Hand over one file."""
    selectors.case_facts(request.actor, case_id)
    return _page(request, selectors.find_lines(request.actor, [case_id]), [case_id])


@desk("coordination")
def hand_over_for(request: DeskRequest, member_id: UUID) -> HttpResponse:
    """Hand over what a colleague works on who is not here."""
    colleague = accounts.colleague(member_id)
    if colleague is None:
        raise NotFound
    return _page(request, selectors.open_cases_of(request.actor, member_id), [], giver=colleague)


def _page(
    request: DeskRequest, offered: list[CaseLine], chosen: Sequence[UUID], giver: Colleague | None = None
) -> HttpResponse:
    form = HandoverForm(request.POST or None, offered=offered, initial={"cases": [str(one) for one in chosen]})
    made: list[UUID] = []

    def deed() -> None:
        given = form.arguments() | ({"giver_id": giver.member_id} if giver else {})
        made.append(services.hand_over(actor=request.actor, **given))

    if act(form, deed):
        return HttpResponseRedirect(reverse("cases:index" if giver else "cases:hand_over"))
    context = {
        "form": form,
        "offered": offered,
        "giver": giver,
        "handed": [] if giver else selectors.handed_to(request.actor),
        "given": [] if giver else selectors.handed_by(request.actor),
        "absent": accounts.colleagues(desks=["cases"]) if request.actor.has_desk("coordination") else [],
    }
    return render(request, "cases/hand_over.html", context)


@desk("cases")
def handover(request: DeskRequest, handover_id: UUID) -> HttpResponse:
    """One hand-over with its note."""
    found = selectors.handover(request.actor, handover_id)
    context = {
        "handover": found,
        "rows": case_rows(found.cases),
        "can_accept": selectors.is_waiting_for(request.actor, handover_id),
    }
    return render(request, "cases/handover.html", context)


@require_POST
@desk("cases")
def accept(request: DeskRequest, handover_id: UUID) -> HttpResponse:
    """Take over what was handed to her."""
    services.accept_handover(actor=request.actor, handover_id=handover_id)
    return HttpResponseRedirect(reverse("cases:hand_over"))
