"""Can somebody send us a picture from any phone, and does nothing but a clean copy ever come back?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from astra.demo.files import TOLD, paper, picture
from astra.hotline import selectors
from astra.hotline.models import Talk
from astra.hotline.rules import files as rules
from astra.sites.public.tests.test_talk import SCRIPT, begun
from astra.sites.public.uploads import MOST_OF_A_FORM, VisitorUploadHandler
from astra.sites.public.views import sending
from astra.vault.models import StreamFile

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "ENV", replace(settings.ENV, home=tmp_path))
    return tmp_path


def file(data: bytes, name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def links(browser: Client) -> Iterator[str]:
    yield from re.findall(r'href="(/sr/r/v/\?n=\d+)"', browser.get("/sr/r/m/").content.decode())


def media(home: Path) -> list[Path]:
    return [path for path in (home / "media").rglob("*") if path.is_file()]


def test_a_picture_goes_over_without_a_script_and_comes_back_clean(browser: Client, own_home: Path) -> None:
    begun(browser)
    answer = browser.post("/sr/r/u/", {"mark": str(uuid4()), "file": file(picture())})
    assert (answer.status_code, answer["Location"]) == (302, "/sr/r/")
    (link,) = links(browser)
    shown = browser.get(link)
    data = b"".join(shown.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    assert shown["Content-Type"] == "image/jpeg"
    assert (shown["Cache-Control"], shown["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert shown["Content-Disposition"] == 'inline; filename="1.jpg"'
    assert data.startswith(b"\xff\xd8")
    assert not any(word.encode() in data for word in TOLD)
    assert len(media(own_home)) == 2


def test_a_script_is_told_that_it_is_stored_and_what_to_show(browser: Client) -> None:
    begun(browser)
    mark = str(uuid4())
    first = browser.post("/sr/r/u/", {"mark": mark, "file": file(paper())}, headers=SCRIPT)
    again = browser.post("/sr/r/u/", {"mark": mark, "file": file(paper())}, headers=SCRIPT)
    assert (first.json(), again.json()) == ({"n": 1_000_001}, {"n": 1_000_001})
    (told,) = browser.get("/sr/r/n/?n=0", headers=SCRIPT).json()["messages"]
    assert 'href="/sr/r/v/?n=1000001"' in told["file"]
    assert "PDF" in told["file"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MZ not a picture", "se ne primaju"),
        (b"x" * (rules.LARGEST + 1), "15 MB"),
        (b"", "prazan"),
        (None, "Nijedan fajl"),
    ],
    ids=["kind", "size", "empty", "none"],
)
def test_what_is_not_taken_is_said_and_nothing_is_kept(
    browser: Client, own_home: Path, data: bytes | None, words: str
) -> None:
    begun(browser)
    given = {"mark": str(uuid4())} | ({"file": file(data)} if data is not None else {})
    answer = browser.post("/sr/r/u/", given)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    told = browser.post("/sr/r/u/", given | ({"file": file(data)} if data is not None else {}), headers=SCRIPT)
    assert words in " ".join(told.json()["messages"])
    assert not media(own_home)
    assert not StreamFile.objects.exists()


def test_a_file_is_let_in_only_where_it_belongs(browser: Client, own_home: Path) -> None:
    for address in ("/sr/r/a/", "/sr/r/u/", "/sr/b/", "/sr/c/"):
        browser.post(address, {"mark": str(uuid4()), "file": file(picture()), "text": "Halo"})
        assert not media(own_home), address
        browser.cookies.clear()
    assert browser.post("/sr/r/u/", {"file": file(picture())}, headers=SCRIPT).status_code == 410
    assert browser.get("/sr/r/v/?n=1000001")["Location"] == "/sr/b/"


def test_when_there_is_no_room_words_still_go(browser: Client, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(browser)
    monkeypatch.setattr(rules, "DISK_RESERVE", 1 << 60)
    answer = browser.post("/sr/r/u/", {"mark": str(uuid4()), "file": file(picture())})
    assert answer.status_code == 400
    assert not media(own_home)
    assert browser.post("/sr/r/s/", {"text": "Halo", "mark": str(uuid4())}).status_code == 302


def test_few_files_are_taken_at_once_and_the_next_is_told(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(browser)
    monkeypatch.setattr(sending, "PATIENCE_S", 0.01)
    with sending.place(), sending.place():
        answer = browser.post("/sr/r/u/", {"mark": str(uuid4()), "file": file(picture())}, headers=SCRIPT)
    assert answer.status_code == 409
    assert browser.post("/sr/r/u/", {"mark": str(uuid4()), "file": file(picture())}).status_code == 302


def test_what_is_far_too_long_is_not_read_at_all(browser: Client) -> None:
    begun(browser)
    headers = {"CONTENT_LENGTH": str(MOST_OF_A_FORM + 1)}
    answer = browser.generic("POST", "/sr/r/u/", b"--x\r\n", content_type="multipart/form-data; boundary=x", **headers)  # type: ignore[arg-type]
    assert answer.status_code == 400
    assert VisitorUploadHandler.largest == rules.LARGEST


def test_another_browser_gets_nothing(browser: Client) -> None:
    begun(browser)
    browser.post("/sr/r/u/", {"mark": str(uuid4()), "file": file(picture())})
    (link,) = links(browser)
    other = Client()
    begun(other)
    assert other.get(link).status_code == 404
    assert Client().get(link).status_code == 302
    browser.post("/sr/r/h/")
    assert browser.get(link).status_code == 404
    assert selectors.A_SITTING == 1_000_000
    assert Talk.objects.count() == 1
