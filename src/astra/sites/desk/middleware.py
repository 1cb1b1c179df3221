"""What happens to every answer? Errors become pages, reading gets on the log, nothing stays in the browser."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from astra.accounts.doors import is_fetch
from astra.audit import services as audit
from astra.kernel.errors import AstraError, Conflict, Denied, Invalid, NotAllowedNow, NotFound
from astra.vault.actor import Actor
from astra.vault.services.trail import write_trail

GetResponse = Callable[[HttpRequest], HttpResponseBase]
STATUS: tuple[tuple[type[AstraError], HTTPStatus], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (Denied, HTTPStatus.FORBIDDEN),
    (Invalid, HTTPStatus.BAD_REQUEST),
    (Conflict, HTTPStatus.CONFLICT),
    (NotAllowedNow, HTTPStatus.CONFLICT),
)


NOT_USED = ("camera", "microphone", "geolocation", "display-capture", "usb", "payment", "browsing-topics")
"""What no page of ours asks of a browser, and nothing that got into a page may."""


class NothingKept:
    """No answer of a view is kept anywhere on its way or in the browser, nor lent to another site."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the answer as not to be stored."""
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = ", ".join(f"{feature}=()" for feature in NOT_USED)
        return response


class ReadingLogged:
    """What a page opened, listed or was refused is on the log before the answer leaves, also when it failed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then write the trail; if the log cannot be written, nothing leaves."""
        response = self.get_response(request)
        actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the visit middleware
        write_trail(actor, reason=view_name(request))
        return response


class ErrorPages:
    """Domain errors become pages, in one place; what is absent and what is not hers look the same."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; exceptions come through `process_exception`.

        Whoever follows an address that only takes forms (a change of language after an error does) is led back.
        """
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET" or is_fetch(request):
            return response
        page = render(request, "405.html", status=response.status_code)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Turn a domain error into its page; anything else is a fault of ours and stays one."""
        if not isinstance(error, AstraError):
            return None
        status = next((code for kind, code in STATUS if isinstance(error, kind)), HTTPStatus.CONFLICT)
        if isinstance(error, Denied):
            _note_denial(request)
        messages = said_by(error)
        if is_fetch(request):
            return JsonResponse({"messages": messages}, status=status)
        if isinstance(error, NotFound):
            return render(request, "404.html", status=status)
        if isinstance(error, Denied) and request.method in ("GET", "HEAD"):
            return render(request, "403.html", {"problems": messages}, status=status)
        context = {"problems": messages, "status": int(status), "was_saving": request.method not in ("GET", "HEAD")}
        return render(request, "desk/problem.html", context, status=status)


def said_by(error: AstraError) -> list[str]:
    """What an error says, in the reader's language."""
    if isinstance(error, Invalid):
        return [gettext(problem.message) % problem.parts for problem in error.problems]
    return [gettext(error.message) % error.parts]


def view_name(request: HttpRequest) -> str:
    """Which page this is, as a code for the log."""
    match = request.resolver_match
    return match.view_name if match is not None else ""


def _note_denial(request: HttpRequest) -> None:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the visit
    with transaction.atomic():
        audit.record(actor_id=actor.id, verb="desk.denied", reason=view_name(request))
