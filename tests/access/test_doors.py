"""Does every page really let in whom the table names, and nobody else? Each address, each role, each method."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from astra.accounts.access import DESK, PUBLIC
from astra.accounts.models import Visit
from tests.access.pages import Page, pages, table
from tests.access.world import BY_ROLE, World, ask, undone

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
OTHER_METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
DOORS = ("account_login", "accounts:unlock", "accounts:second_factor", "accounts:waiting")
REFUSED = (HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED)
ENDING = frozenset({"accounts:end_all_visits"})
"""After these even who was let in has to sign in again."""
PAGES = pages()
ENOUGH = 3


@pytest.fixture(scope="module")
def browsers(world: World) -> dict[str, Client]:
    """One signed-in browser a role."""
    return {role: world.browser(role) for role in BY_ROLE}


def is_door(answer: HttpResponse) -> bool:
    """Whether the answer only leads to signing in, unlocking, or the second factor."""
    location = answer.headers.get("Location", "")
    return any(location.partition("?")[0] == reverse(door) for door in DOORS) or answer.status_code in (401, 423)


def is_served(answer: HttpResponse) -> bool:
    """Whether the view itself answered."""
    return answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR and not is_door(answer)


def some_of(page: Page) -> list[str]:
    """A few of the roles that a page serves, other ones for each page: pages take longer to make than to refuse."""
    served = sorted(table()[page.name].served)
    start = PAGES.index(page) % len(served)
    return [*served[start:], *served[:start]][:ENOUGH]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_role_is_let_in_or_refused(browsers: dict[str, Client], page: Page) -> None:
    row, refused_methods = table()[page.name], set[str]()
    for role in [*some_of(page), *(role for role in BY_ROLE if role not in row.served)]:
        for method in ("GET", "POST"):
            if method in refused_methods:
                continue
            answer = ask(browsers[role], method, page.address())
            told = (role, method, answer.status_code)
            if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                refused_methods.add(method)
            elif role not in row.served:
                assert answer.status_code == HTTPStatus.FORBIDDEN, told
            elif row.access == DESK:
                assert is_served(answer) or page.name in ENDING, told
                assert answer.status_code != HTTPStatus.FORBIDDEN, told
            else:
                assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, told
    assert refused_methods < {"GET", "POST"}, "a page takes some method"


def others_for(page: Page) -> tuple[str, str]:
    """Two of the rarer methods, other ones for each page."""
    start = PAGES.index(page) % len(OTHER_METHODS)
    first, second = (OTHER_METHODS * 2)[start : start + 2]
    return first, second


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_other_methods_do_nothing_for_whoever_is_not_let_in(browsers: dict[str, Client], page: Page) -> None:
    row = table()[page.name]
    outsider = next((role for role in BY_ROLE if role not in row.roles), None)
    for method in others_for(page):
        insider = ask(browsers[min(row.roles)], method, page.address())
        assert insider.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, method
        if outsider is not None:
            assert ask(browsers[outsider], method, page.address()).status_code in REFUSED, method


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nobody_gets_in_without_a_visit(world: World, page: Page) -> None:
    browser = Client(raise_request_exception=False)
    for method in ("GET", "POST", others_for(page)[0]):
        answer = ask(browser, method, page.address())
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, method
        if table()[page.name].access != PUBLIC:
            assert is_door(answer) or answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED, (method, answer.status_code)


def half_open(world: World, **changes: Any) -> Iterator[Client]:
    """A coordinator's browser whose visit is not complete; Any: fields of a visit."""
    browser = world.browser("coordinator")
    Visit.objects.filter(pk=browser.session["visit"]).update(**changes)
    yield browser


@pytest.mark.parametrize(
    ("state", "changes", "open_to"),
    [
        ("locked", {"wrapped": b""}, {PUBLIC}),
        ("without second factor", {"confirmed_at": None}, {PUBLIC, "entering"}),
    ],
)
def test_a_visit_that_is_not_complete_opens_nothing(
    world: World, state: str, changes: dict[str, Any], open_to: set[str]
) -> None:
    (browser,) = half_open(world, **changes)
    for page in PAGES:
        if table()[page.name].access in open_to:
            continue
        for method in ("GET", "POST"):
            answer = ask(browser, method, page.address())
            refused = is_door(answer) or answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
            assert refused, (state, page.name, method, answer.status_code)


def test_who_waits_to_be_admitted_sees_only_her_own_account(world: World) -> None:
    browser = world.browser("counsellor")
    with undone():
        Visit.objects.get(pk=browser.session["visit"]).user.__class__.objects.filter(username="mira").update(
            state="waiting"
        )
        for page in PAGES:
            if table()[page.name].access not in ("desk", "colleague"):
                continue
            for method in ("GET", "POST"):
                answer = ask(browser, method, page.address())
                refused = is_door(answer) or answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
                assert refused, (page.name, method, answer.status_code)
