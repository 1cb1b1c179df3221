"""How long is a word under way between a visitor and a counsellor, when many write at once?

Real processes: the public pages, the desk, the bell and the worker; visitors and counsellors are sockets and requests
of one event loop beside them, on the same machine. Each chat has a visitor's page and a counsellor's page open. A
message is delivered when the other side has its text; the time runs from the moment in which it was sent.

`make bench-conversations`: 50 chats without any service. CHATS=200 REDIS=1 DATABASE=postgres measures 200 with Redis
and PostgreSQL; POLLING=1 leaves the sockets away; SECONDS_OF_LOAD says how long; EVERY_S how often each side writes.
"""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import HOME, machine, say

import asyncio
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import psutil
from django.contrib.auth import get_user_model
from django.db import connections
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from astra.demo import second_factors
from astra.demo.cast import EVERYBODY, build
from astra.demo.visiting import Visit
from astra.hotline.models import Conversation
from astra.hotline.rules import flood
from astra.kernel.clock import now
from astra.vault.models import StreamItem
from bench.serving import ADDRESS, PORT, serve, sign_in

SECONDS = int(os.environ.get("SECONDS_OF_LOAD", "60"))
CHATS = int(os.environ.get("CHATS", "50"))
EVERY_S = float(os.environ.get("EVERY_S", "20"))
WITH_REDIS, IS_POLLING = bool(os.environ.get("REDIS")), bool(os.environ.get("POLLING"))
POLL_EVERY_S, OPEN_WITHIN_S = 3.0, 10.0
PROMISED_MS = 500
REDIS_PORT = 8099
PUBLIC, BELL = PORT + 10, PORT + 20
COUNSELLORS = ("mira", "sanja", "jelena")
SENT = re.compile(r"\bsent(\d+)x\b")
Page = tuple[int, str]


@dataclass
class Measured:
    """What happened in all chats."""

    delivered: list[float] = field(default_factory=list)
    stored: list[float] = field(default_factory=list)
    acknowledged: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    sent_at: dict[str, float] = field(default_factory=dict)

    def arrived(self, text: str) -> None:
        """A side has these messages on its page."""
        for number in SENT.findall(text):
            begun = self.sent_at.pop(number, None)
            if begun is not None:
                self.delivered.append((time.perf_counter() - begun) * 1000)


