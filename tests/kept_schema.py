"""Must every test process migrate anew? No: empty migrated databases are kept as long as no migration changes.

The first process makes them while the others wait; each then works on a copy of its own. SQLite's are files in the
cache of the tests, PostgreSQL's are templates on the same server: they go with it where it is a throw-away one.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

PROJECT = Path(__file__).parents[1]
PLACE = PROJECT / ".pytest_cache" / "schema"


def take(files: Mapping[str, Path]) -> IO[str] | None:
    """Copy the kept databases to these files; or, where there are none, the lock under which `keep` makes them."""
    lock, kept = _locked(), _kept()
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


def take_templates(servers: Sequence[BaseDatabaseWrapper]) -> IO[str]:
    """Have Django copy the kept templates, where there are some; the lock is held until the databases are made."""
    lock = _locked()
    for server in servers:
        template = _template(server)
        with server._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
            if cursor.fetchone():
                server.settings_dict["TEST"]["TEMPLATE"] = template
    return lock


def keep_templates(servers: Sequence[BaseDatabaseWrapper], lock: IO[str]) -> None:
    """Make a template of each database that was migrated now, instead of those of earlier migrations."""
    for server in servers:
        if "TEMPLATE" not in server.settings_dict["TEST"] and server.settings_dict["NAME"].startswith("test_"):
            server.close()  # nobody may be connected to what is copied
            server.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL has one
            with server._nodb_cursor() as cursor:
                _copy(cursor, server, _template(server))
    lock.close()


def _copy(cursor: CursorWrapper, server: BaseDatabaseWrapper, template: str) -> None:
    quote = server.ops.quote_name
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"migrated\\_{server.alias}\\_%"])
    for (earlier,) in cursor.fetchall():
        cursor.execute(f"DROP DATABASE {quote(earlier)}")
    cursor.execute(f"CREATE DATABASE {quote(template)} TEMPLATE {quote(server.settings_dict['NAME'])}")


def _template(server: BaseDatabaseWrapper) -> str:
    return f"migrated_{server.alias}_{_digest()}"


def _locked() -> IO[str]:
    PLACE.mkdir(parents=True, exist_ok=True)
    lock = (PLACE / "lock").open("w", encoding="ascii")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def _kept() -> Path:
    """The folder for the migrations that there are now."""
    return PLACE / f"of-{_digest()}"


def _digest() -> str:
    """Which migrations there are now, ours and those of the libraries."""
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    for path in sorted([*PROJECT.glob("src/**/migrations/*.py"), *PROJECT.glob("requirements/*.txt")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]
