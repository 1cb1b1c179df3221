"""Is reading on the log before the answer leaves, do errors become pages, and is nothing kept by browsers?"""

from http import HTTPStatus

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from astra.audit import services as audit
from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import AstraError, Conflict, Denied, Invalid, NotAllowedNow, NotFound, Problem
from astra.sites.answers import NothingKept
from astra.sites.desk.middleware import ErrorPages, ReadingLogged
from astra.vault.actor import Actor, visitor

NO = "No, %(what)s."


def _request(actor: Actor, **headers: str) -> HttpRequest:
    request = RequestFactory().get("/", headers=headers)
    request.actor = actor  # type: ignore[attr-defined]  # as the visit middleware does
    return request


def _answer(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound(), HTTPStatus.NOT_FOUND),
        (Denied(NO, what="never"), HTTPStatus.FORBIDDEN),
        (Conflict(NO, what="changed"), HTTPStatus.CONFLICT),
        (NotAllowedNow(NO, what="later"), HTTPStatus.CONFLICT),
        (Invalid(Problem("said", NO, parts={"what": "empty"})), HTTPStatus.BAD_REQUEST),
        (AstraError(NO, what="else"), HTTPStatus.CONFLICT),
    ],
)
def test_each_error_has_its_page(cast: Cast, error: AstraError, status: int) -> None:
    pages = ErrorPages(_answer)
    page = pages.process_exception(_request(cast.actor("mira")), error)
    assert isinstance(page, HttpResponse)
    assert page.status_code == status
    told = pages.process_exception(_request(cast.actor("mira"), accept="application/json"), error)
    assert isinstance(told, HttpResponse)
    assert told.status_code == status
    assert b"%(what)s" not in page.content + told.content


def test_our_own_faults_stay_faults(cast: Cast) -> None:
    assert ErrorPages(_answer).process_exception(_request(visitor()), ValueError("ours")) is None


def test_reading_is_on_the_log_before_the_answer_leaves(cast: Cast) -> None:
    actor = cast.actor("mira")
    actor.trail.opened.add(("pseudonym", "people.identity"))
    actor.trail.refused.add(("pseudonym", "people.story"))
    actor.trail.asked.append(audit.NewEntry(actor.id, "people.searched"))
    assert ReadingLogged(_answer)(_request(actor)).status_code == 200
    written = Pending.objects.filter(actor_id=actor.id).values_list("verb", flat=True)
    assert sorted(written)[-3:] == ["people.searched", "vault.read", "vault.refused"]
    assert not actor.trail.opened | actor.trail.refused
    assert actor.trail.asked == []


def test_without_the_log_nothing_leaves(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = cast.actor("mira")
    actor.trail.opened.add(("pseudonym", "people.identity"))

    def broken(_entries: object) -> None:
        raise OSError("no room on the disk")

    monkeypatch.setattr(audit, "record_many", broken)
    with pytest.raises(OSError, match="no room"):
        ReadingLogged(_answer)(_request(actor))


def test_no_answer_is_kept_or_lent() -> None:
    headers = NothingKept(_answer)(RequestFactory().get("/")).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_who_was_saving_is_told_that_nothing_was_saved(cast: Cast, method: str) -> None:
    request = getattr(RequestFactory(), method)("/")
    request.actor = cast.actor("mira")
    with translation.override("en"):
        page = ErrorPages(_answer).process_exception(request, NotAllowedNow(NO, what="later"))
    assert isinstance(page, HttpResponse)
    assert (b"Nothing was saved" in page.content) is (method == "post")


def test_every_cookie_goes_with_the_browser_and_to_nobody_else(cast: Cast) -> None:
    browser = cast.client("mira")
    browser.get("/my/words/")
    browser.post("/language/", {"language": "en", "next": "/"})
    browser.get("/sign-in/")
    assert {"visit", "form"} <= set(browser.cookies)
    for name, cookie in browser.cookies.items():
        if cookie["path"]:  # set by an answer
            assert cookie["httponly"], name
            assert cookie["samesite"] == "Strict", name
            assert cookie["domain"] == "", name
            assert (cookie["max-age"] == "") is (name != "language"), name
