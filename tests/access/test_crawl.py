"""Does anything personal stand where it would stay: in an address, a redirect, a title, a log? Is every answer armed?

Somebody follows every link that she is shown, page after page, through an organisation whose sealed words are planted.
"""

import html
import logging
import re
from collections import Counter, deque
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from django.utils.timezone import localtime

from astra.kernel.clock import now
from astra.kernel.ids import new_id
from tests.access.pages import pages
from tests.access.world import PLANTED, World, ask

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
ADDRESS = re.compile(r'(?:href|action|hx-get|hx-post|data-[a-z-]*url)="([^"#]*)')
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
DIGITS = PLANTED["phone"].removeprefix("+")
ENOUGH = 2
"""So many addresses of each kind of page; the organisation is small."""
LEAST = {"mira": 60, "vesna": 40, "ana": 10, "lara": 15}
ARMED = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'")


def has_planted(text: str) -> bool:
    """Whether something planted stands in a text, in whichever writing."""
    seen = unquote(text).lower()
    return any(word.lower() in seen for word in (*PLANTED.values(), DIGITS))


def check_armed(answer: HttpResponse, where: str) -> None:
    """Every header that protects is on the answer, and nothing personal in what browsers keep."""
    for name, value in ARMED.items():
        assert answer.headers.get(name) == value, (where, name)
    policy = answer.headers.get("Content-Security-Policy", "")
    assert all(part in policy for part in POLICY), where
    assert "unsafe" not in policy, where
    assert not has_planted(answer.headers.get("Location", "")), where


def is_page(answer: HttpResponse) -> bool:
    """Whether it is a page, and not a document to keep."""
    return answer.headers.get("Content-Type", "").startswith("text/html")


def links(answer: HttpResponse) -> Iterator[str]:
    """Every address on a page, and where it leads by itself."""
    yield answer.headers.get("Location", "")
    if is_page(answer):
        yield from (html.unescape(found) for found in ADDRESS.findall(answer.content.decode()))


def within(address: str) -> str:
    """The part of an address that leads to a page of ours; blank if it leads elsewhere or to a file of the design."""
    parts = urlsplit(address)
    if parts.netloc or not parts.path.startswith("/") or parts.path.startswith("/static/"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def check_impersonal(answer: HttpResponse, where: str) -> None:
    """Nothing planted stands in an address or in the title of a page."""
    assert [found for found in links(answer) if has_planted(found)] == [], where
    if is_page(answer) and not answer.streaming:
        assert [title for title in TITLE.findall(answer.content.decode()) if has_planted(title)] == [], where


def crawl(client: Client) -> dict[str, int]:
    """Follow every link from the first page; returns the status of each address."""
    seen: dict[str, int] = {}
    visited: Counter[str] = Counter()
    waiting, known = deque(["/"]), {"/", ""}
    while waiting:
        address = waiting.popleft()
        page = resolve(urlsplit(address).path).view_name
        if visited[page] == ENOUGH:
            continue
        visited[page] += 1
        answer = ask(client, "GET", address)
        seen[address] = answer.status_code
        check_armed(answer, address)
        check_impersonal(answer, address)
        fresh = dict.fromkeys(within(found) for found in links(answer))
        waiting.extend(found for found in fresh if found not in known)
        known.update(fresh)
    return seen


@pytest.mark.parametrize("name", LEAST)
def test_links_lead_nowhere_personal(world: World, caplog: pytest.LogCaptureFixture, name: str) -> None:
    client = world.cast.client(name)
    client.raise_request_exception = True
    with caplog.at_level(logging.INFO):
        seen = crawl(client)
    assert len(seen) >= LEAST[name]
    broken = {address: status for address, status in seen.items() if status not in (200, 302, 405)}
    assert broken == {}, "a link that she is shown leads somewhere"
    assert [record.getMessage() for record in caplog.records if has_planted(record.getMessage())] == []


def test_what_is_typed_stands_in_no_address(world: World, caplog: pytest.LogCaptureFixture) -> None:
    client, at = world.cast.client("mira"), localtime(now())
    typed = {
        "people:search": {"q": PLANTED["name"]},
        "people:known": {"name": PLANTED["name"]},
        "people:new": {"name": PLANTED["name"], "phone": PLANTED["phone"]},
        "cases:find": {"number": PLANTED["name"]},
        "hotline:known": {"caller_name": PLANTED["name"], "caller_phone": PLANTED["phone"]},
        "hotline:new": {
            "draft_id": str(new_id()),
            "window": str(new_id()),
            "line": "sos_trafficking",
            "kind": "about_someone",
            "received_at_0": f"{at:%d.%m.%Y.}",
            "received_at_1": f"{at:%H:%M}",
            "caller_name": PLANTED["name"],
            "caller_phone": PLANTED["phone"],
            "said": PLANTED["mail"],
        },
    }
    with caplog.at_level(logging.INFO):
        for name, data in typed.items():
            answer = ask(client, "POST", reverse(name), data)
            assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, name
            check_armed(answer, name)
            check_impersonal(answer, name)
    assert [record.getMessage() for record in caplog.records if has_planted(record.getMessage())] == []


def test_refusals_are_armed_too(world: World) -> None:
    browsers = (Client(), world.cast.client("outsider"))
    for page in pages():
        for browser in browsers:
            for method in ("GET", "POST"):
                check_armed(ask(browser, method, page.address()), f"{method} {page.name}")


def test_what_breaks_is_armed_too(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    check_armed(ask(world.cast.client("mira"), "GET", "/nowhere/"), "an address that nobody has")
    refused = ask(strict, "POST", reverse("account_login"), {"login": "x"})
    assert refused.status_code == HTTPStatus.FORBIDDEN
    check_armed(refused, "a form from elsewhere")
