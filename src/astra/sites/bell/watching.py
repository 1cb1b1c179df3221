"""Who is told to look again, and when? One look at the database for everybody, several times a second.

A conversation's pulse is compared with the one before; whoever watches it is rung when it differs. Nothing depends on
a message from another process: the database is the truth, a wake-up through Redis only hastens the next look.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

import redis.asyncio
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, close_old_connections

from astra.accounts import selectors as accounts
from astra.hotline import selectors as hotline
from astra.hotline.selectors import Pulse
from astra.hotline.services import WAKE_CHANNEL
from astra.kernel.clock import now

LOOK_EVERY_S, WOKEN_EVERY_S, LEAST_S = 0.15, 1.0, 0.03
"""How often the database is looked at: without Redis, with it where nothing rings, and at most."""
ALIVE_EVERY = timedelta(seconds=4)
QUEUE, CALLS = UUID(int=0), UUID(int=1)
"""What those watch who watch the whole queue, or the telephones."""
log = logging.getLogger(__name__)
T = TypeVar("T")


def _fresh(work: Callable[[], T]) -> T:
    close_old_connections()
    return work()


async def in_database(work: Callable[[], T]) -> T:
    """Ask the database, in a thread, over a connection that still holds."""
    return await sync_to_async(_fresh)(work)


@dataclass(frozen=True)
class Visit:
    """Whose socket it is: a visitor's browser, or a colleague's with the account behind it."""

    id: UUID
    account: str = ""


def living(visits: Collection[Visit], at: datetime) -> dict[Visit, UUID]:
    """The visits that go on, with the conversation that a visitor has open; a colleague's leads to the queue."""
    visitors = {visit.id: visit for visit in visits if not visit.account}
    found = {visitors[one]: record for one, record in hotline.open_in(list(visitors), at).items()}
    colleagues = {visit for visit in visits if visit.account}
    return found | {one: QUEUE for one in colleagues if accounts.is_at_desk(str(one.id), one.account, "hotline")}


@dataclass(eq=False)
class Watcher:
    """One open socket."""

    watched: UUID
    ring: Callable[[Pulse], Awaitable[None]]
    visit: "Visit"
    """As long as it goes on the socket is served."""
    close: Callable[[], Awaitable[None]]
    heard: Pulse | None = None
    """What she was told last; who has just come is told how far it has got, so that nothing falls in between."""


@dataclass
class Bell:
    """Everybody who wants to be rung."""

    watchers: set[Watcher] = field(default_factory=set)
    _alive_at: datetime | None = None
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, watcher: Watcher) -> None:
        """Ring somebody from now on."""
        self.watchers.add(watcher)
        self._woken.set()

    def remove(self, watcher: Watcher) -> None:
        """She is gone."""
        self.watchers.discard(watcher)

    def wake(self) -> None:
        """Something was stored: look at once."""
        self._woken.set()

    async def watch(self) -> None:
        """Look for ever. A database that does not answer is tried again; the pages ask by themselves meanwhile."""
        while True:
            await self._pause()
            if not self.watchers:
                continue
            try:
                await self.look()
            except DatabaseError as error:
                log.warning("the bell could not look: %s", type(error).__name__)
                await asyncio.sleep(WOKEN_EVERY_S)

    async def _pause(self) -> None:
        await asyncio.sleep(LEAST_S)
        with suppress(TimeoutError):  # nobody woke us: it is time to look anyway
            await asyncio.wait_for(self._woken.wait(), WOKEN_EVERY_S if settings.ENV.redis_url else LOOK_EVERY_S)
        self._woken.clear()

    async def look(self) -> None:
        """Look once, and ring whoever watches something that has changed."""
        at = now()
        await self._let_go(at)
        watched = {watcher.watched for watcher in self.watchers}
        found = await in_database(lambda: _pulses(watched, at))
        rung = [watcher for watcher in self.watchers if watcher.heard != found.get(watcher.watched, watcher.heard)]
        for watcher in rung:
            watcher.heard = found[watcher.watched]
        ringing = (watcher.ring(found[watcher.watched]) for watcher in rung)
        answers = await asyncio.gather(*ringing, return_exceptions=True)
        for watcher, answer in zip(rung, answers, strict=True):
            if isinstance(answer, Exception):  # her socket closed at this moment; its own end is on its way
                self.remove(watcher)

    async def _let_go(self, at: datetime) -> None:
        """Close the sockets of those who have left, locked or were signed out."""
        if self._alive_at is not None and at - self._alive_at < ALIVE_EVERY:
            return
        self._alive_at = at
        asked = tuple(self.watchers)  # others may come meanwhile
        alive = await in_database(lambda: living({watcher.visit for watcher in asked}, at))
        gone = [watcher for watcher in asked if watcher.visit not in alive]
        for watcher in gone:
            self.remove(watcher)
        await asyncio.gather(*(watcher.close() for watcher in gone), return_exceptions=True)


def _pulses(watched: Collection[UUID], at: datetime) -> dict[UUID, Pulse]:
    conversations = set(watched) - {QUEUE, CALLS}
    found = hotline.pulses(conversations, at) if conversations else {}
    if QUEUE in watched:
        found[QUEUE] = hotline.queue_pulse()
    if CALLS in watched:
        found[CALLS] = hotline.calls_pulse()
    return found


async def be_woken(bell: Bell) -> None:
    """Where several machines work together: whoever stored something says so through Redis."""
    while True:
        try:
            async with redis.asyncio.from_url(settings.ENV.redis_url) as server, server.pubsub() as heard:
                await heard.subscribe(WAKE_CHANNEL)
                async for _ in heard.listen():
                    bell.wake()
        except (redis.exceptions.RedisError, OSError) as error:
            log.warning("Redis does not answer: %s", type(error).__name__)
            await asyncio.sleep(WOKEN_EVERY_S)


BELL = Bell()
