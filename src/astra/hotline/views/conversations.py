"""Who waits, what was written, and how is it answered? The queue of conversations and the page of one.

Every page works without a script, which only looks again by itself and sends without leaving the page. What is typed in
the box and not sent yet comes back with every answer of the server.
"""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.doors import is_fetch
from astra.hotline import selectors, services
from astra.hotline.forms.conversations import AnswerForm
from astra.hotline.views.conversation_page import STEPS, note_seen, said_html, show, standing_html
from astra.hotline.views.lists import tabs
from astra.hotline.views.talking import queue_rows, standing
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault.actor import Actor
from astra.vocabulary.form_fields import act

MOST_CURSOR = 10**15
TO_QUEUE = ("park", "give_back")
"""After these she is free for the next one."""


@desk("hotline")
@require_GET
def conversations(request: DeskRequest) -> HttpResponseBase:
    """Who waits, who is answered, and what ended lately."""
    actor = request.actor
    ended = queue_rows(actor, selectors.ended_lately(actor), now())
    context = {"ended": ended, "tabs": tabs(actor, "conversations"), "is_reader": selectors.is_reader(actor)}
    return render(request, "hotline/conversations.html", _queue(actor) | context)


@desk("hotline")
@require_GET
def conversations_now(request: DeskRequest) -> HttpResponseBase:
    """The queue alone, for the page that looks again by itself."""
    return render(request, "hotline/_conversation_queue.html", _queue(request.actor))


def _queue(actor: Actor) -> dict[str, Any]:  # Any: template variables
    at = now()
    rows = queue_rows(actor, selectors.queue(actor), at)
    waiting = [row for row in rows if row.needs_somebody]
    going_on = [row for row in rows if not row.needs_somebody]
    return {"waiting": waiting, "going_on": going_on, "count": selectors.count_waiting(actor), "at": at}


@desk("hotline")
@require_GET
def conversation(request: DeskRequest, conversation_id: UUID) -> HttpResponseBase:
    """What was written, and the box for the answer."""
    return show(request, selectors.conversation(request.actor, conversation_id))


@desk("hotline")
@require_POST
def address(request: DeskRequest, conversation_id: UUID) -> HttpResponseBase:
    """From which address the person writes; opened only when it is asked for, and on the log."""
    row = selectors.conversation(request.actor, conversation_id)
    return show(request, row, address=selectors.sender_address(request.actor, conversation_id))


@desk("hotline")
@require_POST
def look(request: DeskRequest, conversation_id: UUID) -> HttpResponseBase:
    """What is behind a cursor, for the script; it says as well how far her screen has shown."""
    actor, given = request.actor, request.POST
    row = selectors.conversation(actor, conversation_id)
    found = selectors.exchange_in(actor, row, after=_cursor(given.get("after", "")))
    note_seen(actor, row, found, _cursor(given.get("seen", "")))
    key = standing(actor, row, found.contact_id, now()).key
    told = {
        "html": said_html(request, row, found),
        "cursor": found.cursor,
        "seen": found.seen,
        "typing": found.is_typing,
        "waiting": selectors.count_waiting(actor),
        "key": key,
    }
    if given.get("key", "") != key:
        told |= {"parts": standing_html(request, row, found.contact_id)}
    return JsonResponse(told)


def _cursor(given: str) -> int:
    return min(int(given), MOST_CURSOR) if given.isascii() and given.isdecimal() else 0


@desk("hotline")
@require_POST
def answering(request: DeskRequest, conversation_id: UUID) -> HttpResponseBase:
    """She is typing an answer: the person sees that somebody is there."""
    services.note_answering(actor=request.actor, conversation_id=conversation_id)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@desk("hotline")
@require_POST
def answer(request: DeskRequest, conversation_id: UUID) -> HttpResponseBase:
    """Store an answer; only then is it acknowledged."""
    form = AnswerForm(request.POST)
    if is_fetch(request):
        form.full_clean()
        _answer(request.actor, conversation_id, form)
        return JsonResponse({"stored": True})
    if act(form, lambda: _answer(request.actor, conversation_id, form)) is None:
        return show(request, selectors.conversation(request.actor, conversation_id), form, HTTPStatus.CONFLICT)
    return redirect(f"{reverse('hotline:conversation', args=[conversation_id])}#id_text")


def _answer(actor: Actor, conversation_id: UUID, form: AnswerForm) -> None:
    text, mark = form.cleaned_data.get("text", ""), form.cleaned_data.get("mark") or uuid4()
    services.answer(actor=actor, conversation_id=conversation_id, text=text, mark=mark)


@desk("hotline")
@require_POST
def step(request: DeskRequest, conversation_id: UUID) -> HttpResponseBase:
    """Take, park, give back, offer, block or end."""
    actor, verb = request.actor, request.POST.get("verb", "")
    row = selectors.conversation(actor, conversation_id)
    if verb not in STEPS:
        raise NotFound
    form = STEPS[verb].form(actor, row, request.POST)
    done = act(form, lambda: STEPS[verb].deed(actor, row, form))
    if is_fetch(request):
        return _told(request, verb, form)
    is_typed = bool(request.POST.get("text", "").strip())
    if done is None or is_typed:
        now_standing = selectors.conversation(actor, row.pk)
        return show(request, now_standing, form, HTTPStatus.OK if done else HTTPStatus.CONFLICT)
    return redirect(_after(request, verb, row.pk))


def _told(request: DeskRequest, verb: str, form: Any) -> HttpResponseBase:  # Any: the form of a step
    if form.errors:
        problems = [problem for field in form.errors.values() for problem in field]
        return JsonResponse({"messages": problems}, status=HTTPStatus.CONFLICT)
    return JsonResponse({"to": _after(request, verb, None) if verb in TO_QUEUE else ""})


def _after(request: DeskRequest, verb: str, conversation_id: UUID | None) -> str:
    """Where she goes on after a step."""
    if verb not in TO_QUEUE:
        return reverse("hotline:conversation", args=[conversation_id])
    words = {
        "park": gettext("It rests until the person writes again."),
        "give_back": gettext("It is back in the queue."),
    }
    messages.success(request, words[verb])
    return reverse("hotline:conversations")
