"""Does the open search index end with the visits that opened it, wherever they end?"""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from astra.accounts.models import Visit
from astra.accounts.services import changing, visits
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import now
from astra.people import index, keeper
from astra.people.tests.test_finding import register

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
Ending = Callable[[Cast, Client], object]


def sign_out(cast: Cast, browser: Client) -> object:
    """She signs out."""
    return browser.post(reverse("account_logout"))


def lock(cast: Cast, browser: Client) -> object:
    """She locks her screen."""
    return browser.post(reverse("accounts:lock"))


def idle(cast: Cast, browser: Client) -> object:
    """She went away, and the worker of another process locks her visit."""
    Visit.objects.update(seen_at=now() - timedelta(minutes=16), opened_at=now() - timedelta(minutes=30))
    return visits.sweep()


def idle_unseen(cast: Cast, browser: Client) -> object:
    """She went away, and nobody has locked her visit yet."""
    return Visit.objects.update(seen_at=now() - timedelta(minutes=16), opened_at=now() - timedelta(minutes=30))


def revoke(cast: Cast, browser: Client) -> object:
    """A coordinator signs her out everywhere."""
    return changing.end_visits(actor=cast.actor("petar"), member_id=cast.mira.id)


def revoke_all(cast: Cast, browser: Client) -> object:
    """Everybody is signed out."""
    return changing.end_visits(actor=cast.actor("petar"))


def leave(cast: Cast, browser: Client) -> None:
    """She stops working here."""
    changing.leave(actor=cast.actor("jelena"), member_id=cast.mira.id)


@pytest.mark.parametrize("ending", [sign_out, lock, idle, idle_unseen, revoke, revoke_all, leave])
def test_no_card_lies_open_after_the_visit(cast: Cast, ending: Ending) -> None:
    register(cast)
    browser = cast.client("mira")
    browser.post(reverse("people:search"), {"q": "Zlatija"})
    assert keeper.let_go() == 0, "her visit is open"
    assert len(index._INDEX.registry) > 0
    ending(cast, browser)
    assert keeper.let_go() == 1
    assert index.state().name == index.CLOSED
    assert len(index._INDEX.registry) == 0
    assert index._INDEX.reader is None
    assert index.users() == set()


def test_a_colleague_at_work_keeps_it_open(cast: Cast) -> None:
    register(cast)
    mira, sanja = cast.client("mira"), cast.client("sanja")
    for browser in (mira, sanja):
        browser.post(reverse("people:search"), {"q": "Zlatija"})
    sign_out(cast, mira)
    assert keeper.let_go() == 1
    assert index.state().name == index.READY
    assert index.users() == {cast.sanja.id}


def test_another_visit_of_hers_keeps_it_open(cast: Cast) -> None:
    register(cast)
    first, second = cast.client("mira"), cast.client("mira")
    first.post(reverse("people:search"), {"q": "Zlatija"})
    sign_out(cast, first)
    assert keeper.let_go() == 0
    sign_out(cast, second)
    assert keeper.let_go() == 1


def test_the_watch_goes_on_by_itself_and_closes_when_it_cannot_look(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_answer() -> int:
        raise DatabaseError

    monkeypatch.setattr(keeper, "EVERY_SECONDS", 0.01)
    monkeypatch.setattr(keeper, "let_go", no_answer)
    index._INDEX.members[cast.mira.id] = time.monotonic()
    ending = keeper.start()
    patience_ends = time.monotonic() + 10
    while index.users() and time.monotonic() < patience_ends:
        time.sleep(0.01)
    assert index.users() == set()
    ending.set()
    for thread in threading.enumerate():
        if thread.name == "search-index-keeper":
            thread.join(5)
