"""Read a file from the input, write its clean copy to the output; ends with a number that says why not."""

import sys

import pikepdf
from PIL import Image

from astra.vault.cleaner.answers import BROKEN, LARGEST_IN, TOO_MUCH, UNKNOWN, Clean, Refused
from astra.vault.cleaner.limits import confine
from astra.vault.cleaner.papers import clean_paper, is_paper
from astra.vault.cleaner.pictures import clean_picture, is_picture


def cleaned(data: bytes) -> Clean:
    """The clean copy, or `Refused`."""
    if len(data) > LARGEST_IN:
        raise Refused(TOO_MUCH)
    try:
        if is_picture(data):
            return clean_picture(data)
        if is_paper(data):
            return clean_paper(data)
    except MemoryError:
        raise Refused(TOO_MUCH) from None
    except (OSError, ValueError, SyntaxError, EOFError, pikepdf.PdfError):
        raise Refused(BROKEN) from None
    raise Refused(UNKNOWN)


def main() -> int:
    """Clean one file in confinement."""
    Image.init()  # what reads each format is loaded now: later nothing can be opened
    confine()
    try:
        clean = cleaned(sys.stdin.buffer.read(LARGEST_IN + 1))
    except Refused as refused:
        return refused.status
    sys.stdout.buffer.write(clean.content_type.encode() + b"\n" + clean.data)
    return 0


if __name__ == "__main__":  # pragma: no cover  (run by its tests as a process of its own)
    sys.exit(main())
