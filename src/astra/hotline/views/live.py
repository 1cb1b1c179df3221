"""What goes on at this moment, and what does a supervisor see of a conversation? By what the organisation decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_names
from astra.hotline import selectors, services
from astra.hotline.forms.live import WatchForm
from astra.hotline.rules import live as rules
from astra.hotline.rules.contacts import LINE
from astra.hotline.selectors import OnNow
from astra.hotline.views.conversation_page import named
from astra.hotline.views.lists import tabs
from astra.hotline.views.saying import Tag
from astra.hotline.views.talking import bubbles, queue_rows, standing, waited
from astra.kernel.clock import now
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label

Context = dict[str, Any]  # Any: template variables
WHATS = {
    rules.IN_CALL: (msg("In a call"), "attention"),
    rules.WRITING: (msg("In conversations"), "info"),
    rules.PAUSING: (msg("Pause"), ""),
    rules.FREE: (msg("Free"), "good"),
}


@dataclass(frozen=True)
class Doing:
    """What a colleague does, in words."""

    who: str
    lines: str
    tag: Tag
    since: str
    conversations: int


@desk("coordination")
@require_GET
def live(request: DeskRequest) -> HttpResponseBase:
    """Who is on, what each does, and who waits how long."""
    context = {"tabs": tabs(request.actor, "live"), "decision": selectors.watch_decision()}
    return render(request, "hotline/live.html", _now(request.actor) | context)


@desk("coordination")
@require_GET
def live_now(request: DeskRequest) -> HttpResponseBase:
    """The same alone, for the page that looks again by itself."""
    return render(request, "hotline/_live.html", _now(request.actor))


def _now(actor: Actor) -> Context:
    at, found = now(), selectors.live(actor)
    names = work_names({one.member_id for one in found.people})
    lines = [
        {
            "name": label(LINE, one.line),
            "row": one,
            "rings": waited(one.ringing_since, at) if one.ringing_since else "",
            "waits": waited(one.waiting_since, at) if one.waiting_since else "",
        }
        for one in found.lines
    ]
    may_watch = selectors.watch_decision().is_allowed
    return {
        "people": [_doing(one, names, at) for one in found.people],
        "lines": lines,
        "longest": waited(found.longest_since, at) if found.longest_since else "",
        "talks": [row for row in queue_rows(actor, selectors.queue(actor), at) if not row.is_mine] if may_watch else [],
        "at": at,
    }


def _doing(one: OnNow, names: dict[UUID, str], at: datetime) -> Doing:
    said, tone = WHATS[one.doing.what]
    return Doing(
        who=names.get(one.member_id, ""),
        lines=", ".join(label(LINE, line) for line in one.lines),
        tag=Tag(gettext(said), tone),
        since=waited(one.doing.since, at) if one.doing.since else "",
        conversations=one.doing.conversations,
    )


@desk("coordination")
@require_http_methods(["GET", "POST"])
def watching(request: DeskRequest) -> HttpResponseBase:
    """What the organisation decided about looking on."""
    held = selectors.watch_decision()
    form = WatchForm(request.POST or None, initial={"is_allowed": "yes" if held.is_allowed else "no"})
    if request.method == "POST":
        done = act(form, lambda: _decide(request.actor, form))
        if done is not None:
            messages.success(request, gettext("The decision is recorded."))
            return redirect("hotline:live")
    who = work_names([held.written_by]).get(held.written_by, "") if held.written_by else ""
    return render(request, "hotline/watching.html", {"form": form, "held": held, "who": who})


def _decide(actor: Actor, form: WatchForm) -> None:
    given = form.cleaned_data
    services.decide_watching(actor=actor, is_allowed=given["is_allowed"] == "yes", decided_on=given["decided_on"])


@desk("coordination")
@require_GET
def watch(request: DeskRequest, conversation_id: UUID) -> HttpResponseBase:
    """A conversation as it goes on, to read only; whoever answers sees who looks on."""
    actor = request.actor
    row = services.look_on(actor=actor, conversation_id=conversation_id)
    found = selectors.exchange_in(actor, row)
    context = named(row) | {
        "bubbles": bubbles(found.messages, row.language),
        "standing": standing(actor, row, found.contact_id, now()),
        "again_s": rules.LOOKS_AGAIN_S,
        "back": reverse("hotline:live"),
    }
    answer: HttpResponse = render(request, "hotline/watch.html", context)
    answer["Refresh"] = str(rules.LOOKS_AGAIN_S)
    return answer


@desk("hotline")
@require_POST
def pause(request: DeskRequest) -> HttpResponseBase:
    """She takes a break, or is back."""
    services.pause(actor=request.actor, is_pausing=request.POST.get("verb") == "pause")
    return redirect("hotline:own_shifts")
