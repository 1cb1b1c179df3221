"""Does a page survive that the database was restarted under its connections?"""

import pytest
from django.db import connections


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
@pytest.mark.parametrize("alias", ["default", "keystore"])
def test_a_connection_that_died_meanwhile_is_not_used_again(alias: str) -> None:
    connection = connections[alias]
    if connection.vendor != "postgresql":
        assert connection.settings_dict["CONN_MAX_AGE"] is None  # a file is not restarted: it stays open
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (died,) = cursor.fetchone()
    ending = connection.copy()
    with ending.cursor() as cursor:  # before the other goes back to the pool: it would be given that very one
        connection.close()  # the page is over: the connection waits in the pool for the next one
        cursor.execute("SELECT pg_terminate_backend(pid), pid FROM pg_stat_activity WHERE pid = %s", [died])
        ended = cursor.fetchall()
    ending.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (alive,) = cursor.fetchone()
    assert (ended, alive != died) == ([(True, died)], True)
