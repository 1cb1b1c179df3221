"""An Asterisk that says what a script says: its events over a WebSocket, its lists over HTTP, on one port."""

import json
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

Told = dict[str, Any]  # Any: JSON
WHO = "Basic YXN0cmE6dGFqbmE="  # astra:tajna


class Asterisk:
    """Says each script to one connection after the other, then hangs up; the last one stays on the line."""

    def __init__(self, *scripts: Iterable[Told], channels: Callable[[], list[Told]] = list) -> None:
        self.scripts = [list(script) for script in scripts]
        self.channels = channels
        self.asked: list[str] = []
        self.connections = 0
        self.is_told = threading.Event()
        self._ending = threading.Event()
        self._server: Server = serve(self._speak, "127.0.0.1", 0, process_request=self._answer)
        self._thread = threading.Thread(target=self._server.serve_forever)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.socket.getsockname()[1])

    def __enter__(self) -> "Asterisk":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._server.shutdown()
        self._thread.join()

    def _answer(self, _: ServerConnection, request: Request) -> Response | None:
        """Its lists; None lets a WebSocket in."""
        self.asked.append(request.path)
        if request.headers.get("Authorization") != WHO:
            return Response(HTTPStatus.UNAUTHORIZED, "Unauthorized", Headers({"Content-Length": "0"}), b"")
        if urlsplit(request.path).path == "/ari/events":
            return None
        body = json.dumps(self.channels()).encode() if request.path == "/ari/channels" else b""
        status = HTTPStatus.OK if body else HTTPStatus.NO_CONTENT
        headers = Headers({"Content-Length": str(len(body)), "Content-Type": "application/json"})
        return Response(status, status.phrase, headers, body)

    def _speak(self, line: ServerConnection) -> None:
        said = self.scripts[min(self.connections, len(self.scripts) - 1)]
        self.connections += 1
        if self.connections <= len(self.scripts):
            for event in said:
                line.send(json.dumps(event))
        if self.connections < len(self.scripts):
            return  # it hangs up in the middle
        self.is_told.set()
        self._ending.wait()
