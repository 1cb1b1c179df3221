"""Where do the search cards lie open? In the memory of one process, while somebody who may read them is signed in.

The index begins with the index circle's secret, which the first member who searches brings along, and holds no other
key. It follows new and changed cards, lets go of an erased card before the erasure is reported, and forgets everything
when the last member has left or nobody has searched for an hour.
"""

import gc
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connections, transaction

from astra.audit import services as audit
from astra.kernel.clock import now, today
from astra.people.models import Person
from astra.people.rules.matching import Hit, Matcher
from astra.people.rules.queries import Asked
from astra.people.sections import CARD
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.keyring import Keyring, NotHeld

INDEX_CIRCLE = "index"
BATCH = 500
FREEZE_EVERY = 5
AT_ONCE = 2_000
"""So many cards are read while the first searcher waits (under a second); more are read in the background."""
FOLLOW_EVERY_SECONDS = 2.0
FOLLOW_AT_MOST = 100
"""So many changed cards are read before one search answers; during an import the next search goes on."""
OVERLAP = timedelta(seconds=60)
"""A change may commit later than it was stamped; the last minute is looked at again."""
IDLE_SECONDS = 3600.0
CLOSED, LOADING, READY = "closed", "loading", "ready"


@dataclass(frozen=True)
class State:
    """Whether one can search, and how far the reading of cards has come."""

    name: str
    read: int = 0
    expected: int = 0


class _Index:
    """The open cards of this process, with what is needed to follow them."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.wipe()

    def wipe(self) -> None:
        """Forget every card, the key and who used it."""
        with self.lock:
            self.matcher = Matcher()
            gc.unfreeze()
            self.reader: Actor | None = None
            self.circle: tuple[UUID, int] | None = None
            self.members: dict[UUID, float] = {}
            self.state = State(CLOSED)
            self.followed_until = datetime(2000, 1, 1, tzinfo=UTC)
            self.followed_at = 0.0
            self.seen: dict[UUID, datetime] = {}
            self.opening = object()


_INDEX = _Index()


# --- opening and closing ---------------------------------------------------------------------------------------------


def may_read(actor: Actor) -> bool:
    """Whether the actor's role reads search cards: she sits in the index circle."""
    return actor.keyring.holds(vault.desk_circle(INDEX_CIRCLE))


def open_index(actor: Actor) -> State:
    """Open the index with a member's keys, or note that she uses it; few cards at once, many in the background."""
    circle = vault.desk_circle(INDEX_CIRCLE)
    with _INDEX.lock:
        if actor.keyring.holds(circle) and actor.id is not None:
            _take_key(actor, circle)
            _INDEX.members[actor.id] = time.monotonic()
        elif _INDEX.circle and _INDEX.circle[0] != circle:
            _INDEX.wipe()
        return _INDEX.state


def _take_key(actor: Actor, circle: UUID) -> None:
    try:
        generation, keys = actor.keyring.newest(circle)
    except NotHeld:
        return
    reader = Actor(None, "system", frozenset(), Keyring(circle, generation, keys.secret))
    if _INDEX.circle and _INDEX.circle[0] == circle:
        if generation > _INDEX.circle[1]:
            _INDEX.reader, _INDEX.circle = reader, (circle, generation)
        return
    _INDEX.wipe()
    _INDEX.reader, _INDEX.circle = reader, (circle, generation)
    expected = Person.objects.exclude(code_name="").count()
    _INDEX.state = State(LOADING, 0, expected)
    with transaction.atomic():
        audit.record(actor_id=actor.id, verb="people.index_opened", detail={"cards": expected})
    if expected <= AT_ONCE:
        _load(_INDEX.opening)
    else:
        threading.Thread(target=_load_apart, args=(_INDEX.opening,), name="search-index", daemon=True).start()


def close_index(member_id: UUID) -> None:
    """A member has left (signed out, locked, revoked); when she was the last one, everything is forgotten."""
    with _INDEX.lock:
        _INDEX.members.pop(member_id, None)
        if not _INDEX.members:
            _INDEX.wipe()


def forget_idle() -> None:
    """Let go of members who have not searched for an hour; called at every search and by the reader's own clock."""
    with _INDEX.lock:
        oldest = time.monotonic() - IDLE_SECONDS
        for member_id in [member for member, at in _INDEX.members.items() if at < oldest]:
            close_index(member_id)


