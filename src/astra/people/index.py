"""Where do the search cards lie open? In the memory of one process, while somebody who may read them is signed in.

What the matcher reads of a card lies open, as numbers and plain words; names as they are written stay sealed, and are
opened for the few cards that an answer shows. The index begins with the index circle's secret, which the first member
who searches brings along, and holds no other key. It follows new and changed cards, lets go of an erased card before
the erasure is reported, and forgets everything when the last member has left or nobody has searched for an hour.
"""

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connections, transaction

from astra.audit import services as audit
from astra.kernel.clock import now
from astra.people.models import Person
from astra.people.rules.answers import Hit
from astra.people.rules.cards import prepared_of, read_prepared
from astra.people.rules.persons import SearchCard
from astra.people.rules.queries import Asked
from astra.people.sections import CARD
from astra.science.linkage.keeping.prepared import Prepared
from astra.science.linkage.normalise.remembering import forget
from astra.science.linkage.registry import Registry
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.keyring import Keyring, NotHeld

INDEX_CIRCLE = "index"
BATCH = 500
PAUSE_S = 0.0002
"""So long the reading in the background rests after each batch of cards: pages that wait go first."""
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
            self.registry = Registry()
            forget()
            self.reader: Actor | None = None
            self.circle: tuple[UUID, int] | None = None
            self.members: dict[UUID, float] = {}
            self.state = State(CLOSED)
            self.followed_until = datetime(2000, 1, 1, tzinfo=UTC)
            self.followed_at = 0.0
            self.seen: dict[UUID, datetime] = {}
            self.evicted: set[str] = set()
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
        if _INDEX.followed_until > now() + OVERLAP:
            # The clock was ahead and has been put right: nobody who is registered from here on would be followed.
            _INDEX.wipe()
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
    circle: tuple[UUID, int] | None = None
    while circle != _INDEX.circle:  # a newer secret that came meanwhile opens what was wrapped anew
        reader, circle = _INDEX.reader, _INDEX.circle
        if reader is None or circle is None:
            return
        for batch in vault.sweep(reader, circle[0], CARD, read_prepared, is_many=_INDEX.state.expected > AT_ONCE):
            reader.trail.clear()  # one entry says that the index was opened; what leaves it is logged by each search
            if not _put(opening, batch):
                return
            time.sleep(PAUSE_S)
    with _INDEX.lock:
        if _INDEX.opening is opening:
            _INDEX.followed_until, _INDEX.seen, _INDEX.evicted = begun, recent, set()
            _INDEX.state = State(READY, len(_INDEX.registry), len(_INDEX.registry))


def _put(opening: object, cards: Sequence[tuple[bytes, Prepared]]) -> bool:
    """Put cards in place that were opened; False if the index was closed meanwhile."""
    with _INDEX.lock:
        if _INDEX.opening is not opening:
            return False
        fresh = {record.hex(): prepared for record, prepared in cards}
        for person in _INDEX.registry.among(fresh) | fresh.keys() & _INDEX.evicted:
            del fresh[person]
        _INDEX.registry.add_prepared(list(fresh), list(fresh.values()))
        _INDEX.state = State(LOADING, len(_INDEX.registry), _INDEX.state.expected)
    return True


def _read_again(person_ids: Collection[UUID]) -> None:
    """Open cards that changed and put them in place of what was there."""
    cards = cards_of(person_ids)
    for person_id in person_ids:
        card = cards.get(person_id)
        if card is not None:
            _INDEX.registry.change_prepared(person_id.hex, prepared_of(card))
        elif person_id.hex in _INDEX.registry:
            _INDEX.registry.remove(person_id.hex)


def note_change() -> None:
    """A card was written in this process: the next search looks at once, and no name that was read for it stays.

    Once more when it is committed: a colleague's search may have looked in between, and looks every two seconds only.
    """
    forget()
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
            _read_again(list(part))
        _INDEX.seen = {pk: at for pk, at in {**_INDEX.seen, **part}.items() if at > since}
        if len(part) < len(fresh):  # an import is under way: the next search goes on from here
            _INDEX.followed_at = 0.0
        elif len(rows) == BATCH:
            _INDEX.followed_until, _INDEX.followed_at = rows[-1][1] + OVERLAP, 0.0
        elif rows:
            _INDEX.followed_until = max(_INDEX.followed_until, rows[-1][1])


def evict(person_ids: Iterable[UUID]) -> None:
    """Let go of erased persons' cards at once, and of every name that was read; they do not come back.

    While cards are read, one that was opened before its erasure may still wait to be put in place.
    """
    with _INDEX.lock:
        gone = {person_id.hex for person_id in person_ids}
        if _INDEX.state.name == LOADING:
            _INDEX.evicted |= gone
        for person in gone:
            if person in _INDEX.registry:
                _INDEX.registry.remove(person)
        forget()


# --- answering -------------------------------------------------------------------------------------------------------


@contextmanager
def held() -> Iterator[Registry]:
    """What lies open, by person id, for what compares the cards with each other; nobody searches meanwhile."""
    with _INDEX.lock:
        follow()
        yield _INDEX.registry


def has_read(person_id: UUID, changed_at: datetime) -> bool:
    """Whether a card lies open as it was written at that moment, or later."""
    with _INDEX.lock:
        return _INDEX.seen.get(person_id) == changed_at or changed_at <= _INDEX.followed_until - OVERLAP


def knows_name(word: str) -> bool:
    """Whether somebody on a card is called so, in whatever spelling."""
    with _INDEX.lock:
        return _INDEX.registry.knows_name(word)


def find(asked: Asked, limit: int) -> list[Hit]:
    """The best cards for a query, whoever may see them: the selectors cut the answer. None while cards are read."""
    forget_idle()
    follow()
    with _INDEX.lock:
        if _INDEX.state.name != READY:
            return []
        found = _INDEX.registry.search(asked.record, limit, is_unfinished=asked.is_unfinished)
    return [Hit(UUID(one.record_id), one.probability, one.score, one.reasons) for one in found]


def cards_of(person_ids: Collection[UUID]) -> dict[UUID, SearchCard]:
    """The cards of a few people as they are written, while the index is open; whoever shows them logs it."""
    reader = _INDEX.reader
    if reader is None or not person_ids:
        return {}
    cards = vault.open_sections(reader, list(person_ids), CARD)
    reader.trail.clear()
    return {person_id: opened.content for person_id, opened in cards.items()}
