"""Which rows of the two databases still name somebody? Run as a program with the ids of her records."""
# ruff: noqa: E402  (Django is set up first)

import json
import os
import sys
from collections import Counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astra.config.settings")
django.setup()

from django.db import connections


def naming(alias: str, ids: list[str]) -> Counter[str]:
    """How many rows of each table name one of these records."""
    found: Counter[str] = Counter()
    with connections[alias].cursor() as cursor:
        for table in connections[alias].introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (names of our own tables)
            for row in cursor:
                said = " ".join(bytes(cell).hex() if isinstance(cell, bytes) else str(cell) for cell in row)
                found[table] += any(one in said or one.replace("-", "") in said for one in ids)
    return +found


if __name__ == "__main__":
    sys.stdout.write(json.dumps({alias: naming(alias, sys.argv[1:]) for alias in ("default", "keystore")}))
