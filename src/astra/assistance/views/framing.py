"""How does a form of help stand on a page? With the way back to the page of the case on which it was opened."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from astra.accounts.access import DeskRequest
from astra.cases.selectors import CaseFacts
from astra.cases.views.pages import form_page
from astra.kernel.words import msg

PAGES = {
    "case": msg("Assistance"),
    "work": msg("Work"),
    "school": msg("School and training"),
    "minor": msg("Unaccompanied child"),
    "receipts": msg("Receipts"),
}


def help_form(
    request: DeskRequest, facts: CaseFacts, form: forms.Form, page: str = "case", **more: Any
) -> HttpResponse:  # Any: template variables
    """A page with one form, and the way back to one of the pages of help."""
    back = {"back_url": reverse(f"assistance:{page}", args=[facts.id]), "back_label": _(PAGES[page])}
    return form_page(request, facts, form, **back, **more)
