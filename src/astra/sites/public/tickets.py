"""What does a visitor's browser hold? One cookie, only while she has a conversation open, gone when it closes."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from astra.accounts.access import PUBLIC
from astra.hotline import services as hotline
from astra.hotline.selectors import Visiting
from astra.hotline.services import Ticket
from astra.sites.public.languages import Spoken

P = ParamSpec("P")

COOKIE = "__Host-page" if settings.ENV.is_https else "page"


class PublicRequest(HttpRequest):
    """A request as the middleware of the public site leaves it."""

    spoken: Spoken
    visiting: Visiting | None
    ticket: Ticket | None
    fresh_ticket: Ticket | None
    is_leaving: bool
    takes_file: bool


Page = Callable[Concatenate[PublicRequest, P], HttpResponseBase]


def everybody(view: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Say of a page that it is for everybody, as every page behind this door is."""
    view.access = PUBLIC  # type: ignore[attr-defined]  # read by the table of addresses
    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], view)


def read_visit(request: HttpRequest) -> None:
    """Put the conversation that this browser has open on the request, if it has one."""
    ticket = hotline.read_ticket(request.COOKIES.get(COOKIE, ""))
    held: PublicRequest = request  # type: ignore[assignment]  # becomes one here
    held.ticket, held.visiting = ticket, hotline.resume(ticket) if ticket else None
    held.fresh_ticket, held.is_leaving, held.takes_file = None, False, False


def hold(request: PublicRequest, visiting: Visiting, ticket: Ticket) -> None:
    """Go on with this conversation, in this request and in this browser."""
    request.visiting, request.ticket, request.fresh_ticket = visiting, ticket, ticket


def let_go(request: PublicRequest) -> None:
    """Close the conversation in this browser."""
    if request.ticket is not None:
        hotline.leave(ticket=request.ticket)
    request.visiting, request.is_leaving = None, True


def write_ticket(request: HttpRequest, response: HttpResponseBase) -> None:
    """Hand the browser its ticket, or take back one that opens nothing any more."""
    held: PublicRequest = request  # type: ignore[assignment]  # `read_visit` made it one
    if held.fresh_ticket is not None:
        response.set_cookie(
            COOKIE, str(held.fresh_ticket), secure=settings.ENV.is_https, httponly=True, samesite="Strict", path="/"
        )
    elif COOKIE in request.COOKIES and (held.is_leaving or held.visiting is None):
        response.delete_cookie(COOKIE, path="/", samesite="Strict")
