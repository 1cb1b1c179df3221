"""Where does she begin? My day: what is due, what was handed to her, what is new, and one click for a silent call."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from astra.accounts.access import DeskRequest, colleague
from astra.hotline.rules import contacts as rules
from astra.hotline.views.lists import last_line, quick_buttons
from astra.kernel.clock import today
from astra.kernel.ids import new_id
from astra.sites.desk import my_day, rewriting_shown, watching
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import choices_of

OFTEN = 7
"""The kinds of one click that come every day; the page of contacts has them all."""
CARING = ("hotline", "people", "cases", "missing", "consent")


@colleague
@require_GET
def home(request: DeskRequest) -> HttpResponseBase:
    """My day, as her roles need it."""
    actor, day = request.actor, today()
    context: dict[str, Any] = {"date": day, "waiting": watching.colleagues_waiting(actor)}
    if actor.has_desk("hotline"):
        context |= _quick(actor)
    if actor.has_desk(*CARING):
        found = my_day.day_of(actor, day)
        context |= {
            "day": found,
            "queues": [*found.queues, *rewriting_shown.queue(actor)],
            "late": my_day.everybodys_overdue(actor, day),
        }
    else:
        context["roles"] = watching.roles_of(actor.id)
        context["queues"] = [queue for queue in my_day.keeping_queues(actor) if queue.count]
    if actor.has_desk("data_protection"):
        context |= {
            "alarming": watching.alarming(),
            "rewrites": watching.rewrites_waiting(),
            "log": watching.log_state(),
        }
    return render(request, "desk/home.html", context)


def _quick(actor: Actor) -> dict[str, Any]:
    """What the one-click bar of the hotline needs."""
    return {
        "quick": quick_buttons()[:OFTEN],
        "quick_key": new_id(),
        "lines": choices_of(rules.LINE)(),
        "line": last_line(actor),
    }
