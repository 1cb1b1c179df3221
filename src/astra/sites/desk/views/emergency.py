"""How is one record opened when its team cannot? One officer asks, a second agrees, somebody else looks at it later."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_names
from astra.cases import services as cases
from astra.kernel.errors import AstraError, NotFound
from astra.sites.desk.emergency_shown import opened_rows, waiting_rows
from astra.sites.desk.forms_emergency import AskForm, ReviewForm
from astra.vault.services import emergencies, lastresort

OFFICERS = ("coordination", "data_protection")


@desk(*OFFICERS)
@require_GET
def emergency(request: DeskRequest) -> HttpResponseBase:
    """What waits for a second officer, what is open now, what somebody has still to look at; and asking."""
    return _page(request, AskForm())


def _page(request: DeskRequest, form: AskForm) -> HttpResponseBase:
    known = emergencies.emergencies(request.actor)
    holders = emergencies.share_holders()
    people = {one for each in known for one in (each.asked_by, each.reader, each.granted_by) if one}
    names = work_names({*people, *holders})
    context = {
        "form": form,
        "waiting": waiting_rows([one for one in known if one.is_waiting], names),
        "opened": opened_rows([one for one in known if not one.is_waiting], names),
        "holders": [names.get(one, "") for one in holders],
        "is_holder": request.actor.id in holders,
    }
    return render(request, "desk/emergency.html", context)


def _try(form: Form, field: str | None, deed: Callable[[], Any]) -> bool:  # Any: whatever the service returns
    """Do it, or say on the form what stands against it; what is not there is said as well: she typed it herself."""
    try:
        deed()
    except NotFound:
        form.add_error(field, gettext("There is no such record, or nothing is left of it."))
    except AstraError as error:
        form.add_error(None, gettext(error.message) % error.parts)
    return not form.errors


@desk(*OFFICERS)
@require_POST
def ask(request: DeskRequest) -> HttpResponseBase:
    """Ask that one colleague may read one record for an hour."""
    form = AskForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}

    def deed() -> None:
        lastresort.ask_emergency(
            actor=request.actor,
            record_id=given["record"],
            reader_id=given["reader"],
            reason=given["reason"],
            words=given["words"],
        )

    if not given or not _try(form, "record", deed):
        return _page(request, form)
    messages.success(request, gettext("Asked. A second officer has half an hour to agree: call her."))
    return redirect("desk:emergency")


@desk(*OFFICERS)
@require_POST
def agree(request: DeskRequest, request_id: UUID) -> HttpResponseBase:
    """The second officer agrees: it is open from now on."""
    lastresort.agree_emergency(actor=request.actor, request_id=request_id)
    opened = next(one for one in emergencies.emergencies(request.actor) if one.id == request_id)
    cases.tell_team(record_id=opened.record_id, reader_id=opened.reader)
    messages.success(request, gettext("Opened for an hour. She finds it in her lists, or by its address."))
    return redirect("desk:emergency")


@desk(*OFFICERS)
@require_POST
def end(request: DeskRequest, request_id: UUID) -> HttpResponseBase:
    """Close it before the hour is over."""
    lastresort.end_emergency(actor=request.actor, request_id=request_id)
    messages.success(request, gettext("Closed again."))
    return redirect("desk:emergency")


@desk(*OFFICERS)
@require_http_methods(["GET", "POST"])
def review(request: DeskRequest, request_id: UUID) -> HttpResponseBase:
    """Look at an opening afterwards, as somebody who neither asked nor read."""
    found = next((one for one in emergencies.emergencies(request.actor) if one.id == request_id), None)
    if found is None or not found.can_review:
        raise NotFound
    form = ReviewForm(request.POST or None)

    def deed() -> None:
        lastresort.review_emergency(actor=request.actor, request_id=request_id, **form.cleaned_data)

    if form.is_valid() and _try(form, None, deed):
        messages.success(request, gettext("Noted, for data protection to read."))
        return redirect("desk:emergency")
    names = work_names({found.asked_by, found.reader})
    rows = opened_rows([found], names)
    return render(request, "desk/emergency_review.html", {"form": form, "opened": rows})
