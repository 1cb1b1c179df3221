"""Receipts of a case, and the protection of a child without parents here."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.assistance import selectors, services
from astra.assistance.forms import work as forms
from astra.assistance.models import Receipt
from astra.assistance.rules import minors
from astra.assistance.services.work_paper import receipt_paper
from astra.assistance.views import work_shown as shown
from astra.assistance.views.framing import help_form
from astra.assistance.views.work import to_part
from astra.assistance.work_sections import ChildWords, ReceiptWords
from astra.cases import selectors as cases
from astra.cases.views.pages import case_head
from astra.kernel.clock import today
from astra.kernel.errors import NotFound
from astra.vocabulary.form_fields import act

CHILD_FORMS: dict[str, type[forms.ClientForm]] = {
    minors.GUARDIAN: forms.GuardianForm,
    minors.AGE: forms.AgeForm,
    minors.BEST_INTEREST: forms.BestInterestForm,
    minors.ASYLUM: forms.StepForm,
    minors.TRACING: forms.TracingForm,
}


@desk("cases")
def minor(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """What stands now, and how the age is treated."""
    facts = cases.case_facts(request.actor, case_id)
    page = selectors.child_page(request.actor, case_id)
    context = shown.child_context(page, cases.client_names(request.actor, case_id))
    return render(request, "assistance/minor.html", {**case_head(facts), **context})


@desk("cases")
def child_entry(request: DeskRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Write down one step."""
    facts = cases.case_facts(request.actor, case_id)
    if kind not in CHILD_FORMS:
        raise NotFound
    form = CHILD_FORMS[kind](
        request.POST or None, clients=cases.client_names(request.actor, case_id), initial={"on": today()}
    )

    def deed() -> None:
        given: dict[str, Any] = dict(form.cleaned_data)  # Any: what the service takes
        words = ChildWords(*(given.pop(name, "") for name in ("who", "child_said", "reasons")))
        services.note_child_entry(actor=request.actor, case_id=case_id, kind=kind, words=words, **given)

    if act(form, deed):
        return to_part("minor", case_id, kind)
    return help_form(request, facts, form, "minor", title=_(minors.NAMES[kind]), button=_("Write it down"))


@desk("cases")
def receipts(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """The receipts of a case."""
    facts = cases.case_facts(request.actor, case_id)
    rows = shown.receipt_rows(selectors.receipts_page(request.actor, case_id))
    return render(request, "assistance/receipts.html", {**case_head(facts), "rows": rows})


@desk("cases")
def write_receipt(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Write a receipt."""
    facts = cases.case_facts(request.actor, case_id)
    names = cases.client_names(request.actor, case_id)
    payee = next(iter(names.values())) if len(names) == 1 else ""
    form = forms.ReceiptForm(request.POST or None, clients=names, initial={"issued_on": today(), "payee": payee})

    def deed() -> None:
        given: dict[str, Any] = dict(form.cleaned_data)  # Any: what the service takes
        words = ReceiptWords(*(given.pop(name) for name in ("heading", "payee", "for_what")))
        services.write_receipt(actor=request.actor, case_id=case_id, words=words, **given)

    if act(form, deed):
        return to_part("receipts", case_id)
    return help_form(request, facts, form, "receipts", title=_("New receipt"), button=_("Write the receipt"))


@require_POST
@desk("cases")
def receipt_pdf(request: DeskRequest, receipt_id: UUID, script: str) -> HttpResponse:
    """A receipt as a PDF, in a script."""
    line = selectors.receipt(request.actor, receipt_id)
    paper = receipt_paper(line, script)
    services.note_receipt_taken(actor=request.actor, receipt_id=receipt_id)
    return shown.as_pdf(paper, receipt_id)


@desk("cases")
def sign_receipt(request: DeskRequest, receipt_id: UUID) -> HttpResponse:
    """The paper was signed."""
    case_id = shown.case_of(selectors.of_the_case(request.actor, Receipt, receipt_id))
    facts = cases.case_facts(request.actor, case_id)
    form = forms.SignForm(request.POST or None, initial={"signed_on": today()})
    if act(form, lambda: services.sign_receipt(actor=request.actor, receipt_id=receipt_id, **form.cleaned_data)):
        return to_part("receipts", case_id)
    return help_form(request, facts, form, "receipts", title=_("The paper is signed"), button=_("Keep"))


@desk("cases")
def void_receipt(request: DeskRequest, receipt_id: UUID) -> HttpResponse:
    """A receipt counts no more."""
    case_id = shown.case_of(selectors.of_the_case(request.actor, Receipt, receipt_id))
    facts = cases.case_facts(request.actor, case_id)
    form = forms.VoidForm(request.POST or None)
    if act(form, lambda: services.void_receipt(actor=request.actor, receipt_id=receipt_id, **form.cleaned_data)):
        return to_part("receipts", case_id)
    note = _("It keeps its number and stays to be seen.")
    return help_form(request, facts, form, "receipts", title=_("Void the receipt"), button=_("Void it"), note=note)
