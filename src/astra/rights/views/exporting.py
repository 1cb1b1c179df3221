"""How do files leave? One asks, another agrees, the first takes what opens for the recipient alone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_names
from astra.cases import selectors as cases
from astra.kernel.errors import NotFound
from astra.kernel.words import msg
from astra.rights import selectors, services
from astra.rights.forms.exporting import AskExportForm
from astra.rights.rules import exports as rules
from astra.rights.selectors import ExportLine
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label

STATES = {
    rules.WAITING: (msg("Waits for a second person"), "attention"),
    rules.READY: (msg("Ready"), "good"),
    rules.REFUSED: (msg("Refused"), ""),
    rules.TAKEN_BACK: (msg("Taken back"), ""),
    rules.GONE: (msg("Destroyed here"), ""),
}


@desk("cases", "data_protection")
@require_GET
def exports(request: DeskRequest) -> HttpResponse:
    """Which exports wait, are ready or were made."""
    lines = selectors.exports(request.actor)
    names = work_names({line.asked_by for line in lines})
    context = {"rows": [_row(line, names) for line in lines], "may_ask": request.actor.has_desk("cases")}
    return render(request, "rights/exports.html", context)


def _row(line: ExportLine, names: dict[UUID, str]) -> dict[str, Any]:  # Any: a row of a template
    state, tone = STATES[line.state]
    row = {"line": line, "why": label("export_reason", line.reason), "state": _(state), "tone": tone}
    return row | {"asked_by": names.get(line.asked_by, ""), "can_take": line.is_mine and line.state == rules.READY}


@desk("cases")
@require_http_methods(["GET", "POST"])
def ask(request: DeskRequest) -> HttpResponseBase:
    """Ask that files be given on."""
    actor = request.actor
    form = AskExportForm(request.POST or None, initial={"numbers": _number(request)})
    if form.is_valid():
        ids = form.ids({number: cases.find_by_number(actor, number) for number in form.typed()})
        given = {name: form.cleaned_data[name] for name in ("reason", "recipient", "key", "words")}
        made = act(form, lambda: services.ask_export(actor=actor, case_ids=ids, **given)) if not form.errors else None
        if made is not None:
            messages.success(request, _("Asked. A colleague who can open these cases has to agree."))
            return redirect("rights:export", made[0])
    return render(request, "rights/ask_export.html", {"form": form})


def _number(request: DeskRequest) -> str:
    """The number of the case from whose page she comes."""
    try:
        return cases.case_facts(request.actor, UUID(request.GET.get("case", ""))).number
    except (ValueError, NotFound):
        return ""


@desk("cases", "data_protection")
@require_GET
def export(request: DeskRequest, export_id: UUID) -> HttpResponse:
    """One export."""
    page = selectors.export(request.actor, export_id)
    line = page.line
    names = work_names({who for who in (line.asked_by, line.decided_by) if who})
    context = {
        "row": _row(line, names),
        "cases": page.cases,
        "hidden": page.hidden,
        "can_decide": line.can_decide and not page.hidden and request.actor.has_desk("cases"),
        "can_take_back": line.is_mine and line.state == rules.WAITING,
        "decided_by": names.get(line.decided_by, "") if line.decided_by else "",
    }
    return render(request, "rights/export.html", context)


@desk("cases")
@require_POST
def agree(request: DeskRequest, export_id: UUID) -> HttpResponseBase:
    """A second person agrees, and is shown once what opens it."""
    agreed = services.agree_export(actor=request.actor, export_id=export_id)
    if agreed.words:
        return render(request, "rights/export_words.html", {"words": agreed.words, "export_id": export_id})
    messages.success(request, _("Agreed. Whoever asked takes it within three days; only the recipient's key opens it."))
    return redirect("rights:export", export_id)


@desk("cases")
@require_POST
def decide(request: DeskRequest, export_id: UUID) -> HttpResponseBase:
    """Refuse it, or take the own wish back."""
    verb = services.take_back_export if request.POST.get("verb") == "take_back" else services.refuse_export
    verb(actor=request.actor, export_id=export_id)
    messages.success(request, _("Nothing is given on."))
    return redirect("rights:export", export_id)


@desk("cases")
@require_POST
def take(request: DeskRequest, export_id: UUID) -> HttpResponseBase:
    """The sealed file."""
    name, data = services.take_export(actor=request.actor, export_id=export_id)
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
