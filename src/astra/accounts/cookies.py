"""How does the browser get its half of a key, and lose it again?

The cookie is written when the answer leaves: until then the key rides on the request, and nowhere else.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from astra.accounts.services import custody

COOKIE = "__Host-key" if settings.ENV.is_https else "key"


def hand_key(request: HttpRequest, key: bytes) -> None:
    """Give this browser a key with the answer."""
    request.cookie_key = key  # type: ignore[attr-defined]  # carried from the view to the answer
    request.is_key_dropped = False  # type: ignore[attr-defined]  # the visit travels on the request


def drop_key(request: HttpRequest) -> None:
    """Take the key away from this browser with the answer."""
    request.cookie_key = None  # type: ignore[attr-defined]  # the visit travels on the request
    request.is_key_dropped = True  # type: ignore[attr-defined]  # the visit travels on the request


def write_key(request: HttpRequest, response: HttpResponseBase) -> None:
    """Set or delete the key's cookie on the answer."""
    key = getattr(request, "cookie_key", None)
    if key is not None:
        response.set_cookie(
            COOKIE,
            custody.write_cookie(key),
            secure=settings.ENV.is_https,
            httponly=True,
            samesite="Strict",
        )
    elif getattr(request, "is_key_dropped", False) and COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, samesite="Strict")
