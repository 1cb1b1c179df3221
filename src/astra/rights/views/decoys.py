"""Which files has nobody a reason to open, and who did? Two desks know of them; everybody else sees ordinary files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_names
from astra.rights import selectors, services
from astra.rights.forms.exporting import DecoyForm
from astra.vault import selectors as vault
from astra.vault.services.decoys import look_into
from astra.vocabulary.form_fields import act

OFFICERS = ("coordination", "data_protection")


@desk(*OFFICERS)
@require_http_methods(["GET", "POST"])
def decoys(request: DeskRequest) -> HttpResponseBase:
    """What lies out, which alarms there were; a coordinator lays another out."""
    actor, form = request.actor, DecoyForm(request.POST or None)
    if act(form, lambda: services.lay_out_decoy(actor=actor, number=form.cleaned_data["number"])) is not None:
        messages.success(request, _("Laid out. Whoever opens it raises the alarm; it stands in no figure."))
        return redirect("rights:decoys")
    context = {"form": form, "numbers": selectors.decoy_files(actor), "alarms": _rows(request)}
    return render(request, "rights/decoys.html", context | {"may_lay": actor.has_desk("cases")})


def _rows(request: DeskRequest) -> list[dict[str, Any]]:  # Any: rows of a template
    found = vault.alarms(request.actor)
    names = work_names({who for one in found for who in (one.opened_by, one.seen_by) if who})
    return [
        {
            "alarm": one,
            "who": names.get(one.opened_by, ""),
            "seen_by": names.get(one.seen_by, "") if one.seen_by else "",
            "can_look": one.seen_by is None and one.opened_by != request.actor.id,
        }
        for one in found
    ]


@desk(*OFFICERS)
@require_GET
def alarms(request: DeskRequest) -> HttpResponse:
    """The strip above every page of those who must know: asked for when a page opens, and twice a minute."""
    return render(request, "rights/_alarms.html", {"count": vault.count_alarms(request.actor)})


@desk(*OFFICERS)
@require_POST
def seen(request: DeskRequest, alarm_id: UUID) -> HttpResponseBase:
    """Somebody has looked into an alarm."""
    look_into(actor=request.actor, alarm_id=alarm_id)
    messages.success(request, _("Noted that you have looked into it."))
    return redirect("rights:decoys")


@desk("coordination")
@require_POST
def take_away(request: DeskRequest, case_id: UUID) -> HttpResponseBase:
    """It is an ordinary file again."""
    services.take_decoy_away(actor=request.actor, case_id=case_id)
    messages.success(request, _("It is an ordinary file again."))
    return redirect("rights:decoys")
