"""Documents: clean copies, versions, pages, sounds, copies with parts taken out, and who opened them."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from weasyprint import HTML

from astra.audit.services import ensure_signing_key, sequence_pending
from astra.cases import selectors, services
from astra.cases.models import Document
from astra.cases.rules.documents import CLEAN, Area, read_areas, read_words
from astra.cases.tests.making import make_case, make_person
from astra.cases.tests.test_pages import page, send, text
from astra.demo.files import TOLD, picture, unfolded
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound
from astra.kernel.ids import new_id
from astra.vault.actor import Actor
from astra.vault.crypto.streams import CHUNK
from astra.vault.models import ErasureHandle
from astra.vault.scanner import NoScanner
from astra.vault.services import attachments
from astra.vault.services.erasure import attachment_path

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
WAVE = b"RIFF\0\0\0\0WAVEfmt " + bytes(range(256)) * 4096


def paper(html: str = "<p>Milica Perić, rođena u Nišu</p>", author: str = "Kabinet 3") -> bytes:
    made: bytes = HTML(string=f"<title>x</title><meta name=author content='{author}'>{html}").write_pdf()
    return made


def put(actor: Actor, case_id: UUID, data: bytes, name: str = "sken.pdf", **more: object) -> UUID:
    incoming = attachments.Incoming(new_id(), NoScanner())
    for start in range(0, len(data), CHUNK):
        incoming.write(data[start : start + CHUNK])
    facts = incoming.finish(name=name, content_type="")
    given = {"kind": "medical_report", "title": "Nalaz"} | more
    return services.add_document(actor=actor, case_id=case_id, incoming=incoming, facts=facts, **given)  # type: ignore[arg-type]  # a test gives any part


def bytes_of(actor: Actor, document_id: UUID) -> bytes:
    return b"".join(attachments.open_file(actor, document_id)[1])


def test_a_clean_copy_lies_beside_the_original(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    document_id = put(mira, case_id, paper())
    found = selectors.document_page(mira, document_id)
    assert (found.pages, found.shape, found.origin, found.version) == (1, "pages", "received", 1)
    assert found.shown_id is not None
    assert b"Kabinet 3" in unfolded(bytes_of(mira, document_id))
    assert b"Kabinet 3" not in unfolded(bytes_of(mira, found.shown_id))
    assert [line.id for line in selectors.case_page(mira, case_id).documents] == [document_id]
    assert selectors.document_page(mira, found.shown_id).id == document_id
    for data in (bytes_of(mira, document_id), b"Milica"):
        assert data not in attachment_path(document_id).read_bytes()
    drawn = selectors.page_picture(mira, document_id, 1)
    assert drawn is not None
    assert (drawn[0], drawn[1][:3]) == ("image/jpeg", b"\xff\xd8\xff")
    for number in (0, 2):
        assert selectors.page_picture(mira, document_id, number) is None
    with pytest.raises(NotFound):
        selectors.page_picture(cast.actor("sanja"), document_id, 1)


def test_a_photograph_tells_no_place(cast: Cast) -> None:
    mira = cast.actor("mira")
    document_id = put(mira, make_case(mira), picture("JPEG"), "foto.jpg")
    drawn = selectors.page_picture(mira, document_id, 1)
    assert drawn is not None
    assert not any(word.encode() in drawn[1] for word in TOLD)


def test_what_cannot_be_read_is_kept_as_it_came(cast: Cast) -> None:
    mira = cast.actor("mira")
    document_id = put(mira, make_case(mira), b"%PDF-1.7 and then nothing")
    found = selectors.document_page(mira, document_id)
    assert (found.shown_id, found.pages) == (None, 0)
    assert "No clean copy could be made" in text(page(cast, "mira", "document", document_id))
    with pytest.raises(NotAllowedNow):
        services.black_out_document(actor=mira, document_id=document_id, areas=[], words=["Milica"])
    other = put(mira, found.case_id, b"plain words", "a.txt")
    with pytest.raises(NotAllowedNow):
        services.black_out_document(actor=mira, document_id=other, areas=[], words=["Milica"])
    assert selectors.document_page(mira, other).shape == "other"


def test_versions_follow_each_other(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    first = put(mira, case_id, paper())
    incoming = attachments.Incoming(new_id(), NoScanner())
    incoming.write(paper("<p>Drugi nalaz</p><p style='page-break-before:always'>2</p>"))
    facts = incoming.finish(name="b.pdf", content_type="")
    second = services.add_version(actor=mira, document_id=first, incoming=incoming, facts=facts, remark="Dopuna")
    assert [line.id for line in selectors.case_page(mira, case_id).documents] == [second]
    shown = selectors.document_page(mira, second)
    assert (shown.version, shown.pages, shown.title, shown.remark) == (2, 2, "Nalaz", "Dopuna")
    assert [one.id for one in selectors.document_page(mira, first).versions] == [first, second]
    assert not selectors.document_page(mira, first).is_newest
    with pytest.raises(NotAllowedNow):
        services.add_version(actor=mira, document_id=first, incoming=incoming, facts=facts)
    clean = Document.objects.filter(made_from=first).get()
    with pytest.raises(NotAllowedNow):
        services.add_version(actor=mira, document_id=clean.pk, incoming=incoming, facts=facts)


def test_a_copy_with_parts_taken_out_is_a_document_of_its_own(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    document_id = put(mira, case_id, paper())
    before = bytes_of(mira, document_id)
    copy_id = services.black_out_document(
        actor=mira, document_id=document_id, areas=[Area(1, 50, 50, 60, 60)], words=["Milic", "Zoran"], title="Za sud"
    )
    copy = bytes_of(mira, copy_id)
    for word in ("Milica", "Peri", "Kabinet"):
        assert word.encode() not in unfolded(copy) + copy
    with pikepdf.open(BytesIO(copy)) as pdf:
        assert not pdf.docinfo
    found = selectors.document_page(mira, copy_id)
    assert found.blacked is not None
    assert (found.blacked.places, found.blacked.areas, found.blacked.not_found) == (1, 1, ("Zoran",))
    assert (found.title, found.made_from, found.is_newest) == ("Za sud", document_id, True)
    assert [one.id for one in selectors.document_page(mira, document_id).copies] == [copy_id]
    assert bytes_of(mira, document_id) == before
    again = services.black_out_document(actor=mira, document_id=copy_id, areas=[Area(1, 0, 0, 9, 9)], words=[])
    assert selectors.document_page(mira, again).made_from == copy_id
    assert {line.id for line in selectors.case_page(mira, case_id).documents} == {document_id, copy_id, again}
    shown = text(page(cast, "mira", "document", copy_id))
    assert "1 place blacked out by word." in shown
    assert "Zoran" in shown
    with pytest.raises(Invalid):
        services.black_out_document(actor=mira, document_id=copy_id, areas=[], words=[])


def test_her_erasure_takes_every_copy(cast: Cast) -> None:
    mira = cast.actor("mira")
    person = make_person(mira)
    case_id = make_case(mira, person)
    document_id = put(mira, case_id, paper())
    services.black_out_document(actor=mira, document_id=document_id, areas=[], words=["Milic"])
    records = set(Document.objects.filter(case=case_id).values_list("pk", flat=True))
    handles = ErasureHandle.objects.filter(record__in=records)
    assert len(records) == 3
    assert {owner for handle in handles for owner in handle.owners.values_list("owner", flat=True)} == {person}


def test_who_opened_it(cast: Cast) -> None:
    mira = cast.actor("mira")
    document_id = put(mira, make_case(mira, team=[cast.mira.id, cast.vesna.id]), paper())
    assert page(cast, "vesna", "document", document_id).status_code == 200
    assert send(cast, "vesna", "original", document_id).status_code == 200
    ensure_signing_key(settings.ENV.home)
    sequence_pending()
    told = [(one.who, one.is_original) for one in selectors.openings(cast.actor("mira"), document_id)]
    assert [original for _, original in told] == [True, False]
    assert all(name.startswith("Vesna") for name, _ in told)
    assert "Who opened it" in text(page(cast, "jelena", "document", document_id))
    assert "Who opened it" not in text(page(cast, "vesna", "document", document_id))
    with pytest.raises(NotFound):
        selectors.openings(cast.actor("vesna"), document_id)


def test_a_sound_is_played_from_anywhere(cast: Cast) -> None:
    mira = cast.actor("mira")
    document_id = put(mira, make_case(mira), WAVE, "snimak.wav", kind="recording")
    shown = text(page(cast, "mira", "document", document_id))
    assert "<audio" in shown
    client, address = cast.client("mira"), f"/cases/documents/{document_id}/sound/"
    whole = client.get(address)
    assert (whole.status_code, whole["Content-Type"]) == (200, "audio/wav")
    assert b"".join(whole.streaming_content) == WAVE  # type: ignore[attr-defined]  # a streamed answer
    part = client.get(address, headers={"range": "bytes=600000-"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 600000-{len(WAVE) - 1}/{len(WAVE)}")
    assert b"".join(part.streaming_content) == WAVE[600000:]  # type: ignore[attr-defined]  # a streamed answer
    assert client.get(address, headers={"range": f"bytes={len(WAVE)}-"}).status_code == 416
    pdf = put(mira, selectors.document(mira, document_id).case_id, paper())
    assert client.get(f"/cases/documents/{pdf}/sound/").status_code == 302


@pytest.fixture
def as_in_work(settings: Any) -> None:  # Any: the fixture of pytest-django
    settings.FILE_UPLOAD_HANDLERS = ["astra.vault.uploads.SealingUploadHandler"]


@pytest.mark.usefixtures("as_in_work")
def test_the_pages_of_a_document(cast: Cast) -> None:
    mira = cast.actor("mira")
    document_id = put(mira, make_case(mira), paper())
    shown = text(page(cast, "mira", "document", document_id))
    title = shown[shown.index("<title>") : shown.index("</title>")]
    assert "Nalaz" not in title
    assert "Page 1 of 1" in shown
    assert page(cast, "mira", "document_page", document_id, 1)["Content-Type"] == "image/jpeg"
    wrong = send(cast, "mira", "black_out", document_id, words="Mi\n", areas="1 2\n7 1 1 2 2\n")
    assert wrong.status_code == 200
    for said in ("“Mi” is too short", "Line 1 is not an area", "Line 2: this document has no page 7"):
        assert said in text(wrong)
    assert Document.objects.exclude(origin=CLEAN).count() == 1
    made = send(cast, "mira", "black_out", document_id, words="Milic", areas="1 10 10 20,5 20")
    assert made.status_code == 302
    clean = send(cast, "mira", "clean_copy", document_id)
    assert clean["Content-Disposition"].endswith('.pdf"')
    upload = SimpleUploadedFile("Milica.pdf", paper("<p>Novo</p>"), "application/pdf")
    renewed = send(cast, "mira", "new_version", document_id, file=upload)
    assert renewed.status_code == 302
    assert (
        "Version 2" in cast.client("mira").get(renewed["Location"], headers={"accept-language": "en"}).content.decode()
    )
    for name in ("new_version", "black_out"):
        assert page(cast, "mira", name, document_id).status_code == 200
        assert page(cast, "sanja", name, document_id).status_code == 404


def test_lines_of_a_form() -> None:
    assert read_areas("1 0 0 100 100\n\n 2;1;2;3;4", 2) == [Area(1, 0, 0, 100, 100), Area(2, 1, 2, 3, 4)]
    for line in ("x 1 2 3 4", "1 5 5 4 9", "1 0 0 101 5", "1 1 2 3 4 5", "1 nan 0 5 5"):
        with pytest.raises(Invalid):
            read_areas(line, 1)
    assert read_words(" Milic \n\nMilic\nЈован") == ["Milic", "Јован"]
