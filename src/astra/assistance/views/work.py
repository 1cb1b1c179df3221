"""Work of a case: curriculum vitae, applications, placements and whether they last; employers who take part."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.assistance import selectors, services
from astra.assistance.forms import work as forms
from astra.assistance.models import JobApplication, Placement
from astra.assistance.rules.work import LEFT
from astra.assistance.services.work_paper import cv_paper
from astra.assistance.views import work_shown as shown
from astra.assistance.views.framing import help_form
from astra.assistance.work_sections import ApplicationWords, CvWords, PlacementWords
from astra.cases import selectors as cases
from astra.cases.views.pages import case_head, form_page
from astra.cases.views.people_shown import safe_first
from astra.directory import selectors as directory
from astra.kernel.clock import today
from astra.vocabulary.form_fields import act

ASK_HER = gettext_lazy("Ask the person, by the rules of safe contact; never the employer.")


def to_part(part: str, case_id: UUID, anchor: str = "") -> HttpResponseRedirect:
    """To one of the pages of a case, at a place of it."""
    return HttpResponseRedirect(reverse(f"assistance:{part}", args=[case_id]) + (f"#{anchor}" if anchor else ""))


@desk("cases")
def work(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """What stands now."""
    facts = cases.case_facts(request.actor, case_id)
    page = selectors.work_page(request.actor, case_id)
    names = cases.client_names(request.actor, case_id)
    return render(request, "assistance/work.html", {**case_head(facts), **shown.work_context(page, names)})


@desk("cases")
def cv(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Write a curriculum vitae; the one of an only client is opened instead where there is one."""
    facts = cases.case_facts(request.actor, case_id)
    names = cases.client_names(request.actor, case_id)
    known = selectors.work_page(request.actor, case_id).cvs
    if len(names) == 1 and known:
        return redirect("assistance:revise_cv", known[0][0].pk)
    name = next(iter(names.values())) if len(names) == 1 else ""
    form = forms.CvForm(request.POST or None, clients=names, initial={"name": name})

    def deed() -> None:
        given: dict[str, Any] = dict(form.cleaned_data)  # Any: what the service takes
        person = given.pop("person_id", None)
        services.write_cv(actor=request.actor, case_id=case_id, words=CvWords(**given), person_id=person)

    if act(form, deed):
        return to_part("work", case_id, "cv")
    return help_form(request, facts, form, "work", title=_("Curriculum vitae"), button=_("Keep"))


@desk("cases")
def revise_cv(request: DeskRequest, cv_id: UUID) -> HttpResponse:
    """Change what stands on it."""
    row = selectors.get_cv(request.actor, cv_id)
    facts = cases.case_facts(request.actor, row.case_id)
    known = selectors.cv_words(request.actor, cv_id)
    form = forms.CvRevisionForm(request.POST or None, initial={**vars(known.content), "revision": known.revision})

    def deed() -> None:
        given: dict[str, Any] = dict(form.cleaned_data)  # Any: what the service takes
        revision = given.pop("revision")
        services.revise_cv(actor=request.actor, cv_id=cv_id, words=CvWords(**given), revision=revision)

    if act(form, deed):
        return to_part("work", row.case_id, "cv")
    return help_form(request, facts, form, "work", title=_("Curriculum vitae"), button=_("Keep"))


@require_POST
@desk("cases")
def cv_pdf(request: DeskRequest, cv_id: UUID, script: str) -> HttpResponse:
    """The curriculum vitae as a PDF, in a script."""
    words = selectors.cv_words(request.actor, cv_id)
    paper = cv_paper(words.content, script)
    services.note_cv_taken(actor=request.actor, cv_id=cv_id)
    return shown.as_pdf(paper, cv_id)


