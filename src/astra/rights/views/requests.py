"""Which requests wait, and how is one answered?"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_name
from astra.rights import selectors, services
from astra.rights.forms.giving import AnswerForm, LongerForm
from astra.rights.rules import requests as rules
from astra.rights.views.shown import request_row, request_rows
from astra.vocabulary.form_fields import act


@desk("cases", "data_protection")
@require_GET
def requests(request: DeskRequest) -> HttpResponse:
    """What waits for an answer, the most urgent first."""
    rows = request_rows(selectors.waiting(request.actor))
    return render(request, "rights/requests.html", {"rows": rows})


@desk("cases", "data_protection")
@require_GET
def request(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """One request."""
    return _show(request, request_id)


def _show(request: DeskRequest, request_id: UUID, **given: Any) -> HttpResponse:  # Any: forms
    line = selectors.request(request.actor, request_id)
    context = {
        "row": request_row(line),
        "line": line,
        "handler": work_name(line.handler_id),
        "is_waiting": line.state in rules.WAITING,
        "may_lengthen": line.state in rules.WAITING and line.due_on == rules.due_on(line.received_on),
        "form": AnswerForm(),
        "longer_form": LongerForm(),
        **given,
    }
    return render(request, "rights/request.html", context)


@desk("cases", "data_protection")
@require_POST
def answer(request: DeskRequest, request_id: UUID) -> HttpResponseBase:
    """Answer it; she reads the answer on her own page."""
    form, actor = AnswerForm(request.POST), request.actor
    return _done(
        request,
        request_id,
        "form",
        form,
        lambda: services.answer(actor=actor, request_id=request_id, **form.cleaned_data),
    )


@desk("cases", "data_protection")
@require_POST
def lengthen(request: DeskRequest, request_id: UUID) -> HttpResponseBase:
    """Make the term longer, once, with the reason."""
    form, actor = LongerForm(request.POST), request.actor
    return _done(
        request,
        request_id,
        "longer_form",
        form,
        lambda: services.lengthen(actor=actor, request_id=request_id, words=form.cleaned_data["words"]),
    )


def _done(
    request: DeskRequest, request_id: UUID, name: str, form: forms.Form, deed: Callable[[], None]
) -> HttpResponseBase:
    if act(form, deed) is None:
        return _show(request, request_id, **{name: form})
    messages.success(request, gettext("Kept."))
    return redirect("rights:request", request_id)


@desk("cases", "data_protection")
@require_POST
def step(request: DeskRequest, request_id: UUID) -> HttpResponseBase:
    """Take it on, or note that she took it back."""
    verb = services.take if request.POST.get("verb") == "take" else services.take_back_request
    verb(actor=request.actor, request_id=request_id)
    return redirect("rights:request", request_id)