class Browser:
    """One page's requests, over a connection that is kept as long as the server keeps it."""

    def __init__(self, port: int, cookies: Mapping[str, str]) -> None:
        self.port, self.cookies = port, dict(cookies)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._lock = asyncio.Lock()

    @property
    def cookie(self) -> str:
        """All cookies, as they are sent."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def ask(self, method: str, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> Page:
        """One request; one that meets a closed connection is sent once more."""
        async with self._lock:
            try:
                return await self._ask(method, path, fields, headers)
            except (OSError, asyncio.IncompleteReadError):
                self._streams = None
                return await self._ask(method, path, fields, headers)

    async def _ask(self, method: str, path: str, fields: Mapping[str, str] | None, headers: Mapping[str, str]) -> Page:
        if self._streams is None:
            self._streams = await asyncio.open_connection("localhost", self.port)
        reader, writer = self._streams
        body = urlencode(fields or {}).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", f"Content-Length: {len(body)}"]
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Cookie: {self.cookie}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        page = await self._body(reader, head)
        for line in head:
            if line.lower().startswith("set-cookie:"):
                name, _, value = line.split(":", 1)[1].strip().partition("=")
                self.cookies[name] = value.split(";")[0]
        if any(line.lower() == "connection: close" for line in head):
            writer.close()
            self._streams = None
        return int(head[0].split()[1]), page

    @staticmethod
    async def _body(reader: asyncio.StreamReader, head: list[str]) -> str:
        for line in head:
            if line.lower().startswith("content-length:"):
                return (await reader.readexactly(int(line.split(":")[1]))).decode()
        whole = b""
        while size := int(await reader.readline(), 16):
            whole += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
        return whole.decode()


@dataclass
class Side:
    """One side of a chat: it writes now and then, and looks when it is rung."""

    measured: Measured
    browser: Browser
    bell: str
    write: Callable[[str, str], Coroutine[Any, Any, Page]]  # Any: nothing is sent or awaited in between
    look: Callable[["Side"], Coroutine[Any, Any, str]]  # Any: likewise
    numbers: Iterator[int]
    cursor: int = 0

    async def live(self, ending: float) -> None:
        """Open the page, then write and be rung until the end; people do not all come in the same second."""
        await asyncio.sleep(random.uniform(0, OPEN_WITHIN_S))  # noqa: S311  (no secret)
        await asyncio.gather(self._write_on(ending), self._be_rung(ending) if not IS_POLLING else self._poll(ending))

    async def _write_on(self, ending: float) -> None:
        await asyncio.sleep(OPEN_WITHIN_S + random.uniform(0, EVERY_S))  # noqa: S311  (no secret)
        while time.perf_counter() < ending - 5:
            number, mark = str(next(self.numbers)), str(uuid4())
            begun = self.measured.sent_at[number] = time.perf_counter()
            while time.perf_counter() < ending:
                status, page = await self.write(f"sent{number}x " + "reč " * 25, mark)
                if status == 200:
                    stands = json.loads(page).get("n", 0)
                    self.cursor += stands == self.cursor + 1  # otherwise there is more, and the bell says so
                    self.measured.acknowledged += 1
                    self.measured.stored.append((time.perf_counter() - begun) * 1000)
                    break
                self.measured.faults[f"a message answered with {status}"] += 1
                await asyncio.sleep(0.5)
            await asyncio.sleep(random.uniform(0.5, 1.5) * EVERY_S)  # noqa: S311  (no secret)

    async def _be_rung(self, ending: float) -> None:
        headers = {"Cookie": self.browser.cookie}
        while time.perf_counter() < ending:
            try:
                async with connect(
                    f"ws://localhost:{BELL}{self.bell}", additional_headers=headers, origin=Origin("http://localhost")
                ) as socket:
                    while time.perf_counter() < ending:
                        told = {"n": sys.maxsize}  # nothing rang: look anyway, as pages do
                        with suppress(TimeoutError):
                            told = json.loads(await asyncio.wait_for(socket.recv(), 20))
                        if told["n"] > self.cursor:
                            self.measured.arrived(await self.look(self))
            except (OSError, WebSocketException) as error:
                self.measured.faults[f"a socket ended with {type(error).__name__}"] += 1
                await asyncio.sleep(1)

    async def _poll(self, ending: float) -> None:
        while time.perf_counter() < ending:
            await asyncio.sleep(POLL_EVERY_S)
            self.measured.arrived(await self.look(self))


def visitor_side(measured: Measured, browser: Browser, numbers: Iterator[int]) -> Side:
    """A visitor's page."""

    async def write(text: str, mark: str) -> Page:
        return await browser.ask("POST", "/sr/r/s/", {"text": text, "mark": mark}, X_Asked_By="script")

    async def look(side: Side) -> str:
        status, page = await browser.ask("GET", f"/sr/r/n/?n={side.cursor}", X_Asked_By="script")
        if status != 200:
            measured.faults[f"a visitor's look answered with {status}"] += 1
            return ""
        told = json.loads(page)
        side.cursor = told["cursor"]
        return " ".join(one["text"] for one in told["messages"] if not one["mine"])

    return Side(measured, browser, "/bell/v/", write, look, numbers)


def counsellor_side(measured: Measured, desk: Visit, conversation: UUID, numbers: Iterator[int]) -> Side:
    """A counsellor's page for one conversation."""
    place = f"/contacts/conversations/{conversation}/"
    cookies = {held.name: held.value or "" for held in desk.cookies}
    browser, token = Browser(PORT, cookies), desk.token
    said = {"X_Requested_With": "fetch", "X_CSRFToken": token, "Origin": ADDRESS, "Accept": "application/json"}

    async def write(text: str, mark: str) -> Page:
        return await browser.ask("POST", f"{place}answer/", {"text": text, "mark": mark}, **said)

    key = ""

    async def look(side: Side) -> str:
        nonlocal key
        shown = str(side.cursor)
        status, page = await browser.ask("POST", f"{place}look/", {"after": shown, "seen": shown, "key": key}, **said)
        if status != 200:
            measured.faults[f"a counsellor's look answered with {status}"] += 1
            return ""
        told = json.loads(page)
        side.cursor, key = told["cursor"], told["key"]
        return str(told["html"])

    return Side(measured, browser, f"/bell/c/{conversation}/", write, look, numbers)


async def begin(browser: Browser) -> None:
    """Begin a conversation and write the first message; where a puzzle is asked, solve it."""
    while True:
        _, page = await browser.ask("GET", "/sr/r/p/", X_Asked_By="script")
        door = json.loads(page)
        given = {"slip": door["slip"], "answer": solved(door["slip"], door["bits"])} if door["bits"] else {}
        status, _ = await browser.ask("POST", "/sr/r/a/", given)
        if status == 302 and browser.cookies:
            break
        await asyncio.sleep(0.2)
    status, _ = await browser.ask("POST", "/sr/r/s/", {"text": "Dobar dan", "mark": str(uuid4())}, X_Asked_By="script")
    assert status == 200, status


