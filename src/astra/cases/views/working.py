"""What is done in a file: tasks, and documents that come?"""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.cases import selectors, services
from astra.cases.forms.working import DocumentForm, MoveTaskForm, TaskForm
from astra.cases.rules.lifecycle import TASK, VERB_NAMES
from astra.cases.views.pages import case_head, form_page, to_case, workers
from astra.cases.views.people_shown import safe_first
from astra.cases.views.shown import answered_at, task_rows
from astra.vocabulary.form_fields import act


@desk("cases")
def add_task(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Set a task."""
    facts = selectors.case_facts(request.actor, case_id)
    form = TaskForm(request.POST or None, workers=workers(case_id))
    if act(form, lambda: services.add_task(actor=request.actor, case_id=case_id, **form.cleaned_data)):
        return to_case(case_id, "tasks")
    return form_page(request, facts, form, title=_("New task"), button=_("Set the task"))


@desk("cases")
def task(request: DeskRequest, task_id: UUID) -> HttpResponse:
    """One task: what it is, and giving it another day or another colleague."""
    found = selectors.task(request.actor, task_id)
    initial = {"due_on": found.due_on, "assigned": found.assigned_id}
    form = MoveTaskForm(request.POST or None, workers=workers(found.case_id, found.tier), initial=initial)
    if act(form, lambda: services.move_task(actor=request.actor, task_id=task_id, **form.cleaned_data)):
        return to_case(found.case_id, "tasks")
    context = {
        **case_head(selectors.case_facts(request.actor, found.case_id)),
        "task": found,
        "row": task_rows([found])[0],
        "answered_at": answered_at(found.kind, found.case_id),
        "steps": [{"verb": verb, "label": _(VERB_NAMES[verb])} for verb in TASK.verbs_from(found.state)],
        "form": form,
        "reached": safe_first(request.actor, found.case_id),
    }
    return render(request, "cases/task.html", context)


@require_POST
@desk("cases")
def step_task(request: DeskRequest, task_id: UUID, verb: str) -> HttpResponse:
    """Done, no longer needed, or put back."""
    found = selectors.task(request.actor, task_id)
    services.step_task(actor=request.actor, task_id=task_id, verb=verb)
    return to_case(found.case_id, "tasks")


@desk("cases")
def add_document(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Put a document into the file."""
    known = selectors.case_facts(request.actor, case_id)
    form = DocumentForm(request.POST or None, request.FILES or None)

    def deed() -> None:
        given = dict(form.cleaned_data)
        upload = given.pop("file")
        services.add_document(
            actor=request.actor, case_id=case_id, incoming=upload.incoming, facts=upload.facts, **given
        )

    if act(form, deed):
        return to_case(case_id, "documents")
    note = _("Up to 200 MB. It is checked for viruses and sealed while it arrives.")
    return form_page(request, known, form, title=_("Add a document"), button=_("Add"), note=note, is_upload=True)
