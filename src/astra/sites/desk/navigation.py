"""Which desks does she see at the top of every page? Those of her roles, in the order of the work."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from astra.kernel.words import msg
from astra.vault.actor import Actor


@dataclass(frozen=True)
class Door:
    """One entry: its name, its first page, at which desks one sits there (none: everybody), the key after g."""

    label: str
    page: str
    desks: tuple[str, ...] = ()
    key: str = ""


DOORS = (
    Door(msg("My day"), "desk:home", key="m"),
    Door(msg("Contacts"), "hotline:contacts", ("hotline",), "c"),
    Door(msg("Callbacks"), "hotline:callbacks", ("hotline", "cases"), "b"),
    Door(msg("People"), "people:search", ("people",), "p"),
    Door(msg("Cases"), "cases:index", ("cases",), "f"),
    Door(msg("Directory"), "directory:list", ("directory",), "d"),
    Door(msg("Audit log"), "desk:log", ("data_protection",), "a"),
    Door(msg("Erasure"), "desk:keeping", ("data_protection",), "e"),
    Door(msg("Colleagues"), "accounts:staff", key="k"),
)
SEARCHING = ("people",)


@dataclass(frozen=True)
class Item:
    """An entry as the page draws it."""

    label: str
    url: str
    is_current: bool
    key: str


def items(request: HttpRequest, actor: Actor) -> list[Item]:
    """The entries that this actor may open; the one she is at is marked."""
    match = request.resolver_match
    here = match.view_name if match is not None else ""
    shown = [door for door in DOORS if not door.desks or actor.has_desk(*door.desks)]
    current = _current(shown, here)
    found = [Item(gettext(door.label), address_of(door.page), door is current, door.key) for door in shown]
    return [item for item in found if item.url]


def address_of(page: str) -> str:
    """The address of a page; blank where its room is not mounted, as when a room is tried alone."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def _current(doors: list[Door], here: str) -> Door | None:
    """The door of this page: its own, else the first of the same room."""
    room = here.partition(":")[0]
    own = [door for door in doors if door.page == here]
    same = [door for door in doors if door.page.partition(":")[0] == room and room != "desk"]
    return next(iter([*own, *same]), None)
