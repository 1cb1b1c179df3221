"""Who is on when? The rota of a week or a month, one shift, and what a colleague says of herself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk, public
from astra.hotline import selectors, services
from astra.hotline.forms.shifts import CopyForm, LanguagesForm, PlanForm, StepInForm, SwapForm
from astra.hotline.rules import calendar_feed, rota
from astra.hotline.views import rota_shown as shown
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vocabulary.form_fields import act

Context = dict[str, Any]  # Any: template variables


@desk("hotline")
@require_GET
def shifts(request: DeskRequest) -> HttpResponseBase:
    """The rota of a week or a month; gaps and double bookings stand out."""
    return _rota(request, shown.asked(request.GET.get("week", ""), request.GET.get("month", "")))


def _rota(request: DeskRequest, asked: shown.Asked, copying: CopyForm | None = None) -> HttpResponse:
    found = selectors.rota(request.actor, asked.span)
    days = shown.days(found, asked, request.actor.id)
    context = {
        "asked": asked,
        "days": days,
        "gap_count": sum(len(day.gaps) for day in days),
        "twice_count": len(found.twice),
        "tabs": shown.pages(request.actor, "shifts"),
        "may_plan": request.actor.has_desk("coordination"),
        "copy_form": copying or CopyForm(initial={"monday": asked.first, "weeks": 1}),
        "swaps": shown.swap_rows(selectors.swaps(request.actor), request.actor),
    }
    return render(request, "hotline/shifts.html", context)


@desk("coordination")
@require_http_methods(["GET", "POST"])
def plan(request: DeskRequest) -> HttpResponseBase:
    """Put a shift on the rota, or the same one on many days."""
    form = PlanForm(request.POST or None, initial=shown.usual(request.GET.get("day", "")))
    if request.method == "POST":
        made = act(form, lambda: services.plan_shifts(actor=request.actor, shifts=form.shifts()))
        if made:
            messages.success(request, gettext("On the rota: %(n)s") % {"n": len(made[0])})
            return redirect(f"{reverse('hotline:shifts')}?week={form.cleaned_data['day']:%Y-%m-%d}")
    return render(request, "hotline/plan.html", {"form": form})


@desk("coordination")
@require_POST
def copy_week(request: DeskRequest) -> HttpResponseBase:
    """Plan a week again in the weeks after it."""
    form = CopyForm(request.POST)
    copied = act(form, lambda: services.copy_week(actor=request.actor, **form.cleaned_data))
    if not copied:
        return _rota(request, shown.asked(request.POST.get("monday", ""), ""), form)
    messages.success(request, gettext("Shifts planned again: %(n)s") % {"n": copied[0]})
    return redirect("hotline:shifts")


@desk("hotline")
@require_http_methods(["GET", "POST"])
def shift(request: DeskRequest, shift_id: UUID) -> HttpResponseBase:
    """One shift: what it is, and for the coordinator what it should be."""
    line = _shift(request, shift_id)
    form = PlanForm(request.POST or None, is_one=True, initial=shown.as_typed(line))
    if request.method == "POST":
        changed = act(form, lambda: services.change_shift(actor=request.actor, shift_id=shift_id, to=form.shifts()[0]))
        if changed:
            messages.success(request, gettext("The rota is changed."))
            return redirect(f"{reverse('hotline:shifts')}?week={form.cleaned_data['day']:%Y-%m-%d}")
    return _show(request, line, form, None)


@desk("coordination")
@require_POST
def remove_shift(request: DeskRequest, shift_id: UUID) -> HttpResponseBase:
    """Take a shift off the rota."""
    services.remove_shift(actor=request.actor, shift_id=shift_id)
    messages.success(request, gettext("Taken off the rota."))
    return redirect("hotline:shifts")


@desk("hotline")
@require_POST
def ask_swap(request: DeskRequest, shift_id: UUID) -> HttpResponseBase:
    """Ask a colleague to take a shift of one's own."""
    line = _shift(request, shift_id)
    form = SwapForm(request.POST, without=request.actor.id, offered=shown.in_return(request.actor.id))
    back = form.data.get("in_return")
    asked = act(
        form,
        lambda: services.ask_swap(
            actor=request.actor,
            shift_id=shift_id,
            member_id=UUID(form.cleaned_data["colleague"]),
            in_return=UUID(back) if back else None,
        ),
    )
    if not asked:
        return _show(request, line, PlanForm(is_one=True, initial=shown.as_typed(line)), form)
    messages.success(request, gettext("Asked. The rota changes when your colleague agrees."))
    return redirect("hotline:own_shifts")


