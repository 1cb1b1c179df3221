"""Who comes in when many come at once? Counts by the minute and slips that are good once; nothing is known of anybody.

Everything here lies in the memory of the process and is forgotten with it. What waits must never hold up what goes on:
beginning and coming back cost work, so few are done at once, and the next is told to try again at once instead of
standing in the way of those who are already writing.
"""

import os
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from astra.hotline.rules import flood

PUZZLE, WAIT = "p", "w"
AT_ONCE = 2
"""So many begin or come back at the same moment."""
FRESH_AT_ONCE = 3
"""So many messages of conversations that nobody has answered yet are stored at the same moment."""
PATIENCE_S = 0.5


class Full(Exception):
    """Too many at this moment; in a second it may be otherwise."""


@dataclass(frozen=True)
class Door:
    """What somebody is told who may not come in yet."""

    slip: str
    bits: int
    wait_s: int


class Doorway:
    """One way in: how many came lately, and what the next one has to bring."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._key = os.urandom(32)
        self._came: deque[float] = deque()
        self._waited: deque[float] = deque()
        self._spent: dict[str, float] = {}
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(AT_ONCE)

    def asked(self) -> flood.Asked:
        """What the next one has to bring."""
        with self._lock:
            return flood.asked_of_next(self._lately(self._came))

    def puzzle(self) -> Door:
        """A puzzle for a script; none where nothing is asked."""
        asked = self.asked()
        return Door(self._slip(PUZZLE, asked.bits) if asked else "", asked.bits, asked.wait_s)

    def place(self) -> Door:
        """A place in the waiting room, for who has no script."""
        asked = self.asked()
        return Door(self._slip(WAIT, asked.wait_s), asked.bits, asked.wait_s)

    def left_to_wait(self, text: str) -> int | None:
        """How many seconds a place in the waiting room still has to wait; None where it is good no more."""
        slip, at = flood.read_slip(self._key, text), int(self._clock())
        if slip is None or slip.kind != WAIT or not flood.is_fresh(slip, at) or slip.nonce in self._spent:
            return None
        return max(slip.at + slip.number - at, 0)

    def lets_in(self, given: Mapping[str, str]) -> bool:
        """Whether somebody brings what is asked; a slip is spent by it."""
        with self._lock:
            if not flood.asked_of_next(self._lately(self._came)):
                return True
            return self._spend(given.get("slip", ""), given.get("answer", ""))

    def note(self) -> None:
        """Somebody came who counts: a beginning, or a number that opened nothing."""
        with self._lock:
            self._came.append(self._clock())

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Hold one of the few places where the costly work is done, or raise `Full` at once."""
        if not self._slots.acquire(blocking=False):
            raise Full
        try:
            yield
        finally:
            self._slots.release()

    def _spend(self, text: str, answer: str) -> bool:
        slip, at = flood.read_slip(self._key, text), int(self._clock())
        if slip is None or not flood.is_fresh(slip, at) or slip.nonce in self._spent:
            return False
        if slip.kind == PUZZLE and not flood.is_solved(text, answer, slip.number):
            return False
        if slip.kind == WAIT:
            if slip.at + slip.number > at or self._lately(self._waited) >= flood.WAITED_A_MINUTE:
                return False
            self._waited.append(self._clock())
        self._spent = {nonce: until for nonce, until in self._spent.items() if until > at}
        self._spent[slip.nonce] = at + flood.LASTS_S
        return True

    def _slip(self, kind: str, number: int) -> str:
        return flood.new_slip(self._key, kind=kind, at=int(self._clock()), number=number, nonce=secrets.token_hex(8))

    def _lately(self, moments: "deque[float]") -> int:
        before = self._clock() - 60
        while moments and moments[0] < before:
            moments.popleft()
        return len(moments)


BEGINNING, COMING_BACK = Doorway(), Doorway()
"""The two ways in: everybody who begins counts in the one, only numbers that open nothing in the other."""
_FRESH = threading.BoundedSemaphore(FRESH_AT_ONCE)


@contextmanager
def storing(*, is_answered: bool) -> Iterator[None]:
    """Store a message; conversations that somebody has answered never wait behind those that nobody has."""
    if is_answered:
        yield
        return
    if not _FRESH.acquire(timeout=PATIENCE_S):
        raise Full
    try:
        yield
    finally:
        _FRESH.release()
