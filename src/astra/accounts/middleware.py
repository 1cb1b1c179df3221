"""Whose request is this, and are her keys open? Puts the visit and the actor on every request."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponseBase

from astra.accounts import selectors
from astra.accounts.services import custody, visits
from astra.vault.actor import Actor, staff, visitor

VISIT_KEY = "visit"
COOKIE = "__Host-key" if settings.ENV.is_https else "key"


class VisitMiddleware:
    """Takes the visit up before the view, and hands the browser its key after it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Resume the visit, answer, and set or take away the key's cookie."""
        resume(request)
        response = self.get_response(request)
        key = getattr(request, "cookie_key", None)
        if key is not None:
            _set_cookie(response, key)
        elif COOKIE in request.COOKIES and getattr(request, "is_key_dropped", False):
            response.delete_cookie(COOKIE, samesite="Strict")
        return response


def resume(request: HttpRequest) -> None:
    """Find the visit of a request and rebuild the keyring from what session and cookie hold together."""
    request.visit, request.actor = None, visitor()  # type: ignore[attr-defined]  # typed by access.DeskRequest
    user_id, visit_id = request.session.get(auth.SESSION_KEY), request.session.get(VISIT_KEY)
    if user_id is None and visit_id is None:
        return
    found = None
    if user_id is not None and visit_id is not None:
        cookie = request.COOKIES.get(COOKIE, "")
        found = visits.resume(visit_id=visit_id, user_id=user_id, cookie=cookie)
    if found is None:
        auth.logout(request)
        drop_key(request)
        return
    visit, opened = found
    request.user = visit.user
    request.visit = visit  # type: ignore[attr-defined]
    if opened is not None and visit.confirmed_at is not None:
        request.actor = staff(opened.member_id, selectors.desks_for(visit.user), opened.keyring())  # type: ignore[attr-defined]
    else:
        request.actor = Actor(visit.user.member_id, "staff")  # type: ignore[attr-defined]


def hand_key(request: HttpRequest, key: bytes) -> None:
    """Give this browser a key with the answer; nothing here remembers it."""
    request.cookie_key = key  # type: ignore[attr-defined]  # carried from the view to the answer


def drop_key(request: HttpRequest) -> None:
    """Take the key away from this browser with the answer."""
    request.cookie_key, request.is_key_dropped = None, True  # type: ignore[attr-defined]


def _set_cookie(response: HttpResponseBase, key: bytes) -> None:
    response.set_cookie(
        COOKIE,
        custody.write_cookie(key),
        secure=settings.ENV.is_https,
        httponly=True,
        samesite="Strict",
        path="/",
    )
