"""How do allauth's sign-in pages hand over to our keys?

allauth judges second factors and carries a sign-in through its stages. Where it would ask for a password it asks our
backend, and where it would begin or end a session it begins or ends a visit.
"""

import base64
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astra.accounts import waiting
from astra.accounts.cookies import drop_key, hand_key
from astra.accounts.doors import visit_of
from astra.accounts.middleware import VISIT_KEY
from astra.accounts.models import User
from astra.accounts.rules.visits import is_fresh
from astra.accounts.selectors import clock_of
from astra.accounts.services import visits
from astra.accounts.services.signing import TooSoon
from astra.kernel.clock import now
from astra.vault.crypto import aead

CODES = b"astra.second-factor.v1"
WRONG_WORDS = gettext_lazy(
    "The name and the six words do not go together. Check both; capitals and the script do not matter."
)
LAST_ONE = gettext_lazy("This is your only second factor. Add another one first.")
WRONG_CODE = gettext_lazy("That is not the present code. Wait for the next one, or type one of your recovery codes.")


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Opens a key where allauth checks a password, begins a visit where it signs in."""

    error_messages = {**DefaultAccountAdapter.error_messages, "username_password_mismatch": WRONG_WORDS}

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Open the key, or say how long to wait; the opened key waits sealed for the second factor."""
        try:
            user = authenticate(request, **credentials)
        except TooSoon as wait:
            raise ValidationError(_(wait.message) % wait.parts) from None
        if user is None:
            return None
        assert isinstance(user, User)
        waiting.keep(request, user.__dict__.pop("opened"))
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the visit: every stage that this account needs is behind her."""
        opened = waiting.take(request, user.member_id)
        if opened is None:
            messages.warning(request, _("That took longer than five minutes. Please sign in again."))
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        is_confirmed = any(record["method"] == "mfa" for record in get_authentication_records(request, user))
        super().login(request, user)
        begun = visits.begin(user=user, opened=opened, is_confirmed=is_confirmed)
        request.session[VISIT_KEY] = str(begun.visit.pk)
        hand_key(request, begun.cookie_key)
        if is_confirmed and not visits.renew_stale(user=user, opened=opened):
            messages.error(request, _(visits.RENEWAL_REFUSED))

    def logout(self, request: HttpRequest) -> None:
        """End the visit; its wrapped key goes with it."""
        visit = visit_of(request)
        if visit is not None:
            visits.end(visit=visit)
        drop_key(request)
        super().logout(request)

    def is_reauthentication_required(self, *, app: str, **_others: Any) -> bool:
        """Ask for the second factor again only when it was given some time ago."""
        visit = visit_of(context.request)
        return visit is None or not is_fresh(clock_of(visit), now())

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing by itself: our pages show what happened."""

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """Send nothing: nobody's address is kept."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Keeps secrets of codes sealed, names keys neutrally, and never leaves an account without a second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": LAST_ONE,
    }

    def get_totp_label(self, user: User) -> str:
        """The name in the authenticator app: the sign-in name."""
        return user.username

    def get_totp_issuer(self) -> str:
        """A neutral name: whoever sees the phone learns nothing."""
        return _("Desk")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The place a passkey belongs to, under the same neutral name."""
        return {"id": context.request.get_host().partition(":")[0], "name": _("Desk")}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Whose passkey it is."""
        return {"id": UUID(str(user.pk)).bytes, "display_name": user.work_name, "name": user.username}

    def encrypt(self, text: str) -> str:
        """Seal the secret of codes under the installation's own secret."""
        return base64.b64encode(aead.seal(_codes_key(), text.encode(), CODES)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        return aead.open_box(_codes_key(), base64.b64decode(encrypted_text), CODES).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last passkey or app stays until there is another one."""
        main = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=main).exclude(pk=authenticator.pk)
        return authenticator.type not in main or others.exists()

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """Send nothing: nobody's address is kept."""


def _codes_key() -> bytes:
    return aead.derive(settings.SECRET_KEY.encode(), CODES)
