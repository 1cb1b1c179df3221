"""How does somebody get her file to take along? Prepared by one colleague, checked by another, handed over once, here.

The state is the rights room's; the page is the desk's, for it shows parts that all rooms have written.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_name
from astra.cases import selectors as cases
from astra.kernel.errors import NotFound
from astra.rights import selectors, services
from astra.rights.forms.stories import HereForm, PrepareForm
from astra.rights.rules import taking as rules
from astra.sites.desk.own_file import bundle, sheets
from astra.vocabulary.form_fields import act


@desk("cases")
def own_file(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """What is hers alone, part by part, and what is left out because it speaks of others."""
    actor, case = request.actor, cases.case_facts(request.actor, case_id)
    living = selectors.living_file(actor, person_id)
    if living is not None:
        return redirect("desk:taken_file", living.pk)
    left_out = request.POST.getlist("apart")
    parts = selectors.own_parts(actor, person_id)
    kept = parts.without(left_out).hers
    form = PrepareForm(request.POST or None, workers=selectors.checkers(actor, case_id, kept))
    made = act(
        form,
        lambda: services.prepare_file(
            actor=actor, case_id=case_id, person_id=person_id, left_out=left_out, **form.cleaned_data
        ),
    )
    if made is not None:
        return redirect("desk:taken_file", made[0])
    context = {"case": case, "person_id": person_id, "form": form, "hers": sheets(parts.hers, left_out)}
    return render(request, "desk/own_file.html", {**context, "apart": sheets(parts.apart)})


@desk("cases")
def taken_file(request: DeskRequest, taken_id: UUID) -> HttpResponseBase:
    """A file that was prepared: what it holds, who looked at it, and handing it over."""
    return _show(request, taken_id, HereForm())


def _show(request: DeskRequest, taken_id: UUID, form: forms.Form) -> HttpResponse:
    found = selectors.prepared(request.actor, taken_id)
    row = found.row
    is_ready = found.is_whole and found.is_same
    context: dict[str, Any] = {  # Any: template variables
        "case": cases.case_facts(request.actor, row.case_id),
        "row": row,
        "is_living": row.state in rules.LIVING,
        "is_whole": found.is_whole,
        "is_same": found.is_same,
        "preparer": work_name(row.prepared_by),
        "checker": work_name(row.checked_by),
        "hers": sheets(found.parts.hers) if row.state in rules.LIVING else [],
        "apart": sheets(found.parts.apart) if row.state in rules.LIVING else [],
        "may_check": is_ready and row.state == rules.PREPARED and row.prepared_by != request.actor.id,
        "waits": row.state == rules.PREPARED and row.prepared_by == request.actor.id,
        "may_hand": is_ready and row.state == rules.CHECKED,
        "form": form,
    }
    return render(request, "desk/taken_file.html", context)


@desk("cases")
@require_POST
def step_file(request: DeskRequest, taken_id: UUID, verb: str) -> HttpResponseBase:
    """Check it, or put it aside."""
    if verb not in ("check", "drop"):
        raise NotFound
    step, form = (services.check_file if verb == "check" else services.drop_file), HereForm(request.POST)
    if act(form, lambda: step(actor=request.actor, taken_id=taken_id)) is None:
        return _show(request, taken_id, form)
    messages.success(request, gettext("Checked.") if verb == "check" else gettext("Put aside."))
    return redirect("desk:taken_file", taken_id)


@desk("cases")
@require_POST
def hand_file(request: DeskRequest, taken_id: UUID) -> HttpResponseBase:
    """Hand it over: this once, in this answer and nowhere else."""
    actor, form = request.actor, HereForm(request.POST)
    row = selectors.prepared(actor, taken_id).row

    def deed() -> bytes:
        made = bundle(selectors.prepared(actor, taken_id).parts, row.person_id, row.case_id)
        services.hand_file_over(actor=actor, taken_id=taken_id, is_in_person=form.cleaned_data["is_in_person"])
        return made

    handed = act(form, deed)
    if handed is None:
        return _show(request, taken_id, form)
    response = HttpResponse(handed[0], content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{taken_id.hex[-6:]}.zip"'
    return response
