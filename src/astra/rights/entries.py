"""What does one hand to the services of the rights room?"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from astra.vault.crypto import aead


@dataclass(frozen=True)
class OwnTicket:
    """What her browser keeps as long as it has her page open."""

    visit_id: UUID
    key: bytes

    def __str__(self) -> str:
        return "o" + urlsafe_b64encode(self.visit_id.bytes + self.key).decode()


def read_own_ticket(text: str) -> OwnTicket | None:
    """Read a cookie back; None where it is none of ours."""
    try:
        held = urlsafe_b64decode(text[1:].encode()) if text.startswith("o") else b""
    except ValueError:
        return None
    return OwnTicket(UUID(bytes=held[:16]), held[16:]) if len(held) == 16 + aead.KEY_BYTES else None


@dataclass(frozen=True)
class Codes:
    """What is handed over in person and shown once: the code of her page, and one that opens nothing of hers."""

    own: str
    calm: str
