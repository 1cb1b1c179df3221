"""Which pages does the resolver know, what does the table say of each, and how is one asked for?"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from astra.accounts.access import COLLEAGUE, DESK, ENTERING, PUBLIC, SIGNED_IN
from astra.kernel.ids import new_id

TABLE = Path(__file__).with_name("table.toml")
OPEN_TO_ALL = (PUBLIC, ENTERING, SIGNED_IN)
SLUGS = {"tier": "team", "verb": "close", "what": "term", "deed": "meet", "category": "case", "name": "services"}
SLUGS |= {"script": "sr", "kind": "guardian", "step": "recall"}
NUMBERS = {"message": 2, "months": 3}
"""The second message of every sitting in the world of these tests is a file; work lasts for three months."""
NUMBER, TOKEN = 10**9, "nobody-holds-this-link"


@dataclass(frozen=True)
class Page:
    """One address: its name, its view, and the parameters that stand in it."""

    name: str
    view: Callable[..., Any]  # Any: views of every kind
    route: str
    parameters: tuple[tuple[str, str], ...]
    """Name and converter of each."""

    @property
    def records(self) -> tuple[str, ...]:
        """The parameters that name a record."""
        return tuple(name for name, converter in self.parameters if converter == "uuid")

    def address(self, given: Mapping[str, UUID] | None = None) -> str:
        """Its address, with these records in it; whatever is not given exists nowhere."""
        known = given or {}
        return reverse(self.name, kwargs={name: known.get(name, _absent(name, how)) for name, how in self.parameters})


def _absent(name: str, converter: str) -> Any:  # Any: a parameter of any type
    if converter == "uuid":
        return new_id()
    if converter == "int":
        return NUMBERS.get(name, NUMBER)
    return SLUGS.get(name, TOKEN)


def _walk(resolver: URLResolver, namespace: str = "", prefix: str = "") -> Iterator[Page]:
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = ":".join(part for part in (namespace, each.namespace) if part)
            yield from _walk(each, inner, route)
        else:
            assert isinstance(each, URLPattern)
            name = ":".join(part for part in (namespace, each.name) if part)
            parameters = [(found[1], found[0] or "str") for found in re.findall(r"<(?:(\w+):)?(\w+)>", route)]
            yield Page(name, each.callback, route, tuple(parameters))


@cache
def pages() -> tuple[Page, ...]:
    """Every address of the installation, static files apart."""
    return tuple(_walk(get_resolver()))


def page(name: str) -> Page:
    """One of them."""
    return next(one for one in pages() if one.name == name)


@dataclass(frozen=True)
class Row:
    """What the table says of a page: for whom it is, or why it is open."""

    access: str
    roles: frozenset[str]
    why: str = ""
    refused_inside: frozenset[str] = frozenset()
    """Roles at the desk whom the service behind the page refuses all the same."""

    @property
    def served(self) -> frozenset[str]:
        """The roles for whom the page does something."""
        return self.roles - self.refused_inside


@cache
def table() -> dict[str, Row]:
    """The table, by page."""
    said = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    groups = {name: frozenset(roles.split()) for name, roles in said["groups"].items()}
    return {name: _row(groups, entry) for name, entry in said["pages"].items()}


def _row(groups: Mapping[str, frozenset[str]], entry: Any) -> Row:  # Any: what stands in the file
    if isinstance(entry, str):
        roles = groups[entry]
        return Row(COLLEAGUE if roles == groups["everybody"] else DESK, roles)
    if "desk" in entry:
        roles, served = groups[entry["desk"]], groups[entry["only"]]
        return Row(DESK, roles, entry["why"], roles - served)
    ((access, why),) = entry.items()
    assert access in OPEN_TO_ALL, access
    return Row(access, groups["everybody"], why)
