"""Where do measurements run? In a home of their own, set up when this module is imported (before any room is).

`ASTRA_BENCH_HOME` names a home to keep; otherwise it is thrown away. `SIZE=10` takes a tenth.
"""

import atexit
import importlib
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django
from django.core.management import call_command


def _prepare() -> Path:
    kept = os.environ.get("ASTRA_BENCH_HOME")
    home = Path(kept) if kept else Path(tempfile.mkdtemp(prefix="astra-bench-"))
    (home / "keys").mkdir(parents=True, exist_ok=True)
    secret = home / "keys" / "secret"
    if not secret.exists():
        secret.write_text("only-for-measuring", encoding="ascii")
    if not kept:
        atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["ASTRA_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "astra.config.settings"
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("migrate", database="keystore", verbosity=0)
    importlib.import_module("astra.audit.keys").ensure_signing_key(home)
    return home


HOME = _prepare()
SIZE = max(1, int(os.environ.get("SIZE", "1")))


def cpu_milliseconds(work: Callable[[], object], rounds: int) -> float:
    """Processor time of this process for one round, after one round to warm up."""
    work()
    start = time.process_time()
    for _ in range(rounds):
        work()
    return (time.process_time() - start) / rounds * 1000


def say(what: str, measured: float, unit: str, promised: float | None = None) -> None:
    """Print one figure beside the promise."""
    beside = "" if promised is None else f"   (promise: {promised:g} {unit})"
    print(f"{what:<68} {measured:>10.3f} {unit}{beside}", flush=True)


def machine() -> str:
    """The machine in words, without a name or an address."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {platform.system()}"
