"""How does a clean copy of a file come about? Decoded by a confined program of its own, sealed as it comes back."""

import subprocess
import sys
from collections.abc import Iterable, Sequence
from uuid import UUID

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.vault.cleaner.answers import LOCKED, TOO_MUCH, UNKNOWN, Clean
from astra.vault.crypto.streams import CHUNK
from astra.vault.scanner import NoScanner
from astra.vault.services.attachments import FileFacts, Incoming

PATIENCE_S = 30
NOT_TAKEN = msg("Files of this kind are not taken. Send a picture (JPEG, PNG, WebP, GIF) or a PDF.")
NOT_READ = msg("This file could not be read, so it was not kept. Send it in another form, as a picture for example.")
TOO_LARGE_INSIDE = msg("This file holds more than can be looked at. Send it in parts, or in a smaller size.")
IS_LOCKED = msg("This PDF is locked with a password, so it was not kept. Send it without the password.")
SAID = {UNKNOWN: NOT_TAKEN, TOO_MUCH: TOO_LARGE_INSIDE, LOCKED: IS_LOCKED}


def clean_copy(pieces: Iterable[bytes]) -> Clean:
    """Make the clean copy of a picture or a PDF, or raise `Invalid` where there is none."""
    return ask_cleaner([], b"".join(pieces))


def ask_cleaner(task: Sequence[str], data: bytes, patience_s: int | None = None) -> Clean:
    """Have something made of a file by the confined program, or raise `Invalid` with why not."""
    try:
        done = subprocess.run(  # noqa: S603  (our own program; the words are ours, the file is its input)
            [sys.executable, "-I", "-m", "astra.vault.cleaner", *task],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=patience_s or PATIENCE_S,
            cwd="/",
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Invalid(Problem("file", TOO_LARGE_INSIDE)) from None
    if done.returncode != 0:
        raise Invalid(Problem("file", SAID.get(done.returncode, NOT_READ)))
    content_type, _, made = done.stdout.partition(b"\n")
    return Clean(content_type.decode(), made)


def seal_clean(clean: Clean, file_id: UUID) -> FileFacts:
    """Put a clean copy beside its original, sealed under a key of its own."""
    incoming = Incoming(file_id, NoScanner())
    for start in range(0, len(clean.data), CHUNK):
        incoming.write(clean.data[start : start + CHUNK])
    return incoming.finish(name="", content_type=clean.content_type)