def solved(slip: str, bits: int) -> str:
    """The answer to a puzzle."""
    return next(str(tried) for tried in count() if flood.is_solved(slip, str(tried), bits))


async def chat(measured: Measured) -> None:
    """Everybody writes for a while."""
    visitors = [Browser(PUBLIC, {}) for _ in range(CHATS)]
    for visitor in visitors:
        await begin(visitor)
    conversations = await asyncio.to_thread(lambda: list(Conversation.objects.values_list("pk", flat=True)))
    desks = await asyncio.to_thread(sign_everybody_in)
    numbers = count()
    sides = [visitor_side(measured, visitor, numbers) for visitor in visitors]
    for place, conversation in enumerate(conversations):
        side = counsellor_side(measured, desks[place % len(desks)], conversation, numbers)
        await side.write("Ovde sam.", str(uuid4()))
        sides.append(side)
    ending = time.perf_counter() + SECONDS + 2 * OPEN_WITHIN_S
    await asyncio.gather(*(side.live(ending) for side in sides))


def sign_everybody_in() -> list[Visit]:
    """The counsellors come to work, each with a page that holds the token of her forms."""
    desks = [sign_in(next(person for person in EVERYBODY if person.key == key)) for key in COUNSELLORS]
    for desk in desks:
        desk.get("/contacts/new/")
    return desks


@contextmanager
def a_redis() -> Iterator[None]:
    """A Redis of its own, which keeps nothing."""
    if not WITH_REDIS:
        yield
        return
    program = shutil.which("redis-server")
    if program is None:
        raise SystemExit("redis-server is missing (Debian: apt install redis-server)")
    os.environ["ASTRA_REDIS_URL"] = f"redis://localhost:{REDIS_PORT}"
    server = subprocess.Popen(  # noqa: S603  (found on the path)
        [program, "--port", str(REDIS_PORT), "--save", "", "--bind", "127.0.0.1"], cwd=HOME, stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        server.terminate()
        server.wait(10)


def report(measured: Measured, used: Mapping[str, float]) -> int:
    """Print what was measured beside what is promised; 1 where it is missed or something was lost."""
    stored = StreamItem.objects.exclude(section=None).count()
    lost = measured.acknowledged + 3 * CHATS - stored  # the first message, that somebody came, and the first answer
    say(f"{CHATS} chats, messages stored", measured.acknowledged, "")
    for name, times in (("stored", measured.stored), ("delivered", measured.delivered)):
        ordered = statistics.quantiles(times, n=100)
        say(f"{name}, half within", ordered[49], "ms")
        say(f"{name}, 95 of 100 within", ordered[94], "ms", PROMISED_MS if name == "delivered" else None)
        say(f"{name}, the slowest", max(times), "ms")
    say("acknowledged and not stored, or stored twice", abs(lost), "", 0)
    say("sent and not delivered in the end", len(measured.sent_at), "")
    for name, seconds in used.items():
        say(f"processor time of {name}, share of one core", seconds / SECONDS * 100, "%")
    for fault, times_ in measured.faults.items():
        print(f"    {times_} times {fault}")
    is_missed = statistics.quantiles(measured.delivered, n=100)[94] > PROMISED_MS and not IS_POLLING
    return 1 if is_missed or lost else 0


def processor_time(server: psutil.Process) -> dict[str, float]:
    """What each of the processes has used so far."""
    found: dict[str, float] = {}
    for process in server.children(recursive=True):
        line = process.cmdline()
        name = next((one for one in ("public", "bell", "worker", "web") if one in line), "others")
        spent = process.cpu_times()
        found[name] = found.get(name, 0) + spent.user + spent.system
    return found


def main() -> int:
    """Found an organisation, open it, let everybody write."""
    ways = "without sockets" if IS_POLLING else "with Redis" if WITH_REDIS else "without a service"
    print(f"conversations, {machine()}, {connections['default'].vendor}, {ways}, a message every {EVERY_S:g} s a side")
    build()
    second_factors.set_up([person.key for person in EVERYBODY])
    get_user_model().objects.filter(codes_noted_at=None).update(codes_noted_at=now())
    connections.close_all()
    measured = Measured()
    with a_redis():
        server = serve()
        try:
            asyncio.run(chat(measured))
            used = processor_time(server)
        finally:
            server.terminate()
            server.wait(60)
    return report(measured, used)


if __name__ == "__main__":
    sys.exit(main())
