"""In which world do the tests run? A throw-away home, cheap key derivation, no network, no real installation.

Everything here must be in place before Django reads its settings. So the settings module is named here and
not in pyproject.toml (pytest-django would load it before this file), and the name is taken out of the
environment again: test workers inherit the environment and each must make a home of its own first.
"""

import atexit
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import django
import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import translation
from tests import kept_schema

from astra.config.checks.chromium import find_chromium

# How long an example takes says something about the machine of the day, not about the code.
hypothesis.settings.register_profile(
    "astra", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], derandomize=True
)
hypothesis.settings.load_profile("astra")

NO_CHROMIUM = "no Chromium on this machine (Debian: apt install chromium)"
USES_DATABASE = {"db", "transactional_db", "live_server"}
ASKED_FOR_BY_NAME = ("drill", "engines")
PROCESSES = Path(__file__).parent / "tests"
SERVICES = os.environ.get("ASTRA_SERVICES") == "1"


def _make_home() -> Path:
    """Make the throw-away ASTRA_HOME of this test process; it is gone when the process ends."""
    home = Path(tempfile.mkdtemp(prefix="astra-test-"))
    (home / "keys").mkdir(mode=0o700)
    (home / "keys" / "secret").write_text("only-for-tests", encoding="ascii")
    (home / "keys" / "secret").chmod(0o600)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


def _keep_databases_in_files(home: Path) -> None:
    """SQLite in files as at work, so that a page and a test wait for each other; only the disk is not waited for."""
    for name, database in settings.DATABASES.items():
        if database["ENGINE"].endswith("sqlite3"):
            database["TEST"] = {"NAME": str(home / f"test-{name}.sqlite3")}
            pragmas = database["OPTIONS"]["init_command"]
            database["OPTIONS"] = {
                **database["OPTIONS"],
                "init_command": pragmas.replace("synchronous=FULL", "synchronous=OFF"),
            }


def _database_files() -> dict[str, Path]:
    """The SQLite files of the tests by alias; none on PostgreSQL."""
    found = {alias: one for alias, one in settings.DATABASES.items() if one["ENGINE"].endswith("sqlite3")}
    return {alias: Path(one["TEST"]["NAME"]) for alias, one in found.items()}


def _load_settings() -> None:
    """Read the settings in the throw-away home with cheap keys."""
    if settings.configured:
        raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests name the settings themselves (conftest.py).")
    os.environ["ASTRA_HOME"] = str(_make_home())
    os.environ["ASTRA_CHEAP_KEYS_FOR_TESTS"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "astra.config.settings"
    settings.DATABASES  # noqa: B018  (reading one setting loads them all)
    del os.environ["DJANGO_SETTINGS_MODULE"]
    _keep_databases_in_files(Path(os.environ["ASTRA_HOME"]))


_load_settings()
django.setup()  # rooms' own conftest files import models, and pytest may load them first

pytest_plugins = ["astra.demo.pytest_cast", "astra.demo.pytest_browser"]


class NetworkUsed(AssertionError):
    """A test tried to leave this machine."""


def _check_address(sock: socket.socket, address: Any) -> None:
    """Let through what stays on this machine: Unix sockets and the loopback addresses."""
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = str(address[0])
    if host not in ("localhost", "::1", "") and not host.startswith("127."):
        raise NetworkUsed(f"A test tried to reach {host}; tests use no network.")


_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex


def _guarded_connect(self: socket.socket, address: Any) -> None:
    _check_address(self, address)
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    _check_address(self, address)
    return _connect_ex(self, address)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Block every connection that would leave this machine, for the whole session."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", _guarded_connect)
    patch.setattr(socket.socket, "connect_ex", _guarded_connect_ex)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def schema_lock(
    django_db_modify_db_settings: None,  # the files' names: every worker adds its own
    django_db_blocker: Any,  # Any: its type is not exported
) -> IO[str] | None:
    """Puts migrated databases in their place, or is the lock for making them."""
    if files := _database_files():
        return kept_schema.take(files)
    with django_db_blocker.unblock():
        return kept_schema.take_templates(connections.all())


@pytest.fixture(scope="session")
def django_db_keepdb(schema_lock: IO[str] | None) -> bool:
    """Whether the databases are there already; the throw-away home takes them along in the end."""
    return bool(_database_files()) and schema_lock is None


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: Any,  # Any: its type is not exported
    schema_lock: IO[str] | None,
) -> Iterator[None]:
    """The databases of the tests; before they go, connections that a thread has left idle are ended on PostgreSQL."""
    if schema_lock is not None and (files := _database_files()):
        kept_schema.keep(files, schema_lock)
    elif schema_lock is not None:
        with django_db_blocker.unblock():
            kept_schema.keep_templates(connections.all(), schema_lock)
    yield
    with django_db_blocker.unblock():
        for connection in connections.all():
            if connection.vendor == "postgresql":
                _end_idle(connection)


def _end_idle(connection: BaseDatabaseWrapper) -> None:
    """End what only waits to be used again; whoever is still in a transaction is a fault, and is named."""
    others = (
        "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT state, query {others} AND state <> 'idle'")
        assert (busy := cursor.fetchall()) == [], busy
        cursor.execute(f"SELECT pg_terminate_backend(pid) {others} AND state = 'idle'")


@pytest.fixture(autouse=True)
def _language_of_the_installation() -> None:
    """Begin every test in the installation's language: a request leaves the language of its page behind."""
    translation.deactivate()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the Chromium for tests marked `browser`."""
    path = find_chromium()
    assert path is not None, NO_CHROMIUM
    return path


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark database tests, leave out what was not asked for, skip browser tests where there is no Chromium."""
    # Files that wait for processes and pages come first, or the workers would wait for the last of them in the end.
    waits = {item.path for item in items if item.get_closest_marker("browser") or PROCESSES in item.path.parents}
    items.sort(key=lambda item: item.path not in waits)
    for item in items:
        if item.get_closest_marker("django_db") or USES_DATABASE.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("database")
    left_out = [item for item in items if _is_left_out(item, config.getoption("markexpr"))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    if find_chromium() is None:
        for item in items:
            if item.get_closest_marker("browser") is not None:
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def _is_left_out(item: pytest.Item, asked_for: str) -> bool:
    """Service tests run when their services were started; long exercises, and what needs extras, when asked for."""
    if item.get_closest_marker("service") is not None and not SERVICES:
        return True
    return any(item.get_closest_marker(name) is not None and name not in asked_for for name in ASKED_FOR_BY_NAME)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end, where it cannot be overlooked, which tests did not run here and why."""
    skipped = [
        report
        for report in terminalreporter.getreports("skipped")
        if isinstance(report.longrepr, tuple) and NO_CHROMIUM in str(report.longrepr[-1])
    ]
    if skipped:
        terminalreporter.write_line(f"LEFT OUT: {len(skipped)} browser tests, {NO_CHROMIUM}.", yellow=True)
    if not SERVICES:
        terminalreporter.write_line(
            "Left out: the tests that need a service; .ci/run starts the services and runs them."
        )
