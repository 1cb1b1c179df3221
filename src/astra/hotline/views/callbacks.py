"""Whom have we promised to call back, and how did it go?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.hotline import selectors, services
from astra.hotline.entries import NewCallback
from astra.hotline.forms.others import AttemptForm, CallbackForm, EndingForm
from astra.hotline.rules.callbacks import AGAIN_AFTER
from astra.hotline.rules.contacts import CALLER, Link
from astra.hotline.rules.lifecycles import OPEN
from astra.hotline.views.lists import tabs
from astra.hotline.views.saying import callback_rows, contact_rows, person_rows
from astra.kernel.clock import now
from astra.vault import selectors as vault

LATER = AGAIN_AFTER[0]


@desk("hotline", "cases")
@require_GET
def callbacks(request: DeskRequest) -> HttpResponseBase:
    """Open promises, the most overdue first, each with what must be known before anybody dials."""
    rows = callback_rows(request.actor, selectors.callbacks(request.actor), now())
    pages = tabs(request.actor, "callbacks") if request.actor.has_desk("hotline") else []
    return render(request, "hotline/callbacks.html", {"rows": rows, "tabs": pages})


@desk("hotline", "cases")
@require_GET
def callback(request: DeskRequest, callback_id: UUID) -> HttpResponseBase:
    """One promise: whom, how, why, and how the tries went."""
    return show(request, callback_id, AttemptForm())


def show(request: DeskRequest, callback_id: UUID, form: AttemptForm) -> HttpResponseBase:
    """The page of one promise."""
    line = selectors.callback(request.actor, callback_id)
    about = [line.contact_id] if line.contact_id else []
    context = {
        "row": callback_rows(request.actor, [line], now())[0],
        "form": form,
        "ending": EndingForm(),
        "is_open": line.state == OPEN and request.actor.has_desk("hotline"),
        "contacts": contact_rows(request.actor, selectors.lines(request.actor, about)),
    }
    return render(request, "hotline/callback.html", context)


@desk("hotline")
@require_POST
def attempt(request: DeskRequest, callback_id: UUID) -> HttpResponseBase:
    """Note how a try ended."""
    form = AttemptForm(request.POST)
    if not form.is_valid():
        return show(request, callback_id, form)
    given = form.cleaned_data
    services.note_attempt(
        actor=request.actor,
        callback_id=callback_id,
        result=given["result"],
        words=given["words"],
        again_at=given["again_at"],
    )
    messages.success(request, gettext("Noted."))
    return redirect("hotline:callbacks")


@desk("hotline")
@require_POST
def end(request: DeskRequest, callback_id: UUID) -> HttpResponseBase:
    """End a promise without another try."""
    form = EndingForm(request.POST)
    if form.is_valid():
        services.close_callback(actor=request.actor, callback_id=callback_id, verb=form.cleaned_data["verb"])
        messages.success(request, gettext("The promise has ended."))
    return redirect("hotline:callbacks")


@desk("hotline")
@require_http_methods(["GET", "POST"])
def promise(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """Promise to call back after a contact."""
    sheet = selectors.contact(request.actor, contact_id)
    form = CallbackForm(request.POST or None, initial={"due_at": localtime(now() + LATER)})
    if request.method == "POST" and form.is_valid():
        _promise(request, form, contact_id=contact_id)
        return redirect("hotline:contact", contact_id)
    persons = person_rows(request.actor, sheet.links)
    return render(request, "hotline/promise.html", {"form": form, "line": sheet, "persons": persons})


@desk("hotline")
@require_http_methods(["GET", "POST"])
def promise_person(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """Promise to call somebody with a file."""
    form = CallbackForm(request.POST or None, initial={"due_at": localtime(now() + LATER)})
    if request.method == "POST" and form.is_valid():
        _promise(request, form, person_id=person_id)
        return redirect("hotline:callbacks")
    vault.check_reach(request.actor, person_id)
    persons = person_rows(request.actor, [Link(person_id, CALLER)])
    return render(request, "hotline/promise.html", {"form": form, "persons": persons})


def _promise(
    request: DeskRequest, form: CallbackForm, *, contact_id: UUID | None = None, person_id: UUID | None = None
) -> None:
    given = form.cleaned_data
    new = NewCallback(
        due_at=given["due_at"],
        why=given["why"],
        contact_id=contact_id,
        person_id=person_id,
        assigned_to=UUID(given["assigned_to"]) if given["assigned_to"] else None,
    )
    services.add_callback(actor=request.actor, callback=new)
    messages.success(request, gettext("Promised. It will be on the list of callbacks."))
