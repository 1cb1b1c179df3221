"""How was it on the lines? Figures of a period with pictures and tables, and as a file."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from astra.accounts.access import DeskRequest, desk
from astra.hotline import selectors, services
from astra.hotline.forms.figures import FiguresForm
from astra.hotline.rules.contacts import LINE
from astra.hotline.rules.figures import Counted
from astra.hotline.views import figures_shown as shown
from astra.kernel.clock import now
from astra.vocabulary.naming import label


@desk("coordination", "research")
@require_GET
def figures(request: DeskRequest) -> HttpResponseBase:
    """The figures of a period, on one line or on all."""
    form = FiguresForm(request.GET, may_be_exact=request.actor.has_desk("coordination"))
    counted = _counted(request, form)
    context = {"form": form, "query": request.GET.urlencode(), "at": now()}
    if counted is not None:
        context |= {
            "counted": counted,
            "figures": shown.figures(counted),
            "period": shown.period_words(counted),
            "line": label(LINE, form.chosen_line) or gettext("All lines"),
        }
    return render(request, "hotline/figures.html", context)


@desk("coordination", "research")
@require_GET
def figures_file(request: DeskRequest) -> HttpResponseBase:
    """The same numbers as a file for a spreadsheet; who takes it is in the log."""
    form = FiguresForm(request.GET, may_be_exact=request.actor.has_desk("coordination"))
    counted = _counted(request, form)
    if counted is None:
        return render(request, "hotline/figures.html", {"form": form}, status=400)
    services.note_figures_taken(
        actor=request.actor, days=counted.days, line=form.chosen_line, is_rounded=counted.is_rounded
    )
    response = HttpResponse(shown.as_csv(counted, form.chosen_line), content_type="text/csv; charset=utf-8")
    name = f"figures-{counted.days.since:%Y%m%d}-{counted.days.until:%Y%m%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _counted(request: DeskRequest, form: FiguresForm) -> Counted | None:
    if not form.is_valid():
        return None
    return selectors.figures(request.actor, form.days, line=form.chosen_line, is_rounded=form.is_rounded)
