"""Which files are there, and what does one of them say?"""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.cases import selectors
from astra.cases.forms.editing import FindForm
from astra.cases.forms.working import FilterForm
from astra.cases.selectors.listing import OPEN
from astra.cases.views.page_shown import filters, kinds_of, page_context, print_context
from astra.cases.views.shown import case_rows


@desk("cases")
def index(request: DeskRequest) -> HttpResponse:
    """The files that she may list."""
    form = FilterForm(request.GET if set(request.GET) - {"after"} else None, initial={"state": OPEN})
    found = selectors.list_cases(request.actor, form.filters(), after=request.GET.get("after", ""))
    context = {
        "form": form,
        "find_form": FindForm(),
        "rows": case_rows(found.lines),
        "next_cursor": found.next_cursor,
    }
    return render(request, "cases/index.html", context)


@require_POST
@desk("cases")
def find(request: DeskRequest) -> HttpResponse:
    """Find a file by its number, new or old."""
    form = FindForm(request.POST)
    found = selectors.find_by_number(request.actor, form.cleaned_data["number"]) if form.is_valid() else []
    if len(found) == 1:
        return HttpResponseRedirect(reverse("cases:case", args=found))
    if form.is_valid() and not found:
        form.add_error("number", _("No case of yours has this number. Check it, or ask a coordinator."))
    rows = case_rows(selectors.find_lines(request.actor, found))
    return render(request, "cases/found.html", {"find_form": form, "rows": rows})


@desk("cases")
def case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """One file."""
    page = selectors.case_page(request.actor, case_id)
    shown = request.GET.get("show", "")
    after, kinds = request.GET.get("after", ""), kinds_of(shown)
    told = selectors.timeline(request.actor, case_id, after=after, kinds=kinds, tiers=page.tiers)
    return render(request, "cases/case.html", page_context(request.actor, page, told) | {"filters": filters(shown)})


@desk("cases")
def print_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """One file on paper: the story and the timeline, nothing that says more than the reader may hand on."""
    page = selectors.case_page(request.actor, case_id)
    told = selectors.timeline(request.actor, case_id, limit=500, tiers=page.tiers)
    return render(request, "cases/print.html", print_context(page, told))