def users() -> set[UUID]:
    """The members whose visits keep the index open."""
    with _INDEX.lock:
        return set(_INDEX.members)


def state() -> State:
    """How far the index is."""
    return _INDEX.state


# --- reading and following -------------------------------------------------------------------------------------------


def _load_apart(opening: object) -> None:
    """Read all cards in a thread of its own, then watch for an hour without use."""
    try:
        _load(opening)
        connections.close_all()
        while _INDEX.opening is opening:
            time.sleep(60)
            forget_idle()
    finally:
        connections.close_all()


def _load(opening: object) -> None:
    begun = now()
    recent = dict(Person.objects.filter(card_changed_at__gt=begun - OVERLAP).values_list("pk", "card_changed_at"))
    people = Person.objects.exclude(code_name="").order_by("pk").values_list("pk", flat=True)
    batch, read = list(people[:BATCH]), 0
    while batch:
        if not _read(opening, batch):
            return
        read += 1
        if read % FREEZE_EVERY == 0:
            gc.freeze()  # millions of small things that stay: to walk through them again would stop every page
        batch = list(people.filter(pk__gt=batch[-1])[:BATCH])
    with _INDEX.lock:
        if _INDEX.opening is opening:
            _INDEX.followed_until, _INDEX.seen = begun, recent
            _INDEX.state = State(READY, len(_INDEX.matcher), len(_INDEX.matcher))
            gc.freeze()


def _read(opening: object, person_ids: list[UUID]) -> bool:
    """Open a batch of cards and put them in place; False if the index was closed meanwhile."""
    reader = _INDEX.reader
    if reader is None or _INDEX.opening is not opening:
        return False
    cards = vault.open_sections(reader, person_ids, CARD)
    reader.trail.clear()  # one entry in the log says that the index was opened; what leaves it is logged by each search
    with _INDEX.lock:
        if _INDEX.opening is not opening:
            return False
        for person_id in person_ids:
            opened = cards.get(person_id)
            if opened is None:
                _INDEX.matcher.remove(person_id)
            else:
                _INDEX.matcher.put(person_id, opened.content)
        if _INDEX.state.name == LOADING:
            _INDEX.state = State(LOADING, len(_INDEX.matcher), _INDEX.state.expected)
    return True


def note_change() -> None:
    """A card was written in this process: the next search looks at once.

    Once more when it is committed: a colleague's search may have looked in between, and looks every two seconds only.
    """
    _look_at_once()
    transaction.on_commit(_look_at_once)


def _look_at_once() -> None:
    _INDEX.followed_at = 0.0


def follow() -> None:
    """Read the cards that changed since the last look, at most every two seconds and a batch at a time."""
    with _INDEX.lock:
        if _INDEX.state.name != READY or time.monotonic() - _INDEX.followed_at < FOLLOW_EVERY_SECONDS:
            return
        _INDEX.followed_at = time.monotonic()
        since = _INDEX.followed_until - OVERLAP
        changed = Person.objects.filter(card_changed_at__gt=since).order_by("card_changed_at")
        rows = list(changed.values_list("pk", "card_changed_at")[:BATCH])
        fresh = {pk: at for pk, at in rows if _INDEX.seen.get(pk) != at}
        part = dict(list(fresh.items())[:FOLLOW_AT_MOST])
        if part:
            _read(_INDEX.opening, list(part))
        _INDEX.seen = {pk: at for pk, at in {**_INDEX.seen, **part}.items() if at > since}
        if len(part) < len(fresh):  # an import is under way: the next search goes on from here
            _INDEX.followed_at = 0.0
        elif len(rows) == BATCH:
            _INDEX.followed_until, _INDEX.followed_at = rows[-1][1] + OVERLAP, 0.0
        elif rows:
            _INDEX.followed_until = max(_INDEX.followed_until, rows[-1][1])


def evict(person_ids: Iterable[UUID]) -> None:
    """Let go of erased persons' cards at once."""
    with _INDEX.lock:
        for person_id in person_ids:
            _INDEX.matcher.remove(person_id)


# --- answering -------------------------------------------------------------------------------------------------------


def find(asked: Asked, limit: int) -> list[Hit]:
    """The best cards for a query, whoever may see them: the selectors cut the answer."""
    forget_idle()
    follow()
    with _INDEX.lock:
        return _INDEX.matcher.search(asked, today(), limit)
