"""How does an invented person visit the desk without a browser? With cookies, form tokens and redirects; for drills."""

import re
import urllib.parse
import urllib.request
from collections.abc import Iterable
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from itertools import chain
from typing import Any
from uuid import uuid4

TIMEOUT_S = 60


class Form(HTMLParser):
    """The fields of a page's main form, as a browser would send them untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._select = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect inputs that carry a value, and what is chosen."""
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "main":
            self._depth = 1
        if not self._depth:
            return
        if tag == "select":
            self._select = name
            self.fields.setdefault(name, "")
        elif tag == "option" and "selected" in given and self._select:
            self.fields[self._select] = given.get("value") or ""
        elif tag == "textarea" and name:
            self.fields.setdefault(name, "")
        elif tag == "input" and name:
            ticks = given.get("type") in ("radio", "checkbox")
            if given.get("type") != "submit" and (not ticks or "checked" in given):
                self.fields[name] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        """A select ends."""
        if tag == "select":
            self._select = ""


class Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects and remembers them: one that came is an acknowledgement, whatever happens next."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def redirect_request(self, *args: Any) -> urllib.request.Request | None:  # Any: urllib's own protocol
        """Another address was named."""
        self.seen.append(str(args[-1]))
        return super().redirect_request(*args)


class Visit:
    """One person's visit to a running Astra on this machine."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        jar = urllib.request.HTTPCookieProcessor(self.cookies)
        self.redirects = Redirects()
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar, self.redirects)
        self.page = ""
        self.url = ""

    def get(self, path: str) -> str:
        """Open a page."""
        with self._opener.open(urllib.parse.urljoin(self.address, path), timeout=TIMEOUT_S) as answer:
            self.page, self.url = answer.read().decode(), answer.geturl()
        return self.page

    def post(self, path: str, **fields: str) -> str:
        """Send a form of the page at hand, with its token."""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        address = urllib.parse.urljoin(self.address, path)
        request = urllib.request.Request(address, body, {"Referer": self.url})  # noqa: S310  (always our own address)
        with self._opener.open(request, timeout=TIMEOUT_S) as answer:
            self.page, self.url = answer.read().decode(), answer.geturl()
        return self.page

    def upload(self, path: str, name: str, pieces: Iterable[bytes], size: int, **fields: str) -> str:
        """Send the page's form with a file in its field `name`, piece by piece as a browser does."""
        border = uuid4().hex
        parts = {"csrfmiddlewaretoken": self.token, **fields}
        given = "".join(
            f'--{border}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in parts.items()
        )
        given += f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="scan.pdf"\r\n'
        before, after = f"{given}Content-Type: application/pdf\r\n\r\n".encode(), f"\r\n--{border}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={border}",
            "Content-Length": str(len(before) + size + len(after)),
            "Referer": self.url,
        }
        address = urllib.parse.urljoin(self.address, path)
        body = chain([before], pieces, [after])
        request = urllib.request.Request(address, body, headers)  # noqa: S310  (always our own address)
        with self._opener.open(request, timeout=TIMEOUT_S) as answer:
            self.page, self.url = answer.read().decode(), answer.geturl()
        return self.page

    @property
    def token(self) -> str:
        """The token of the page's forms."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        if found is None:
            raise LookupError(f"no form token on {self.url}")
        return found[1]

    def fetch(self, path: str) -> int:
        """Download a file by a form of the page at hand, piece by piece; returns how many bytes came."""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token}).encode()
        address = urllib.parse.urljoin(self.address, path)
        request = urllib.request.Request(address, body, {"Referer": self.url})  # noqa: S310  (always our own address)
        with self._opener.open(request, timeout=TIMEOUT_S) as answer:
            return sum(len(piece) for piece in iter(lambda: answer.read(65536), b""))

    def fields(self) -> dict[str, str]:
        """What the page's form would send if nobody changed it."""
        form = Form()
        form.feed(self.page)
        return {name: value for name, value in form.fields.items() if name != "csrfmiddlewaretoken"}

    def sign_in(self, username: str, passphrase: str, code: str) -> None:
        """Sign in with six words and the present code."""
        self.get("/sign-in/")
        self.post(self.url, login=username, password=passphrase)
        self.post(self.url, code=code)
        self.get("/")
        if "/sign-in/" in self.url or "second-factor" in self.url:
            raise PermissionError(f"{username} could not sign in: {self.url}")
