"""Who calls again and again, and what has every shift agreed to do then?"""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_names
from astra.hotline import selectors, services
from astra.hotline.forms.regulars import PlanEndForm, PlanForm
from astra.hotline.rules import regulars as rules
from astra.hotline.selectors import RegularLine
from astra.hotline.services.audience import READERS_ONLY
from astra.hotline.views.lists import tabs
from astra.hotline.views.regulars_shown import plan_rows
from astra.hotline.views.saying import contact_rows
from astra.kernel.clock import today
from astra.kernel.errors import Denied
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label


@desk("hotline", "cases")
@require_GET
def regulars(request: DeskRequest) -> HttpResponseBase:
    """Every plan that holds, what has to be looked at first; and those that have ended."""
    actor = request.actor
    ended = plan_rows(actor, selectors.regulars_ended(actor)) if "ended" in request.GET else []
    context = {
        "rows": plan_rows(actor, selectors.regulars(actor)),
        "ended": ended,
        "asked_ended": "ended" in request.GET,
        "may_plan": selectors.is_reader(actor) and actor.has_desk("hotline"),
        "tabs": tabs(actor, "regulars") if actor.has_desk("hotline") else [],
    }
    return render(request, "hotline/regulars.html", context)


@desk("hotline")
@require_http_methods(["GET", "POST"])
def new_regular(request: DeskRequest) -> HttpResponseBase:
    """Make a plan: for a person, for the caller of a contact, or for a nickname."""
    actor = request.actor
    if not selectors.is_reader(actor):
        raise Denied(READERS_ONLY)
    asked = {name: _reached(actor, request.GET.get(name, "")) for name in ("person", "contact")}
    first = {"review_on": today() + rules.FIRST_REVIEW, "led_by": str(actor.id or ""), **asked}
    form = PlanForm(request.POST or None, initial=first)
    made = act(form, lambda: _make(actor, form)) if request.method == "POST" else None
    if made:
        messages.success(request, gettext("The plan is saved. Every shift sees it from now on."))
        return redirect("hotline:regular", made[0])
    return render(request, "hotline/regular_form.html", {"form": form, "subject": _subject(actor, form)})


def _make(actor: Actor, form: PlanForm) -> UUID:
    given = form.cleaned_data
    return services.make_plan(
        actor=actor, planned=form.planned(), person_id=given["person"], contact_id=given["contact"]
    )


def _reached(actor: Actor, asked: str) -> UUID | None:
    """What a link from another page asked about, if she may know of it."""
    try:
        found = UUID(asked) if asked else None
    except ValueError:
        return None
    return found if found and vault.can_reach(actor, found) else None


def _subject(actor: Actor, form: PlanForm) -> dict[str, Any]:
    """Whom the plan is for, in words, while it is written."""
    person, contact = (_reached(actor, str(form[name].value() or "")) for name in ("person", "contact"))
    rows = contact_rows(actor, selectors.lines(actor, [contact])) if contact else []
    name = people.display_names(actor, [person]).get(person, "") if person else ""
    return {"name": name, "contact": rows[0] if rows else None}


@desk("hotline", "cases")
@require_GET
def regular(request: DeskRequest, plan_id: UUID) -> HttpResponseBase:
    """One plan, how it read before, and what may be done with it."""
    return _show(request, selectors.regular(request.actor, plan_id), PlanEndForm())


def _show(request: DeskRequest, line: RegularLine, ending: forms.Form) -> HttpResponse:
    actor = request.actor
    earlier = selectors.regular_before(actor, line.id) if line.revision else []
    contacts = selectors.contacts_of_regular(actor, line.id)
    authors = work_names({one.author_id for one in earlier if one.author_id})
    context = {
        "row": plan_rows(actor, [line])[0],
        "words": line.words,
        "earlier": [
            {"at": one.at, "who": authors.get(one.author_id, "") if one.author_id else "", "words": one.content}
            for one in earlier
        ],
        "contacts": contact_rows(actor, contacts),
        "is_active": line.state == rules.ACTIVE,
        "reason": label(rules.END, line.reason),
        "may_change": selectors.is_reader(actor) and actor.has_desk("hotline"),
        "may_end": line.led_by == actor.id or selectors.is_senior(actor),
        "ending": ending,
    }
    return render(request, "hotline/regular.html", context)


@desk("hotline")
@require_http_methods(["GET", "POST"])
def change_regular(request: DeskRequest, plan_id: UUID) -> HttpResponseBase:
    """Change a plan; how it read before stays."""
    actor = request.actor
    if not selectors.is_reader(actor):
        raise Denied(READERS_ONLY)
    line = selectors.regular(actor, plan_id)
    words = {name: getattr(line.words, name) for name in ("nickname", "helps", "not_helps", "how_long")}
    coded = {"led_by": str(line.led_by or ""), "review_on": line.review_on, "revision": line.revision}
    known = {**words, **coded, "numbers": ", ".join(line.words.numbers)}
    form = PlanForm(request.POST or None, initial=known)
    if request.method == "POST" and act(form, lambda: _revise(actor, plan_id, form)) is not None:
        messages.success(request, gettext("The plan is saved. Every shift sees it from now on."))
        return redirect("hotline:regular", plan_id)
    return render(request, "hotline/regular_form.html", {"form": form, "row": plan_rows(actor, [line])[0]})


def _revise(actor: Actor, plan_id: UUID, form: PlanForm) -> None:
    seen = form.cleaned_data["revision"] or 0
    services.revise_plan(actor=actor, plan_id=plan_id, planned=form.planned(), revision=seen)


@desk("hotline")
@require_POST
def end_regular(request: DeskRequest, plan_id: UUID) -> HttpResponseBase:
    """End a plan with a reason."""
    actor, form = request.actor, PlanEndForm(request.POST)
    if not selectors.is_reader(actor):
        raise Denied(READERS_ONLY)
    line = selectors.regular(actor, plan_id)
    done = act(form, lambda: services.end_plan(actor=actor, plan_id=plan_id, reason=form.cleaned_data["reason"]))
    if done is None:
        return _show(request, line, form)
    messages.success(request, gettext("The plan has ended. It is shown no more; it stays here to be read."))
    return redirect("hotline:regular", plan_id)


@desk("hotline")
@require_POST
def begin_regular_again(request: DeskRequest, plan_id: UUID) -> HttpResponseBase:
    """She calls again after all."""
    services.begin_again(actor=request.actor, plan_id=plan_id)
    return redirect("hotline:change_regular", plan_id)


@desk("hotline")
@require_POST
def recognise_regular(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """This contact was one of a regular caller's."""
    if not selectors.is_reader(request.actor):
        raise Denied(READERS_ONLY)
    vault.check_reach(request.actor, contact_id)
    plan_id = _reached(request.actor, request.POST.get("plan", ""))
    if plan_id is not None:
        services.recognise_regular(actor=request.actor, plan_id=plan_id, contact_id=contact_id)
        messages.success(request, gettext("Noted. The plan stands beside this contact from now on."))
    return redirect("hotline:contact", contact_id)
