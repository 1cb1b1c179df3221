"""How do tests get the cast? Built once a session, put as rows into each test that asks for it.

    def test_something(cast):                       # both databases are ready; no marker is needed
        record_contact(actor=cast.actor("mira"), ...)
        response = cast.client("vesna").get("/...")  # signed in with both factors, keys open

Building goes through the real services with cheap key derivation; its rows are kept in memory and copied into the
test's own transaction, so tests of founding itself start from an empty organisation and no order of tests matters.
"""

import shutil
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, SESSION_KEY
from django.core.cache import cache
from django.db import transaction
from django.db.models import AutoField, Model
from django.test import Client

from astra.accounts.cookies import COOKIE
from astra.accounts.middleware import VISIT_KEY
from astra.accounts.services import custody, visits
from astra.demo.cast import Employed, build
from astra.people import index
from astra.vault.actor import Actor
from astra.vault.desks import ask_again

if TYPE_CHECKING:
    from playwright.sync_api import Page

BUILT_MODELS = (
    "vault.Circle",
    "vault.Generation",
    "vault.Member",
    "vault.Membership",
    "accounts.User",
    "accounts.RoleHeld",
    "accounts.EmergencyReserve",
)
BACKEND = "astra.accounts.backend.PassphraseBackend"


@dataclass
class Cast:
    """The invented organisation of the tests."""

    employed: dict[str, Employed]
    recovery_shares: tuple[bytes, ...]
    rows: list[Model] = field(default_factory=list)

    def __getattr__(self, name: str) -> Employed:
        """`cast.mira` is Mira as she works here."""
        try:
            return self.__dict__["employed"][name]  # type: ignore[no-any-return]  # the instance's own dictionary
        except KeyError:
            raise AttributeError(name) from None

    def actor(self, name: str) -> Actor:
        """A fresh visit of somebody, with open keys and an empty trail."""
        return self.employed[name].actor()

    def by_role(self, role: str) -> Employed:
        """The first person who holds a role."""
        return next(one for one in self.employed.values() if role in one.person.roles)

    def client(self, name: str) -> Client:
        """A browser in which somebody is signed in with both factors and her keys are open."""
        one = self.employed[name]
        user = apps.get_model("accounts.User").objects.get(pk=one.user_id)
        begun = visits.begin(user=user, opened=one.opened, is_confirmed=True)
        client = Client()
        session = client.session
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
        session[VISIT_KEY] = str(begun.visit.pk)
        session.save()
        client.cookies[COOKIE] = custody.write_cookie(begun.cookie_key)
        return client

    def sign_in(self, page: "Page", name: str) -> None:
        """Sign somebody in, with both factors and open keys, in a browser's page (fixture `page`)."""
        page.goto("/sign-in/")
        address = page.url.removesuffix("/sign-in/")
        cookies = self.client(name).cookies.items()
        page.context.add_cookies([{"name": name, "value": one.value, "url": address} for name, one in cookies])

    def put_in_place(self) -> None:
        """Write the organisation's rows into the database of this test."""
        with transaction.atomic():
            for label in BUILT_MODELS:
                model = apps.get_model(label)
                model.objects.bulk_create([_fresh(row) for row in self.rows if isinstance(row, model)])
        ask_again()


def _fresh(row: Model) -> Model:
    """A copy that can be inserted; numbered rows, to which nothing points, are numbered anew."""
    fresh = copy(row)
    fresh._state = copy(row._state)
    if isinstance(row._meta.pk, AutoField):
        fresh.pk = None
    fresh._state.adding = True
    return fresh


@pytest.fixture(autouse=True)
def _another_installation() -> None:
    """Every test begins with an installation of its own: what the process knew of the last one is forgotten.

    No card of an earlier test lies open either: a namesake of hers would make nobody likely, and an index that was
    followed under another clock would miss whoever is registered now. The record outside the database goes too: it
    would tell of entries that this database never had.
    """
    ask_again()
    index._INDEX.wipe()
    outside = settings.ENV.home / "audit"
    if outside.exists():
        shutil.rmtree(outside)


@pytest.fixture(scope="session")
def built_cast(django_db_setup: None, django_db_blocker: Any) -> Cast:  # Any: pytest-django does not export the type
    """Build the organisation once and take its rows; nothing of it stays in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        employed, shares = build()
        rows = [row for label in BUILT_MODELS for row in apps.get_model(label).objects.all()]
        transaction.set_rollback(True)
    ask_again()
    return Cast(employed, shares, rows)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for the cast needs both databases, and they are made only for tests that say so beforehand."""
    for item in items:
        if "cast" in getattr(item, "fixturenames", ()) and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(databases=["default", "keystore"]))


@pytest.fixture
def cast(built_cast: Cast, _django_db_helper: None) -> Cast:
    """The organisation, in place for one test; what the process remembers about its people is forgotten."""
    cache.clear()
    built_cast.put_in_place()
    return built_cast
