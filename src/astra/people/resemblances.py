"""Whose open cards resemble each other? Found in small steps, kept beside the search index and gone with it.

Nothing of this is ever written down: neither pairs nor probabilities. They hang on the registry that lies open in the
index, so that closing the index lets go of them too. The way to a pair's page is a closed word that only this process
can read: two ids beside each other in an address would stay in the history of a browser.
"""

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import datetime
from functools import lru_cache
from uuid import UUID
from weakref import WeakKeyDictionary

from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.people import index
from astra.people.models import Person
from astra.people.rules.duplicates import WORTH_SHOWING
from astra.science.linkage.registry import Registry
from astra.science.linkage.stepwise import Resemblances, who_else, why
from astra.science.linkage.weighing.reasons import Reason
from astra.vault.crypto import aead

UUID_BYTES = 16
AT_A_TIME = 32
"""So many cards ask at once: it takes a moment, and hardly more than one card alone."""
_KEY = aead.new_key()
"""Of this process and this run: whatever it closed is unreadable after a restart."""


class _Board:
    """What is known so far of one registry's resemblances."""

    def __init__(self) -> None:
        self.found = Resemblances()
        self.followed_until: datetime = now()
        self.seen: dict[UUID, datetime] = {}
        """Cards of the last minute that lay open in this state when they were last looked at."""
        self.put_off: set[tuple[UUID | None, frozenset[UUID]]] = set()


_BOARDS: "WeakKeyDictionary[Registry, _Board]" = WeakKeyDictionary()


def _board(registry: Registry) -> _Board:
    return _BOARDS.setdefault(registry, _Board())


def look_on(seconds: float, *, few: int = 0) -> tuple[int, int]:
    """Let the cards that have not asked yet ask, for so long; returns how many have, and of how many.

    Where there are only a few on record, all of them ask whatever it takes.
    The index is held for some cards at a time: whoever searches meanwhile does not wait for the rest.
    """
    with index.held() as registry:
        board = _board(registry)
        _follow(board)
        waiting = board.found.waiting(registry)
        are_few = len(registry) <= few
    until = time.monotonic() + seconds
    for start in range(0, len(waiting), AT_A_TIME):
        if not are_few and (seconds <= 0 or (start and time.monotonic() >= until)):
            break
        with index.held() as still:
            if still is not registry:
                break
            asking = [one for one in waiting[start : start + AT_A_TIME] if one in registry]
            board.found.ask(registry, *asking)
    return len(board.found), len(registry)


def _follow(board: _Board) -> None:
    """Cards that changed since the last look ask anew; a change may commit later than it was stamped."""
    since, board.followed_until = board.followed_until - index.OVERLAP, now()
    changed = dict(Person.objects.filter(card_changed_at__gt=since).values_list("pk", "card_changed_at"))
    board.found.forget(one.hex for one, at in changed.items() if board.seen.get(one) != at)
    board.seen = {one: at for one, at in changed.items() if index.has_read(one, at)}


def likely() -> list[tuple[UUID, UUID, float]]:
    """The pairs found so far that are worth a look, the likeliest first."""
    with index.held() as registry:
        found = _board(registry).found.likely(registry, WORTH_SHOWING)
    return [(UUID(first), UUID(second), chance) for (first, second), chance in found]


def others_of(person_id: UUID) -> list[tuple[UUID, UUID, float]]:
    """Who else may be this one person, the likeliest first."""
    with index.held() as registry:
        if person_id.hex not in registry:
            return []
        return [(person_id, UUID(one), chance) for one, chance in who_else(registry, person_id.hex, WORTH_SHOWING)]


def reasons(one: UUID, other: UUID) -> tuple[Reason, ...]:
    """Why two may be one; nothing where a card is not open (any more)."""
    with index.held() as registry:
        if one.hex not in registry or other.hex not in registry:
            return ()
        return why(registry, one.hex, other.hex)


def put_off(member_id: UUID | None, one: UUID, other: UUID) -> None:
    """This member looks at a pair later: it goes to the end of her list, until the index closes."""
    with index.held() as registry:
        _board(registry).put_off.add((member_id, frozenset((one, other))))


def is_put_off(member_id: UUID | None, one: UUID, other: UUID) -> bool:
    """Whether this member looks at a pair later."""
    with index.held() as registry:
        return (member_id, frozenset((one, other))) in _board(registry).put_off


# --- the address of a pair -------------------------------------------------------------------------------------------


@lru_cache(maxsize=10_000)
def close_pair(member_id: UUID | None, one: UUID, other: UUID) -> str:
    """Two people as a word that this process alone can open, for this member; the same word while it is remembered."""
    sealed = aead.seal(_KEY, one.bytes + other.bytes, _bound(member_id))
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def open_pair(member_id: UUID | None, word: str) -> tuple[UUID, UUID]:
    """The two people that a word means, or `NotFound`."""
    try:
        sealed = urlsafe_b64decode(word + "=" * (-len(word) % 4))
        both = aead.open_box(_KEY, sealed, _bound(member_id))
    except (aead.WrongBox, NotBase64, ValueError):
        raise NotFound from None
    return UUID(bytes=both[:UUID_BYTES]), UUID(bytes=both[UUID_BYTES:])


def _bound(member_id: UUID | None) -> bytes:
    return aead.context("astra.people.pair.v1", member_id.bytes if member_id else b"")
