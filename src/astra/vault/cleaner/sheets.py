"""What does a page look like, and what is left of it when parts are taken out? Points only: no letters, no layers.

A copy with parts taken out is built from the points of each page, so that what lies under a black field is in no byte
of it. Words are looked for in the letters of the file; a page that was scanned has none, and says so.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw

from astra.science.script.folding import fold_letters
from astra.vault.cleaner.answers import LOCKED, TOO_MUCH, Clean, Refused
from astra.vault.cleaner.papers import MOST_PAGES
from astra.vault.cleaner.pictures import is_picture

QUALITY = 85
MOST_POINTS = 40_000_000
COPY_DPI = 150
POINTS_AN_INCH = 72
ANYWHERE_FROM = 4
"""Words of so many letters are found inside others too: spaces between words are often lost in a PDF."""
MARGIN = 3
"""Points around a word that go black with it."""


@dataclass(frozen=True)
class Area:
    """A field on a page, in hundredths of its width and height."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass
class Found:
    """What a search for words has come to."""

    places: int = 0
    words: set[str] = field(default_factory=set)
    """Those of the wanted words that were found at least once."""
    without_letters: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Spot:
    """A rectangle of points."""

    left: int
    top: int
    right: int
    bottom: int


def count_pages(data: bytes) -> int:
    """How many pages a file has; a picture is one."""
    if is_picture(data):
        return 1
    with _opened(data) as paper:
        return len(paper)


def draw_page(data: bytes, number: int, dpi: int) -> Clean:
    """One page as a picture, counted from one."""
    if is_picture(data):
        kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
        return Clean(kind, data)
    with _opened(data) as paper:
        if not 1 <= number <= len(paper):
            raise Refused(TOO_MUCH)
        return Clean("image/jpeg", _jpeg(_points(paper[number - 1], dpi)))


def black_out(data: bytes, areas: Sequence[Area], words: Sequence[str]) -> tuple[Clean, Found]:
    """A copy built from points alone, without what lies in these areas and without these words."""
    found = Found()
    if is_picture(data):
        found.without_letters.append(1)
        return _blacked_picture(data, areas), found
    wanted = {word: _folded(word) for word in words}
    with _opened(data) as paper, pikepdf.new() as copy:
        if len(paper) > MOST_PAGES:
            raise Refused(TOO_MUCH)
        for number in range(1, len(paper) + 1):
            page = paper[number - 1]
            image = _points(page, COPY_DPI)
            spots = [_spot_of(area, image) for area in areas if area.page == number]
            spots += list(_spots_of_words(page, image, wanted, number, found))
            _add_page(copy, _blacked(image, spots), page.get_size())
        out = BytesIO()
        copy.save(out, deterministic_id=True)
        return Clean("application/pdf", out.getvalue()), found


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused(LOCKED) from None
        raise ValueError("not a paper") from None


def _points(page: pypdfium2.PdfPage, dpi: int) -> Image.Image:
    width, height = page.get_size()
    scale = dpi / POINTS_AN_INCH
    if width * height * scale * scale > MOST_POINTS:
        scale = math.sqrt(MOST_POINTS / (width * height))
    image: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    return image


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _blacked(image: Image.Image, spots: Sequence[Spot]) -> Image.Image:
    pen = ImageDraw.Draw(image)
    for spot in spots:
        pen.rectangle((spot.left, spot.top, spot.right, spot.bottom), fill="black")
    return image


def _blacked_picture(data: bytes, areas: Sequence[Area]) -> Clean:
    with Image.open(BytesIO(data)) as opened:
        if opened.width * opened.height > MOST_POINTS:
            raise Refused(TOO_MUCH)
        image = Image.new("RGB", opened.size, "white")
        seen = opened.convert("RGBA")
        image.paste(seen, mask=seen.getchannel("A"))
    return Clean("image/jpeg", _jpeg(_blacked(image, [_spot_of(area, image) for area in areas if area.page == 1])))


def _spot_of(area: Area, image: Image.Image) -> Spot:
    across, down = image.width / 100, image.height / 100
    return Spot(
        math.floor(area.left * across),
        math.floor(area.top * down),
        math.ceil(area.right * across),
        math.ceil(area.bottom * down),
    )


def _add_page(copy: pikepdf.Pdf, image: Image.Image, size: tuple[float, float]) -> None:
    page = copy.add_blank_page(page_size=size)
    picture = pikepdf.Stream(copy, _jpeg(image))
    picture.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=copy.make_indirect(picture)))
    drawn = f"q {size[0]:.2f} 0 0 {size[1]:.2f} 0 0 cm /Page Do Q"
    page.obj.Contents = copy.make_stream(drawn.encode())


# ---- Words


def _folded(word: str) -> str:
    return "".join(letter for letter in fold_letters(word) if letter.isalnum())


def _spots_of_words(
    page: pypdfium2.PdfPage, image: Image.Image, wanted: dict[str, str], number: int, found: Found
) -> Iterator[Spot]:
    text = page.get_textpage()
    letters = [chr(pdfium.FPDFText_GetUnicode(text, at)) for at in range(text.count_chars())]
    if not any(letter.isalnum() for letter in letters):
        found.without_letters.append(number)
        return
    plain, places = _searchable(letters)
    for word, needle in wanted.items():
        for first, last in _hits(plain, places, letters, needle):
            found.words.add(word)
            found.places += 1
            for at in range(first, last + 1):
                spot = _spot_of_letter(page, text, at, image)
                if spot is not None:
                    yield spot


def _searchable(letters: Sequence[str]) -> tuple[str, list[int]]:
    """The letters in plain Latin without what stands between them, and where each of them stood."""
    plain, places = [], []
    for at, letter in enumerate(letters):
        for part in fold_letters(letter):
            if part.isalnum():
                plain.append(part)
                places.append(at)
    return "".join(plain), places


def _hits(plain: str, places: Sequence[int], letters: Sequence[str], needle: str) -> Iterator[tuple[int, int]]:
    """Where a word stands, to the end of the word in which it stands: the beginning of a name covers all its cases."""
    at = plain.find(needle) if needle else -1
    while at >= 0:
        first, last = places[at], places[at + len(needle) - 1]
        begins = first == 0 or not letters[first - 1].isalnum()
        if begins or len(needle) >= ANYWHERE_FROM:
            while first > 0 and letters[first - 1].isalnum():
                first -= 1
            while last + 1 < len(letters) and letters[last + 1].isalnum():
                last += 1
            yield first, last
        at = plain.find(needle, at + 1)


def _spot_of_letter(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, at: int, image: Image.Image) -> Spot | None:
    """Where a letter lies among the points; whatever turns or cuts the page is reckoned with."""
    left, bottom, right, top = text.get_charbox(at, loose=True)
    if left == right or bottom == top:
        return None
    corners = [_on_picture(page, x, y, image) for x in (left, right) for y in (bottom, top)]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return Spot(min(across) - MARGIN, min(down) - MARGIN, max(across) + MARGIN, max(down) + MARGIN)


def _on_picture(page: pypdfium2.PdfPage, x: float, y: float, image: Image.Image) -> tuple[int, int]:
    found = pdfium.c_int(), pdfium.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, image.width, image.height, 0, x, y, *found)
    return found[0].value, found[1].value
