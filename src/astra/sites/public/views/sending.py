"""How does a visitor send us a picture or a PDF, and see what was sent? The clean copy, never the original."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from django.http import HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from astra.hotline import selectors, services
from astra.hotline.rules import files as rules
from astra.hotline.selectors import Visiting
from astra.hotline.services import Arrived
from astra.kernel.errors import AstraError, Invalid, NotAllowedNow, Problem
from astra.sites.answers import said_by
from astra.sites.public.tickets import PublicRequest, everybody
from astra.sites.public.views.talk import cursor_in, gone, is_script, mark_of, talk_page, to
from astra.vault.services.attachments import read_pieces
from astra.vault.uploads import SealedUpload

AT_ONCE = 2
"""So many files are taken and cleaned at the same moment."""
PATIENCE_S = 20
_PLACES = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def place() -> Iterator[None]:
    """Hold one of the few places where a file is taken; words have others and never wait for it."""
    if not _PLACES.acquire(timeout=PATIENCE_S):
        raise NotAllowedNow(rules.NOT_NOW)
    try:
        yield
    finally:
        _PLACES.release()


@require_POST
@everybody
def send_file(request: PublicRequest) -> HttpResponseBase:
    """Store a file; only then is it acknowledged."""
    visiting = request.visiting
    if visiting is None:
        return gone(request)
    try:
        with place():
            cursor = _store(request, visiting)
    except AstraError as error:
        if is_script(request):
            raise
        shown = talk_page(request, visiting, problems=said_by(error))
        return render(request, "public/talk.html", shown, status=HTTPStatus.BAD_REQUEST)
    return JsonResponse({"n": cursor}) if is_script(request) else to("talk", request)


def _store(request: PublicRequest, visiting: Visiting) -> int:
    services.check_room_for_file(visiting=visiting)
    request.takes_file = True  # read by the upload handler, which begins with the next line
    sent = request.FILES.get("file")
    if not isinstance(sent, SealedUpload):
        raise Invalid(Problem("file", rules.NO_FILE))
    arrived = Arrived(*sent.kept())
    return services.write_file(visiting=visiting, arrived=arrived, mark=mark_of(request)).cursor


@require_GET
@everybody
def file(request: PublicRequest) -> HttpResponseBase:
    """The clean copy of a file in the conversation of this browser, under a name that says nothing."""
    if request.visiting is None:
        return gone(request)
    found = selectors.sent_file_for_visitor(request.visiting, cursor_in(request))
    response = StreamingHttpResponse(read_pieces(found.clean, found.clean_key), content_type=found.content_type)
    response["Content-Disposition"] = f'inline; filename="1{found.suffix}"'
    return response