@desk("cases")
def apply_for_job(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Write down an application."""
    facts = cases.case_facts(request.actor, case_id)
    form = forms.ApplicationForm(
        request.POST or None, clients=cases.client_names(request.actor, case_id), initial={"applied_on": today()}
    )

    def deed() -> None:
        given: dict[str, Any] = dict(form.cleaned_data)  # Any: what the service takes
        person, on = given.pop("person_id", None), given.pop("applied_on")
        services.apply_for_job(
            actor=request.actor, case_id=case_id, applied_on=on, words=ApplicationWords(**given), person_id=person
        )

    if act(form, deed):
        return to_part("work", case_id, "applications")
    return help_form(request, facts, form, "work", title=_("Application for work"), button=_("Write it down"))


@desk("cases")
def answer_application(request: DeskRequest, application_id: UUID) -> HttpResponse:
    """Write down what the employer answered."""
    row = selectors.of_the_case(request.actor, JobApplication, application_id)
    facts = cases.case_facts(request.actor, row.case_id)
    form = forms.AnswerForm(request.POST or None, initial={"answered_on": today()})

    def deed() -> None:
        services.note_answer(actor=request.actor, application_id=application_id, **form.cleaned_data)

    if act(form, deed):
        return to_part("work", row.case_id, "applications")
    return help_form(request, facts, form, "work", title=_("Answer to an application"), button=_("Write it down"))


@desk("cases")
def place(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Somebody begins to work; the register of checked employers is asked first."""
    facts = cases.case_facts(request.actor, case_id)
    form = forms.PlacementForm(
        request.POST or None,
        clients=cases.client_names(request.actor, case_id),
        employers=selectors.employer_names(request.actor),
        initial={"began_on": today()},
    )

    def deed() -> None:
        given: dict[str, Any] = dict(form.cleaned_data)  # Any: what the service takes
        words = PlacementWords(given.pop("employer"), given.pop("post"), given.pop("despite"))
        services.place(actor=request.actor, case_id=case_id, words=words, **given)

    if act(form, deed):
        return to_part("work", case_id, "placements")
    more = {"template": "assistance/place.html", "register": shown.workplace_rows(request.actor, form)}
    button = _("Ask the register and write it down")
    return help_form(request, facts, form, "work", title=_("Work begins"), button=button, **more)


@desk("cases")
def retention(request: DeskRequest, placement_id: UUID, months: int) -> HttpResponse:
    """Ask whether somebody still works there."""
    row = selectors.of_the_case(request.actor, Placement, placement_id)
    case_id = shown.case_of(row)
    facts = cases.case_facts(request.actor, case_id)
    form = forms.RetentionForm(request.POST or None, initial={"asked_on": today()})

    def deed() -> None:
        services.check_retention(actor=request.actor, placement_id=placement_id, months=months, **form.cleaned_data)

    if act(form, deed):
        if form.cleaned_data["answer"] == LEFT and row.ended_on is None:
            return redirect("assistance:end_placement", placement_id)
        return to_part("work", case_id, "placements")
    more = {"template": "assistance/asked.html", "reached": safe_first(request.actor, case_id), "note": ASK_HER}
    title = ngettext("Work after %(months)s month", "Work after %(months)s months", months) % {"months": months}
    return help_form(request, facts, form, "work", title=title, button=_("Write it down"), **more)


@desk("cases")
def end_placement(request: DeskRequest, placement_id: UUID) -> HttpResponse:
    """Work has ended."""
    row = selectors.of_the_case(request.actor, Placement, placement_id)
    case_id = shown.case_of(row)
    facts = cases.case_facts(request.actor, case_id)
    form = forms.PlacementEndForm(request.POST or None, initial={"ended_on": today()})

    def deed() -> None:
        services.end_placement(actor=request.actor, placement_id=placement_id, **form.cleaned_data)

    if act(form, deed):
        return to_part("work", case_id, "placements")
    return help_form(request, facts, form, "work", title=_("Work has ended"), button=_("Write it down"))


# ---- Employers who take part


@desk("cases")
def employers(request: DeskRequest) -> HttpResponse:
    """Who takes part, and who did."""
    return render(request, "assistance/employers.html", {"rows": selectors.employers(request.actor)})


@desk("cases")
def add_employer(request: DeskRequest) -> HttpResponse:
    """An organisation of the directory takes part."""
    places = dict(directory.choices(request.actor))
    form = forms.EmployerForm(request.POST or None, organisations=places, initial={"since": today()})
    if act(form, lambda: services.add_employer(actor=request.actor, **form.cleaned_data)):
        return redirect("assistance:employers")
    return form_page(request, None, form, title=_("Employer who takes part"), button=_("Add"))


@desk("cases")
def end_employer(request: DeskRequest, employer_id: int) -> HttpResponse:
    """An employer takes part no more."""
    form = forms.EmployerEndForm(request.POST or None, initial={"until": today()})
    if act(form, lambda: services.end_employer(actor=request.actor, employer_id=employer_id, **form.cleaned_data)):
        return redirect("assistance:employers")
    return form_page(request, None, form, title=_("Takes part no more"), button=_("Keep"))
