"""What happens to every answer? Errors become pages, reading gets on the log, nothing stays in the browser."""

from http import HTTPStatus
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render

from astra.accounts.doors import is_fetch
from astra.audit import services as audit
from astra.kernel.errors import AstraError, Denied, NotFound
from astra.sites.answers import GetResponse, said_by, status_of, view_name
from astra.vault.actor import Actor
from astra.vault.services import decoys
from astra.vault.services.trail import write_trail


class ReadingLogged:
    """What a page opened, listed or was refused is on the log before the answer leaves, also when it failed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then write the trail; if the log cannot be written, nothing leaves."""
        response = self.get_response(request)
        actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the visit middleware
        write_trail(actor, reason=view_name(request))
        _watch(request, actor, response)
        return response


def _watch(request: HttpRequest, actor: Actor, response: HttpResponseBase) -> None:
    """Whoever opens a file that nobody has reason to open, by whichever of its pages, raises the alarm."""
    match = request.resolver_match
    opened = [one for one in match.kwargs.values() if isinstance(one, UUID)] if match else []
    was_refused = response.status_code >= HTTPStatus.BAD_REQUEST
    decoys.watch(actor=actor, record_ids=opened, was_refused=was_refused)


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
        status = status_of(error)
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


def _note_denial(request: HttpRequest) -> None:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the visit
    with transaction.atomic():
        audit.record(actor_id=actor.id, verb="desk.denied", reason=view_name(request))
