"""Which door must she pass first: sign in, second factor, unlock, or wait to be admitted?"""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from astra.accounts.models import ACTIVE, Visit

LOCKED_STATUS = 423
SIGN_IN_STATUS = 401


def is_fetch(request: HttpRequest) -> bool:
    """Whether a script asks, which shows the door itself instead of following us to another page."""
    return request.headers.get("HX-Request") == "true" or "application/json" in request.headers.get("Accept", "")


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit that the middleware found for this request."""
    return getattr(request, "visit", None)


def turn_to_door(request: HttpRequest, *, needs_admission: bool) -> HttpResponseBase | None:
    """The answer that leads to the first closed door; None if every door is open."""
    visit = visit_of(request)
    if visit is None:
        return _to(request, "account_login", SIGN_IN_STATUS, "signed_out")
    if not bytes(visit.wrapped):
        return _to(request, "accounts:unlock", LOCKED_STATUS, "locked")
    if visit.confirmed_at is None or visit.user.codes_noted_at is None:
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
