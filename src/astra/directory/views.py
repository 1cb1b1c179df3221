"""The pages of the directory: the list, one organisation, and what is known of it."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.directory import selectors, services, showing
from astra.directory.forms.organisations import (
    ContactsForm,
    EntryForms,
    EntryInitial,
    FilterForm,
    PersonFormSet,
    persons_of,
)
from astra.directory.sections import Contacts
from astra.directory.selectors import OrganisationLine, Wanted
from astra.kernel.clock import now, today
from astra.vocabulary.form_fields import act


@desk("directory")
def organisations(request: DeskRequest) -> HttpResponseBase:
    """Who helps with what, where and when; words are posted, so that none stands in an address."""
    form, lines = _searched(request)
    return render(request, "directory/list.html", {"form": form, "rows": showing.rows(lines), "total": len(lines)})


@desk("directory")
def on_map(request: DeskRequest) -> HttpResponseBase:
    """The same as dots for towns with names; the list beside it holds the same. Hidden places are on neither."""
    form, lines = _searched(request)
    towns, drawing, without = showing.towns(lines)
    context = {"form": form, "towns": towns, "map": drawing, "without": without, "total": len(lines)}
    return render(request, "directory/map.html", context)


def _searched(request: DeskRequest) -> tuple[FilterForm, list[OrganisationLine]]:
    form = FilterForm(request.POST or request.GET or None)
    chosen = dict(form.cleaned_data) if form.is_valid() else {}
    is_now = chosen.pop("open_now", False)
    text = chosen.pop("name", "")
    wanted = Wanted(text, **chosen)
    if is_now:
        wanted = replace(wanted, open_at=now())
    return form, selectors.search(request.actor, wanted, day=today())


@desk("directory")
def organisation(request: DeskRequest, organisation_id: UUID) -> HttpResponseBase:
    """One organisation."""
    row = selectors.organisation_row(request.actor, organisation_id)
    opened = selectors.contacts_of(request.actor, organisation_id)
    contacts = opened.content if opened else Contacts()
    page = showing.page(row, selectors.services_of(row), selectors.places_of(row), contacts, today())
    return render(request, "directory/organisation.html", {"row": row, "contacts": contacts, **page})


@desk("directory")
def add(request: DeskRequest) -> HttpResponseBase:
    """Write down a new organisation."""
    parts = EntryForms(request.POST or None)
    if request.method == "POST" and parts.is_valid():
        made = act(parts.form, partial(services.add_organisation, actor=request.actor, entry=parts.entry()))
        if made:
            return redirect("directory:contacts", made[0])
    return render(request, "directory/edit.html", {"parts": parts, "form": parts.form, "is_new": True})


@desk("directory")
def edit(request: DeskRequest, organisation_id: UUID) -> HttpResponseBase:
    """Write an organisation anew."""
    actor = request.actor
    row = selectors.organisation_row(actor, organisation_id)
    opened = selectors.contacts_of(actor, organisation_id)
    offered, places = selectors.services_of(row), selectors.places_of(row)
    initial = EntryInitial.of(row, offered, places, opened.content if opened else None)
    parts = EntryForms(request.POST or None, initial)
    if request.method == "POST" and parts.is_valid():
        deed = partial(services.revise_organisation, actor=actor, organisation_id=row.pk, entry=parts.entry())
        if act(parts.form, deed):
            return redirect("directory:organisation", organisation_id)
    return render(request, "directory/edit.html", {"parts": parts, "form": parts.form, "row": row})


@desk("directory")
def contacts(request: DeskRequest, organisation_id: UUID) -> HttpResponseBase:
    """Whom we know there."""
    actor = request.actor
    row = selectors.organisation_row(actor, organisation_id)
    opened = selectors.contacts_of(actor, organisation_id)
    known = opened.content if opened else Contacts()
    form = ContactsForm(
        request.POST or None, initial={"revision": opened.revision if opened else 0, "note": known.note}
    )
    persons = PersonFormSet(request.POST or None, initial=showing.persons(known), prefix="persons")
    if request.method == "POST" and form.is_valid() and persons.is_valid():
        typed = {"persons": persons_of(persons), **form.cleaned_data}
        if act(form, partial(services.revise_contacts, actor=actor, organisation_id=row.pk, **typed)):
            return redirect("directory:organisation", organisation_id)
    return render(request, "directory/contacts.html", {"form": form, "persons": persons, "row": row})


@require_POST
@desk("directory")
def confirm(request: DeskRequest, organisation_id: UUID) -> HttpResponseBase:
    """Everything is still right."""
    services.confirm_organisation(actor=request.actor, organisation_id=organisation_id, on=today())
    messages.success(request, gettext("Noted as checked today."))
    return redirect("directory:organisation", organisation_id)


@require_POST
@desk("directory")
def close(request: DeskRequest, organisation_id: UUID) -> HttpResponseBase:
    """It no longer helps."""
    services.close_organisation(actor=request.actor, organisation_id=organisation_id, on=today())
    return redirect("directory:organisation", organisation_id)


@require_POST
@desk("directory")
def reopen(request: DeskRequest, organisation_id: UUID) -> HttpResponseBase:
    """It helps again."""
    services.reopen_organisation(actor=request.actor, organisation_id=organisation_id)
    return redirect("directory:organisation", organisation_id)
