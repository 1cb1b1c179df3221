"""What goes when its time is over? A preview, a proposal by one, the decision of another."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_names
from astra.rights import selectors, services
from astra.rights.forms.keeping import LongerForm, ProposeForm, RefuseForm
from astra.rights.views import keeping_shown as shown
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label

OFFICERS = ("coordination", "data_protection")


@desk(*OFFICERS)
@require_GET
def retention(request: DeskRequest) -> HttpResponse:
    """What ends until the end of next month, what waits for a second person, and the rules."""
    lines = selectors.disposals(request.actor)
    people = {who for line in lines for who in (line.proposed_by, line.decided_by) if who}
    preview = selectors.preview(request.actor)
    context = {
        "head": shown.preview_head(),
        "rows": shown.preview_rows(preview),
        "quiet": shown.quiet_classes(preview),
        "disposals": shown.disposal_rows(lines, work_names(people)),
        "rule_head": shown.rule_head(),
        "rules": shown.rule_rows(),
    }
    return render(request, "rights/retention.html", context)


@desk(*OFFICERS)
@require_http_methods(["GET", "POST"])
def endings(request: DeskRequest, category: str) -> HttpResponseBase:
    """One class: choose what is to go, and propose it."""
    actor, lines = request.actor, selectors.endings(request.actor, category)
    form = ProposeForm(request.POST or None, offered=[str(line.id) for line in lines])
    made = act(form, lambda: services.propose(actor=actor, category=category, **form.cleaned_data))
    if made is not None:
        messages.success(request, gettext("Proposed. Somebody else has to agree; until then nothing goes."))
        return redirect("rights:disposal", made[0])
    context = {
        "form": form,
        "title": label(shown.CLASS, category),
        "rows": shown.ending_rows(lines),
        "chosen": request.POST.getlist("lines"),
    }
    return render(request, "rights/endings.html", context)


@desk(*OFFICERS)
@require_http_methods(["GET", "POST"])
def longer(request: DeskRequest, ending_id: UUID) -> HttpResponseBase:
    """Keep one thing for longer than its time."""
    line, actor, form = selectors.ending(request.actor, ending_id), request.actor, LongerForm(request.POST or None)
    if act(form, lambda: services.keep_longer(actor=actor, ending_id=ending_id, **form.cleaned_data)) is not None:
        messages.success(request, gettext("Kept for longer. It is asked again after that day."))
        return redirect("rights:endings", line.category)
    context = {"form": form, "row": shown.ending_rows([line])[0], "category": line.category}
    return render(request, "rights/longer.html", context)


@desk(*OFFICERS)
@require_GET
def disposal(request: DeskRequest, disposal_id: UUID) -> HttpResponse:
    """One proposal."""
    return _show(request, disposal_id, RefuseForm())


def _show(request: DeskRequest, disposal_id: UUID, form: RefuseForm) -> HttpResponse:
    line = selectors.disposal(request.actor, disposal_id)
    names = work_names({who for who in (line.proposed_by, line.decided_by) if who})
    rows = shown.ending_rows(selectors.in_disposal(request.actor, disposal_id))
    context: dict[str, Any] = {"row": shown.disposal_row(line, names), "rows": rows, "form": form}  # Any: of a template
    return render(request, "rights/disposal.html", context)


@desk(*OFFICERS)
@require_POST
def agree(request: DeskRequest, disposal_id: UUID) -> HttpResponseBase:
    """A second person agrees: it goes now."""
    gone = services.agree(actor=request.actor, disposal_id=disposal_id)
    said = ngettext("Gone: %(count)s. Its keys are destroyed.", "Gone: %(count)s. Their keys are destroyed.", gone)
    messages.success(request, said % {"count": gone})
    return redirect("rights:disposal", disposal_id)


@desk(*OFFICERS)
@require_POST
def refuse(request: DeskRequest, disposal_id: UUID) -> HttpResponseBase:
    """A second person does not agree."""
    form, actor = RefuseForm(request.POST), request.actor
    if act(form, lambda: services.refuse(actor=actor, disposal_id=disposal_id, **form.cleaned_data)) is None:
        return _show(request, disposal_id, form)
    messages.success(request, gettext("Refused. Nothing goes."))
    return redirect("rights:disposal", disposal_id)


@desk(*OFFICERS)
@require_POST
def take_back(request: DeskRequest, disposal_id: UUID) -> HttpResponseBase:
    """Whoever proposed it takes it back."""
    services.take_back_disposal(actor=request.actor, disposal_id=disposal_id)
    messages.success(request, gettext("Taken back. Nothing goes."))
    return redirect("rights:retention")
