"""Which exchange do we listen to, as ASTRA_TELEPHONE says, and what does every one of them have to do?"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Event
from typing import Protocol
from urllib.parse import urlsplit

from astra.hotline.rules.calls import CallEvent
from astra.kernel.errors import AstraError

KAMAILIO, ARI, ARI_ENCRYPTED = "kamailio", "ari", "aris"
PORTS = {KAMAILIO: 8448, ARI: 8088, ARI_ENCRYPTED: 8089}


class NoExchange(AstraError):
    """It is not said which exchange, or how; the message names what mends it."""

    exit_status = 3  # the supervisor does not start again what ends with it


class Gone(Exception):
    """The exchange does not answer, or has hung up; it is asked again after a pause."""


@dataclass(frozen=True)
class Ears:
    """What is done with what an exchange says."""

    hear: Callable[[CallEvent], None]
    close_lost: Callable[[Collection[str]], None]
    """Given every call that the exchange knows of: those that it has lost end."""
    ending: Event


class Exchange(Protocol):
    """A telephone exchange that can be listened to."""

    provider: str

    def listen(self, ears: Ears) -> None:
        """Connect, catch up with what happened meanwhile, listen until the end; raise `Gone` when it hangs up."""


@dataclass(frozen=True)
class Address:
    """Where an exchange is."""

    scheme: str
    host: str
    port: int
    user: str = ""
    application: str = ""


def read_address(text: str) -> Address:
    """Read what ASTRA_TELEPHONE says, or say what it should."""
    parts = urlsplit(text)
    if parts.scheme not in PORTS or not parts.hostname or parts.password:
        raise NoExchange(
            "ASTRA_TELEPHONE names an exchange: kamailio://127.0.0.1:8448 or ari://user@host:8088/application. "
            "A password stands in a file, never in the address."
        )
    port = parts.port or PORTS[parts.scheme]
    return Address(parts.scheme, parts.hostname, port, parts.username or "", parts.path.strip("/"))
