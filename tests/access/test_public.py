"""Is every address of the public site on its list, with a reason, and does each of its views say that it is open?"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from astra.accounts.access import PUBLIC, access_of
from astra.sites.public.tests.door import public_door
from tests.access.pages import pages as desk_pages

LISTED: dict[str, str] = tomllib.loads(Path(__file__).with_name("public.toml").read_text(encoding="utf-8"))["pages"]


def walk(resolver: URLResolver, namespace: str = "", prefix: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Every address of the public site: name, route, and what answers it."""
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from walk(each, each.namespace or namespace, route)
        else:
            yield f"{namespace}:{each.name}", route, each


FOUND = list(walk(get_resolver("astra.sites.public.urls")))


def test_the_list_and_the_addresses_are_the_same() -> None:
    assert sorted(name for name, _, _ in FOUND) == sorted(LISTED), "say in public.toml why everybody may open it"
    assert len({route for _, route, _ in FOUND}) == len(FOUND)


def test_every_address_has_a_reason() -> None:
    assert [name for name, why in LISTED.items() if len(why) < 20] == []
    assert len(set(LISTED.values())) == len(LISTED)


def test_every_view_says_that_it_is_open() -> None:
    silent = [name for name, _, pattern in FOUND if access_of(pattern.callback) != (PUBLIC, frozenset())]
    assert silent == [], "declare it with astra.sites.public.tickets.everybody"


def test_addresses_are_letters_that_say_nothing() -> None:
    for name, route, _ in FOUND:
        if name == "public:channel_hook":
            continue  # providers ask here, never somebody's browser: no history will show it
        parts = [part for part in route.removeprefix("<language:language>/").split("/") if part]
        assert all(len(part) == 1 for part in parts), name
        assert "<" not in "".join(parts), name


def test_every_view_is_of_the_public_site() -> None:
    modules = {pattern.callback.__module__.rpartition(".")[0] for _, _, pattern in FOUND}
    assert modules == {"astra.sites.public.views", "astra.sites.mydata"}


@pytest.mark.django_db(databases=["default", "keystore"])
@pytest.mark.usefixtures("cast")
def test_no_page_of_the_desk_is_behind_this_door() -> None:
    addresses = [page.address() for page in desk_pages() if page.route]
    with public_door():
        assert {address for address in addresses if Client().get(address).status_code != 404} == set()
    assert len(addresses) > 100
