"""Identification and risk in a file: what was heard, three facts that never follow from each other, the danger."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from astra.accounts.access import DeskRequest, desk
from astra.cases import selectors, services
from astra.cases.forms.identifying import AssessmentForm, ChoiceForm, DecisionForm, RiskForm, ScreeningForm
from astra.cases.views.identifying_shown import (
    earlier,
    person_shown,
    screening_initial,
    screening_page,
    sources_of,
    told_by,
    told_in,
)
from astra.cases.views.pages import case_head, form_page, workers
from astra.identification import selectors as identification
from astra.identification import services as screening_services
from astra.identification.rules import indicators
from astra.kernel.clock import today
from astra.kernel.errors import NotFound
from astra.people import selectors as people
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import act


@desk("cases")
def identification_of(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """The page of the file: each person it is kept for, with the three facts side by side."""
    page = selectors.case_page(request.actor, case_id)
    people = [person_shown(request.actor, case_id, card) for card in page.people if card.is_client]
    return render(request, "cases/identification.html", case_head(page.facts) | {"people": people})


@desk("cases")
def screen(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """Listen first: what was said on the left, the indicators on the right; begins from the last screening."""
    actor = request.actor
    facts = selectors.case_facts(actor, case_id)
    told = told_in(actor, case_id)
    last = earlier(actor, person_id)
    initial = screening_initial(last) if last else {}
    form = ScreeningForm(request.POST or None, initial=initial, sources=sources_of(told))
    done = act(form, lambda: services.screen(actor=actor, case_id=case_id, person_id=person_id, new=form.new()))
    if done:
        messages.success(request, _("Kept. It is an aid: write your own assessment beside it."))
        return redirect("cases:screening", done[0])
    name = _name(actor, case_id, person_id)
    context = {"form": form, "told": told, "name": name, "is_again": last is not None, "trust": indicators.trust()}
    back = {"back_url": reverse("cases:identification", args=[case_id])}
    return render(request, "cases/screen.html", case_head(facts) | context | back)


@desk("cases")
def screen_contact(request: DeskRequest, contact_id: UUID, person_id: UUID) -> HttpResponseBase:
    """The same from a contact, before there is a case: it goes along when the contact joins one."""
    actor, told = request.actor, told_by(request.actor, contact_id)
    last = earlier(actor, person_id)
    initial = screening_initial(last) if last else {}
    form = ScreeningForm(request.POST or None, initial=initial, sources=sources_of(told))
    done = act(
        form,
        lambda: screening_services.screen_contact(
            actor=actor, contact_id=contact_id, person_id=person_id, new=form.new()
        ),
    )
    if done:
        messages.success(request, _("Kept. It is an aid: write your own assessment beside it."))
        return redirect("cases:screening", done[0])
    name = people.display_names(actor, [person_id]).get(person_id, "")
    context = {"form": form, "told": told, "name": name, "is_again": last is not None, "trust": indicators.trust()}
    return render(request, "cases/screen.html", context | {"back_url": reverse("hotline:contact", args=[contact_id])})


@desk("cases")
def screening(request: DeskRequest, screening_id: UUID) -> HttpResponse:
    """One screening: what the rule reads from it, and how it differs from the one before."""
    line = identification.screening(request.actor, screening_id, today())
    name = people.display_names(request.actor, [line.person_id]).get(line.person_id, "")
    return render(request, "cases/screening.html", screening_page(request.actor, line) | {"name": name})


@desk("cases")
def assess(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """Our own assessment."""
    form = AssessmentForm(request.POST or None)
    return _fact(request, (case_id, person_id), form, services.assess, _("Our own assessment"))


@desk("cases")
def decide(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """The decision of the competent body."""
    standing = identification.standing_of(request.actor, person_id, today())
    asked = request.GET.get("procedure", "")
    going = next((one for one in standing.decisions if one.is_latest and str(one.procedure) == asked), None)
    initial = {"procedure": going.procedure, "body": going.body, "reported_on": going.reported_on} if going else {}
    form = DecisionForm(request.POST or None, initial=initial)
    return _fact(request, (case_id, person_id), form, services.record_decision, _("Decision of the competent body"))


@desk("cases")
def choose(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """The person's own choice."""
    form = ChoiceForm(request.POST or None)
    return _fact(request, (case_id, person_id), form, services.record_choice, _("The person's choice"))


@desk("cases")
def assess_risk(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """The risk, heading by heading, and who must know now."""
    form = RiskForm(request.POST or None, workers=workers(case_id))
    title = _("Read the new risk assessment")

    def deed(*, actor: Actor, case_id: UUID, person_id: UUID, new: Any) -> UUID:  # Any: what the form makes
        return services.assess_risk(actor=actor, case_id=case_id, person_id=person_id, new=new, title=title)

    return _fact(request, (case_id, person_id), form, deed, _("Risk"), template="cases/risk_form.html")


def _fact(
    request: DeskRequest,
    which: tuple[UUID, UUID],
    form: Any,  # Any: one of the forms above
    deed: Callable[..., UUID],
    title: str,
    **more: Any,  # Any: template variables
) -> HttpResponseBase:
    case_id, person_id = which
    facts = selectors.case_facts(request.actor, case_id)
    name = _name(request.actor, case_id, person_id)
    if act(form, lambda: deed(actor=request.actor, case_id=case_id, person_id=person_id, new=form.new())):
        messages.success(request, _("Kept."))
        return redirect("cases:identification", case_id)
    shown: forms.Form = form
    return form_page(request, facts, shown, title=title, button=_("Keep it"), lead=name, **more)


def _name(actor: Actor, case_id: UUID, person_id: UUID) -> str:
    found = {card.id: card.known.name for card in selectors.people_in(actor, case_id)}
    if person_id not in found:
        raise NotFound
    return found[person_id]
