"""Which sockets are there? Four, for pages of ours only; and no pages."""

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any, cast

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.conf import settings
from django.urls import path

from astra.sites.bell.consumers import ColleagueRung, VisitorRung
from astra.sites.bell.watching import BELL, be_woken

log = logging.getLogger(__name__)
Scope = dict[str, Any]  # Any: as the standard has it
Receive = Callable[[], Awaitable[Scope]]
Send = Callable[[Scope], Awaitable[None]]
visitor, colleague = cast(Any, VisitorRung.as_asgi()), cast(Any, ColleagueRung.as_asgi())  # Any: sockets, not views
patterns: list[Any] = [
    path("bell/v/", visitor),
    path("bell/q/", colleague),
    path("bell/t/", colleague, {"is_calls": True}),
    path("bell/c/<uuid:conversation_id>/", colleague),
]
sockets = URLRouter(patterns)


def end_if_it_failed(task: "asyncio.Task[None]") -> None:
    """A bell that does not look is worse than none: the process ends, says where, and is started again."""
    if task.cancelled() or task.exception() is None:
        return
    log.error("the bell ended", exc_info=task.exception())
    os.kill(os.getpid(), signal.SIGTERM)


async def lifespan(scope: Scope, receive: Receive, send: Send) -> None:
    """Look at the database from the first moment to the last."""
    tasks = []
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            tasks.append(asyncio.create_task(BELL.watch()))
            if settings.ENV.redis_url:
                tasks.append(asyncio.create_task(be_woken(BELL)))
            for task in tasks:
                task.add_done_callback(end_if_it_failed)
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            for task in tasks:
                task.cancel()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """There are no pages here."""
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


application = ProtocolTypeRouter(
    {
        "http": nothing,
        "lifespan": lifespan,
        "websocket": AllowedHostsOriginValidator(sockets),
    }
)
