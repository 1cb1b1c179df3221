"""Who and what comes into a file: people, contacts, other files of the group?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.cases import selectors, services
from astra.cases.forms.editing import AddPersonForm, ContactsForm, LinkForm, RoleForm
from astra.cases.views.joining_shown import matches, offered_contacts
from astra.cases.views.pages import case_head, form_page, to_case
from astra.kernel.errors import NotAllowedNow, NotFound
from astra.people import selectors as people
from astra.vocabulary.form_fields import act, said


@desk("cases")
def find_person(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Find whoever comes into the file; what is typed is not in the address."""
    facts = selectors.case_facts(request.actor, case_id)
    form = AddPersonForm(request.POST or None)
    found = matches(request.actor, case_id, form.cleaned_data["query"]) if form.is_valid() else None
    context = {**case_head(facts), "form": form, "found": found}
    return render(request, "cases/find_person.html", context)


@desk("cases")
def person(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Put somebody into the file under a role, or change the role she has."""
    page = selectors.case_page(request.actor, case_id)
    known = {card.id: card.role for card in page.people}
    name = people.display_names(request.actor, [person_id]).get(person_id, "")
    people.facts_of(request.actor, person_id)
    form = RoleForm(request.POST or None, initial={"role": known.get(person_id, "client")})
    deed = services.change_role if person_id in known else services.add_person

    if act(form, lambda: deed(actor=request.actor, case_id=case_id, person_id=person_id, **form.cleaned_data)):
        return to_case(case_id, "people")
    return form_page(
        request,
        page.facts,
        form,
        title=_("Person in the case"),
        button=_("Save"),
        lead=name,
        remove_id=person_id if person_id in known else None,
        template="cases/person.html",
    )


@require_POST
@desk("cases")
def remove_person(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Take somebody out of the file."""
    services.remove_person(actor=request.actor, case_id=case_id, person_id=person_id)
    return to_case(case_id, "people")


@desk("cases")
def add_contacts(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Let contacts of the people in the file join it."""
    page = selectors.case_page(request.actor, case_id)
    offered = offered_contacts(request.actor, page)
    form = ContactsForm(request.POST or None, offered=offered)

    def deed() -> None:
        services.add_contacts(actor=request.actor, case_id=case_id, contact_ids=form.cleaned_data["contacts"])

    if act(form, deed):
        return to_case(case_id)
    note, button = _("The team can open them then. The hotline's own keys end in a week."), _("Add")
    if not offered:
        note, button = _("The people in this case have no contacts that are not in it already."), ""
    return form_page(request, page.facts, form, title=_("Add contacts"), button=button, note=note)


@require_POST
@desk("cases")
def link(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Put another file into this group, by its number."""
    form = LinkForm(request.POST)
    found = selectors.find_by_number(request.actor, form.cleaned_data["number"]) if form.is_valid() else []
    if len(found) != 1:
        messages.error(request, _("No case of yours has this number. Check it, or ask a coordinator."))
        return to_case(case_id, "group")
    try:
        services.link_case(actor=request.actor, group_id=case_id, case_id=found[0])
    except NotAllowedNow as error:
        messages.error(request, said(error))
    return to_case(case_id, "group")


@require_POST
@desk("cases")
def unlink(request: DeskRequest, case_id: UUID, other_id: UUID) -> HttpResponse:
    """Take a file out of this group."""
    if case_id == other_id:
        raise NotFound
    services.unlink_case(actor=request.actor, group_id=case_id, case_id=other_id)
    return to_case(case_id, "group")
