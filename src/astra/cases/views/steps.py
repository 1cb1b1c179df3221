"""Which step does a file take: on hold, follow-up, closed, reopened, held for a court?"""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.cases import selectors, services
from astra.cases.forms.working import CloseForm, HoldForm
from astra.cases.views.pages import form_page, to_case
from astra.vocabulary.form_fields import act


@require_POST
@desk("cases")
def step(request: DeskRequest, case_id: UUID, verb: str) -> HttpResponse:
    """A step that needs no words; whoever takes a file up again reads its whole story first."""
    services.step(actor=request.actor, case_id=case_id, verb=verb)
    return redirect("desk:story", case_id) if verb == "reopen" else to_case(case_id)


@desk("cases")
def close(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Close the file with its outcome."""
    page = selectors.case_page(request.actor, case_id)
    form = CloseForm(request.POST or None)
    if act(form, lambda: services.close_case(actor=request.actor, case_id=case_id, **form.cleaned_data)):
        return to_case(case_id)
    note = _("Open tasks end with the case: %(count)s.") % {"count": len(page.tasks)} if page.tasks else ""
    return form_page(request, page.facts, form, title=_("Close the case"), button=_("Close the case"), note=note)


@desk("cases")
def hold(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Put a legal hold on the file, or lift it."""
    facts = selectors.case_facts(request.actor, case_id)
    form = HoldForm(request.POST or None)
    deed = services.lift_hold if facts.held_on else services.hold
    if act(form, lambda: deed(actor=request.actor, case_id=case_id, words=form.cleaned_data["words"])):
        return to_case(case_id)
    title = _("Lift the legal hold") if facts.held_on else _("Put on legal hold")
    note = _("While a legal hold is on, nothing of this case, its people and contacts can be erased.")
    return form_page(request, facts, form, title=title, button=title, note=note)
