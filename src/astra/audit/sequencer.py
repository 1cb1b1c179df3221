"""Who numbers the entries, second by second? This loop, in the worker process."""

import logging
import time
from threading import Event

from django.db import InterfaceError, OperationalError, connection

from astra.audit.errors import LogDisagrees, NoSigningKey
from astra.audit.services.sequencing import BATCH, sequence_pending

INTERVAL_SECONDS = 1.0
PATIENCE_SECONDS = 30.0  # a disagreement waits for a person; asking every second would only fill the journal

logger = logging.getLogger(__name__)


def run(stop_event: Event) -> None:
    """Number what is pending at least once a second until told to stop."""
    while not stop_event.is_set():
        began = time.monotonic()
        stop_event.wait(_turn() - (time.monotonic() - began))
    connection.close()


def _turn() -> float:
    """One turn; returns after how many seconds, counted from its beginning, the next is due.

    The database may restart, the disk may be full: nothing is lost, the entries wait where they are.
    """
    try:
        return 0.0 if sequence_pending() == BATCH else INTERVAL_SECONDS
    except (OperationalError, InterfaceError) as error:
        logger.warning("audit: the database does not answer, trying again: %s", type(error).__name__)
        connection.close()
    except OSError as error:
        logger.error("audit: the record outside the database cannot be written, trying again: %s", error.strerror)
    except (LogDisagrees, NoSigningKey) as error:
        logger.critical("audit: no entry is numbered: %s", error)
        return PATIENCE_SECONDS
    return INTERVAL_SECONDS
