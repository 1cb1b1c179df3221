"""Which parents and guardians asked for a child's file, and how was it decided? And what do others still hold?"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_name
from astra.assistance import selectors as assistance
from astra.cases import selectors as cases
from astra.consent import selectors as consent
from astra.rights import selectors, services
from astra.rights.forms.stories import DecisionForm, ParentForm, RecallForm
from astra.rights.rules import parents as rules
from astra.rights.views.shown import parent_rows, recall_row, referral_row
from astra.vocabulary.form_fields import act


@desk("cases")
def parents(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponseBase:
    """What was asked and decided so far, and writing down a new request."""
    actor, form = request.actor, ParentForm(request.POST or None)
    case = cases.case_facts(actor, case_id)
    rows = parent_rows(selectors.parents_of(actor, person_id))
    made = act(
        form,
        lambda: services.note_parent(actor=actor, case_id=case_id, person_id=person_id, **form.arguments()),
    )
    if made is not None:
        messages.success(request, gettext("Written down. A second colleague decides; nothing opens by itself."))
        return redirect("rights:parent", made[0])
    return render(request, "rights/parents.html", {"case": case, "person_id": person_id, "rows": rows, "form": form})


@desk("cases")
def parent(request: DeskRequest, access_id: UUID) -> HttpResponseBase:
    """One request, and its decision."""
    actor, line = request.actor, selectors.parent_access(request.actor, access_id)
    form = DecisionForm(request.POST or None, initial={"child_view": line.row.child_view})
    done = act(form, lambda: services.decide_parent(actor=actor, access_id=access_id, **form.arguments()))
    if done is not None:
        messages.success(request, gettext("Decided. Tell whoever asked, in the way that is safe for the child."))
        return redirect("rights:parent", access_id)
    return render(request, "rights/parent.html", _context(request, line, form))


def _context(request: DeskRequest, line: selectors.ParentLine, form: DecisionForm) -> dict[str, Any]:  # Any: template
    return {
        "case": cases.case_facts(request.actor, line.row.case_id),
        "line": line,
        "row": parent_rows([line])[0],
        "writer": work_name(line.row.written_by),
        "decider": work_name(line.row.decided_by),
        "is_open": line.row.state == rules.ASKED,
        "may_decide": line.row.written_by != request.actor.id,
        "form": form,
    }


@desk("cases")
@require_POST
def take_back_parent(request: DeskRequest, access_id: UUID) -> HttpResponse:
    """Whoever asked took it back."""
    services.take_back_parent(actor=request.actor, access_id=access_id)
    return redirect("rights:parent", access_id)


@desk("cases")
def recall(request: DeskRequest, consent_id: UUID) -> HttpResponseBase:
    """One consent that was taken back: what was closed at once, and what somebody must be asked for."""
    actor, form = request.actor, RecallForm(request.POST or None)
    person_id = consent.living_consent(actor, consent_id).person_id
    found = next((one for one in selectors.recalls_of(actor, person_id) if one.line.row.pk == consent_id), None)
    if found is None:
        return redirect("consent:line", consent_id)
    done = act(form, lambda: services.note_recalled(actor=actor, consent_id=consent_id, **form.cleaned_data))
    if done is not None:
        messages.success(request, gettext("Kept."))
        return redirect("rights:recall", consent_id)
    rows = [referral_row(one) for one in assistance.referrals_on(actor, consent_id)]
    context = {"row": recall_row(found), "referrals": rows, "person_id": person_id, "form": form}
    return render(request, "rights/recall.html", context)
