"""What do the pages of one file share: its head, and the plain page with one form?"""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from astra.accounts.access import DeskRequest
from astra.accounts.selectors import work_names
from astra.cases import selectors
from astra.cases.selectors import CaseFacts
from astra.cases.views.shown import head_tags
from astra.vault import selectors as vault


def to_case(case_id: UUID, part: str = "") -> HttpResponseRedirect:
    """Back to the file, at one of its parts."""
    address = reverse("cases:case", args=[case_id])
    return HttpResponseRedirect(f"{address}#{part}" if part else address)


def case_head(facts: CaseFacts) -> dict[str, Any]:
    """What stands above every page of a file; never a name, for it is in the page's title too."""
    return {"case": facts, "case_tags": head_tags(facts), "case_url": reverse("cases:case", args=[facts.id])}


def form_page(
    request: DeskRequest, facts: CaseFacts | None, form: forms.Form, *, title: str, button: str, **more: Any
) -> HttpResponse:  # Any: template variables
    """A page with one form, and the way back to the file."""
    context = {"form": form, "page_title": title, "button": button, **more}
    if facts is not None:
        context |= case_head(facts)
    return render(request, str(more.get("template", "cases/form.html")), context)


def workers(case_id: UUID, tier: str = "team") -> dict[UUID, str]:
    """The colleagues who can be given a task of a tier, by member id."""
    circle = selectors.tier_circles([case_id]).get(case_id, {}).get(tier)
    members = vault.workers_in(circle) if circle else set()
    return dict(sorted(work_names(members).items(), key=lambda pair: pair[1]))
