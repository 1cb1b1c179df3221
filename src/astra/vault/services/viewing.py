"""How is a picture or a PDF looked at and blacked out? By the confined program; nothing of it lies on disk in clear."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.vault.cleaner.answers import LARGEST_IN, Clean
from astra.vault.crypto.streams import CHUNK
from astra.vault.services.cleaning import ask_cleaner

__all__ = [
    "OTHER",
    "PAGES",
    "SOUND",
    "Blacked",
    "Clean",
    "black_out",
    "count_pages",
    "draw_page",
    "shape_of",
    "sound_type",
]
SCREEN_DPI = 110
BLACKING_S = 300
TOO_LARGE_TO_LOOK = msg("This file is too large to be shown page by page. Keep it as it came, or split it.")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8")
SOUNDS = {
    b"ID3": "audio/mpeg",
    b"\xff\xfb": "audio/mpeg",
    b"\xff\xf3": "audio/mpeg",
    b"OggS": "audio/ogg",
    b"fLaC": "audio/flac",
    b"\x1aE\xdf\xa3": "audio/webm",
}
PAGES, SOUND, OTHER = "pages", "sound", "other"


@dataclass(frozen=True)
class Blacked:
    """A copy without what was to go, and what the search for words came to."""

    clean: Clean
    places: int
    words_found: tuple[str, ...]
    without_letters: tuple[int, ...]


def shape_of(head: bytes) -> str:
    """How a file can be looked at, by its first bytes: page by page, by ear, or not in the browser."""
    if b"%PDF-" in head[:1024] or head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return PAGES
    return SOUND if sound_type(head) else OTHER


def sound_type(head: bytes) -> str:
    """What a sound is, by its first bytes; whatever its name says."""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    return next((kind for mark, kind in SOUNDS.items() if head.startswith(mark)), "")


def count_pages(data: bytes) -> int:
    """How many pages a clean copy has."""
    return int(ask_cleaner(["pages"], data).data)


def draw_page(pieces: Iterable[bytes], number: int, dpi: int = SCREEN_DPI) -> Clean:
    """One page of a clean copy as a picture."""
    return ask_cleaner(["page", str(number), str(dpi)], gathered(pieces))


def black_out(pieces: Iterable[bytes], areas: Sequence[tuple[float, ...]], words: Sequence[str]) -> Blacked:
    """A copy without these areas (page, left, top, right, bottom in hundredths) and without these words."""
    wish = json.dumps({"areas": [list(area) for area in areas], "words": list(words)}).encode()
    made = ask_cleaner(["black"], wish + b"\n" + gathered(pieces), BLACKING_S)
    head, _, data = made.data.partition(b"\n")
    said = json.loads(head)
    return Blacked(Clean(made.content_type, data), said["places"], tuple(said["words"]), tuple(said["without_letters"]))


def gathered(pieces: Iterable[bytes]) -> bytes:
    """A file in memory, as far as the confined program takes it."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) > LARGEST_IN - CHUNK:
            raise Invalid(Problem("file", TOO_LARGE_TO_LOOK))
    return bytes(held)
