"""How is what a file says changed: its story, ground, facts, what is common, and its notes?"""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from astra.accounts.access import DeskRequest, desk
from astra.cases import selectors, services
from astra.cases.forms.editing import (
    FactsForm,
    GroundForm,
    NoteForm,
    NoteWordsForm,
    RevisedCommonForm,
    SummaryForm,
)
from astra.cases.sections import Common
from astra.cases.views.pages import form_page, to_case
from astra.kernel.errors import NotFound
from astra.vocabulary.form_fields import act


@desk("cases")
def summary(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Write the title and the story."""
    page = selectors.case_page(request.actor, case_id)
    if page.summary is None:
        raise NotFound
    told = page.summary.content
    initial = {"title": told.title, "story": told.story, "revision": page.summary.revision}
    form = SummaryForm(request.POST or None, initial=initial)
    if act(form, lambda: services.revise_summary(actor=request.actor, case_id=case_id, **form.cleaned_data)):
        return to_case(case_id)
    return form_page(request, page.facts, form, title=_("Title and story"), button=_("Save"))


@desk("cases")
def common(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Write what the files of a group share."""
    facts = selectors.case_facts(request.actor, case_id)
    known = selectors.own_common(request.actor, case_id)
    seen = {"revision": known.revision if known else None}
    form = RevisedCommonForm(request.POST or None, initial=vars(known.content if known else Common()) | seen)

    def deed() -> None:
        revision = form.cleaned_data["revision"]
        services.revise_common(actor=request.actor, case_id=case_id, common=form.common(), revision=revision)

    if act(form, deed):
        return to_case(case_id)
    note = _("Every case of the group shows this. Write nothing here about any one person.")
    return form_page(request, facts, form, title=_("What they have in common"), button=_("Save"), note=note)


@desk("cases")
def ground(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Say on what ground the file exists."""
    facts = selectors.case_facts(request.actor, case_id)
    form = GroundForm(request.POST or None, initial={"ground": facts.ground})
    if act(form, lambda: services.record_ground(actor=request.actor, case_id=case_id, **form.cleaned_data)):
        return to_case(case_id)
    note = _("Spoken consent is enough. Where nobody has asked yet, a task with a date is set.")
    return form_page(request, facts, form, title=_("Ground of the case"), button=_("Save"), note=note)


@desk("cases")
def facts(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Set the coded facts."""
    known = selectors.case_facts(request.actor, case_id)
    form = FactsForm(request.POST) if request.method == "POST" else FactsForm.of(known)

    def deed() -> None:
        given = form.cleaned_data
        services.set_facts(
            actor=request.actor,
            case_id=case_id,
            kind=given["kind"],
            risk=given["risk"],
            forms=given["forms_of"],
            countries=given["countries"],
        )

    if act(form, deed):
        return to_case(case_id)
    return form_page(request, known, form, title=_("Kind, risk, forms, countries"), button=_("Save"))


@desk("cases")
def add_note(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Write a note into the file."""
    page = selectors.case_page(request.actor, case_id)
    form = NoteForm(request.POST or None, people=page.people)
    if act(form, lambda: services.add_note(actor=request.actor, case_id=case_id, **form.cleaned_data)):
        return to_case(case_id)
    return form_page(request, page.facts, form, title=_("New note"), button=_("Save the note"))


@desk("cases")
def note(request: DeskRequest, note_id: UUID) -> HttpResponse:
    """Read a note, and write it anew."""
    found = selectors.note(request.actor, note_id)
    words = found.words.content
    initial = {"title": words.title, "text": words.text, "revision": found.words.revision}
    form = NoteWordsForm(request.POST or None, initial=initial)
    if act(form, lambda: services.revise_note(actor=request.actor, note_id=note_id, **form.cleaned_data)):
        return to_case(found.case_id)
    about = selectors.case_facts(request.actor, found.case_id)
    return form_page(request, about, form, title=_("Note"), button=_("Save the note"))
