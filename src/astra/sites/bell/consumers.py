"""Who may be rung? A visitor for the conversation that her browser has open, a colleague at the hotline's desk."""

import json
from abc import ABC, abstractmethod
from http.cookies import CookieError, SimpleCookie
from typing import Any
from uuid import UUID

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore

from astra.accounts.middleware import VISIT_KEY
from astra.hotline import services as conversations
from astra.hotline.selectors import Pulse
from astra.kernel.clock import now
from astra.sites.bell.watching import BELL, CALLS, QUEUE, Visit, Watcher, in_database, living
from astra.sites.public.tickets import COOKIE

NOT_OPEN = 4401


class Rung(AsyncWebsocketConsumer, ABC):
    """A socket that only says how far a conversation has got; what comes from the other side is not read."""

    watcher: Watcher | None = None

    async def connect(self) -> None:
        """Let in whoever has something to watch."""
        found = await in_database(self.find)
        if found is None:
            await self.close(NOT_OPEN)
            return
        watched, visit = found
        self.watcher = Watcher(watched, self.ring, visit, self.end)
        await self.accept()
        BELL.add(self.watcher)

    async def disconnect(self, code: int) -> None:
        """She is gone."""
        if self.watcher is not None:
            BELL.remove(self.watcher)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Nothing is read here."""

    async def ring(self, pulse: Pulse) -> None:
        """Say how far it has got: whoever has seen less looks."""
        await self.send(text_data=json.dumps(self.told(pulse)))

    async def end(self) -> None:
        """Close: her visit is over."""
        await self.close(NOT_OPEN)

    @abstractmethod
    def find(self) -> tuple[UUID, Visit] | None:
        """What is watched, and whose visit it is; asks the database."""

    @abstractmethod
    def told(self, pulse: Pulse) -> dict[str, int | bool]:
        """The numbers for this side."""

    def cookie(self, name: str) -> str:
        """A cookie that the browser brought."""
        headers: dict[bytes, bytes] = dict(self.scope["headers"])
        try:
            held = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
        except CookieError:
            return ""
        return held[name].value if name in held else ""


class VisitorRung(Rung):
    """For the visitor's page."""

    def find(self) -> tuple[UUID, Visit] | None:
        """Her own conversation; the key in her ticket is not touched."""
        ticket = conversations.read_ticket(self.cookie(COOKIE))
        if ticket is None:
            return None
        visit = Visit(ticket.visit_id)
        watched = living([visit], now()).get(visit)
        return None if watched is None else (watched, visit)

    def told(self, pulse: Pulse) -> dict[str, int | bool]:
        """How far we have read, and whether somebody is typing an answer."""
        return {"n": pulse.cursor, "seen": pulse.seen_by_us, "typing": pulse.are_we_typing, "standing": pulse.standing}


class ColleagueRung(Rung):
    """For the desk: one conversation, the whole queue, or the telephones."""

    def find(self) -> tuple[UUID, Visit] | None:
        """What she asked to watch, if she sits at the hotline's desk and her visit is open."""
        session = SessionStore(self.cookie(settings.SESSION_COOKIE_NAME))
        held: dict[str, Any] = {name: session.get(name) for name in (VISIT_KEY, auth.SESSION_KEY)}
        if not held[VISIT_KEY] or not held[auth.SESSION_KEY]:
            return None
        visit = Visit(UUID(held[VISIT_KEY]), held[auth.SESSION_KEY])
        if visit not in living([visit], now()):
            return None
        given: dict[str, Any] = self.scope["url_route"]["kwargs"]
        watched: UUID = given.get("conversation_id", CALLS if "is_calls" in given else QUEUE)
        return watched, visit

    def told(self, pulse: Pulse) -> dict[str, int | bool]:
        """How far she has read, and whether she is typing."""
        return {"n": pulse.cursor, "seen": pulse.seen_by_her, "typing": pulse.is_she_typing, "standing": pulse.standing}
