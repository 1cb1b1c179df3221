"""When does a visit lock, how long does a key wait, and how are guesses slowed down?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

IDLE = timedelta(minutes=15)
WAITING = timedelta(minutes=5)
"""How long an opened key waits for the second factor."""
HOLD_AT_MOST = timedelta(minutes=60)
HOLD_BEAT = timedelta(minutes=2)
"""A page with an open call or chat says so every minute; two missed and it no longer counts."""
VISIT_AT_MOST = timedelta(hours=14)
"""Longer than any shift; then she signs in afresh with both factors."""
SEEN_EVERY = timedelta(seconds=30)
"""The clock of a visit is written at most this often, so that reading a page costs no write."""

FREE_TRIES = 3
LONGEST_DELAY = timedelta(minutes=1)
"""Six words need no longer one, and a stranger who types her name cannot keep her out."""
TRIES_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class VisitClock:
    """The moments of a visit that decide whether it is open."""

    started_at: datetime
    opened_at: datetime
    """When the passphrase was typed last."""
    seen_at: datetime
    confirmed_at: datetime | None
    """When the second factor was given."""
    hold_began_at: datetime | None
    held_at: datetime | None


def is_held(clock: VisitClock, at: datetime) -> bool:
    """Whether an open call or chat keeps the visit from locking: a fresh heartbeat, for an hour at most."""
    if clock.hold_began_at is None or clock.held_at is None:
        return False
    return at - clock.held_at <= HOLD_BEAT and at - clock.hold_began_at <= HOLD_AT_MOST


def is_idle(clock: VisitClock, at: datetime) -> bool:
    """Whether the visit has to lock now."""
    if clock.confirmed_at is None:
        return at - clock.opened_at > WAITING
    return at - clock.seen_at > IDLE and not is_held(clock, at)


def is_over(clock: VisitClock, at: datetime) -> bool:
    """Whether the visit has lasted longer than any shift."""
    return at - clock.started_at > VISIT_AT_MOST


def is_open(clock: VisitClock, at: datetime) -> bool:
    """Whether the visit's keys may be used: both factors given, neither idle nor over."""
    return clock.confirmed_at is not None and not is_idle(clock, at) and not is_over(clock, at)


def is_fresh(clock: VisitClock, at: datetime) -> bool:
    """Whether she showed a moment ago that it is she; later, keys and passkeys are changed only after asking again."""
    if clock.confirmed_at is None:
        return True
    return at - max(clock.opened_at, clock.confirmed_at) <= WAITING


def hold_begins(clock: VisitClock, at: datetime) -> datetime:
    """When the present call or chat began: a heartbeat after a pause begins a new one."""
    if clock.held_at is None or clock.hold_began_at is None or at - clock.held_at > HOLD_BEAT:
        return at
    return clock.hold_began_at


def delay_after(failures: int) -> timedelta:
    """How long an account waits after wrong passphrases in a row: doubling, never for ever."""
    if failures < FREE_TRIES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE_TRIES + 1, 12)), LONGEST_DELAY)
