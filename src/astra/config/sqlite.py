"""With which options does SQLite keep Astra's promises?

An acknowledged contact survives a power cut (FULL), deleted bytes are overwritten, and a writer takes the write lock
at once, so that no transaction fails half-way on a busy database.
"""

import sqlite3
from typing import Any

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-16384",  # each thread has a connection with a cache of its own: 16 MB; pages came no faster with more
)


def trusts_no_schema() -> bool:
    """Whether this SQLite can be told not to trust what stands in the file.

    With trusted_schema=OFF a changed file cannot call functions from a trigger, a view or a check. But some versions
    call their own json_valid unsafe as well (measured with 3.40.1 of Debian 12: "unsafe use of json_valid()"), and
    Django puts just that into the check of every JSON column: no row could be saved. So it is asked, not assumed.
    """
    database = sqlite3.connect(":memory:")
    try:
        database.execute("PRAGMA trusted_schema=OFF")
        database.execute("CREATE TABLE probe (said text CHECK (json_valid(said)))")
        database.execute("INSERT INTO probe VALUES ('{}')")
    except sqlite3.OperationalError:
        return False
    finally:
        database.close()
    return True


def options() -> dict[str, Any]:
    """The options of a connection, as Django takes them."""
    pragmas = [*PRAGMAS, *(["trusted_schema=OFF"] if trusts_no_schema() else [])]
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "".join(f"PRAGMA {pragma};" for pragma in pragmas),
    }
