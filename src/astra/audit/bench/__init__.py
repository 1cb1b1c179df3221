"""How fast is the log, and how much memory does verifying it take? `make bench-audit`; SIZE=10 takes a tenth.

On SQLite always; on PostgreSQL too when ASTRA_DATABASE_URL names a server (in a database of its own, dropped
afterwards). Each step is a process of its own, so that its memory is its own.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

LEAVES = 1_000_000
ENTRIES_PER_SECOND = 2000
VERIFY_SECONDS = 60
VERIFY_MEGABYTES = 200
_BATCH = 5000
_BENCH_DATABASE = "astra_bench_audit"


def main(size: int) -> bool:
    """Print the figures for a log of a million entries divided by `size`; return whether the promises held."""
    count = max(_BATCH, LEAVES // size)
    day = f"{time.strftime('%Y-%m-%d')}"
    print(f"audit, {day}, {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    is_kept = _measure("SQLite", "", count)
    server = os.environ.get("ASTRA_DATABASE_URL", "")
    if server.startswith("postgres"):
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {_BENCH_DATABASE}")
            connection.execute(f"CREATE DATABASE {_BENCH_DATABASE}")
            url = urlunsplit(urlsplit(server)._replace(path=f"/{_BENCH_DATABASE}"))
            is_kept = _measure("PostgreSQL", url, count) and is_kept
            connection.execute(f"DROP DATABASE {_BENCH_DATABASE}")
    return is_kept


def _measure(engine: str, url: str, count: int) -> bool:
    """Fill a log in a home of its own, then verify it, search it and prove from it; say whether it is fast enough."""
    with tempfile.TemporaryDirectory(prefix="astra-bench-") as home:
        environment = {**os.environ, "ASTRA_HOME": home, "DJANGO_SETTINGS_MODULE": "astra.config.settings"}
        environment["ASTRA_DATABASE_URL"] = url or f"sqlite:///{home}/bench.sqlite3"
        (Path(home) / "keys").mkdir(mode=0o700)
        (Path(home) / "keys" / "secret").write_text("only-for-measuring", encoding="ascii")
        figures: dict[str, float] = {}
        for step in ("fill", "verify", "ask"):
            command = [sys.executable, "-m", "astra.audit.bench.steps", step, str(count)]
            done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  (our own steps)
            figures |= json.loads(done.stdout)
        if not url:
            figures["bytes per entry in the database"] = _bytes_of(Path(home)) / count
    part = count / LEAVES
    promises = {
        "entries numbered per second": (ENTRIES_PER_SECOND, False),
        "seconds to verify": (max(VERIFY_SECONDS * part, 5), True),
        "megabytes to verify": (VERIFY_MEGABYTES, True),
    }
    is_kept = True
    for what, figure in figures.items():
        promise, is_most = promises.get(what, (None, True))
        print(f"{engine:<11} {what:<58} {figure:>12,.2f}" + (f"  (promise {promise:g})" if promise else ""), flush=True)
        is_kept &= promise is None or (figure <= promise if is_most else figure >= promise)
    return is_kept


def _bytes_of(home: Path) -> int:
    return sum(path.stat().st_size for path in home.glob("bench.sqlite3*"))
