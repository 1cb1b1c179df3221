"""Whose visits keep the search index open? The open ones: when a visit ends or locks, the index must not outlive it.

A visit ends in many places: she signs out, the worker locks her after a while, a colleague signs her out everywhere or
lets her go, another machine or the terminal does. All of them change the visit's row, so the process that holds the
index looks at the rows of its users every two seconds.
"""

import logging
import threading

from django.db import DatabaseError, close_old_connections, connections

from astra.accounts.selectors import at_work
from astra.people import index

EVERY_SECONDS = 2.0
log = logging.getLogger(__name__)


def let_go() -> int:
    """Let go of everybody whose last open visit has ended or locked; the last one takes the cards along."""
    using = index.users()
    gone = using - at_work(using) if using else set()
    for member_id in gone:
        index.close_index(member_id)
    return len(gone)


def keep(ending: threading.Event) -> None:
    """Look every two seconds; a database that does not answer lets go of everybody."""
    while not ending.wait(EVERY_SECONDS):
        close_old_connections()
        try:
            let_go()
        except DatabaseError as error:
            log.warning("the search index was closed: %s", type(error).__name__)
            for member_id in index.users():
                index.close_index(member_id)
    connections.close_all()


def start() -> threading.Event:
    """Keep watch beside the pages of this process, until the returned event is set."""
    ending = threading.Event()
    threading.Thread(target=keep, args=(ending,), name="search-index-keeper", daemon=True).start()
    return ending
