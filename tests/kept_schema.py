"""Must every test process migrate anew? No: empty migrated SQLite files are kept as long as no migration changes.

The first process makes them while the others wait; each then works on a copy of its own.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import IO

PROJECT = Path(__file__).parents[1]
PLACE = PROJECT / ".pytest_cache" / "schema"


def take(files: Mapping[str, Path]) -> IO[str] | None:
    """Copy the kept databases to these files; or, where there are none, the lock under which `keep` makes them."""
    PLACE.mkdir(parents=True, exist_ok=True)
    lock = (PLACE / "lock").open("w", encoding="ascii")
    fcntl.flock(lock, fcntl.LOCK_EX)
    kept = _kept()
    if not all((kept / name).exists() for name in files):
        return lock
    for name, file in files.items():
        shutil.copyfile(kept / name, file)
    lock.close()
    return None


def keep(files: Mapping[str, Path], lock: IO[str]) -> None:
    """Keep copies of freshly migrated databases, instead of those of earlier migrations."""
    if not all(file.exists() for file in files.values()):
        lock.close()  # only one of them was asked for
        return
    kept = _kept()
    shutil.rmtree(kept, ignore_errors=True)
    fresh = PLACE / f"fresh-{os.getpid()}"
    fresh.mkdir()
    for name, file in files.items():
        with sqlite3.connect(file) as connection:
            connection.execute("VACUUM INTO ?", [str(fresh / name)])
        connection.close()
    for old in PLACE.glob("of-*"):
        shutil.rmtree(old)
    fresh.rename(kept)
    lock.close()


def _kept() -> Path:
    """The folder for the migrations that there are now, ours and those of the libraries."""
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    for path in sorted([*PROJECT.glob("src/**/migrations/*.py"), *PROJECT.glob("requirements/*.txt")]):
        digest.update(path.read_bytes())
    return PLACE / f"of-{digest.hexdigest()[:20]}"
