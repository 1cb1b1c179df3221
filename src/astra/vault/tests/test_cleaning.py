"""Does a clean copy show what was sent and tell nothing else, whatever is thrown at the program that makes it?"""

import socket
import subprocess
import sys
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from astra.demo.files import TOLD, paper, picture, unfolded
from astra.kernel.errors import Invalid
from astra.vault.cleaner.papers import without_boxes, without_heads
from astra.vault.services import cleaning
from astra.vault.services.cleaning import IS_LOCKED, NOT_READ, NOT_TAKEN, TOO_LARGE_INSIDE, clean_copy

WHITE = 200


def refusal(data: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        clean_copy([data])
    return refused.value.problems[0].message


def png(mode: str, size: tuple[int, int]) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_tells_no_place_and_no_device_and_stands_upright(kind: str) -> None:
    sent = picture(kind)
    assert TOLD[0].encode() in sent
    clean = clean_copy([sent[:1000], sent[1000:]])
    assert not any(word.encode() in clean.data for word in TOLD)
    with Image.open(BytesIO(clean.data)) as image:
        assert (image.size, dict(image.getexif()), image.info.get("icc_profile")) == ((80, 120), {}, None)
        corner = image.convert("L").crop((60, 0, 80, 20))
        assert min(corner.tobytes()) > WHITE  # what was the left upper corner is the right one now


def test_what_hangs_behind_a_picture_does_not_come_along() -> None:
    hidden = b"PK\x03\x04 and a whole archive behind the last point"
    clean = clean_copy([picture() + hidden])
    assert hidden not in clean.data
    assert clean.content_type == "image/jpeg"


def test_what_is_seen_through_stays_so_and_other_colours_become_ordinary() -> None:
    assert clean_copy([png("LA", (20, 20))]).content_type == "image/png"
    for mode in ("1", "L", "P", "I;16"):
        assert clean_copy([png(mode, (20, 20))]).content_type == "image/jpeg"
    out = BytesIO()
    Image.new("CMYK", (20, 20)).save(out, "JPEG")
    assert clean_copy([out.getvalue()]).content_type == "image/jpeg"


def test_a_very_large_picture_becomes_as_large_as_one_needs() -> None:
    with Image.open(BytesIO(clean_copy([picture("JPEG", (9000, 6000))]).data)) as image:
        assert max(image.size) == 4096


def test_a_paper_keeps_its_pages_and_loses_author_script_file_and_what_its_pictures_tell() -> None:
    sent = paper(pages=3)
    assert TOLD[0].encode() in unfolded(sent)
    clean = clean_copy([sent])
    assert clean.content_type == "application/pdf"
    flat = unfolded(clean.data)
    assert not any(word.encode() in flat or word.encode("utf-16-be") in flat for word in TOLD)
    with pikepdf.open(BytesIO(clean.data)) as found:
        assert (len(found.pages), len(found.attachments), list(found.docinfo.keys())) == (3, 0, [])
        assert {str(key) for key in found.Root.keys()} == {"/Pages", "/Type"}  # noqa: SIM118  (no mapping)
        (photograph,) = found.pages[0].get_images().values()
        assert isinstance(photograph, pikepdf.Stream)
        assert pikepdf.PdfImage(photograph).as_pil_image().size == (120, 80)


def test_comments_that_would_be_printed_are_part_of_the_page_and_their_writer_is_gone() -> None:
    out = BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(300, 400))
        shape = made.make_stream(b"0 0 1 rg 0 0 50 50 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        shape.BBox = pikepdf.Array([0, 0, 50, 50])
        comment = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Square,
            Rect=pikepdf.Array([10, 10, 60, 60]),
            T=TOLD[3],
            F=4,
            AP=pikepdf.Dictionary(N=shape),
        )
        page.Annots = made.make_indirect(pikepdf.Array([made.make_indirect(comment)]))
        made.save(out)
    flat = unfolded(clean_copy([out.getvalue()]).data)
    assert TOLD[3].encode() not in flat
    assert b"0 0 50 50 re" in flat


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", NOT_TAKEN),
        (b"MZ\x90\x00 a program", NOT_TAKEN),
        (b"<html><script>alert(1)</script>", NOT_TAKEN),
        (picture()[:600], NOT_READ),
        (b"RIFF\x10\x00\x00\x00AVI LIST", NOT_READ),
        (b"%PDF-1.7\n nothing more", NOT_READ),
        (paper(password="lozinka"), IS_LOCKED),
        (paper(pages=301), TOO_LARGE_INSIDE),
        (png("1", (30_000, 30_000)), TOO_LARGE_INSIDE),
    ],
    ids=["empty", "program", "page", "cut", "film", "no paper", "locked", "many pages", "bomb of points"],
)
def test_what_cannot_be_cleaned_is_refused_with_its_reason(sent: bytes, said: str) -> None:
    assert refusal(sent) == said


def test_a_paper_that_unfolds_without_end_is_stopped() -> None:
    out = BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(300, 400))
        page.Annots = pikepdf.Array(
            [pikepdf.Dictionary(Subtype=pikepdf.Name.Square, AP=pikepdf.Dictionary(N=made.make_stream(bytes(1 << 28))))]
        )
        made.save(out)
    assert len(out.getvalue()) < 5_000_000
    assert clean_copy([out.getvalue()]).content_type == "application/pdf"


def test_a_program_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "PATIENCE_S", 0.01)
    assert refusal(picture()) == TOO_LARGE_INSIDE


def confined(what: str) -> str:
    """The fault that something ends with in confinement."""
    program = f"import socket\nfrom astra.vault.cleaner.limits import confine\nconfine()\n{what}"
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    return done.stderr.splitlines()[-1]


def test_in_confinement_no_file_and_no_connection_can_be_opened_and_memory_ends() -> None:
    assert "Too many open files" in confined("open('/etc/hostname')")
    assert "Too many open files" in confined("socket.socket()")
    assert "MemoryError" in confined("bytes(2 << 30)")
    assert "Error" in confined("import os; os.execv('/nowhere', ['x'])")
    with socket.socket():  # here one can
        pass


@pytest.mark.parametrize("broken", [b"", b"\xff\xd8", b"\xff\xd8\x00\x00\x00\x00", b"\xff\xd8\xff\xe1\x00\x04ab"])
def test_what_is_no_picture_inside_a_paper_is_not_taken_for_one(broken: bytes) -> None:
    with pytest.raises(ValueError, match=r"not a JPEG|without points"):
        without_heads(broken)


def test_heads_and_boxes_that_talk_are_cut_and_the_others_stay() -> None:
    scan = b"\xff\xda\x00\x02points\xff\xd9"
    adobe, told = b"\xff\xee\x00\x04AD", b"\xff\xe1\x00\x06GPS!"
    assert without_heads(b"\xff\xd8" + told + b"\xff" + adobe + scan + b"behind") == b"\xff\xd8" + adobe + scan
    box, talking = b"\x00\x00\x00\x0cjP  abcd", b"\x00\x00\x00\x0cuuidGPS!"
    long = b"\x00\x00\x00\x01jp2c\x00\x00\x00\x00\x00\x00\x00\x14data"
    rest = b"\x00\x00\x00\x00jp2crest"
    assert without_boxes(box + talking + long + rest) == box + long + rest
    assert without_boxes(b"\xff\x4f\xff\x51x") == b"\xff\x4f\xff\x51x"
