"""Which desks does she see at the top of every page? Those of her roles, in the order of the work."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from astra.kernel.words import msg
from astra.vault.actor import Actor


@dataclass(frozen=True)
class Door:
    """One entry: its name, its first page, at which desks one sits there (none: everybody), the key after g.

    `unless` names a desk from whose own pages it is reached anyway; `rooms` those whose pages belong to it too.
    """

    label: str
    page: str
    desks: tuple[str, ...] = ()
    key: str = ""
    unless: str = ""
    rooms: tuple[str, ...] = ()


DOORS = (
    Door(msg("My day"), "desk:home", key="m"),
    Door(msg("Contacts"), "hotline:contacts", ("hotline",), "c"),
    Door(msg("Conversations"), "hotline:conversations", ("hotline",), "r"),
    Door(msg("Job offers"), "hotline:offers", ("hotline",), "j"),
    Door(msg("Calls"), "hotline:calls", ("hotline",), "t"),
    Door(msg("Shifts"), "hotline:shifts", ("hotline",), "s"),
    Door(msg("The room now"), "hotline:live", ("coordination",), "l"),
    Door(msg("Callbacks"), "hotline:callbacks", ("hotline", "cases"), "b", unless="hotline"),
    Door(msg("People"), "people:search", ("people",), "p", rooms=("consent",)),
    Door(msg("Cases"), "cases:index", ("cases",), "f", rooms=("assistance", "justice", "rights")),
    Door(msg("Court"), "justice:coming", ("cases",), "o"),
    Door(msg("Team meeting"), "desk:meetings", ("hotline", "cases"), "w"),
    Door(msg("Directory"), "directory:list", ("directory",), "d"),
    Door(msg("Figures"), "hotline:figures", ("coordination", "research"), "i"),
    Door(msg("Yearly tables"), "research:tables", ("coordination", "research"), "y"),
    Door(msg("Own data"), "rights:requests", ("coordination", "data_protection"), "u"),
    Door(msg("Audit log"), "desk:log", ("data_protection",), "a"),
    Door(msg("Erasure"), "desk:keeping", ("data_protection",), "e"),
    Door(msg("Retention"), "rights:retention", ("coordination", "data_protection"), "v"),
    Door(msg("Emergency"), "desk:emergency", ("coordination", "data_protection"), "h"),
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
    addresses = {door: address_of(door.page) for door in DOORS if _is_hers(door, actor)}
    behind = [address for address in addresses.values() if address and request.path.startswith(address)]
    here = max(behind, key=len, default="") if request.path != "/" else "/"
    if here == "/" != request.path:
        here = next((address for door, address in addresses.items() if _room_of(request) in door.rooms), here)
    return [
        Item(gettext(door.label), address, address == here and (here != "/" or request.path == "/"), door.key)
        for door, address in addresses.items()
        if address
    ]


def _room_of(request: HttpRequest) -> str:
    return request.resolver_match.namespace if request.resolver_match else ""


def _is_hers(door: Door, actor: Actor) -> bool:
    if door.unless and actor.has_desk(door.unless):
        return False
    return not door.desks or actor.has_desk(*door.desks)


def address_of(page: str) -> str:
    """The address of a page; blank where its room is not mounted, as when a room is tried alone."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""
