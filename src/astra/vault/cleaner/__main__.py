"""Read a file from the input, write what is made of it to the output; ends with a number that says why not.

Without a word: its clean copy. `pages`: how many it has. `page NUMBER DPI`: one of them as a picture. `black`: a copy
without what the first line of the input names.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

import pikepdf
from PIL import Image

from astra.vault.cleaner import sheets
from astra.vault.cleaner.answers import BROKEN, LARGEST_IN, TOO_MUCH, UNKNOWN, Clean, Refused
from astra.vault.cleaner.limits import confine
from astra.vault.cleaner.papers import clean_paper, is_paper
from astra.vault.cleaner.pictures import clean_picture, is_picture

SECONDS = {"black": 240}
"""Many pages take longer than one."""


def cleaned(data: bytes) -> Clean:
    """The clean copy, or `Refused`."""
    return _guarded(data, lambda: clean_picture(data) if is_picture(data) else clean_paper(data))


def made(data: bytes, task: list[str]) -> Clean:
    """What was asked for, or `Refused`."""
    match task:
        case []:
            return cleaned(data)
        case ["pages"]:
            return _guarded(data, lambda: Clean("text/plain", str(sheets.count_pages(data)).encode()))
        case ["page", number, dpi]:
            return _guarded(data, lambda: sheets.draw_page(data, int(number), int(dpi)))
        case ["black"]:
            head, _, rest = data.partition(b"\n")
            return _guarded(rest, lambda: _blacked(json.loads(head), rest))
    raise Refused(UNKNOWN)


def _guarded(data: bytes, make: Callable[[], Clean]) -> Clean:
    if len(data) > LARGEST_IN:
        raise Refused(TOO_MUCH)
    if not (is_picture(data) or is_paper(data)):
        raise Refused(UNKNOWN)
    try:
        return make()
    except MemoryError:
        raise Refused(TOO_MUCH) from None
    except (OSError, ValueError, SyntaxError, EOFError, pikepdf.PdfError):
        raise Refused(BROKEN) from None


def _blacked(wish: dict[str, Any], data: bytes) -> Clean:  # Any: what JSON holds
    """The copy, behind a line that says what was found."""
    areas = [sheets.Area(int(page), *edges) for page, *edges in wish["areas"]]
    clean, found = sheets.black_out(data, areas, [str(word) for word in wish["words"]])
    said = {"places": found.places, "words": sorted(found.words), "without_letters": found.without_letters}
    return Clean(clean.content_type, json.dumps(said).encode() + b"\n" + clean.data)


def main() -> int:
    """Do one task on one file in confinement."""
    Image.init()  # what reads each format is loaded now: later nothing can be opened
    confine(SECONDS.get("".join(sys.argv[1:2])))
    try:
        clean = made(sys.stdin.buffer.read(LARGEST_IN + 1), sys.argv[1:])
    except Refused as refused:
        return refused.status
    sys.stdout.buffer.write(clean.content_type.encode() + b"\n" + clean.data)
    return 0


if __name__ == "__main__":  # pragma: no cover  (run by its tests as a process of its own)
    sys.exit(main())
