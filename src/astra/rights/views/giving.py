"""How is somebody given a page of her own, and what has she asked so far? One page beside her case."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.cases import selectors as cases
from astra.rights import selectors, services
from astra.rights.entries import Codes
from astra.rights.forms.giving import CodeForm, GiveForm, RequestForm
from astra.rights.views.shown import page_rows, parent_rows, recall_row, request_rows, story_tag
from astra.vault.crypto.codes import in_groups
from astra.vocabulary.form_fields import act


@desk("cases")
@require_GET
def person(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Her own page as colleagues see it, and everything she asked."""
    return _show(request, case_id, person_id)


def _show(request: DeskRequest, case_id: UUID, person_id: UUID, **forms: Any) -> HttpResponse:  # Any: forms
    actor = request.actor
    facts = cases.case_facts(actor, case_id)
    name = next((card.known.name for card in cases.people_in(actor, case_id) if card.id == person_id), "")
    page = selectors.open_page(actor, person_id)
    context = {
        "case": facts,
        "person_id": person_id,
        "name": name,
        "page": page_rows(page),
        "rows": request_rows(selectors.requests_of(actor, person_id)),
        "story": story_tag(selectors.story_of(actor, person_id)),
        "parents": parent_rows(selectors.parents_of(actor, person_id)),
        "recalls": [recall_row(one) for one in selectors.recalls_of(actor, person_id)],
        "form": GiveForm(),
        "code_form": CodeForm(),
        "request_form": RequestForm(),
        **forms,
    }
    return render(request, "rights/person.html", context)


@desk("cases")
@require_POST
def give(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """Hand over the codes: shown once, in this answer and nowhere else."""
    form, actor = GiveForm(request.POST), request.actor
    given = act(
        form,
        lambda: services.give_page(actor=actor, case_id=case_id, person_id=person_id, **form.cleaned_data),
    )
    if given is None:
        return _show(request, case_id, person_id, form=form)
    return _handed_over(request, case_id, person_id, given[0])


@desk("cases")
@require_POST
def new_code(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """New codes instead of lost ones; the ones before open nothing any more."""
    form, actor = CodeForm(request.POST), request.actor
    given = act(
        form,
        lambda: services.new_code(actor=actor, person_id=person_id, is_in_person=form.cleaned_data["is_in_person"]),
    )
    if given is None:
        return _show(request, case_id, person_id, code_form=form)
    return _handed_over(request, case_id, person_id, given[0])


def _handed_over(request: DeskRequest, case_id: UUID, person_id: UUID, codes: Codes) -> HttpResponse:
    shown = {"own": in_groups(codes.own), "calm": in_groups(codes.calm)}
    return render(request, "rights/codes.html", {**shown, "case_id": case_id, "person_id": person_id})


@desk("cases")
@require_POST
def close(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """Close her page, in every browser and for every code."""
    services.close_page(actor=request.actor, person_id=person_id)
    messages.success(request, gettext("The page is closed. No code opens it any more."))
    return redirect("rights:person", case_id, person_id)


@desk("cases")
@require_POST
def note(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """Write down what she asked in person or by letter."""
    form, actor = RequestForm(request.POST), request.actor
    noted = act(
        form,
        lambda: services.note_request(actor=actor, person_id=person_id, case_id=case_id, **form.cleaned_data),
    )
    if noted is None:
        return _show(request, case_id, person_id, request_form=form)
    messages.success(request, gettext("Written down. The term of thirty days runs from today."))
    return redirect("rights:request", noted[0])
