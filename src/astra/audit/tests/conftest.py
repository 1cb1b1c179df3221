"""What do the tests of the log share? A home of their own, entries to number, and a superuser with SQL."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from astra.audit import services
from astra.audit.outside import Outside
from astra.audit.services import NewEntry

TABLES = ("entry", "pending", "subtree", "block", "checkpoint", "head")
ACTORS = [UUID(f"01932c4e-0000-7000-8000-0000000000a{number}") for number in range(5)]
VERBS = ("vault.opened", "hotline.contact_recorded", "people.searched")

Fill = Callable[[int], int]


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """An ASTRA_HOME of this test alone, with a signing key."""
    settings.ENV = replace(settings.ENV, home=tmp_path)
    services.ensure_signing_key(tmp_path)
    return tmp_path


@pytest.fixture
def outside(home: Path) -> Outside:
    """The files outside the database."""
    return Outside(home / "audit")


@pytest.fixture
def fill(home: Path) -> Fill:
    """Record so many entries and number them in one batch."""

    def _fill(count: int) -> int:
        services.record_many(
            NewEntry(
                ACTORS[number % 5],
                VERBS[number % 3],
                [f"p{number % 7}", f"q{number}"],
                "duty",
                {"rows": number},
                sealed=b"sealed",
                commitment=b"c",
            )
            for number in range(count)
        )
        return services.sequence_pending(limit=count)

    return _fill


class Superuser:
    """Somebody who can run any SQL on the database of the log."""

    def run(self, sql: str, *parameters: Any) -> None:
        """Run one statement."""
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Run one query."""
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())

    def copy(self) -> dict[str, list[tuple[Any, ...]]]:
        """A backup of every table of the log."""
        return {table: self.rows(f"SELECT * FROM audit_{table}") for table in TABLES}  # noqa: S608

    def put_back(self, backup: dict[str, list[tuple[Any, ...]]]) -> None:
        """Restore a backup over what is there."""
        for table, rows in backup.items():
            self.run(f"DELETE FROM audit_{table}")  # noqa: S608
            for at in range(0, len(rows), 50):
                some = rows[at : at + 50]
                marks = ", ".join(["%s"] * len(some[0]))
                values = ", ".join([f"({marks})"] * len(some))
                self.run(f"INSERT INTO audit_{table} VALUES {values}", *(cell for row in some for cell in row))  # noqa: S608


@pytest.fixture
def superuser() -> Superuser:
    """The attacker."""
    return Superuser()
