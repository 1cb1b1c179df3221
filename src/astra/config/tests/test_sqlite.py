"""Do the options keep what they promise, on the SQLite of this machine and on a newer one?"""

import sqlite3
from typing import Any
from unittest import mock

import pytest

from astra.config import sqlite


def test_promises_stand_in_the_options() -> None:
    command = sqlite.options()["init_command"]
    assert "PRAGMA synchronous=FULL;" in command
    assert "PRAGMA secure_delete=ON;" in command


@pytest.mark.parametrize("trusts_none", [True, False])
def test_the_schema_is_not_trusted_where_json_columns_bear_it(trusts_none: bool) -> None:
    with mock.patch.object(sqlite, "trusts_no_schema", return_value=trusts_none):
        assert ("trusted_schema=OFF" in sqlite.options()["init_command"]) is trusts_none


def test_a_row_with_json_can_be_saved_under_the_options() -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(sqlite.options()["init_command"])
    database.execute("CREATE TABLE probe (said text CHECK (json_valid(said)))")
    database.execute("INSERT INTO probe VALUES ('{}')")
    database.close()


def test_an_older_sqlite_is_noticed() -> None:
    class Older:
        def execute(self, statement: str) -> Any:  # Any: a cursor nobody looks at
            if statement.startswith("INSERT"):
                raise sqlite3.OperationalError("unsafe use of json_valid()")

        def close(self) -> None:
            """Nothing is open."""

    with mock.patch.object(sqlite3, "connect", return_value=Older()):
        assert sqlite.trusts_no_schema() is False
