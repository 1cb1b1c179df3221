"""Which secrets of an installation lie in files beside its keys, and how are they made?

They lie in files, not in the database: whoever has a copy of the database alone cannot even guess what they hide.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings


def secret_path(name: str) -> Path:
    """Where a secret lies."""
    home: Path = settings.ENV.home
    return home / "keys" / name


def read_secret(name: str) -> bytes | None:
    """A secret, or None where it was never made."""
    path = secret_path(name)
    return bytes.fromhex(path.read_text(encoding="ascii")) if path.exists() else None


def secret(name: str, size: int) -> bytes:
    """A secret of so many bytes, made the first time that it is asked for."""
    found = read_secret(name)
    if found is None:
        make_secret(name, size)
        found = read_secret(name)
    assert found is not None, name
    return found


def make_secret(name: str, size: int) -> None:
    """Make the file, once: of two processes that begin at the same moment the second finds the first one's."""
    path = secret_path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(size))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):  # the other process was first: its secret counts
        os.link(fresh, path)
    fresh.unlink()
