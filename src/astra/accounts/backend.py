"""How does Django learn who signs in? By opening her private key; there is no password hash to compare with."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from astra.accounts.models import User
from astra.accounts.services import signing


class PassphraseBackend(BaseBackend):
    """Signs in by sign-in name and passphrase."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_others: Any,  # Any: Django offers every backend every credential
    ) -> User | None:
        """Return the person whose key the passphrase opened; the opened key waits on `user.opened`."""
        if not username or not password:
            return None
        found = signing.open_with_passphrase(username=username, passphrase=password)
        if found is None:
            return None
        found.user.opened = found.opened  # type: ignore[attr-defined]  # taken off again by the adapter
        return found.user

    def get_user(self, user_id: Any) -> User | None:  # Any: Django's protocol
        """Find a person by her account's id."""
        return User.objects.select_related("member").filter(pk=user_id, is_active=True).first()
