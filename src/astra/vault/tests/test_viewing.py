"""Is what was taken out of a copy gone from every byte of it, and does the page show what it should?"""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from weasyprint import HTML

from astra.demo.files import picture, unfolded
from astra.kernel.errors import Invalid
from astra.kernel.ids import new_id
from astra.vault.crypto import aead, streams
from astra.vault.services import viewing
from astra.vault.services.cleaning import clean_copy

DARK = 40
PAGES = """<p>Gospođa Milica Perić, otac Јован, rođena 3. 4. 1999.</p>
<p>Milicu su videli u Nišu. Ana, strana, banana.</p>
<p style='page-break-before:always'>Druga strana</p>"""


def paper(html: str = PAGES) -> bytes:
    made: bytes = HTML(string=html).write_pdf()
    return made


def letters_of(pdf: bytes) -> str:
    """Every string that the pages draw, as a search would find it."""
    found = viewing.black_out([pdf], [], ["gospo", "milic", "jovan", "strana", "druga"])
    return " ".join(found.words_found)


def dark_share(jpeg: bytes, box: tuple[float, float, float, float]) -> float:
    with Image.open(BytesIO(jpeg)) as image:
        width, height = image.size
        part = image.convert("L").crop(
            (int(box[0] * width), int(box[1] * height), int(box[2] * width), int(box[3] * height))
        )
    points = part.tobytes()
    return sum(point < DARK for point in points) / len(points)


def test_words_and_areas_are_gone_from_every_byte() -> None:
    original = paper()
    assert letters_of(original).split() == ["druga", "gospo", "jovan", "milic", "strana"]
    made = viewing.black_out([original], [(2, 10, 50, 60, 70)], ["Milic", "jovan", "Zoran"])
    assert (made.places, made.words_found, made.without_letters) == (3, ("Milic", "jovan"), ())
    whole = unfolded(made.clean.data) + made.clean.data
    for word in ("Milic", "Perić", "Јован", "Druga", "Gospo", "WeasyPrint"):
        for coded in (word.encode(), word.encode("utf-16-be"), word.encode("utf-16-be").hex().encode()):
            assert coded not in whole
    with pikepdf.open(BytesIO(made.clean.data)) as copy:
        assert len(copy.pages) == 2
        assert not any("/Font" in page.Resources for page in copy.pages)
    assert letters_of(made.clean.data) == ""
    assert viewing.black_out([made.clean.data], [], ["gospo"]).without_letters == (1, 2)
    second = viewing.draw_page([made.clean.data], 2).data
    assert dark_share(second, (0.11, 0.51, 0.59, 0.69)) > 0.99
    assert dark_share(second, (0.11, 0.75, 0.59, 0.95)) == 0


def test_a_name_is_black_where_it_stood_also_on_a_turned_and_cut_page() -> None:
    with pikepdf.open(BytesIO(paper("<p style='font-size: 40px'>Milica</p>"))) as pdf:
        pdf.pages[0].rotate(90, relative=True)
        pdf.pages[0].obj.CropBox = pikepdf.Array([20, 300, 580, 830])
        out = BytesIO()
        pdf.save(out)
    turned = out.getvalue()
    made = viewing.black_out([turned], [], ["milica"])
    assert made.places == 1
    before, after = viewing.draw_page([turned], 1).data, viewing.draw_page([made.clean.data], 1).data
    with Image.open(BytesIO(before)) as image, Image.open(BytesIO(after)) as blacked:
        size = blacked.size
        assert abs(image.width - size[0]) <= 1
        dark = [at for at, point in enumerate(image.resize(size).convert("L").tobytes()) if point < DARK]
        points = blacked.convert("L").tobytes()
    assert dark
    assert all(points[at] < 2 * DARK for at in dark)


def test_short_words_are_found_at_the_beginning_of_words_only() -> None:
    made = viewing.black_out([paper()], [], ["ana"])
    assert made.places == 1
    assert viewing.black_out([paper("<p>Mi-<br>lica i gospođaMilica</p>")], [], ["milica"]).places == 2


def test_a_picture_is_drawn_anew_with_its_areas_black() -> None:
    clean = clean_copy([picture("JPEG")]).data
    made = viewing.black_out([clean], [(1, 0, 0, 50, 50)], ["Milica"])
    assert (made.clean.content_type, made.words_found, made.without_letters) == ("image/jpeg", (), (1,))
    assert dark_share(made.clean.data, (0.05, 0.05, 0.45, 0.45)) > 0.95
    assert viewing.count_pages(made.clean.data) == 1
    assert viewing.draw_page([made.clean.data], 1).data == made.clean.data


def test_what_cannot_be_shown_says_so() -> None:
    for data, number in ((b"no paper", 1), (b"%PDF-1.7 broken", 1), (paper(), 9)):
        with pytest.raises(Invalid):
            viewing.draw_page([data], number)
    with pytest.raises(Invalid):
        viewing.gathered([b"x" * 60_000_000] * 2)


@pytest.mark.parametrize(
    ("head", "shape"),
    [
        (b"%PDF-1.4", "pages"),
        (b"RIFF1234WEBPVP8 ", "pages"),
        (b"RIFF1234WAVEfmt ", "sound"),
        (b"\0\0\0\x20ftypM4A ", "sound"),
        (b"ID3\x04", "sound"),
        (b"PK\x03\x04", "other"),
    ],
)
def test_what_a_file_is_its_bytes_say(head: bytes, shape: str) -> None:
    assert viewing.shape_of(head) == shape


@pytest.mark.parametrize("size", [1, streams.CHUNK, streams.CHUNK + 5, 3 * streams.CHUNK])
def test_a_sealed_file_is_read_from_any_byte(size: int) -> None:
    key, bound = aead.new_key(), new_id().bytes
    clear = bytes(at % 251 for at in range(size))
    sealed = b"".join(streams.seal_chunks(key, [clear], bound))
    for start in {0, size // 2, size - 1}:
        assert b"".join(streams.open_range(key, BytesIO(sealed), bound, size, start)) == clear[start:]
    with pytest.raises(aead.WrongBox):
        list(streams.open_range(key, BytesIO(sealed[:-1]), bound, size, size - 1))
    with pytest.raises(aead.WrongBox):
        list(streams.open_range(key, BytesIO(b"x" * 40), bound, size, 0))
