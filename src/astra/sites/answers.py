"""What do the answers of all front doors share? Nothing is kept on the way, and errors speak in words."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext

from astra.kernel.errors import AstraError, Conflict, Denied, Invalid, NotAllowedNow, NotFound

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


def status_of(error: AstraError) -> HTTPStatus:
    """With which status an error is answered."""
    return next((code for kind, code in STATUS if isinstance(error, kind)), HTTPStatus.CONFLICT)


def said_by(error: AstraError) -> list[str]:
    """What an error says, in the reader's language."""
    if isinstance(error, Invalid):
        return [gettext(problem.message) % problem.parts for problem in error.problems]
    return [gettext(error.message) % error.parts]


def view_name(request: HttpRequest) -> str:
    """Which page this is, as a code for the log."""
    match = request.resolver_match
    return match.view_name if match is not None else ""


def bell_address(bell: str) -> str:
    """Where pages find the bell: a port of this machine, their own address behind a proxy, or nowhere."""
    return f"ws://localhost:{bell}/bell/" if bell.isdecimal() else "self/bell/" if bell else ""
