"""What does a visitor's browser hold? One cookie, only while a conversation or an own page is open there."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from astra.accounts.access import PUBLIC
from astra.hotline import services as hotline
from astra.hotline.selectors import Visiting
from astra.hotline.services import Ticket
from astra.rights import services as rights
from astra.rights.entries import OwnTicket, read_own_ticket
from astra.rights.selectors import Owning
from astra.sites.public.languages import Spoken

P = ParamSpec("P")

COOKIE = "__Host-page" if settings.ENV.is_https else "page"


class PublicRequest(HttpRequest):
    """A request as the middleware of the public site leaves it."""

    spoken: Spoken
    visiting: Visiting | None
    ticket: Ticket | None
    fresh_ticket: Ticket | OwnTicket | None
    owning: Owning | None
    own_ticket: OwnTicket | None
    is_leaving: bool
    takes_file: bool


Page = Callable[Concatenate[PublicRequest, P], HttpResponseBase]


def everybody(view: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Say of a page that it is for everybody, as every page behind this door is."""
    view.access = PUBLIC  # type: ignore[attr-defined]  # read by the table of addresses
    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], view)


def read_visit(request: HttpRequest) -> None:
    """Put the conversation or the own page that this browser has open on the request, if it has one."""
    kept = request.COOKIES.get(COOKIE, "")
    own_ticket = read_own_ticket(kept)
    ticket = None if own_ticket else hotline.read_ticket(kept)
    held: PublicRequest = request  # type: ignore[assignment]  # becomes one here
    held.ticket, held.visiting = ticket, hotline.resume(ticket) if ticket else None
    held.own_ticket, held.owning = own_ticket, rights.resume(own_ticket) if own_ticket else None
    held.fresh_ticket, held.is_leaving, held.takes_file = None, False, False


def hold(request: PublicRequest, visiting: Visiting, ticket: Ticket) -> None:
    """Go on with this conversation, in this request and in this browser."""
    request.visiting, request.ticket, request.fresh_ticket = visiting, ticket, ticket


def hold_own(request: PublicRequest, owning: Owning, ticket: OwnTicket) -> None:
    """Go on with somebody's own page, in this request and in this browser; a conversation that was open is closed."""
    let_go(request)
    request.owning, request.own_ticket, request.fresh_ticket, request.is_leaving = owning, ticket, ticket, False


def let_go(request: PublicRequest) -> None:
    """Close the conversation or the own page in this browser."""
    if request.ticket is not None:
        hotline.leave(ticket=request.ticket)
    if request.own_ticket is not None:
        rights.leave(ticket=request.own_ticket)
    request.visiting, request.owning, request.is_leaving = None, None, True


def write_ticket(request: HttpRequest, response: HttpResponseBase) -> None:
    """Hand the browser its ticket, or take back one that opens nothing any more."""
    held: PublicRequest = request  # type: ignore[assignment]  # `read_visit` made it one
    if held.fresh_ticket is not None:
        response.set_cookie(
            COOKIE, str(held.fresh_ticket), secure=settings.ENV.is_https, httponly=True, samesite="Strict", path="/"
        )
    elif COOKIE in request.COOKIES and (held.is_leaving or (held.visiting is None and held.owning is None)):
        response.delete_cookie(COOKIE, path="/", samesite="Strict")
