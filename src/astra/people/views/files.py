"""One person's page, and the pages on which it is changed."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from astra.accounts.access import DeskRequest, desk
from astra.people import beside, selectors, services, showing
from astra.people.forms.around import SafetyForm, StayForm
from astra.people.forms.persons import DetailFormSet, IdentityForms, RevisionForm, details_of
from astra.people.rules.persons import Safety
from astra.vocabulary.form_fields import act


def show_person(request: DeskRequest, person_id: UUID, panels: Iterable[dict[str, Any]] = ()) -> HttpResponseBase:
    """Render somebody's page; pages that join rooms pass their own parts as `panels`.

    A panel is a mapping with `title` and `template`; the template finds it as `panel`.
    """
    page = showing.file_of(request.actor, person_id)
    joined = beside.joined_rows(request.actor, person_id)
    return render(request, "people/person.html", {"file": page, "panels": list(panels), "joined": joined})


@desk("people")
def person(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """Somebody's page."""
    return show_person(request, person_id)


@desk("people")
def identity(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """Who she is."""
    opened = selectors.identity(request.actor, person_id)
    parts = IdentityForms(request.POST or None, opened.content, opened.revision)
    if request.method == "POST" and parts.is_valid():
        deed = partial(services.revise_identity, actor=request.actor, person_id=person_id)
        if act(parts.form, partial(deed, identity=parts.identity(), revision=parts.revision)):
            return redirect("people:person", person_id)
    context = {"file": showing.head_of(request.actor, person_id), "parts": parts, "form": parts.form}
    return render(request, "people/identity.html", context)


@desk("people")
def contact(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """How she can be reached."""
    opened = selectors.contact_details(request.actor, person_id)
    known = [vars(entry) for entry in opened.content.entries] if opened else []
    form = RevisionForm(request.POST or None, initial={"revision": opened.revision if opened else None})
    details = DetailFormSet(request.POST or None, initial=known, prefix="details")
    if request.method == "POST" and form.is_valid() and details.is_valid():
        typed = {"details": details_of(details), "revision": form.cleaned_data["revision"]}
        deed = partial(services.revise_contact_details, actor=request.actor, person_id=person_id, **typed)
        if act(form, deed):
            return redirect("people:person", person_id)
    context = {"file": showing.head_of(request.actor, person_id), "form": form, "details": details}
    return render(request, "people/contact.html", context)


@desk("people")
def safety(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """How she may be contacted without danger."""
    opened = selectors.safety(request.actor, person_id)
    known, revision = (opened.content, opened.revision) if opened else (Safety(), None)
    form = SafetyForm(request.POST or None, known=known, revision=revision)
    if request.method == "POST" and form.is_valid():
        typed = {"safety": form.safety(), "revision": form.cleaned_data["revision"]}
        if act(form, partial(services.set_safety, actor=request.actor, person_id=person_id, **typed)):
            return redirect("people:person", person_id)
    return render(request, "people/safety.html", {"file": showing.head_of(request.actor, person_id), "form": form})


@desk("people")
def whereabouts(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """Where she is from now on."""
    form = StayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        deed = partial(services.set_whereabouts, actor=request.actor, person_id=person_id, stay=form.stay())
        if act(form, deed):
            return redirect("people:person", person_id)
    return render(request, "people/whereabouts.html", {"file": showing.head_of(request.actor, person_id), "form": form})