def _show(request: DeskRequest, line: selectors.ShiftLine, form: PlanForm, swap: SwapForm | None) -> HttpResponse:
    is_hers, is_over = line.member_id == request.actor.id, line.ends_at <= now()
    context: Context = {
        "row": shown.row(line, request.actor.id),
        "form": form,
        "may_plan": request.actor.has_desk("coordination"),
        "may_remove": line.began_at is None,
    }
    if is_hers and not is_over and line.began_at is None:
        context["swap_form"] = swap or SwapForm(without=request.actor.id, offered=shown.in_return(request.actor.id))
    return render(request, "hotline/shift.html", context)


def _shift(request: DeskRequest, shift_id: UUID) -> selectors.ShiftLine:
    found = selectors.shift(request.actor, shift_id)
    if found is None:
        raise NotFound
    return found


@desk("hotline")
@require_POST
def answer_swap(request: DeskRequest, swap_id: UUID) -> HttpResponseBase:
    """Agree, refuse, take back, or for a coordinator take note."""
    verb = request.POST.get("verb", "")
    if verb == "note":
        services.note_swap(actor=request.actor, swap_id=swap_id)
    else:
        services.answer_swap(actor=request.actor, swap_id=swap_id, verb=verb)
        messages.success(request, gettext("Done. The rota shows it."))
    return redirect("hotline:shifts")


@desk("hotline")
@require_http_methods(["GET", "POST"])
def own_shifts(request: DeskRequest) -> HttpResponseBase:
    """Her own shifts, her languages, and her calendar's address."""
    actor = request.actor
    form = _languages(request)
    if request.method == "POST":
        said = act(form, lambda: services.say_languages(actor=actor, languages=form.cleaned_data["languages"]))
        if said:
            messages.success(request, gettext("Saved."))
            return redirect("hotline:own_shifts")
    return render(request, "hotline/own_shifts.html", shown.own(actor) | {"form": form})


@desk("hotline")
@require_POST
def calendar(request: DeskRequest) -> HttpResponseBase:
    """Make the address of her calendar anew and show it this once, or end it."""
    if request.POST.get("verb") == "end":
        services.end_feed(actor=request.actor)
        messages.success(request, gettext("The address leads nowhere from now on."))
        return redirect("hotline:own_shifts")
    token = services.new_feed(actor=request.actor)
    context = {"address": request.build_absolute_uri(reverse("hotline:feed", args=[token]))}
    return render(
        request, "hotline/own_shifts.html", shown.own(request.actor) | context | {"form": _languages(request)}
    )


def _languages(request: DeskRequest) -> LanguagesForm:
    """What she said last, or what she sends now."""
    own = request.actor.id
    known = selectors.languages_of([own]).get(own, ()) if own else ()
    return LanguagesForm(request.POST if "languages" in request.POST else None, initial={"languages": known})


@public
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar behind a secret address; a telephone asks for it without anybody signed in."""
    found = selectors.shifts_behind(token)
    if found is None:
        raise NotFound
    title = gettext("Shift")
    entries = [calendar_feed.Entry(one.id, one.planned.span, title) for one in found]
    return HttpResponse(calendar_feed.written(entries, now(), name=title), content_type="text/calendar; charset=utf-8")


@desk("hotline")
@require_POST
def begin_shift(request: DeskRequest, shift_id: UUID) -> HttpResponseBase:
    """She is there now."""
    services.begin_shift(actor=request.actor, shift_id=shift_id)
    messages.success(request, gettext("You are on. Read the hand-over first."))
    return redirect("hotline:handover")


@desk("hotline")
@require_POST
def end_shift(request: DeskRequest, shift_id: UUID) -> HttpResponseBase:
    """She goes."""
    services.end_shift(actor=request.actor, shift_id=shift_id)
    messages.success(request, gettext("Your shift has ended. Thank you."))
    return redirect("hotline:handover")


@desk("hotline")
@require_http_methods(["GET", "POST"])
def step_in(request: DeskRequest) -> HttpResponseBase:
    """She sits down although she stands on no plan."""
    form, at = StepInForm(request.POST or None), now()
    if request.method == "POST":
        lines = (request.POST.get("lines", ""),)
        done = act(
            form,
            lambda: services.step_in(actor=request.actor, lines=lines, role=rota.ON_LINE, ends_at=form.ends_at(at)),
        )
        if done:
            return redirect("hotline:handover")
    return render(request, "hotline/step_in.html", {"form": form})
