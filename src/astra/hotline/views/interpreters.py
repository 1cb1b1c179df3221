"""Who interprets? What is asked first, who may be called, and from when until when she was in the call."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.hotline import selectors, services
from astra.hotline.forms.interpreters import ChooseForm, InterpreterForm, WishForm
from astra.hotline.rules.interpreters import Wish
from astra.hotline.selectors import InterpreterLine
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label, labels


@desk("hotline")
@require_GET
def interpreters(request: DeskRequest) -> HttpResponseBase:
    """The wish first, then whoever fits it."""
    return _show(request, WishForm(request.GET or None), None)


def _show(request: DeskRequest, form: WishForm, chosen: ChooseForm | None) -> HttpResponse:
    form.full_clean()
    given: dict[str, Any] = getattr(form, "cleaned_data", {})
    language = given.get("language", "")
    found = selectors.interpreters(request.actor, Wish(language, given.get("sex", "")) if language else None)
    rows = [shown(one) for one in found]
    if language:
        for row in rows:
            is_sent = chosen is not None and str(chosen["interpreter"].value()) == str(row["id"])
            first = {**given, "interpreter": row["id"]}
            row["form"] = chosen if is_sent else ChooseForm(initial=first, auto_id=f"choose_{row['id']}_%s")
    context = {
        "form": form,
        "rows": rows,
        "language": label("language", language),
        "now": [call_shown(one) for one in selectors.interpreting_now(request.actor)],
        "may_write": request.actor.has_desk("coordination"),
    }
    return render(request, "hotline/interpreters.html", context)


@desk("hotline")
@require_POST
def choose(request: DeskRequest) -> HttpResponseBase:
    """Choose somebody; her number is shown on the next page."""
    form = ChooseForm(request.POST)
    chosen = act(
        form,
        lambda: services.choose_interpreter(
            actor=request.actor,
            interpreter_id=form.cleaned_data["interpreter"],
            language=form.cleaned_data["language"],
            conflict=form.cleaned_data["conflict"],
            contact_id=form.cleaned_data["contact"],
            conversation_id=form.cleaned_data["conversation"],
        ),
    )
    if not chosen:
        return _show(request, WishForm(request.POST), form)
    return redirect("hotline:interpreting", chosen[0])


@desk("hotline")
@require_http_methods(["GET", "POST"])
def interpreting(request: DeskRequest, interpreting_id: UUID) -> HttpResponseBase:
    """Her number, and when she came and went."""
    if request.method == "POST":
        deed = services.interpreter_joins if request.POST.get("verb") == "join" else services.interpreter_leaves
        deed(actor=request.actor, call_id=interpreting_id)
        return redirect("hotline:interpreting", interpreting_id)
    line = selectors.interpreting(request.actor, interpreting_id)
    return render(request, "hotline/interpreting.html", {"call": call_shown(line), "line": line})


@desk("coordination")
@require_http_methods(["GET", "POST"])
def add_interpreter(request: DeskRequest) -> HttpResponseBase:
    """Put somebody on the register."""
    form = InterpreterForm(request.POST or None)
    if request.method == "POST":
        added = act(form, lambda: services.add_interpreter(actor=request.actor, facts=form.facts(), words=form.words()))
        if added:
            messages.success(request, gettext("Saved."))
            return redirect("hotline:interpreters")
    return render(request, "hotline/interpreter.html", {"form": form})


@desk("hotline")
@require_http_methods(["GET", "POST"])
def interpreter(request: DeskRequest, interpreter_id: UUID) -> HttpResponseBase:
    """An entry of the register; coordinators change it."""
    line = selectors.interpreter(request.actor, interpreter_id)
    form = InterpreterForm(request.POST or None, initial=vars(line.words) | vars(line.facts))
    if request.method == "POST":
        revised = act(
            form,
            lambda: services.revise_interpreter(
                actor=request.actor,
                interpreter_id=interpreter_id,
                facts=form.facts(),
                words=form.words(),
                revision=line.revision,
            ),
        )
        if revised:
            messages.success(request, gettext("Saved."))
            return redirect("hotline:interpreters")
    may_write = request.actor.has_desk("coordination")
    return render(request, "hotline/interpreter.html", {"form": form, "row": shown(line), "is_read": not may_write})


def shown(one: InterpreterLine) -> dict[str, Any]:  # Any: template variables
    """An entry in words; her number is not among them."""
    return {
        "id": one.id,
        "name": one.words.name,
        "dialects": one.words.dialects,
        "hours": one.words.hours,
        "community": one.words.community,
        "languages": labels("language", one.facts.languages),
        "sex": label("sex", one.facts.sex),
        "is_sworn": one.facts.is_sworn,
        "is_signed": one.facts.signed_on is not None,
    }


def call_shown(line: selectors.InterpretingLine) -> dict[str, Any]:  # Any: template variables
    """A call with whom to dial."""
    return {
        "id": line.id,
        "name": line.interpreter.words.name,
        "phone": line.interpreter.words.phone,
        "note": line.interpreter.words.note,
        "language": label("language", line.language),
        "joined_at": line.joined_at,
        "left_at": line.left_at,
    }
