"""Does somebody call who cannot speak? Repeated silent calls together, what to say, and one act to log them."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.hotline import selectors, services
from astra.hotline.views.lists import tabs
from astra.hotline.views.saying import contact_rows
from astra.hotline.views.silence_shown import groups_shown, steps


@desk("hotline")
@require_GET
def silent(request: DeskRequest) -> HttpResponseBase:
    """The repeated silent calls of the last day."""
    actor = request.actor
    groups = selectors.silent_groups(actor)
    lines = selectors.lines(actor, [contact for one in groups for contact in one.contacts])
    rows = {line.id: row for line, row in zip(lines, contact_rows(actor, lines), strict=True)}
    shown = [
        replace(one, rows=tuple(rows[contact] for contact in reversed(one.group.contacts) if contact in rows))
        for one in groups_shown(actor, groups)
    ]
    context: dict[str, Any] = {"groups": shown, "steps": steps(), "tabs": tabs(actor, "calls")}  # Any: of every kind
    return render(request, "hotline/silent.html", context)


@desk("hotline")
@require_POST
def log_silent(request: DeskRequest) -> HttpResponseBase:
    """Log one group together."""
    contacts = []
    for given in request.POST.getlist("contact"):
        try:
            contacts.append(UUID(given))
        except ValueError:
            continue
    count = services.log_silent(actor=request.actor, contact_ids=contacts)
    said = ngettext("%(n)s call logged as silent.", "%(n)s calls logged as silent.", count)
    messages.success(request, said % {"n": count})
    return redirect("hotline:calls")
