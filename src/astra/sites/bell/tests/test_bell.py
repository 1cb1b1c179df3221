"""Does the bell ring whoever watches something that changed, say nothing else, and end with the visit?"""

import asyncio
import json
import queue
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from astra.demo.pytest_cast import Cast
from astra.hotline import services
from astra.hotline.rules.calls import CallEvent
from astra.hotline.selectors import Pulse, Visiting
from astra.kernel.clock import now
from astra.sites.bell import consumers, watching
from astra.sites.bell.consumers import NOT_OPEN
from astra.sites.bell.doors import application
from astra.sites.bell.watching import BELL, CALLS, QUEUE, Bell, Visit, Watcher, living
from astra.sites.public.tickets import COOKIE
from astra.vault.actor import system

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]
ORIGIN = (b"origin", b"http://testserver")


Walk = Callable[[Callable[[], Coroutine[Any, Any, Any]]], Any]  # Any: whatever is awaited, and what it answers


@pytest.fixture(autouse=True)
def walk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    """Runs what is awaited in a thread of its own, and what it asks the database here, over the test's connection.

    This thread may have a loop already: a browser's stays until the session ends. Whom an earlier test left at the bell
    is nobody else's.
    """
    asked: queue.Queue[tuple[Callable[[], Any], Future[Any]] | None] = queue.Queue()

    async def in_database(work: Callable[[], Any]) -> Any:  # Any: what is asked
        answer: Future[Any] = Future()
        asked.put((work, answer))
        return await asyncio.wrap_future(answer)

    def run(make: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        with ThreadPoolExecutor(1) as aside:
            done = aside.submit(lambda: asyncio.run(make()))
            done.add_done_callback(lambda _: asked.put(None))
            while (one := asked.get()) is not None:
                try:
                    one[1].set_result(one[0]())
                except Exception as error:  # noqa: BLE001  (handed on to whoever waits)
                    one[1].set_exception(error)
            return done.result()

    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)
    for module in (watching, consumers):
        monkeypatch.setattr(module, "in_database", in_database)
    BELL.watchers.clear()
    BELL._alive_at = None
    yield run
    BELL.watchers.clear()


def begun() -> tuple[Visiting, services.Ticket]:
    visiting, ticket, _ = services.begin_conversation(line="sos_trafficking", language="sr")
    services.write(visiting=visiting, text="Halo", mark=uuid4())
    return visiting, ticket


def watcher(bell: Bell, watched: UUID, *, alive: bool = True) -> list[str]:
    """Somebody who watches; returns what she hears."""
    heard: list[str] = []

    async def ring(_: Pulse) -> None:
        heard.append("rung")

    async def close() -> None:
        heard.append("closed")

    visit = services.read_ticket(str(begun()[1])) if alive else None
    bell.add(Watcher(watched, ring, Visit(visit.visit_id if visit else uuid4()), close))
    return heard


class Socket:
    """A browser's side of a socket."""

    def __init__(self, address: str, *cookies: str, origin: tuple[bytes, bytes] = ORIGIN) -> None:
        headers = [origin, (b"cookie", "; ".join(cookies).encode())]
        scope = {"type": "websocket", "path": address, "headers": headers, "subprotocols": []}
        communicate: Any = ApplicationCommunicator  # Any: without types
        self._side = communicate(application, scope)

    async def is_let_in(self) -> bool:
        """Knock; whether somebody opens."""
        await self.say(type="websocket.connect")
        return bool((await self.hear())["type"] == "websocket.accept")

    async def say(self, **message: object) -> None:
        """Send something."""
        await self._side.send_input(message)

    async def hear(self) -> dict[str, Any]:  # Any: as the standard has it
        """What comes next."""
        heard: dict[str, Any] = await self._side.receive_output()
        return heard

    async def hears_nothing(self) -> bool:
        """Whether nothing comes."""
        return bool(await self._side.receive_nothing())

    async def leave(self) -> None:
        """Close the page."""
        await self.say(type="websocket.disconnect", code=1001)
        await self._side.wait()


def signed_in(cast: Cast, name: str) -> str:
    """The cookie of a colleague's session."""
    client: Client = cast.client(name)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def test_whoever_watches_a_conversation_is_rung_when_it_changes(cast: Cast, walk: Walk) -> None:
    (visiting, _), (other, _) = begun(), begun()
    bell = Bell()
    hers, others = watcher(bell, visiting.conversation.pk), watcher(bell, other.conversation.pk)
    queue = watcher(bell, QUEUE)
    look = partial(walk, bell.look)
    look()
    assert (hers, others, queue) == (["rung"], ["rung"], ["rung"]), "who has just come is told how far it has got"
    for heard in (hers, others, queue):
        heard.clear()
    services.write(visiting=visiting, text="Ima li koga?", mark=uuid4())
    look()
    assert (hers, others) == (["rung"], [])
    look()
    assert hers == ["rung"]
    services.take(actor=cast.actor("mira"), conversation_id=visiting.conversation.pk)
    look()
    assert (hers, others, queue) == (["rung"] * 2, [], ["rung"])
    changing: tuple[Callable[[], None], ...] = (
        lambda: services.note_typing(visiting=visiting),
        lambda: services.note_answering(actor=cast.actor("mira"), conversation_id=visiting.conversation.pk),
        lambda: services.mark_seen_by_visitor(visiting=visiting, number=3),
    )
    for changes in changing:
        before = len(hers)
        changes()
        look()
        assert len(hers) == before + 1


