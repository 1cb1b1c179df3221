"""What do the tests of this room share? Signing in as a browser does, and a clock that can be moved."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from unittest import mock

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from astra.kernel import clock

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

PLACES_OF_NOW = (
    "astra.accounts.services.visits.now",
    "astra.accounts.services.tries.now",
    "astra.accounts.services.invitations.now",
    "astra.accounts.adapters.now",
    "astra.accounts.waiting.now",
)


@contextmanager
def later(**by: float) -> Iterator[None]:
    """Move the room's clock forward for a while."""

    def moved() -> datetime:
        return clock.now() + timedelta(**by)

    with ExitStack() as patches:
        for place in PLACES_OF_NOW:
            patches.enter_context(mock.patch(place, moved))
        yield


def type_words(client: Client, username: str, passphrase: str) -> "Response":
    """Send the sign-in form."""
    return client.post("/sign-in/", {"login": username, "password": passphrase})


def set_up_app(client: Client) -> str:
    """Set up the authenticator app in a visit that has no second factor yet; returns its secret."""
    client.get("/second-factor/app/")
    secret = str(client.session["mfa.totp.secret"])
    client.post("/second-factor/app/", {"code": code_of(secret)})
    return secret


def code_of(secret: str, *, steps: int = 0) -> str:
    """The six digits that the app shows now, or some steps later."""
    counter = sorted(yield_hotp_counters_from_time())[1] + steps
    return str(format_hotp_value(hotp_value(secret, counter)))
