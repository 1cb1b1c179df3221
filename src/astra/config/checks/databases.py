"""Do the databases keep what Astra promises? Read back from them, never believed from the settings."""

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from astra.config.checks.findings import Finding, State, good, missing
from astra.config.environment import NotSetUp

# An acknowledged contact survives a power cut, deleted bytes are overwritten, links hold.
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


def database_findings() -> list[Finding]:
    """Look at both databases: reachable, keeping their promises, migrated, and apart from each other."""
    findings = [finding for alias in settings.DATABASES for finding in _findings_of(alias)]
    findings.append(_separation())
    return findings


def check_databases() -> None:
    """Raise `NotSetUp` with the first thing that must be mended before anybody works; let go of the connections."""
    findings = database_findings()
    close_databases()
    for finding in findings:
        if finding.state is State.MISSING:
            raise NotSetUp(f"{finding.what}: {finding.detail}. {finding.mend}")


def close_databases() -> None:
    """Let go of every connection and pool, so that nothing is shared with a process that forks from this one."""
    connections.close_all()
    for connection in connections.all(initialized_only=True):
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()


def _findings_of(alias: str) -> Iterator[Finding]:
    """Look at one database."""
    what = f"database {alias}"
    connection = connections[alias]
    try:
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            yield _promises(what, connection)
        else:
            yield good(what, f"reachable ({connection.vendor})")
        pending = _pending_migrations(connection)
    except DatabaseError as error:
        yield missing(what, f"cannot be opened ({type(error).__name__})", "Run: astra setup")
        return
    if pending:
        yield missing(what, f"{pending} migrations are still to be made", "Run: astra setup")


def _promises(what: str, connection: BaseDatabaseWrapper) -> Finding:
    """Compare the pragmas in force with those Astra stands on."""
    wrong = []
    with connection.cursor() as cursor:
        for name, wanted in PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}")
            (found,) = cursor.fetchone()
            if found != wanted:
                wrong.append(f"{name} is {found}, not {wanted}")
    if wrong:
        return missing(what, "; ".join(wrong), "Something overrides the database options in astra.config.settings")
    return good(what, "SQLite, WAL, every commit on the disk, deleted bytes overwritten")


def _pending_migrations(connection: BaseDatabaseWrapper) -> int:
    """Count the migrations that this database has not seen."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _separation() -> Finding:
    """The erasure keys live in a database of their own, or erasing a person would erase nothing."""
    default, keystore = settings.ENV.database_url, settings.ENV.keystore_url
    if default == keystore:
        return missing("keystore", "shares its database with everything else", "Set ASTRA_KEYSTORE_URL to another one")
    return good("keystore", "in a database of its own")
