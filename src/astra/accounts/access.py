"""Who may open this page? Every view says it once, with one of the decorators below.

A view's desks stand on the function (`view.desks`), where the table of addresses and roles finds them. The visit
middleware has put the visit on the request before; these only look and turn people to the right door.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponseBase

from astra.accounts.doors import note_presence, turn_to_door
from astra.accounts.models import User, Visit
from astra.accounts.rules.roles import DESKS
from astra.kernel.errors import Denied
from astra.vault.actor import NOT_YOUR_DESK, Actor

P = ParamSpec("P")
PUBLIC, ENTERING, SIGNED_IN, COLLEAGUE, DESK = "public", "entering", "signed_in", "colleague", "desk"
"""Everybody; passphrase given; second factor given too; admitted as well; and at one of the desks."""


class DeskRequest(HttpRequest):
    """A request of a colleague who signed in with both factors and whose keys are open."""

    user: User
    visit: Visit
    actor: Actor


DeskView = Callable[Concatenate[DeskRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def desk(*desks: str) -> Callable[[DeskView[P]], View[P]]:
    """Let in colleagues whose role sits at one of these desks, signed in with both factors and unlocked."""
    unknown = set(desks) - set(DESKS)
    if unknown or not desks:
        raise ValueError(f"no such desk: {sorted(unknown)}")
    return _door(DESK, frozenset(desks))


def colleague(view: DeskView[P]) -> View[P]:
    """Let in every admitted colleague, whatever her role: her own day, her own account."""
    return _door(COLLEAGUE, frozenset())(view)


def entering(view: DeskView[P]) -> View[P]:
    """Let in who has typed her passphrase, with or without the second factor: where it is set up."""
    return _door(ENTERING, frozenset())(view)


def signed_in(view: DeskView[P]) -> View[P]:
    """Let in who has signed in with both factors, admitted or still waiting."""
    return _door(SIGNED_IN, frozenset())(view)


def public(view: View[P]) -> View[P]:
    """Let in everybody: the view itself says so."""
    view.access, view.desks = PUBLIC, frozenset()  # type: ignore[attr-defined]  # read by the table of addresses
    return view


def _door(access: str, desks: frozenset[str]) -> Callable[[DeskView[P]], View[P]]:
    def decorate(view: DeskView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            door = turn_to_door(request, needs_factor=access != ENTERING, needs_admission=access in (COLLEAGUE, DESK))
            if door is not None:
                return door
            note_presence(request)
            behind = cast(DeskRequest, request)
            if desks and not behind.actor.has_desk(*desks):
                raise Denied(NOT_YOUR_DESK)
            return view(behind, *args, **kwargs)

        guarded.access, guarded.desks = access, desks  # type: ignore[attr-defined]  # read by the table of addresses
        return guarded

    return decorate


def access_of(view: Callable[..., Any]) -> tuple[str, frozenset[str]] | None:
    """What a view says about who may open it; None if it says nothing (the tests refuse such a view)."""
    access = getattr(view, "access", None)
    return (access, getattr(view, "desks", frozenset())) if access else None
