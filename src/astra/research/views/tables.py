"""The tables of a year, of several, of a decade; each on its own page, and as a file."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from astra.accounts.access import DeskRequest, desk
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.research import selectors, services
from astra.research.forms.years import YearsForm
from astra.research.rules.catalogue import TABLES
from astra.research.rules.flow import breaks
from astra.research.views import shown


@desk("coordination", "research")
@require_GET
def tables(request: DeskRequest) -> HttpResponseBase:
    """Which tables there are, and the sentence of the period."""
    form = _form(request)
    context = _frame(form, request) | {"topics": shown.topics()}
    if form.is_valid():
        found = selectors.decade(request.actor, form.years, is_rounded=form.is_rounded)
        context["sentence"] = shown.sentence(found) if found.persons else ""
    return render(request, "research/tables.html", context)


@desk("coordination", "research")
@require_GET
def table(request: DeskRequest, name: str) -> HttpResponseBase:
    """One table with what it counts."""
    if name not in TABLES:
        raise NotFound
    form = _form(request)
    context = _frame(form, request) | {"table": shown.about(TABLES[name])}
    if form.is_valid():
        context |= shown.table_context(selectors.table(request.actor, name, form.years, is_rounded=form.is_rounded))
    return render(request, "research/table.html", context)


@desk("coordination", "research")
@require_GET
def table_file(request: DeskRequest, name: str) -> HttpResponseBase:
    """The same numbers for a spreadsheet; who takes them is in the log."""
    form = _form(request)
    if name not in TABLES or not form.is_valid():
        raise NotFound
    counted = selectors.table(request.actor, name, form.years, is_rounded=form.is_rounded)
    services.note_table_taken(actor=request.actor, name=name, years=form.years, is_rounded=form.is_rounded)
    response = HttpResponse(shown.as_csv(counted, _how(form)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{form.years[0]}-{form.years[-1]}.csv"'
    return response


@desk("coordination")
@require_GET
def flow(request: DeskRequest) -> HttpResponseBase:
    """How the reports of each year add up in the formal procedure."""
    form = YearsForm(request.GET, may_be_exact=True)
    context = _frame(form, request)
    if form.is_valid():
        years = selectors.flow(request.actor, form.years)
        context |= {"rows": shown.flow_rows(years), "head": shown.flow_head(), "breaks": breaks(years)}
    return render(request, "research/flow.html", context)


def _form(request: DeskRequest) -> YearsForm:
    return YearsForm(request.GET, may_be_exact=request.actor.has_desk("coordination"))


def _how(form: YearsForm) -> str:
    return gettext("rounded to tens; 0 is fewer than five") if form.is_rounded else gettext("exact, not for outside")


def _frame(form: YearsForm, request: DeskRequest) -> dict[str, Any]:  # Any: template variables
    return {
        "form": form,
        "query": request.GET.urlencode(),
        "at": now(),
        "may_be_exact": request.actor.has_desk("coordination"),
        "is_rounded": form.is_valid() and form.is_rounded,
        "span": f"{form.years[0]}–{form.years[-1]}" if form.is_valid() else "",
    }
