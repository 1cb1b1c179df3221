"""How does somebody write to us from here? She begins, writes, reads, hides, and comes back with her code.

Every page works without a script: the messages are a page of their own in a frame that looks again by itself. A script
asks for what is behind a cursor instead.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.hotline import selectors, services
from astra.hotline.rules import conversations as rules
from astra.hotline.rules import files
from astra.hotline.selectors import Said, Visiting
from astra.kernel.errors import AstraError
from astra.rights import services as rights
from astra.rights.selectors import Owning
from astra.sites.answers import said_by
from astra.sites.channels.offering import offered
from astra.sites.public import doorway as doorways
from astra.sites.public.answering import answering
from astra.sites.public.doorway import Doorway, Full, storing
from astra.sites.public.tickets import PublicRequest, everybody, hold, hold_own
from astra.vault.crypto.codes import GROUP, fold_code

LINE = "sos_trafficking"
LOOK_AGAIN_S = 5
"""After so many seconds a page without a script looks for new messages."""
MOST_CURSOR = 10**15


def to(name: str, request: PublicRequest) -> HttpResponseBase:
    """Lead to a page in the same language."""
    return redirect(reverse(f"public:{name}", kwargs={"language": request.spoken}))


def is_script(request: PublicRequest) -> bool:
    """Whether our script asks, which wants data rather than a page."""
    return request.headers.get("X-Asked-By") == "script"


def gone(request: PublicRequest) -> HttpResponseBase:
    """The conversation is not open in this browser (any more): she comes back with her code."""
    if is_script(request):
        return JsonResponse({"gone": True}, status=HTTPStatus.GONE)
    return to("back", request)


@require_GET
@everybody
def talk(request: PublicRequest) -> HttpResponseBase:
    """The conversation, or how to begin one."""
    visiting = request.visiting
    if visiting is None:
        context = {"channels": offered(), "answering": answering(request.spoken)}
        return render(request, "public/talk_begin.html", context)
    return render(request, "public/talk.html", talk_page(request, visiting))


def talk_page(request: PublicRequest, visiting: Visiting, **more: Any) -> dict[str, Any]:  # Any: template variables
    """What the page of the conversation shows."""
    found = selectors.exchange_for_visitor(visiting)
    _note_shown(visiting, found.cursor)
    return {
        "answering": answering(request.spoken),
        "messages": found.messages,
        "cursor": found.cursor,
        "seen": found.seen,
        "state": found.state,
        "groups": _groups(request, visiting.code),
        "mark": uuid4(),
        "file_mark": uuid4(),
        "longest": rules.LONGEST,
        "taken": files.TAKEN,
        "largest": files.LARGEST // 1024 // 1024,
        **more,
    }


def _groups(request: PublicRequest, code: str) -> list[str]:
    shown = request.spoken.in_digits(code)
    return [shown[at : at + GROUP] for at in range(0, len(shown), GROUP)]


def _note_shown(visiting: Visiting, cursor: int) -> None:
    services.mark_seen_by_visitor(visiting=visiting, number=cursor % selectors.A_SITTING)


@require_POST
@everybody
def begin(request: PublicRequest) -> HttpResponseBase:
    """Begin a conversation, unless this browser has one open."""
    if request.visiting is not None:
        return to("talk", request)
    try:
        with doorways.BEGINNING.slot():
            if not doorways.BEGINNING.lets_in(request.POST):
                return wait(request, doorways.BEGINNING)
            visiting, ticket, _code = services.begin_conversation(line=LINE, language=request.spoken.code)
    except Full:
        return busy(request)
    doorways.BEGINNING.note()
    hold(request, visiting, ticket)
    return to("talk", request)


def wait(request: PublicRequest, doorway: Doorway) -> HttpResponseBase:
    """A place in the waiting room: the page goes on by itself."""
    place = doorway.place()
    context = {"slip": place.slip, "left": place.wait_s, "is_back": doorway is doorways.COMING_BACK}
    return render(request, "public/talk_wait.html", context)


@require_GET
@everybody
def waiting(request: PublicRequest) -> HttpResponseBase:
    """In the waiting room: still so long, or come in."""
    is_back, slip = request.GET.get("b") == "1", request.GET.get("s", "")
    left = (doorways.COMING_BACK if is_back else doorways.BEGINNING).left_to_wait(slip)
    if left is None:
        return to("back" if is_back else "talk", request)
    return render(request, "public/talk_wait.html", {"slip": slip, "left": left, "is_back": is_back})


@require_GET
@everybody
def puzzle(request: PublicRequest) -> HttpResponseBase:
    """What a script has to solve before the form is sent; nothing at most times."""
    door = (doorways.COMING_BACK if request.GET.get("b") == "1" else doorways.BEGINNING).puzzle()
    return JsonResponse({"slip": door.slip, "bits": door.bits})


def busy(request: PublicRequest, **typed: str) -> HttpResponseBase:
    """Too many at this moment: a second later it goes on."""
    if is_script(request):
        return JsonResponse({"messages": []}, status=HTTPStatus.TOO_MANY_REQUESTS)
    return render(request, "public/talk_busy.html", typed, status=HTTPStatus.TOO_MANY_REQUESTS)


@require_GET
@csp_replace({"frame-ancestors": [SELF]})
@xframe_options_sameorigin
@everybody
def messages(request: PublicRequest) -> HttpResponseBase:
    """The messages alone, in a frame that looks again by itself."""
    if request.visiting is None:
        return render(request, "public/talk_gone.html")
    found = selectors.exchange_for_visitor(request.visiting)
    _note_shown(request.visiting, found.cursor)
    context = {"messages": found.messages[::-1], "state": found.state, "again_s": LOOK_AGAIN_S}
    return render(request, "public/talk_messages.html", {**context, "is_typing": found.is_typing})


@require_POST
@everybody
def send(request: PublicRequest) -> HttpResponseBase:
    """Store a message; only then is it acknowledged."""
    visiting = request.visiting
    if visiting is None:
        return gone(request)
    text = request.POST.get("text", "")
    try:
        with storing(is_answered=visiting.conversation.answered_at is not None):
            stored = services.write(visiting=visiting, text=text, mark=mark_of(request))
    except Full:
        return busy(request, typed=text, mark=str(mark_of(request)))
    except AstraError as error:
        if is_script(request):
            raise
        problems = {"problems": said_by(error), "typed": text}
        return render(
            request, "public/talk.html", talk_page(request, visiting, **problems), status=HTTPStatus.BAD_REQUEST
        )
    return JsonResponse({"n": stored.cursor}) if is_script(request) else to("talk", request)


def mark_of(request: PublicRequest) -> UUID:
    """What makes a message sent twice one message; a fresh one where the form brings none."""
    try:
        return UUID(request.POST.get("mark", ""))
    except ValueError:
        return uuid4()


def cursor_in(request: PublicRequest) -> int:
    """The place in the conversation that a page asks about."""
    given = request.GET.get("n", "")
    return min(int(given), MOST_CURSOR) if given.isascii() and given.isdecimal() else 0


@require_GET
@everybody
def since(request: PublicRequest) -> HttpResponseBase:
    """What is behind a cursor, for the script."""
    visiting = request.visiting
    if visiting is None:
        return gone(request)
    found = selectors.exchange_for_visitor(visiting, after=cursor_in(request))
    if found.messages:
        _note_shown(visiting, found.cursor)
    told = {"cursor": found.cursor, "seen": found.seen, "typing": found.is_typing, "state": found.state}
    return JsonResponse({**told, "messages": [_told(request, one) for one in found.messages]})


def _told(request: PublicRequest, one: Said) -> dict[str, Any]:  # Any: JSON
    at = f"{localtime(one.at):%H:%M}"
    told = {"n": one.cursor, "mine": not one.is_ours, "text": one.text, "event": one.event, "time": at}
    if one.file is None:
        return told
    return told | {"file": render_to_string("public/talk_file.html", {"message": one, "spoken": request.spoken})}


@require_http_methods(["GET", "POST"])
@everybody
def back(request: PublicRequest) -> HttpResponseBase:
    """Come back with the code, from whichever phone."""
    if request.method == "GET":
        open_here = "talk" if request.visiting else "own" if request.owning else ""
        return to(open_here, request) if open_here else render(request, "public/talk_back.html")
    typed = request.POST.get("code", "")
    try:
        with doorways.COMING_BACK.slot():
            if not doorways.COMING_BACK.lets_in(request.POST):
                return wait(request, doorways.COMING_BACK)
            found = services.come_back(typed=typed) or rights.open_own(typed=typed)
    except Full:
        return busy(request)
    if found == rights.CALM:
        return render(request, "public/calm.html")
    if found is None or isinstance(found, str):
        doorways.COMING_BACK.note()
        context = {"is_wrong": True, "digits": len(fold_code(typed))}
        return render(request, "public/talk_back.html", context, status=HTTPStatus.BAD_REQUEST)
    if isinstance(found[0], Owning):
        hold_own(request, *found)
        return to("own", request)
    hold(request, *found)
    return to("talk", request)


def _verb(do: Callable[[PublicRequest, Visiting], object]) -> Callable[[PublicRequest], HttpResponseBase]:
    """A page that does one thing in an open conversation and leads back to it."""

    def page(request: PublicRequest) -> HttpResponseBase:
        if request.visiting is None:
            return gone(request)
        do(request, request.visiting)
        return JsonResponse({}) if is_script(request) else to("talk", request)

    return page


def _change_code(request: PublicRequest, visiting: Visiting) -> None:
    assert request.ticket is not None
    services.change_code(visiting=visiting, ticket=request.ticket)


typing = require_POST(everybody(_verb(lambda _, visiting: services.note_typing(visiting=visiting))))
noted = require_POST(everybody(_verb(lambda _, visiting: services.note_code(visiting=visiting))))
change_code = require_POST(everybody(_verb(_change_code)))
hide = require_POST(everybody(_verb(lambda _, visiting: services.hide_earlier(visiting=visiting))))
feedback = require_POST(
    everybody(
        _verb(
            lambda request, visiting: services.say_how_it_was(visiting=visiting, feedback=request.POST.get("how", ""))
        )
    )
)
