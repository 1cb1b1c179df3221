"""What brings a visitor back to her conversation? Sixteen digits that only she has, said in any script.

The code is stretched once (Argon2id with the installation's salt, and its pepper as the secret input); from the result
come a value to look the conversation up by and a key that opens the private half of its key pair. Neither leads to the
other, nor back to the code. Sixteen digits are 53 bits.
"""

import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from astra.vault.crypto import aead

DIGITS, GROUP = 16, 4
WORK_FACTOR = "argon2id:32768:2"
"""Less than for a passphrase, which people choose words of: nobody guesses among ten thousand million million."""
CHEAP_WORK_FACTOR = "argon2id:64:1"


@dataclass(frozen=True)
class CodeKeys:
    """What a code yields."""

    lookup: bytes
    wrap: bytes


def new_code() -> str:
    """Return sixteen fresh digits."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def fold_code(typed: str) -> str:
    """The digits of what somebody typed, whatever stands between them and in whichever script they are."""
    return "".join(str(unicodedata.decimal(sign)) for sign in typed if unicodedata.decimal(sign, None) is not None)


def in_groups(code: str) -> str:
    """A code as it is shown: four and four."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def code_keys(code: str, *, salt: bytes, pepper: bytes, factor: str) -> CodeKeys:
    """Stretch a folded code."""
    _, memory, rounds = factor.split(":")
    derivation = Argon2id(salt=salt, length=32, iterations=int(rounds), lanes=1, memory_cost=int(memory), secret=pepper)
    stretched = derivation.derive(code.encode())
    return CodeKeys(
        aead.derive(stretched, b"astra.return-code.lookup.v1"), aead.derive(stretched, b"astra.return-code.wrap.v1")
    )
