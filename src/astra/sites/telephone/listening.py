"""How do we stay on the line with an exchange? Connect, listen, and after it has hung up try again with a pause."""

import logging
from collections.abc import Collection
from threading import Event

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from astra.hotline import services
from astra.hotline.rules.calls import CallEvent
from astra.kernel.errors import AstraError
from astra.sites.telephone.ari import Asterisk
from astra.sites.telephone.exchanges import KAMAILIO, Ears, Exchange, Gone, NoExchange, read_address
from astra.sites.telephone.kamailio import Kamailio
from astra.vault.actor import system

PAUSES_S = (0.5, 1.0, 2.0, 5.0, 10.0)
PASSWORD_FILE = "telephone-password"  # noqa: S105  (its name)
log = logging.getLogger(__name__)


def exchange_at(text: str) -> Exchange:
    """The exchange that an address names."""
    address = read_address(text)
    if address.scheme == KAMAILIO:
        return Kamailio(address.host, address.port)
    path = settings.ENV.home / "keys" / PASSWORD_FILE
    if not path.exists():
        raise NoExchange(f"The password for the exchange belongs into {path}, readable by nobody else.")
    return Asterisk(address, path.read_text(encoding="utf-8").strip())


def listen(exchange: Exchange, ending: Event) -> None:
    """Listen for ever. What could not be stored is not acknowledged: it is told again after the next connecting."""
    ears = Ears(_hear, lambda living: _close_lost(exchange.provider, living), ending)
    tries = 0
    while not ending.is_set():
        try:
            close_old_connections()
            exchange.listen(ears)
        except Gone as error:
            tries = min(tries + 1, len(PAUSES_S))
            log.warning("the exchange is not on the line: %s", error)
        except DatabaseError as error:
            tries = min(tries + 1, len(PAUSES_S))
            log.warning("what was heard could not be stored: %s", type(error).__name__)
        ending.wait(PAUSES_S[max(tries - 1, 0)])


def _hear(event: CallEvent) -> None:
    try:
        services.hear(actor=system(), event=event)
    except AstraError as error:  # it would be refused for ever: it must not stand in the way of all that follows
        log.warning("an event of a call was refused: %s", type(error).__name__)


def _close_lost(provider: str, living: Collection[str]) -> None:
    services.close_lost(actor=system(), provider=provider, living=living)
