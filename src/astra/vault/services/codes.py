"""What does a visitor's code yield here? With the salt and the pepper of this installation, kept beside its keys.

They lie in a file, not in the database: a copied database alone does not even allow guessing.
"""

import os
import secrets
import threading
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from astra.vault.crypto.codes import CHEAP_WORK_FACTOR, WORK_FACTOR, CodeKeys, code_keys

SECRETS_FILE = "return-codes"
SALT_BYTES, PEPPER_BYTES = 16, 32
_AT_ONCE = threading.BoundedSemaphore(2)


def keys_of(code: str) -> CodeKeys:
    """Stretch a folded code; at most two at a time, so that a flood of guesses cannot take the machine's memory."""
    both = _secrets()
    factor = CHEAP_WORK_FACTOR if settings.ENV.has_cheap_keys else WORK_FACTOR
    with _AT_ONCE:
        return code_keys(code, salt=both[:SALT_BYTES], pepper=both[SALT_BYTES:], factor=factor)


def _secrets() -> bytes:
    path: Path = settings.ENV.home / "keys" / SECRETS_FILE
    if not path.exists():
        _make(path)
    return bytes.fromhex(path.read_text(encoding="ascii"))


def _make(path: Path) -> None:
    """Make the file, once: of two processes that begin at the same moment the second finds the first one's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{SECRETS_FILE}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(SALT_BYTES + PEPPER_BYTES))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):  # the other process was first: its secrets count
        os.link(fresh, path)
    fresh.unlink()
