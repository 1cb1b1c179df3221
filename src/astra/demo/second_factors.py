"""How do invented people show a second factor? By codes that everybody at the demo may know: nobody there is real.

Each has an authenticator whose secret follows from her key and the installation's secret, so that the present codes can
be printed. The settings show the code on the page that asks for it in demo and practice installations only.
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest

from astra.demo.cast import EVERYBODY

PERIOD_S = 30
ASKING = ("mfa_authenticate", "mfa_reauthenticate")


@dataclass(frozen=True)
class Code:
    """A code, and for how many seconds more it is the present one."""

    digits: str
    seconds_left: int


def secret_of(key: str) -> str:
    """The secret in the authenticator of one invented person, as apps take it."""
    made = hmac.new(settings.SECRET_KEY.encode(), f"astra.demo.second-factor.v1 {key}".encode(), hashlib.sha256)
    return base64.b32encode(made.digest()[:20]).decode("ascii")


def present_code(key: str, at: float | None = None) -> Code:
    """The code that an invented person's app shows now."""
    moment = int(time.time() if at is None else at)
    digits = totp.format_hotp_value(totp.hotp_value(secret_of(key), moment // PERIOD_S))
    return Code(digits, PERIOD_S - moment % PERIOD_S)


def set_up(keys: Iterable[str]) -> None:
    """Give invented people their authenticators, those who have one already keep it."""
    has_one = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values("user")
    for user in get_user_model().objects.filter(username__in=list(keys)).exclude(pk__in=has_one):
        totp.TOTP.activate(user, secret_of(user.get_username()))
        RecoveryCodes.activate(user)


def hint(request: HttpRequest) -> dict[str, str]:
    """For the page that asks for the second factor: the code of the invented person who is signing in."""
    match = request.resolver_match
    if match is None or match.view_name not in ASKING:
        return {}
    stage = getattr(request, "_login_stage", None)
    user = stage.login.user if stage is not None else request.user
    name = user.get_username() if user is not None else ""
    return {"demo_code": present_code(name).digits} if name in {person.key for person in EVERYBODY} else {}
