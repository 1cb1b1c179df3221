"""What runs across files: court dates, one's own calendar, the register of letters, judgments?"""

import csv
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from astra.accounts.access import DeskRequest, desk, public
from astra.directory import selectors as directory
from astra.justice import selectors, services
from astra.justice.forms.office import OfficeLetterForm, OfficeStepForm
from astra.justice.forms.registers import AccusedFormSet, FindSuspectForm, JudgmentForm, accused_in
from astra.justice.rules import calendar_feed
from astra.justice.rules.lifecycles import VERB_NAMES
from astra.justice.views import across_shown as shown
from astra.kernel.clock import now, today
from astra.kernel.errors import NotFound
from astra.vocabulary.form_fields import act


@desk("cases")
def coming(request: DeskRequest) -> HttpResponse:
    """Court dates and terms of the files in which she sits."""
    found = selectors.coming(request.actor, today())
    context = shown.coming(found) | {"tabs": shown.tabs("coming"), "feed_since": selectors.feed_since(request.actor)}
    return render(request, "justice/coming.html", context)


@require_POST
@desk("cases")
def calendar(request: DeskRequest) -> HttpResponseBase:
    """Make the address of her calendar anew and show it this once, or end it."""
    if request.POST.get("verb") == "end":
        services.end_feed(actor=request.actor)
        return redirect("justice:coming")
    token = services.new_feed(actor=request.actor)
    context = {"address": request.build_absolute_uri(reverse("justice:feed", args=[token]))}
    return render(request, "justice/address.html", context | {"tabs": shown.tabs("coming")})


@public
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar behind a secret address; a telephone asks for it without anybody signed in."""
    found = selectors.hearings_behind(token)
    if found is None:
        raise NotFound
    title = _("Hearing")
    entries = [calendar_feed.Entry(pk, begins_at, title) for pk, begins_at in found]
    return HttpResponse(calendar_feed.written(entries, now(), name=title), content_type="text/calendar; charset=utf-8")


@desk("cases")
def letters(request: DeskRequest) -> HttpResponse:
    """The register of letters of a year."""
    year = request.GET.get("year", "")
    found = selectors.register(
        request.actor,
        int(year) if year.isdecimal() else None,
        direction=request.GET.get("direction", ""),
        is_silent="silent" in request.GET,
    )
    return render(request, "justice/letters.html", shown.register(found) | {"tabs": shown.tabs("letters")})


@desk("cases")
def add_office_letter(request: DeskRequest) -> HttpResponse:
    """Enter a letter of the office that belongs to no case."""
    institutions = directory.choices(request.actor)
    form = OfficeLetterForm(request.POST or None, institutions=institutions, initial={"dated_on": today()})
    if act(form, lambda: services.register_office_letter(actor=request.actor, **form.cleaned_data)):
        return redirect("justice:letters")
    return render(request, "justice/office_letter.html", {"form": form})


@desk("cases")
def step_office_letter(request: DeskRequest, letter_id: int, verb: str) -> HttpResponse:
    """The institution answered, or the next step about its silence was taken."""
    if verb not in shown.OFFICE_VERBS:
        raise NotFound
    form = OfficeStepForm(request.POST or None, initial={"day": today()})
    if act(
        form,
        lambda: services.step_office_letter(actor=request.actor, letter_id=letter_id, verb=verb, **form.cleaned_data),
    ):
        return redirect("justice:letters")
    return render(request, "justice/office_letter.html", {"form": form, "page_title": _(VERB_NAMES[verb])})


@desk("cases")
def suspects(request: DeskRequest) -> HttpResponse:
    """Is somebody reported in another of her cases too? What is looked for stands in no address."""
    form = FindSuspectForm(request.POST or None)
    found = act(form, lambda: selectors.find_suspects(request.actor, form.cleaned_data["text"]))
    context = {"form": form, "is_asked": found is not None, "tabs": shown.tabs("suspects")}
    return render(request, "justice/suspects.html", context | shown.suspects(request.actor, found[0] if found else []))


@desk("cases")
def judgments(request: DeskRequest) -> HttpResponse:
    """The judgments of a year and the tables that come out of them."""
    year = request.GET.get("year", "")
    found = selectors.judgments(request.actor, int(year) if year.isdecimal() else None)
    return render(request, "justice/judgments.html", shown.judgments(found) | {"tabs": shown.tabs("judgments")})


@desk("cases")
def judgments_csv(request: DeskRequest, year: int) -> HttpResponse:
    """The tables of a year as a file for a spreadsheet."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="judgments-{year}.csv"'
    response.write("\ufeff")
    csv.writer(response).writerows(shown.csv_rows(selectors.judgments(request.actor, year)))
    return response


@desk("cases")
def add_judgment(request: DeskRequest) -> HttpResponse:
    """Enter a judgment as codes."""
    form = JudgmentForm(request.POST or None, initial={"year": today().year, "currency": "RSD"})
    rows = AccusedFormSet(request.POST or None, prefix="accused")
    is_whole = rows.is_valid() if request.method == "POST" else False
    if is_whole and act(
        form,
        lambda: services.add_judgment(actor=request.actor, judgment=form.judgment(), accused=accused_in(rows)),
    ):
        return redirect(f"{reverse('justice:judgments')}?year={form.cleaned_data['year']}")
    return render(request, "justice/judgment.html", {"form": form, "rows": rows, "tabs": shown.tabs("judgments")})


@require_POST
@desk("cases")
def remove_judgment(request: DeskRequest, judgment_id: UUID) -> HttpResponse:
    """Take out a judgment that was entered by mistake."""
    services.remove_judgment(actor=request.actor, judgment_id=judgment_id)
    return redirect("justice:judgments")
