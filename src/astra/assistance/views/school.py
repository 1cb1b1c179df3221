"""School of a case: enrolment, exams, scholarships; and where a line of the timeline leads."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from astra.accounts.access import DeskRequest, desk
from astra.assistance import selectors, services
from astra.assistance.forms import work as forms
from astra.assistance.models import Schooling
from astra.assistance.views import work_shown as shown
from astra.assistance.views.framing import help_form
from astra.assistance.views.work import to_part
from astra.assistance.work_sections import ExamWords, SchoolingWords
from astra.cases import selectors as cases
from astra.cases.views.pages import case_head
from astra.kernel.clock import today
from astra.vocabulary.form_fields import act


@desk("cases")
def school(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """What stands now."""
    facts = cases.case_facts(request.actor, case_id)
    lines = selectors.school_page(request.actor, case_id)
    rows = shown.school_rows(lines, cases.client_names(request.actor, case_id))
    return render(request, "assistance/school.html", {**case_head(facts), "rows": rows})


@desk("cases")
def enrol(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Begin a school, a course, tutoring or training."""
    facts = cases.case_facts(request.actor, case_id)
    form = forms.EnrolForm(
        request.POST or None, clients=cases.client_names(request.actor, case_id), initial={"began_on": today()}
    )

    def deed() -> None:
        given: dict[str, Any] = dict(form.cleaned_data)  # Any: what the service takes
        words = SchoolingWords(given.pop("where"), given.pop("remark"))
        services.enrol(actor=request.actor, case_id=case_id, words=words, **given)

    if act(form, deed):
        return to_part("school", case_id)
    return help_form(request, facts, form, "school", title=_("School or training begins"), button=_("Write it down"))


@desk("cases")
def end_schooling(request: DeskRequest, schooling_id: UUID) -> HttpResponse:
    """Schooling has ended."""
    case_id = shown.case_of(selectors.of_the_case(request.actor, Schooling, schooling_id))
    facts = cases.case_facts(request.actor, case_id)
    form = forms.SchoolEndForm(request.POST or None, initial={"ended_on": today()})

    def deed() -> None:
        services.end_schooling(actor=request.actor, schooling_id=schooling_id, **form.cleaned_data)

    if act(form, deed):
        return to_part("school", case_id)
    return help_form(request, facts, form, "school", title=_("School or training has ended"), button=_("Write it down"))


@desk("cases")
def exam(request: DeskRequest, schooling_id: UUID) -> HttpResponse:
    """Write down an exam."""
    case_id = shown.case_of(selectors.of_the_case(request.actor, Schooling, schooling_id))
    facts = cases.case_facts(request.actor, case_id)
    form = forms.ExamForm(request.POST or None)

    def deed() -> None:
        given: dict[str, Any] = dict(form.cleaned_data)  # Any: what the service takes
        words = ExamWords(given.pop("subject"), given.pop("mark"))
        services.add_exam(actor=request.actor, schooling_id=schooling_id, words=words, **given)

    if act(form, deed):
        return to_part("school", case_id)
    return help_form(request, facts, form, "school", title=_("Exam"), button=_("Write it down"))


@desk("cases")
def exam_result(request: DeskRequest, exam_id: UUID) -> HttpResponse:
    """Write down how an exam ended."""
    _part, case_id = shown.where_is(request.actor, exam_id)
    facts = cases.case_facts(request.actor, case_id)
    form = forms.ResultForm(request.POST or None)
    if act(form, lambda: services.note_result(actor=request.actor, exam_id=exam_id, **form.cleaned_data)):
        return to_part("school", case_id)
    return help_form(request, facts, form, "school", title=_("How the exam ended"), button=_("Write it down"))


@desk("cases")
def scholarship(request: DeskRequest, schooling_id: UUID) -> HttpResponse:
    """Write down a scholarship."""
    row = selectors.of_the_case(request.actor, Schooling, schooling_id)
    case_id = shown.case_of(row)
    facts = cases.case_facts(request.actor, case_id)
    form = forms.ScholarshipForm(request.POST or None, initial={"since": row.began_on})

    def deed() -> None:
        services.grant_scholarship(actor=request.actor, schooling_id=schooling_id, **form.cleaned_data)

    if act(form, deed):
        return to_part("school", case_id)
    return help_form(request, facts, form, "school", title=_("Scholarship"), button=_("Write it down"))


@desk("cases")
def entry(request: DeskRequest, entry_id: UUID) -> HttpResponse:
    """From a line of the timeline to the page on which its record stands."""
    part, case_id = shown.where_is(request.actor, entry_id)
    return to_part(part, case_id)
