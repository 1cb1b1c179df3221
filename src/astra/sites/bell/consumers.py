"""Who may be rung? A visitor for the conversation that her browser has open, a colleague at the hotline's desk."""

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import Any
from uuid import UUID

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore

from astra.accounts import selectors as accounts
from astra.accounts.middleware import VISIT_KEY
from astra.hotline import selectors as hotline
from astra.hotline import services as conversations
from astra.kernel.clock import now
from astra.sites.bell.watching import BELL, QUEUE, Watcher, in_database
from astra.sites.public.tickets import COOKIE

LOOK = "look"
NOT_OPEN = 4401


class Rung(AsyncWebsocketConsumer):
    """A socket that only says "look"; what comes from the other side is not read."""

    watcher: Watcher | None = None

    async def connect(self) -> None:
        """Let in whoever has something to watch."""
        found = await in_database(self.find)
        if found is None:
            await self.close(NOT_OPEN)
            return
        watched, is_alive = found
        self.watcher = Watcher(watched, self.ring, is_alive, self.end)
        await self.accept()
        BELL.add(self.watcher)

    async def disconnect(self, code: int) -> None:
        """She is gone."""
        if self.watcher is not None:
            BELL.remove(self.watcher)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Nothing is read here."""

    async def ring(self) -> None:
        """Say "look"."""
        await self.send(text_data=LOOK)

    async def end(self) -> None:
        """Close: her visit is over."""
        await self.close(NOT_OPEN)

    def find(self) -> tuple[UUID, Callable[[], bool]] | None:
        """What is watched, and how to see that it still may be; asks the database."""
        raise NotImplementedError

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

    def find(self) -> tuple[UUID, Callable[[], bool]] | None:
        """Her own conversation; the key in her ticket is not touched."""
        ticket = conversations.read_ticket(self.cookie(COOKIE))
        if ticket is None:
            return None
        visit_id = ticket.visit_id
        watched = hotline.conversation_open_in(visit_id, now())
        if watched is None:
            return None
        return watched, lambda: hotline.conversation_open_in(visit_id, now()) == watched


class ColleagueRung(Rung):
    """For the desk: one conversation, or the whole queue."""

    def find(self) -> tuple[UUID, Callable[[], bool]] | None:
        """What she asked to watch, if she sits at the hotline's desk and her visit is open."""
        session = SessionStore(self.cookie(settings.SESSION_COOKIE_NAME))
        held: dict[str, Any] = {name: session.get(name) for name in (VISIT_KEY, auth.SESSION_KEY)}
        visit_id, user_id = held[VISIT_KEY], held[auth.SESSION_KEY]

        def is_alive() -> bool:
            return accounts.is_at_desk(visit_id, user_id, "hotline")

        if not visit_id or not user_id or not is_alive():
            return None
        watched: UUID = self.scope["url_route"]["kwargs"].get("conversation_id", QUEUE)
        return watched, is_alive