def test_who_has_left_is_let_go(monkeypatch: pytest.MonkeyPatch, walk: Walk) -> None:
    visiting, _ = begun()
    bell = Bell()
    heard = watcher(bell, visiting.conversation.pk, alive=False)
    walk(bell.look)
    assert heard == ["closed"]
    assert not bell.watchers


def test_a_socket_that_closes_at_this_moment_harms_nobody_else(walk: Walk) -> None:
    visiting, _ = begun()
    bell = Bell()
    broken, whole = Bell(), watcher(bell, visiting.conversation.pk)
    watcher(broken, visiting.conversation.pk)
    (closing,) = broken.watchers

    async def fail(_: Pulse) -> None:
        raise ConnectionError

    closing.ring = fail
    bell.add(closing)
    walk(bell.look)
    assert whole == ["rung"]
    assert closing not in bell.watchers


def test_a_database_that_does_not_answer_is_tried_again(monkeypatch: pytest.MonkeyPatch, walk: Walk) -> None:
    looks: list[int] = []

    async def look(self: Bell) -> None:
        looks.append(1)
        if len(looks) == 1:
            raise DatabaseError
        raise asyncio.CancelledError

    monkeypatch.setattr(Bell, "look", look)
    monkeypatch.setattr(watching, "WOKEN_EVERY_S", 0.01)
    bell = Bell()
    watcher(bell, QUEUE)
    with pytest.raises(asyncio.CancelledError):
        walk(bell.watch)
    assert len(looks) == 2


def test_a_visitor_hears_numbers_and_nothing_else(walk: Walk) -> None:
    _, ticket = begun()

    async def steps() -> None:
        rung = Socket("/bell/v/", f"{COOKIE}={ticket}")
        assert await rung.is_let_in()
        await BELL.look()
        await rung.say(type="websocket.receive", text="tell me everything")
        heard = json.loads((await rung.hear())["text"])
        assert await rung.hears_nothing()
        assert heard == {"n": 1_000_001, "seen": 1_000_000, "typing": False, "standing": heard["standing"]}
        await rung.leave()
        assert not BELL.watchers

    walk(steps)


def test_a_socket_ends_with_the_visit(walk: Walk) -> None:
    _, ticket = begun()

    async def steps() -> None:
        rung = Socket("/bell/v/", f"{COOKIE}={ticket}")
        assert await rung.is_let_in()
        BELL._alive_at = None
        await watching.in_database(lambda: services.leave(ticket=ticket))
        await BELL.look()
        ended = await rung.hear()
        assert (ended["type"], ended["code"]) == ("websocket.close", NOT_OPEN)

    walk(steps)


def test_sockets_are_for_those_who_may(cast: Cast, walk: Walk) -> None:
    visiting, ticket = begun()
    known = visiting.conversation.pk
    mira, lara = signed_in(cast, "mira"), signed_in(cast, "lara")
    cases = [
        (Socket("/bell/q/", mira), True),
        (Socket(f"/bell/c/{known}/", mira), True),
        (Socket("/bell/q/", lara), "hotline" in cast.actor("lara").desks),
        (Socket("/bell/q/"), False),
        (Socket("/bell/v/"), False),
        (Socket("/bell/v/", f"{COOKIE}=nonsense"), False),
        (Socket("/bell/v/", f"{COOKIE}={services.Ticket(uuid4(), bytes(32))}"), False),
        (Socket("/bell/v/", f"{COOKIE}={ticket}", origin=(b"origin", b"https://elsewhere.example")), False),
    ]

    async def steps() -> list[bool]:
        return [await one.is_let_in() for one, _ in cases]

    assert walk(steps) == [expected for _, expected in cases]


def test_a_signed_out_colleague_is_let_go(cast: Cast, walk: Walk) -> None:
    client = cast.client("mira")
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"

    async def enter() -> None:
        assert await Socket("/bell/q/", cookie).is_let_in()

    walk(enter)
    (one,) = BELL.watchers
    assert one.visit in living([one.visit], now())
    client.post(reverse("account_logout"))
    assert living([one.visit], now()) == {}


def test_whoever_sits_at_the_hotline_is_rung_when_the_telephone_rings(cast: Cast, walk: Walk) -> None:
    bell = Bell()
    calls, queue = watcher(bell, CALLS), watcher(bell, QUEUE)
    look = partial(walk, bell.look)
    look()
    for heard in (calls, queue):
        heard.clear()
    event = CallEvent("test", "one", "ringing", now(), dialled="116000", number="+381601112223")
    services.hear(actor=system(), event=event)
    look()
    look()
    assert (calls, queue) == (["rung"], [])
    services.hear(actor=system(), event=replace(event, kind="ended"))
    look()
    assert calls == ["rung"] * 2


def test_the_telephones_ring_for_colleagues_at_the_hotline_only(cast: Cast, walk: Walk) -> None:
    let_in = {}
    for name in ("mira", "outsider"):
        socket = Socket("/bell/t/", signed_in(cast, name))

        async def knock(socket: Socket = socket) -> bool:
            is_in = await socket.is_let_in()
            if is_in:
                await socket.leave()
            return is_in

        let_in[name] = walk(knock)
    assert let_in == {"mira": True, "outsider": False}
