"""Who is calling, what waits to be logged, who was missed? The page of calls, and the banner on every other page.

The banner is drawn from coded facts, each time that something rings. Who may be calling is asked once for each call, in
her visit and with her keys.
"""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.doors import is_fetch
from astra.hotline import selectors, services
from astra.hotline.forms.calls import LineNumberForm, TelephoneForm
from astra.hotline.rules import contacts as rules
from astra.hotline.views.call_rows import call_rows, missed_rows, who_shown
from astra.hotline.views.lists import quick_buttons, tabs
from astra.hotline.views.silence_shown import groups_shown, steps
from astra.kernel.clock import now
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label

MOST_AT_ONCE = 3
"""So many calls stand above every page; the others are counted there, and wait on the page of calls."""


@desk("hotline")
@require_GET
def calls(request: DeskRequest) -> HttpResponseBase:
    """What rings, what is to be logged, who was missed, and where she sits."""
    return _page(request, TelephoneForm(initial={"extension": selectors.my_telephone(request.actor)}))


def _page(request: DeskRequest, form: TelephoneForm) -> HttpResponseBase:
    context = {
        "form": form,
        "extension": selectors.my_telephone(request.actor),
        "tabs": tabs(request.actor, "calls"),
        "may_set_lines": request.actor.has_desk("coordination", "administration"),
    }
    return render(request, "hotline/calls.html", _lists(request.actor) | context)


def _lists(actor: Actor) -> dict[str, Any]:  # Any: template variables
    pulse = selectors.calls_pulse().standing  # before the lists: what changes meanwhile is drawn again
    found, missed, at = selectors.calls_now(actor), selectors.missed_calls(actor), now()
    # Together above, and each below all the same: one of them may have a way to call back, or asked to stay unknown.
    silent = [group for group in selectors.silent_groups(actor) if group.is_open]
    return {
        "pulse": pulse,
        "going_on": call_rows(actor, found.going_on),
        "to_log": call_rows(actor, found.to_log),
        "missed": missed_rows(actor, missed, selectors.callers(actor, missed), at),
        "silent": groups_shown(actor, silent),
        "steps": steps(),
        "quick": quick_buttons(),
        "at": at,
    }


@desk("hotline")
@require_GET
def call_lists(request: DeskRequest) -> HttpResponseBase:
    """The lists alone, for the page that looks again by itself."""
    return render(request, "hotline/_call_lists.html", _lists(request.actor))


@desk("hotline")
@require_GET
def calls_now(request: DeskRequest) -> HttpResponseBase:
    """What rings at this moment, for the banner on every page."""
    at = now()
    found = selectors.calls_before_her(request.actor, at)
    rows, more = call_rows(request.actor, found[:MOST_AT_ONCE]), max(len(found) - MOST_AT_ONCE, 0)
    context = {
        "rows": rows,
        "more": more,
        "at": at,
        "pulse": selectors.calls_pulse().standing,
        "quick": quick_buttons(),
    }
    return render(request, "hotline/_calls_now.html", context)


@desk("hotline")
@require_GET
def caller(request: DeskRequest, call_id: UUID) -> HttpResponseBase:
    """Who may be calling: opens the number with her keys and looks for it."""
    known = selectors.calling(request.actor, selectors.call(request.actor, call_id))
    return render(request, "hotline/_caller.html", {"shown": who_shown(request.actor, known), "id": call_id})


@desk("hotline")
@require_POST
def take_call(request: DeskRequest, call_id: UUID) -> HttpResponseBase:
    """She answered this call."""
    services.take_call(actor=request.actor, call_id=call_id)
    return _done(request)


@desk("hotline")
@require_POST
def log_call(request: DeskRequest, call_id: UUID) -> HttpResponseBase:
    """Log a call that has nothing to write down with one click."""
    kind = request.POST.get("kind", "")
    services.log_call(actor=request.actor, call_id=call_id, kind=kind)
    return _done(request, gettext("Logged: %(kind)s") % {"kind": label(rules.KIND, kind)})


@desk("hotline")
@require_POST
def settle_call(request: DeskRequest, call_id: UUID) -> HttpResponseBase:
    """Say what was done about a missed call."""
    services.settle_missed(actor=request.actor, call_id=call_id, outcome=request.POST.get("outcome", ""))
    return _done(request, gettext("Noted."))


@desk("hotline")
@require_POST
def forget_number(request: DeskRequest, call_id: UUID) -> HttpResponseBase:
    """She asked to stay unknown: her number goes at once."""
    services.forget_number(actor=request.actor, call_id=call_id)
    return _done(request, gettext("The number is gone."))


def _done(request: DeskRequest, said: str = "") -> HttpResponseBase:
    """A script stays on its page; without one the page of calls comes again."""
    if is_fetch(request):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if said:
        messages.success(request, said)
    return redirect("hotline:calls")


@desk("hotline")
@require_POST
def sit_at(request: DeskRequest) -> HttpResponseBase:
    """She says at which telephone she sits."""
    form = TelephoneForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data["extension"]
        if act(form, lambda: services.sit_at(actor=request.actor, extension=typed)) is not None:
            messages.success(request, gettext("Noted.") if typed else gettext("You sit at no telephone now."))
            return redirect("hotline:calls")
    return _page(request, form)


@desk("coordination", "administration")
@require_http_methods(["GET", "POST"])
def line_numbers(request: DeskRequest) -> HttpResponseBase:
    """Which line each of our numbers is."""
    form, given = LineNumberForm(request.POST or None), request.POST
    if "remove" in given:
        services.set_line_number(actor=request.actor, number=given["remove"], line="")
        return redirect("hotline:line_numbers")
    if form.is_valid():
        new = form.cleaned_data
        done = act(form, lambda: services.set_line_number(actor=request.actor, number=new["number"], line=new["line"]))
        if done is not None:
            messages.success(request, gettext("Noted."))
            return redirect("hotline:line_numbers")
    shown = [{"number": one.number, "line": label(rules.LINE, one.line)} for one in selectors.our_numbers()]
    return render(
        request, "hotline/line_numbers.html", {"form": form if request.POST else LineNumberForm(), "rows": shown}
    )
