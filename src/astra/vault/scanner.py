"""Is there a virus in what arrives? Speaks ClamAV's INSTREAM protocol over its socket, chunk by chunk.

An installation without a scanner says so with every file ('not scanned'); one that has a scanner which does not
answer keeps nothing.
"""

import socket
import struct
from typing import Protocol

from django.conf import settings

TIMEOUT_SECONDS = 60


class ScannerDown(Exception):
    """The configured scanner does not answer."""


class Scanner(Protocol):
    """What looks at a file while it arrives."""

    def feed(self, chunk: bytes) -> None:
        """Look at the next bytes."""

    def verdict(self) -> str:
        """Say 'clean', 'infected' or 'not scanned'."""

    def close(self) -> None:
        """Stop looking."""


class NoScanner:
    """The installation has no scanner."""

    def feed(self, chunk: bytes) -> None:
        """Look at nothing."""

    def verdict(self) -> str:
        """Nobody has looked."""
        return "not scanned"

    def close(self) -> None:
        """Nothing to stop."""


class ClamScanner:
    """One INSTREAM conversation with clamd, over a unix socket path or host:port."""

    def __init__(self, address: str) -> None:
        try:
            self._socket = self._connect(address)
        except OSError as error:
            raise ScannerDown from error
        self._send(b"zINSTREAM\0")

    @staticmethod
    def _connect(address: str) -> socket.socket:
        if not address.startswith("/"):
            host, _, port = address.rpartition(":")
            return socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(TIMEOUT_SECONDS)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection

    def _send(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError as error:
            self._socket.close()
            raise ScannerDown from error

    def feed(self, chunk: bytes) -> None:
        """Send the next bytes with their length in front."""
        self._send(struct.pack(">I", len(chunk)) + chunk)

    def verdict(self) -> str:
        """End the stream and read the answer; anything but a plain OK keeps the file out."""
        try:
            self._socket.sendall(struct.pack(">I", 0))
            answer = b""
            while piece := self._socket.recv(4096):
                answer += piece
        except OSError as error:
            raise ScannerDown from error
        finally:
            self._socket.close()
        answer = answer.rstrip(b"\0\n")
        if answer.endswith(b"FOUND"):
            return "infected"
        if answer != b"stream: OK":
            raise ScannerDown
        return "clean"

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def new_scanner() -> Scanner:
    """Begin looking at one file with whatever the installation has."""
    address = settings.ENV.clamd
    return ClamScanner(address) if address else NoScanner()
