"""Whose request is this, and are her keys open? Puts the visit and the actor on every request."""

from collections.abc import Callable

from django.contrib import auth
from django.http import HttpRequest, HttpResponseBase

from astra.accounts import selectors
from astra.accounts.cookies import COOKIE, drop_key, write_key
from astra.accounts.services import visits
from astra.vault.actor import Actor, staff, visitor

VISIT_KEY = "visit"


class VisitMiddleware:
    """Takes the visit up before the view, and hands the browser its key after it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Resume the visit, answer, and set or take away the key's cookie."""
        resume(request)
        response = self.get_response(request)
        write_key(request, response)
        return response


def resume(request: HttpRequest) -> None:
    """Find the visit of a request and rebuild the keyring from what session and cookie hold together."""
    request.visit, request.actor = None, visitor()  # type: ignore[attr-defined]  # typed by access.DeskRequest
    user_id, visit_id = request.session.get(auth.SESSION_KEY), request.session.get(VISIT_KEY)
    if user_id is None and visit_id is None:
        return
    found = None
    if user_id is not None and visit_id is not None:
        found = visits.resume(visit_id=visit_id, user_id=user_id, cookie=request.COOKIES.get(COOKIE, ""))
    if found is None:
        auth.logout(request)
        drop_key(request)
        return
    visit, opened = found
    request.user = visit.user
    request.visit, request.opened = visit, opened  # type: ignore[attr-defined]  # the visit travels on the request
    if opened is None:
        drop_key(request)
    if opened is not None and visit.confirmed_at is not None:
        desks = selectors.desks_for(visit.user)
        request.actor = staff(opened.member_id, desks, opened.keyring())  # type: ignore[attr-defined]  # the visit travels on the request
    else:
        request.actor = Actor(visit.user.member_id, "staff")  # type: ignore[attr-defined]  # the visit travels on the request
