"""Can this machine carry Astra? Python, packages, room, clock and what the machine lends: fonts, scanner, browser."""

import ctypes
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from astra.config.checks.chromium import find_chromium
from astra.config.checks.findings import Finding, good, missing, note
from astra.config.environment import PROJECT, Environment, read_environment
from astra.kernel.clock import now

OLDEST_PYTHON = (3, 11)
WRITTEN_ON = datetime(2026, 11, 1, tzinfo=UTC)  # a clock that stands before this is wrong
LITTLE_ROOM_MB, TOO_LITTLE_ROOM_MB = 5_000, 500
PANGO_NAMES = ("libpango-1.0.so.0", "libpango-1.0-0", "pango-1.0", "libpango-1.0.dylib")
SCANNER_TIMEOUT_S = 2.0


def machine_findings() -> list[Finding]:
    """Look at the machine, most essential first."""
    env = read_environment()
    return [
        _python(),
        *_packages(PROJECT / "requirements" / "core.txt"),
        _clock(),
        _room(env.home),
        _pango(),
        _scanner(env),
        _chromium(),
    ]


def _python() -> Finding:
    """Is this Python recent enough?"""
    version = sys.version.split()[0]
    if sys.version_info < OLDEST_PYTHON:
        return missing("Python", f"this is {version}", "Install Python 3.11 or later, remove .venv, then: make install")
    return good("Python", version)


def _packages(lock: Path) -> Iterator[Finding]:
    """Do the installed packages agree with the lock file?"""
    if not lock.exists():
        yield note("packages", "no lock file beside this installation to compare with")
        return
    wrong = [str(wanted) for wanted in locked(lock) if _installed_version(wanted.name) not in wanted.specifier]
    if wrong:
        named = ", ".join(wrong[:5]) + (" ..." if len(wrong) > 5 else "")
        yield missing("packages", f"{len(wrong)} differ from the lock file: {named}", "Run: make install")
    else:
        yield good("packages", "as the lock file says")


def locked(lock: Path) -> Iterator[Requirement]:
    """The requirements of a lock file that apply to this machine."""
    for line in lock.read_text(encoding="utf-8").splitlines():
        text = line.removesuffix("\\").strip()
        if not text or text.startswith(("#", "-")):
            continue
        wanted = Requirement(text)
        if wanted.marker is None or wanted.marker.evaluate():
            yield wanted


def _installed_version(name: str) -> str:
    """The version of an installed package; a version that no requirement accepts when it is not there."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "0.dev0"


def _clock() -> Finding:
    """Deadlines and the log stand on the clock."""
    moment = now()
    if moment < WRITTEN_ON:
        return missing("clock", f"says {moment:%Y-%m-%d}, which is past", "Set the clock, by NTP if there is a network")
    return good("clock", f"{moment:%Y-%m-%d %H:%M} UTC")


def _room(home: Path) -> Finding:
    """Is there room on the disk?"""
    place = next(path for path in (home, *home.parents) if path.exists())
    free_mb = shutil.disk_usage(place).free // 1_000_000
    what = "room on the disk"
    if free_mb < TOO_LITTLE_ROOM_MB:
        return missing(what, f"only {free_mb} MB free", "Make room before anything more is written")
    if free_mb < LITTLE_ROOM_MB:
        return note(what, f"only {free_mb} MB free", "Make room soon")
    return good(what, f"{free_mb // 1000} GB free")


def _pango() -> Finding:
    """Is the library there that sets type in PDFs?"""
    for name in PANGO_NAMES:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return good("PDFs", "Pango is there")
    mend = "Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. macOS: brew install pango"
    return note("PDFs", "Pango is not there; forms and letters come as pages to print", mend)


def _scanner(env: Environment) -> Finding:
    """Does the virus scanner answer, where one is configured?"""
    what = "virus scanner"
    if not env.clamd:
        return note(what, "none configured; attachments are not scanned", "Install clamav-daemon and set ASTRA_CLAMD")
    try:
        with connect_to_scanner(env.clamd) as scanner:
            scanner.sendall(b"zPING\0")
            answer = scanner.recv(16)
    except OSError as error:
        return missing(what, f"does not answer ({error.strerror or type(error).__name__})", "Start clamav-daemon")
    if answer.rstrip(b"\0\n") != b"PONG":
        return missing(what, "does not answer as clamd does", "Check ASTRA_CLAMD")
    return good(what, "clamd answers")


def connect_to_scanner(address: str) -> socket.socket:
    """Open a connection to clamd at a socket's path or at host:port."""
    if not address.startswith("/"):
        host, _, port = address.rpartition(":")
        return socket.create_connection((host, int(port)), SCANNER_TIMEOUT_S)
    with ExitStack() as if_it_fails:
        scanner = if_it_fails.enter_context(socket.socket(socket.AF_UNIX))
        scanner.settimeout(SCANNER_TIMEOUT_S)
        scanner.connect(address)
        if_it_fails.pop_all()
    return scanner


def _chromium() -> Finding:
    """Browser tests and screenshots need one; people at work do not."""
    found = find_chromium()
    if found is None:
        return note("Chromium", "not there; browser tests and screenshots are left out", "Debian: apt install chromium")
    return good("Chromium", found)
