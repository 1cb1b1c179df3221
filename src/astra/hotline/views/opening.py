"""When is each line answered? The ordinary week, and the dates on which other hours hold."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.hotline import selectors, services
from astra.hotline.forms.shifts import LINE, DayApartForm, HoursForm
from astra.hotline.rules.rota import is_always_open
from astra.hotline.views import rota_shown as shown
from astra.kernel.clock import today
from astra.kernel.errors import NotFound
from astra.vocabulary import codes
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label


@desk("hotline")
@require_http_methods(["GET", "POST"])
def hours(request: DeskRequest) -> HttpResponseBase:
    """The ordinary week of a line; coordinators write, everybody reads."""
    line = _line(request)
    given = selectors.opening_hours(line)
    form = HoursForm(request.POST or None, hours=given)
    if request.method == "POST":
        set_ = act(form, lambda: services.set_opening_hours(actor=request.actor, line=line, hours=form.hours()))
        if set_:
            messages.success(request, gettext("Saved."))
            return redirect(_address(line))
    return _show(request, line, form, DayApartForm())


@desk("coordination")
@require_POST
def day_apart(request: DeskRequest) -> HttpResponseBase:
    """Other hours on a date, or the ordinary ones again."""
    line, form = _line(request), DayApartForm(request.POST)
    if request.POST.get("verb") == "drop":
        form.full_clean()
        services.drop_day_apart(actor=request.actor, line=line, day=form.cleaned_data["day"])
        return redirect(_address(line))
    if not act(form, lambda: services.set_day_apart(actor=request.actor, line=line, **form.cleaned_data)):
        return _show(request, line, HoursForm(hours=selectors.opening_hours(line)), form)
    messages.success(request, gettext("Saved."))
    return redirect(_address(line))


def _show(request: DeskRequest, line: str, form: HoursForm, apart: DayApartForm) -> HttpResponseBase:
    context = {
        "line": line,
        "line_name": label(LINE, line),
        "is_always": is_always_open(line),
        "form": form,
        "apart_form": apart,
        "apart": selectors.days_apart(line, today()),
        "week": shown.week_of(selectors.opening_hours(line)),
        "others": [(label(LINE, code), _address(code), code == line) for code in codes(LINE).offered],
        "may_plan": request.actor.has_desk("coordination"),
        "tabs": shown.pages(request.actor, "opening_hours"),
    }
    return render(request, "hotline/hours.html", context)


def _line(request: DeskRequest) -> str:
    line = request.GET.get("line") or codes(LINE).offered[0]
    if line not in codes(LINE):
        raise NotFound
    return line


def _address(line: str) -> str:
    return f"{reverse('hotline:opening_hours')}?line={line}"
