"""Can a counsellor look at what was sent without it telling on anybody, and send something herself?"""

import re
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from astra.audit.models import Pending
from astra.demo.files import TOLD, paper, picture
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import Talk
from astra.hotline.selectors import Visiting
from astra.hotline.tests.test_conversations import answered, begun
from astra.hotline.tests.test_files import sent

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]
NOT_TAKEN_SR = "Ovakvi fajlovi se ne primaju. Primaju se slike (JPEG, PNG, WebP, GIF) i PDF."
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "ENV", replace(settings.ENV, home=tmp_path))
    return tmp_path


@pytest.fixture
def visiting() -> Visiting:
    """A conversation with words and a picture."""
    found, _, _ = begun("Ovo je ugovor")
    sent(found, picture())
    return found


def address(name: str, visiting: Visiting) -> str:
    return reverse(f"hotline:{name}", args=[Talk.objects.get(conversation=visiting.conversation.pk).pk, 2])


def file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("Mira Miric.pdf", data, content_type="application/pdf")


def bytes_of(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streamed answer


def test_a_picture_is_a_link_to_its_clean_copy(cast: Cast, visiting: Visiting) -> None:
    client = cast.client("mira")
    page = client.get(reverse("hotline:conversation", args=[visiting.conversation.pk])).content.decode()
    assert address("written_file", visiting) in page
    assert "<img" not in re.sub(r"<header.*?</header>", "", page, flags=re.DOTALL)  # nobody sees it unasked
    shown = client.get(address("written_file", visiting))
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "no-store")
    assert not any(word.encode() in bytes_of(shown) for word in TOLD)


def test_the_original_is_a_download_and_on_the_log(cast: Cast, visiting: Visiting) -> None:
    client = cast.client("mira")
    assert client.get(address("original_file", visiting)).status_code == 405
    taken = client.post(address("original_file", visiting))
    assert taken["Content-Type"] == "application/octet-stream"
    assert taken["Content-Disposition"].startswith("attachment")
    assert bytes_of(taken) == picture()
    assert Pending.objects.filter(verb="hotline.original_opened").count() == 1


def test_a_file_goes_to_the_person_with_and_without_a_script(cast: Cast, visiting: Visiting) -> None:
    found = answered(cast, visiting)
    client = cast.client("mira")
    where, mark = reverse("hotline:send_file", args=[found]), str(uuid4())
    assert client.post(where, {"file": file(paper()), "file_mark": mark}).status_code == 302
    assert client.post(where, {"file": file(paper()), "file_mark": mark}, headers=FETCH).json() == {"stored": True}
    (ours,) = [one for one in selectors.exchange_for_visitor(visiting).messages if one.is_ours and one.file]
    assert ours.file is not None
    assert ours.file.content_type == "application/pdf"


def test_what_is_typed_stays_when_a_file_goes_and_when_it_does_not(cast: Cast, visiting: Visiting) -> None:
    found = answered(cast, visiting)
    client = cast.client("mira")
    where = reverse("hotline:send_file", args=[found])
    for data, status, words in (
        (paper(), 200, ""),
        (b"MZ", 409, NOT_TAKEN_SR),
        (None, 409, "Nijedan fajl nije izabran."),
    ):
        given = {"text": "Pola recenice"} | ({"file": file(data)} if data else {})
        answer = client.post(where, given)
        assert answer.status_code == status
        assert "Pola recenice</textarea>" in answer.content.decode()
        assert words in answer.content.decode()
    refused = client.post(where, {"file": file(b"MZ")}, headers=FETCH)
    assert refused.status_code == 400
    assert refused.json()["messages"] == [NOT_TAKEN_SR]


def test_a_stranger_to_the_line_gets_neither(cast: Cast, visiting: Visiting) -> None:
    for name in ("vesna", "lara"):
        client = cast.client(name)
        assert client.get(address("written_file", visiting)).status_code == 404
        assert client.post(address("original_file", visiting)).status_code == 404
    services.hide_earlier(visiting=visiting)
    assert cast.client("mira").get(address("written_file", visiting)).status_code == 200
