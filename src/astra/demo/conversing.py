"""How does somebody write to us, seen from outside? A browser without a script at the public door, for drills."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

SCRIPT = {"X-Asked-By": "script"}
_CODE = re.compile(r"<span>(\d{4})</span>")


class NotStored(Exception):
    """The server said that a message is not stored (yet)."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"status {status}")


@dataclass
class Visitor:
    """Somebody with an old phone. `source` is the address that she writes from, on the loopback network."""

    address: str
    language: str = "sr"
    source: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    patience_s: float = 30
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: HTTPConnection | None = None

    def begin(self) -> str:
        """Begin a conversation; returns the code."""
        self.ask("POST", "r/a/")
        return "".join(_CODE.findall(self.ask("GET", "r/")[1]))

    def come_back(self, code: str) -> bool:
        """Open a conversation with its code; whether it opened. Raises `NotStored` where the pages could not say."""
        status = self.ask("POST", "b/", {"code": code})[0].status
        if status >= 500:
            raise NotStored(status)
        return status == 302

    def write(self, text: str, *, mark: str = "") -> int:
        """Write a message and return where it stands, or raise `NotStored`."""
        answer, page = self.ask("POST", "r/s/", {"text": text, "mark": mark or str(uuid4())}, SCRIPT)
        if answer.status != 200:
            raise NotStored(answer.status)
        cursor: int = json.loads(page)["n"]
        return cursor

    def send_file(self, data: bytes, name: str) -> int:
        """Send a file and return where it stands, or raise `NotStored`."""
        edge = uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        answer, page = self.send("r/u/", head.encode() + data + f"\r\n--{edge}--\r\n".encode(), edge)
        if answer.status != 200:
            raise NotStored(answer.status)
        cursor: int = json.loads(page)["n"]
        return cursor

    def since(self, cursor: int = 0) -> dict[str, Any]:  # Any: JSON
        """What is behind a cursor."""
        answer, page = self.ask("GET", f"r/n/?n={cursor}", headers=SCRIPT)
        if answer.status != 200:
            raise NotStored(answer.status)
        found: dict[str, Any] = json.loads(page)
        return found

    def read(self) -> list[str]:
        """The texts of all messages, the oldest first."""
        return [one["text"] for one in self.since()["messages"] if one["text"]]

    def leave(self) -> None:
        """Leave the page."""
        self.ask("GET", "x/")
        self.cookies.clear()

    def close(self) -> None:
        """Put the phone away."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def ask(
        self, method: str, path: str, fields: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[HTTPResponse, str]:
        """Ask for a page in her language; a connection that is gone is opened anew."""
        sent = {**self.headers, **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = urlencode(fields or {}).encode() if method == "POST" else None
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        return self._asked(method, path, body, sent)

    def send(self, path: str, body: bytes, edge: str) -> tuple[HTTPResponse, str]:
        """Send a form of several parts, as a script does."""
        sent = {**self.headers, **SCRIPT, "Content-Type": f"multipart/form-data; boundary={edge}"}
        sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return self._asked("POST", path, body, sent)

    def _asked(self, method: str, path: str, body: bytes | None, sent: Mapping[str, str]) -> tuple[HTTPResponse, str]:
        is_kept = self._connection is not None
        try:
            answer, page = self._ask(method, f"/{self.language}/{path}", body, sent)
        except (OSError, HTTPException):
            self.close()
            if not is_kept:
                raise
            answer, page = self._ask(method, f"/{self.language}/{path}", body, sent)  # the server had closed it
        self._keep(answer)
        return answer, page

    def _ask(self, method: str, path: str, body: bytes | None, sent: Mapping[str, str]) -> tuple[HTTPResponse, str]:
        connection = self._connect()
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        return answer, answer.read().decode()

    def _connect(self) -> HTTPConnection:
        if self._connection is None:
            place = urlsplit(self.address)
            source = (self.source, 0) if self.source else None
            self._connection = HTTPConnection(
                place.hostname or "", place.port, timeout=self.patience_s, source_address=source
            )
        return self._connection

    def _keep(self, answer: HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, held in SimpleCookie(line).items():
                if held["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = held.value
