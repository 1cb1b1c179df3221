"""How is somebody's own story written together, approved, shown and printed? One page beside her case."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.cases import selectors as cases
from astra.rights import selectors, services
from astra.rights.forms.stories import ApproveForm, PrintForm, StoryForm
from astra.rights.selectors import StoryLine
from astra.vocabulary.form_fields import act


@desk("cases")
def begin_story(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """Write it down; who has one already comes to it."""
    actor, case = request.actor, cases.case_facts(request.actor, case_id)
    found = selectors.story_of(actor, person_id)
    if found is not None:
        return redirect("rights:story", found.row.pk)
    form = StoryForm(request.POST or None)
    made = act(
        form,
        lambda: services.write_story(actor=actor, case_id=case_id, person_id=person_id, text=form.cleaned_data["text"]),
    )
    if made is not None:
        return redirect("rights:story", made[0])
    return render(request, "rights/story.html", {"case": case, "person_id": person_id, "form": form})


@desk("cases")
def story(request: DeskRequest, story_id: UUID) -> HttpResponseBase:
    """The story, and what she allowed."""
    return _show(request, selectors.story(request.actor, story_id))


def _show(request: DeskRequest, line: StoryLine, **forms: Any) -> HttpResponse:  # Any: forms
    context = {
        "case": cases.case_facts(request.actor, line.row.case_id),
        "person_id": line.row.person_id,
        "line": line,
        "form": StoryForm(initial={"text": line.text, "revision": line.revision}),
        "approve_form": ApproveForm(initial={"revision": line.revision, "may_print": line.row.may_print}),
        "print_form": PrintForm(),
        **forms,
    }
    return render(request, "rights/story.html", context)


@desk("cases")
@require_POST
def revise_story(request: DeskRequest, story_id: UUID) -> HttpResponseBase:
    """Change the text; what was approved stays as it was."""
    form, actor = StoryForm(request.POST), request.actor
    line = selectors.story(actor, story_id)

    def deed() -> None:
        given = form.cleaned_data
        services.revise_story(actor=actor, story_id=story_id, text=given["text"], revision=given["revision"] or 0)

    if act(form, deed) is None:
        return _show(request, line, form=form)
    messages.success(request, gettext("Kept. The person has not approved this text yet."))
    return redirect("rights:story", story_id)


@desk("cases")
@require_POST
def approve_story(request: DeskRequest, story_id: UUID) -> HttpResponseBase:
    """She has read this very text and approves it."""
    form, actor = ApproveForm(request.POST), request.actor
    line = selectors.story(actor, story_id)
    if act(form, lambda: services.approve_story(actor=actor, story_id=story_id, **form.cleaned_data)) is None:
        return _show(request, line, approve_form=form)
    messages.success(request, gettext("Approved by the person today."))
    return redirect("rights:story", story_id)


@desk("cases")
@require_POST
def print_story(request: DeskRequest, story_id: UUID) -> HttpResponseBase:
    """The approved text as one page for an institution, under a neutral name."""
    form, actor = PrintForm(request.POST), request.actor
    line = selectors.story(actor, story_id)
    made = act(form, lambda: services.print_story(actor=actor, story_id=story_id, **form.cleaned_data))
    if made is None:
        return _show(request, line, print_form=form)
    response = HttpResponse(made[0].data, content_type=made[0].content_type)
    response["Content-Disposition"] = f'attachment; filename="{story_id.hex[-6:]}.pdf"'
    return response
