"""What is a PDF without its story? Its pages alone, in a new file: no author, history, forms, scripts or files.

Pictures inside keep their points and lose what stands beside them. Comments that a printer would print are printed
into the page; all others are gone with everything else that is not a page.
"""

from io import BytesIO

import pikepdf

from astra.vault.cleaner.answers import LOCKED, TOO_MUCH, Clean, Refused

MARK = b"%PDF-"
MARK_WITHIN = 1024
MOST_PAGES = 300
KEPT_OF_A_PAGE = (
    "/Type",
    "/Parent",
    "/MediaBox",
    "/CropBox",
    "/Rotate",
    "/Resources",
    "/Contents",
    "/Group",
    "/UserUnit",
)
TOLD_OF_THINGS = ("/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/AA", "/A", "/Thumb", "/SpiderInfo", "/ID")
"""What any part of a file may say of where it comes from, or do when it is looked at."""
START, END_OF_HEADS, ADOBE = 0xD8, 0xDA, 0xEE
COMMENT, FIRST_HEAD, LAST_HEAD = 0xFE, 0xE0, 0xEF
HEAD_OF_A_BOX = 8
TALKATIVE_BOXES = (b"uuid", b"uinf", b"xml ")


def is_paper(data: bytes) -> bool:
    """Whether this is a PDF: readers take one whose mark stands among the first bytes."""
    return MARK in data[:MARK_WITHIN]


def clean_paper(data: bytes) -> Clean:
    """Copy the pages into a new file; raises `pikepdf.PdfError` where it cannot be read."""
    try:
        old = pikepdf.open(BytesIO(data), inherit_page_attributes=True)
    except pikepdf.PasswordError:
        raise Refused(LOCKED) from None
    with old, pikepdf.new() as new:
        if len(old.pages) > MOST_PAGES:
            raise Refused(TOO_MUCH)
        old.flatten_annotations("print")
        for page in old.pages:
            for name in [key for key in page.obj.keys() if key not in KEPT_OF_A_PAGE]:  # noqa: SIM118  (no mapping)
                del page.obj[name]
            new.pages.append(page)
        for part in new.objects:
            _quieten(part)
        out = BytesIO()
        new.save(out, deterministic_id=True, compress_streams=True)
        return Clean("application/pdf", out.getvalue())


def _quieten(part: pikepdf.Object) -> None:
    """Take what a part tells of its past; a picture inside is stripped as well."""
    if not isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
        return
    for name in TOLD_OF_THINGS:
        if name in part:
            del part[name]
    if isinstance(part, pikepdf.Stream):
        filters = part.get("/Filter")
        names = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
        if names == ["/DCTDecode"]:
            part.write(without_heads(part.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
        elif names == ["/JPXDecode"]:
            part.write(without_boxes(part.read_raw_bytes()), filter=pikepdf.Name.JPXDecode)


def without_heads(jpeg: bytes) -> bytes:
    """A JPEG without what stands in front of its points, but for the one head that says how its colours are meant."""
    if jpeg[:2] != b"\xff\xd8":
        raise ValueError("not a JPEG")
    kept, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg):
        if jpeg[at] != 0xFF:
            raise ValueError("not a JPEG")
        head = jpeg[at + 1]
        if head == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if head == END_OF_HEADS:
            last = jpeg.rfind(b"\xff\xd9")
            return bytes(kept) + jpeg[at : last + 2 if last > at else len(jpeg)]
        if head == ADOBE or not (head == COMMENT or FIRST_HEAD <= head <= LAST_HEAD):
            kept += jpeg[at:end]
        at = end
    raise ValueError("a JPEG without points")


def without_boxes(jpx: bytes) -> bytes:
    """A JPEG 2000 without its boxes of free words; a bare stream of points has none."""
    if jpx[:4] == b"\xff\x4f\xff\x51":
        return jpx
    kept, at = bytearray(), 0
    while at + HEAD_OF_A_BOX <= len(jpx):
        size = int.from_bytes(jpx[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(jpx[at + 8 : at + 16], "big")
        end = at + size if size >= HEAD_OF_A_BOX else len(jpx)  # the last one may say that it goes to the end
        if jpx[at + 4 : at + 8] not in TALKATIVE_BOXES:
            kept += jpx[at:end]
        at = end
    return bytes(kept)
