"""How is it for those who listen? Notes after the work for whom they choose, and the weight of the weeks in numbers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_names
from astra.hotline import selectors, services
from astra.hotline.forms.care import DebriefForm
from astra.vocabulary.form_fields import act


@desk("hotline")
@require_http_methods(["GET", "POST"])
def debriefs(request: DeskRequest) -> HttpResponseBase:
    """Her notes, those meant for her, and the box for a new one."""
    actor, about = request.actor, request.GET.get("contact", "")
    form = DebriefForm(request.POST or None, own=actor.id, initial={"contact": about, "is_hard": bool(about)})
    if request.method == "POST" and act(form, lambda: _write(request, form)):
        messages.success(request, gettext("Kept. Only those you chose can open it."))
        return redirect("hotline:debriefs")
    found = selectors.debriefs(actor)
    names = work_names({one for line in found for one in (line.writer_id, *line.readers)})
    rows = [
        {
            "line": line,
            "is_hers": line.writer_id == actor.id,
            "writer": names.get(line.writer_id, ""),
            "readers": ", ".join(names.get(one, "") for one in line.readers),
        }
        for line in found
    ]
    context = {"form": form, "rows": rows, "may_see_load": actor.has_desk("coordination")}
    return render(request, "hotline/debriefs.html", context)


def _write(request: DeskRequest, form: DebriefForm) -> UUID:
    given, actor = form.cleaned_data, request.actor
    written = services.write_debrief(
        actor=actor,
        kind=form.kind(),
        words=given["words"],
        for_coordination=given["for_coordination"],
        readers=form.chosen(),
        contact_id=given["contact"],
    )
    if given["contact"] and given["is_hard"]:
        services.mark_hard(actor=actor, contact_id=given["contact"])
    return written


@desk("hotline")
@require_POST
def destroy_debrief(request: DeskRequest, debrief_id: UUID) -> HttpResponseBase:
    """Destroy one's own note."""
    services.destroy_debrief(actor=request.actor, debrief_id=debrief_id)
    messages.success(request, gettext("Destroyed for good."))
    return redirect("hotline:debriefs")


@desk("hotline")
@require_POST
def mark_hard(request: DeskRequest, contact_id: UUID) -> HttpResponseBase:
    """This contact was hard for her, or after all not."""
    services.mark_hard(actor=request.actor, contact_id=contact_id, is_hard=request.POST.get("verb") != "unmark")
    return redirect("hotline:contact", contact_id)


@desk("coordination")
@require_GET
def load(request: DeskRequest) -> HttpResponseBase:
    """Hours of hard contacts, colleague by colleague and week by week."""
    weeks, found = selectors.load(request.actor)
    names = work_names(found)
    rows = [(names.get(member, ""), [hers.get(week) for week in weeks]) for member, hers in found.items()]
    return render(request, "hotline/load.html", {"weeks": weeks, "rows": sorted(rows, key=lambda row: row[0])})
