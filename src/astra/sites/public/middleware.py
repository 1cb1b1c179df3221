"""What happens to every public answer? It speaks her language, takes forms from our own pages, and keeps nothing."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import translation

from astra.kernel.errors import AstraError
from astra.sites.answers import GetResponse, said_by, status_of, view_name
from astra.sites.public.languages import named_in, preferred
from astra.sites.public.tickets import read_visit, write_ticket
from astra.vault.services.trail import write_trail


class InHerLanguage:
    """Speaks the language that stands in the address; before one is chosen, what the browser asks for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and forget the language of this thread."""
        spoken = named_in(request.path_info) or preferred(request.headers.get("Accept-Language", ""))
        request.spoken = spoken  # type: ignore[attr-defined]  # read by the pages
        translation.activate(spoken.code)
        try:
            return self.get_response(request)
        finally:
            translation.deactivate()

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],  # Any: what stands in the address
    ) -> None:
        """Take the language out of the address; it is spoken already, also where the answer is no page of a view."""
        kwargs.pop("language", None)


class OwnForms:
    """Takes forms from our own pages only. Without a cookie there is no token: browsers say where a form comes from."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse a form from elsewhere."""
        if request.method in ("GET", "HEAD") or is_own(request):
            return self.get_response(request)
        return render(request, "public/problem.html", {"problems": []}, status=HTTPStatus.FORBIDDEN)


def is_own(request: HttpRequest) -> bool:
    """Whether nothing that the browser says of a form contradicts that it stood on a page of ours."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    said = request.headers.get("Origin") or request.headers.get("Referer")
    return said is None or urlsplit(said).netloc == request.get_host()


class HerConversation:
    """Finds the conversation that this browser has open, and has what was read in it on the log before it leaves."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, write the trail, hand the browser its ticket or take it away."""
        read_visit(request)
        response = self.get_response(request)
        for opened in (request.visiting, request.owning):  # type: ignore[attr-defined]  # put there a line above
            if opened is not None:
                write_trail(opened.actor, reason=view_name(request))
        write_ticket(request, response)
        return response


class ErrorPages:
    """Domain errors become a plain page, or words for the script that asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; exceptions come through `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Turn a domain error into words; anything else is a fault of ours and stays one."""
        if not isinstance(error, AstraError):
            return None
        problems, status = said_by(error), status_of(error)
        if request.headers.get("X-Asked-By") == "script":
            return JsonResponse({"messages": problems}, status=status)
        return render(request, "public/problem.html", {"problems": problems}, status=status)
