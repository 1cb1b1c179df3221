"""What is a picture without its story? Its points alone, upright, in ordinary colours, written anew.

Where it was taken, when, with which device and what was cut off stand beside the points and are not copied.
"""

from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from astra.vault.cleaner.answers import TOO_MUCH, Clean, Refused

FORMATS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"GIF8": "GIF", b"RIFF": "WEBP"}
LONGEST_SIDE = 4096
"""Larger pictures are made smaller: more than enough to read a photographed page."""
MOST_POINTS = {"JPEG": 160_000_000, "PNG": 40_000_000, "GIF": 40_000_000, "WEBP": 40_000_000}
"""A JPEG is read at a fraction of its size when it is large; the others are whole in memory."""
QUALITY = 88
SEEN_THROUGH = ("RGBA", "LA", "PA")


def is_picture(data: bytes) -> bool:
    """Whether the first bytes are those of a picture that we read."""
    return any(data.startswith(mark) for mark in FORMATS)


def clean_picture(data: bytes) -> Clean:
    """Write a picture anew; raises `OSError` and its like where it cannot be read."""
    Image.MAX_IMAGE_PIXELS = None  # the sizes below are stricter, and depend on the format
    kind = next(name for mark, name in FORMATS.items() if data.startswith(mark))
    with Image.open(BytesIO(data), formats=[kind]) as image:
        if image.width * image.height > MOST_POINTS[kind]:
            raise Refused(TOO_MUCH)
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image)
        points = _in_ordinary_colours(upright)
    return _written(points)


def _in_ordinary_colours(image: Image.Image) -> Image.Image:
    """Points as every screen shows them; the profile of the device is used up by it."""
    profile = image.info.get("icc_profile")
    mode = "RGBA" if image.mode in SEEN_THROUGH or "transparency" in image.info else "RGB"
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        given, ordinary = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(image, given, ordinary, outputMode="RGB" if mode == "RGB" else "RGBA")
        if turned is not None:
            return turned
    return image.convert(mode)


def _written(points: Image.Image) -> Clean:
    """Only mode, size and points go over into the new picture."""
    bare = Image.frombytes(points.mode, points.size, points.tobytes())
    out = BytesIO()
    if points.mode == "RGBA":
        bare.save(out, "PNG", optimize=False)
        return Clean("image/png", out.getvalue())
    bare.save(out, "JPEG", quality=QUALITY)
    return Clean("image/jpeg", out.getvalue())
