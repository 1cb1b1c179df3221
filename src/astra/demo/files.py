"""How do pictures and papers that tell too much look? Made here for tests and drills; all of it invented."""

from io import BytesIO

import pikepdf
from PIL import Image

TOLD = ("Kanarinac Fotografski", "Kanarinac Autor", "Kanarinac Dodatak", "Kanarinac Komentar")
"""What must never be in a clean copy."""
LATITUDE, GPS, MAKER, ORIENTATION = (44.0, 48.0, 12.3), 0x8825, 0x010F, 0x0112
SIDEWAYS = 6


def picture(kind: str = "JPEG", size: tuple[int, int] = (120, 80), maker: str = TOLD[0]) -> bytes:
    """A picture that tells where it was taken and with what, lying on its side."""
    told = Image.Exif()
    told[MAKER], told[ORIENTATION] = maker, SIDEWAYS
    told.get_ifd(GPS).update({1: "N", 2: LATITUDE, 3: "E", 4: (20.0, 27.0, 1.5)})
    image = Image.new("RGB", size, (40, 90, 160))
    image.paste((250, 250, 240), (0, 0, size[0] // 2, size[1] // 2))
    out = BytesIO()
    image.save(out, kind, exif=told, **({"comment": TOLD[3].encode()} if kind == "JPEG" else {}))
    return out.getvalue()


def paper(pages: int = 1, password: str = "") -> bytes:
    """A PDF that names its author, carries a file and a script, and holds the picture of above."""
    out = BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            page = made.add_blank_page(page_size=(300, 400))
            photograph = made.make_stream(picture(), Width=120, Height=80, BitsPerComponent=8)
            photograph.Type, photograph.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            photograph.ColorSpace, photograph.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
            name = page.add_resource(photograph, pikepdf.Name.XObject)
            page.Contents = made.make_stream(f"q 120 0 0 80 20 300 cm {name} Do Q".encode())
        made.docinfo["/Author"] = TOLD[1]
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = [TOLD[1]]
        made.attachments["prilog.txt"] = TOLD[2].encode()
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{TOLD[3]}')")
        made.Root.OpenAction = made.make_indirect(script)
        locked = pikepdf.Encryption(owner=password, user=password) if password else False
        made.save(out, encryption=locked)
    return out.getvalue()


def unfolded(data: bytes) -> bytes:
    """A PDF with nothing packed, so that one can look for words in its bytes."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as paper_found:
        paper_found.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()
