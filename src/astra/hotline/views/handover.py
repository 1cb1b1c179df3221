"""What does one shift tell the next? The page that is read first, and the one on which is written last."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_names
from astra.hotline import selectors, services
from astra.hotline.forms.handover import PointForm
from astra.hotline.rules import handover as rules
from astra.hotline.rules.contacts import KIND
from astra.hotline.selectors import PointLine
from astra.hotline.services.audience import READERS_ONLY
from astra.hotline.views.lists import last_line, tabs
from astra.hotline.views.saying import callback_rows
from astra.hotline.views.talking import queue_rows
from astra.kernel.clock import now
from astra.kernel.errors import Denied
from astra.kernel.words import msg
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label

PLACES = {
    "person": ("people:person", msg("Person")),
    "contact": ("hotline:contact", msg("Contact")),
    "conversation": ("hotline:conversation", msg("Conversation")),
    "case": ("cases:case", msg("Case")),
}
TONES = {rules.AT_RISK: "danger", rules.MAY_CALL: "attention", rules.FLAGGED: "plum"}


@desk("hotline")
@require_GET
def handover(request: DeskRequest) -> HttpResponseBase:
    """What is open, what comes due, and the box for what has to be added."""
    actor, about = request.actor, request.GET.get("about", "")
    given = {"line": last_line(actor), "kind": request.GET.get("kind", "")}
    return _show(request, PointForm(initial=given | {"subject": _reached(actor, about)}))


@desk("hotline")
@require_POST
def add_point(request: DeskRequest) -> HttpResponseBase:
    """Write one thing down for the next shift."""
    if not selectors.is_reader(request.actor):
        raise Denied(READERS_ONLY)
    form = PointForm(request.POST)
    added = act(
        form,
        lambda: services.add_point(
            actor=request.actor,
            kind=form.cleaned_data["kind"],
            line=form.cleaned_data["line"],
            words=form.cleaned_data["words"],
            subject_id=form.cleaned_data["subject"],
        ),
    )
    if not added:
        return _show(request, form)
    messages.success(request, gettext("Written down. It stays here until somebody marks it as done."))
    return redirect("hotline:handover")


@desk("hotline")
@require_POST
def finish_point(request: DeskRequest, point_id: UUID) -> HttpResponseBase:
    """It is done, or after all not."""
    services.finish_point(actor=request.actor, point_id=point_id, is_done=request.POST.get("verb") != "reopen")
    return redirect("hotline:handover")


@desk("hotline")
@require_POST
def hand_over(request: DeskRequest) -> HttpResponseBase:
    """She has written what the next shift needs."""
    actor = request.actor
    hers = [one for one in selectors.on_shift_now(actor).present if one.member_id == actor.id]
    services.hand_over(actor=actor, lines=hers[0].lines if hers else [last_line(actor)])
    messages.success(request, gettext("Handed over. A colleague will be asked to say that she has read it."))
    return redirect("hotline:handover")


@desk("hotline")
@require_POST
def acknowledge(request: DeskRequest, shift_handover_id: UUID) -> HttpResponseBase:
    """She has read what was handed over."""
    services.acknowledge_handover(actor=request.actor, handover_id=shift_handover_id)
    messages.success(request, gettext("Noted. The open points are yours now."))
    return redirect("hotline:handover")


def _show(request: DeskRequest, form: PointForm) -> HttpResponse:
    actor, at = request.actor, now()
    is_reader = selectors.is_reader(actor)
    calls = callback_rows(actor, selectors.callbacks(actor, until=at + rules.AHEAD), at) if is_reader else []
    subject = form["subject"].value()
    context = {
        "form": form,
        "subject": _subject(actor, subject),
        "points": _rows(actor, selectors.handover_points(actor)),
        "done": _rows(actor, selectors.handover_points(actor, is_done=True)),
        "last": _last(actor),
        "callbacks": calls,
        "going_on": queue_rows(actor, selectors.queue(actor), at) if is_reader else [],
        "drafts": len(selectors.unfinished(actor)),
        "is_reader": is_reader,
        "tabs": tabs(actor, "handover"),
    }
    return render(request, "hotline/handover.html", context)


def _last(actor: Actor) -> dict[str, Any] | None:
    """Who handed over last, and who has read it."""
    found = selectors.last_handover(actor)
    if found is None:
        return None
    names = work_names({one for one in (found.written_by, found.acknowledged_by) if one})
    return {
        "id": found.id,
        "who": names.get(found.written_by, ""),
        "at": found.written_at,
        "reader": names.get(found.acknowledged_by, "") if found.acknowledged_by else "",
        "read_at": found.acknowledged_at,
        "is_hers": found.written_by == actor.id,
        "is_unread": found.is_unread(now()),
    }


def _rows(actor: Actor, points: Sequence[PointLine]) -> list[dict[str, Any]]:
    persons = [one.subject_id for one in points if one.subject_kind == "person" and one.subject_id]
    names = people.display_names(actor, persons) if persons else {}
    contacts = [one.subject_id for one in points if one.subject_kind == "contact" and one.subject_id]
    lines = {one.id: one for one in selectors.lines(actor, contacts)} if contacts else {}
    staff = work_names({one.written_by for one in points if one.written_by})
    rows = []
    for one in points:
        page, what = PLACES.get(one.subject_kind, ("", ""))
        contact = lines.get(one.subject_id) if one.subject_id else None
        name = names.get(one.subject_id, "") if one.subject_id else ""
        rows.append(
            {
                "id": one.id,
                "kind": label(rules.KIND, one.kind),
                "tone": TONES.get(one.kind, ""),
                "line": label("hotline_line", one.line),
                "words": one.words,
                "url": reverse(page, args=[one.subject_id]) if page and one.subject_id else "",
                "about": name or (label(KIND, contact.coded.kind) if contact else gettext(what) if what else ""),
                "who": staff.get(one.written_by, "") if one.written_by else "",
                "at": one.written_at,
            }
        )
    return rows


def _reached(actor: Actor, about: str) -> UUID | None:
    """What a link from another page asked about, if she may know of it."""
    try:
        found = UUID(about) if about else None
    except ValueError:
        return None
    return found if found and vault.can_reach(actor, found) else None


def _subject(actor: Actor, given: Any) -> dict[str, str] | None:  # Any: what a form holds
    """The record that the new point will be about, in a word."""
    found = _reached(actor, str(given or ""))
    kind = vault.kinds_of([found]).get(found, "") if found else ""
    if found is None or kind not in PLACES:
        return None
    name = people.display_names(actor, [found]).get(found, "") if kind == "person" else ""
    return {"name": name or gettext(PLACES[kind][1]), "url": reverse(PLACES[kind][0], args=[found])}
