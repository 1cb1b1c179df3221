"""Notes of the supervisors: who sits in their circle, what they wrote, and what they shared with a colleague."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import colleagues, work_names
from astra.hotline import selectors, services
from astra.hotline.forms.supervision import FoundingForm, MemberForm, SupervisionForm
from astra.hotline.selectors.supervision import DESKS
from astra.vocabulary.form_fields import act


@desk("hotline", "cases")
@require_http_methods(["GET", "POST"])
def supervision(request: DeskRequest) -> HttpResponseBase:
    """The notes that open for her, and for a supervisor the box for a new one."""
    actor, form = request.actor, SupervisionForm(request.POST or None)
    if request.method == "POST":
        written = act(
            form,
            lambda: services.write_supervision(
                actor=actor,
                words=form.cleaned_data["words"],
                about_id=form.concerned(),
                is_shared=form.cleaned_data["is_shared"],
            ),
        )
        if written:
            messages.success(request, gettext("Kept. Only those you chose can open it."))
            return redirect("hotline:supervision")
    return _show(request, form, FoundingForm())


def _show(request: DeskRequest, form: SupervisionForm, founding: FoundingForm) -> HttpResponse:
    actor, found = request.actor, selectors.supervision(request.actor)
    lines = selectors.supervision_notes(actor)
    names = work_names({*found.members, *(who for one in lines for who in (one.writer_id, one.about_id) if who)})
    context = {
        "form": form,
        "founding": founding,
        "found": found,
        "members": [(member, names.get(member, "")) for member in found.members],
        "others": [one for one in colleagues(desks=DESKS) if one.member_id not in found.members],
        "rows": [
            {
                "line": one,
                "writer": names.get(one.writer_id, ""),
                "about": names.get(one.about_id, "") if one.about_id else "",
                "is_hers": one.writer_id == actor.id,
            }
            for one in lines
        ],
        "may_found": found.circle_id is None and actor.has_desk("coordination"),
    }
    return render(request, "hotline/supervision.html", context)


@desk("coordination")
@require_POST
def found_supervision(request: DeskRequest) -> HttpResponseBase:
    """Say who supervises; from then on only they let others in."""
    form = FoundingForm(request.POST)
    done = act(form, lambda: services.found_supervision(actor=request.actor, members=form.chosen()))
    if done is None:
        return _show(request, SupervisionForm(), form)
    messages.success(request, gettext("The circle has begun. From now on only its members let others in."))
    return redirect("hotline:supervision")


@desk("hotline", "cases")
@require_POST
def admit_supervisor(request: DeskRequest) -> HttpResponseBase:
    """A supervisor lets a colleague in."""
    return _about_member(request, lambda member: services.admit_supervisor(actor=request.actor, member_id=member))


@desk("hotline", "cases")
@require_POST
def let_supervisor_go(request: DeskRequest) -> HttpResponseBase:
    """A supervisor lets somebody go, or goes herself."""
    return _about_member(request, lambda member: services.let_supervisor_go(actor=request.actor, member_id=member))


def _about_member(request: DeskRequest, deed: Callable[[UUID], None]) -> HttpResponseBase:
    form: forms.Form = MemberForm(request.POST)
    if act(form, lambda: deed(form.cleaned_data["member"])) is None:
        for problem in form.non_field_errors():
            messages.error(request, str(problem))
    return redirect("hotline:supervision")


@desk("hotline", "cases")
@require_POST
def destroy_supervision(request: DeskRequest, supervision_note_id: UUID) -> HttpResponseBase:
    """Destroy one's own note."""
    services.destroy_supervision(actor=request.actor, supervision_note_id=supervision_note_id)
    messages.success(request, gettext("Destroyed for good."))
    return redirect("hotline:supervision")
