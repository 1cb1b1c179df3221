"""Which door must she pass first: sign in, second factor, unlock, or wait to be admitted?

What she was writing is never lost at a door: a script is told and keeps the page as it is; without scripts the typed
fields travel in the unlock page and are sent again after it.
"""

import time
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from astra.accounts import selectors
from astra.accounts.models import ACTIVE, Visit
from astra.accounts.services import visits
from astra.kernel.errors import AstraError
from astra.kernel.words import msg

LOCKED_STATUS = 423
SIGN_IN_STATUS = 401
QUIET_HEADER = "X-Astra-Poll"
"""Requests that a page makes by itself carry this header; they do not count as somebody being there."""
LOOK_EVERY_S = 1.0
ENDED_MEANWHILE = msg("Your visit was ended.")
NOT_KEPT = ("csrfmiddlewaretoken", "passphrase", "password")


def is_fetch(request: HttpRequest) -> bool:
    """Whether a script asks, which shows the door itself instead of following us to another page."""
    headers = request.headers
    asks_json = "application/json" in headers.get("Accept", "")
    return headers.get("HX-Request") == "true" or headers.get("X-Requested-With") == "fetch" or asks_json


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit that the middleware found for this request."""
    return getattr(request, "visit", None)


def note_presence(request: HttpRequest) -> None:
    """She is there, unless the page asked by itself."""
    visit = visit_of(request)
    if visit is not None and QUIET_HEADER not in request.headers:
        visits.see(visit=visit)


class VisitEnded(AstraError):
    """What was on its way to her stops there: her visit was ended, locked or has run out meanwhile."""

    def __init__(self) -> None:
        super().__init__(ENDED_MEANWHILE)


def while_open(request: HttpRequest, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Hand on what is read for long, a file piece by piece, as long as the visit is open; looked at every second."""
    visit, looked_at = visit_of(request), time.monotonic()
    for piece in pieces:
        if time.monotonic() - looked_at >= LOOK_EVERY_S:
            looked_at = time.monotonic()
            if visit is None or not selectors.is_still_open(visit.pk):
                raise VisitEnded
        yield piece


def turn_to_door(request: HttpRequest, *, needs_factor: bool, needs_admission: bool) -> HttpResponseBase | None:
    """The answer that leads to the first closed door; None if every door is open."""
    visit = visit_of(request)
    if visit is None:
        return _to(request, "account_login", SIGN_IN_STATUS, "signed_out")
    if not bytes(visit.wrapped):
        return _to_unlock(request)
    if needs_factor and (visit.confirmed_at is None or visit.user.codes_noted_at is None):
        return _to(request, "accounts:second_factor", LOCKED_STATUS, "second_factor")
    if needs_admission and visit.user.state != ACTIVE:
        return _to(request, "accounts:waiting", LOCKED_STATUS, "waiting")
    return None


def _to(request: HttpRequest, name: str, status: int, state: str) -> HttpResponseBase:
    address = reverse(name)
    if is_fetch(request):
        return JsonResponse({"state": state, "address": address}, status=status)
    if request.method in ("GET", "HEAD"):
        address = f"{address}?{urlencode({'next': request.get_full_path()})}"
    return HttpResponseRedirect(address)


def _to_unlock(request: HttpRequest) -> HttpResponseBase:
    if is_fetch(request) or request.method in ("GET", "HEAD"):
        return _to(request, "accounts:unlock", LOCKED_STATUS, "locked")
    kept = [(name, value) for name, values in request.POST.lists() if name not in NOT_KEPT for value in values]
    context = {"kept": kept, "next": request.get_full_path()}
    return render(request, "accounts/unlock.html", context, status=LOCKED_STATUS)
