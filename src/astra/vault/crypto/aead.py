"""How is one piece of data sealed with one key? AES-256-GCM with a version byte and bound context.

Every box starts with a version byte, so that a later algorithm can stand beside this one.
"""

import hmac
import os
import struct
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
BODY = 1 + NONCE_BYTES
"""Where the sealed bytes begin, after version and nonce."""
VERSION = b"\x01"
_EIGHT = struct.pack(">I", 8)
_SHA256 = hashes.SHA256()


class WrongBox(Exception):
    """The box does not open: wrong key, wrong context, or changed bytes. Which of them is not said."""


def new_key() -> bytes:
    """Return a fresh random 256-bit key."""
    return os.urandom(KEY_BYTES)


def context(domain: str, *parts: bytes | str | int) -> bytes:
    """Join a domain and its parts so that no two different lists give the same bytes (length-prefixed)."""
    return b"".join(piece(part) for part in (domain, *parts))


def piece(part: bytes | str | int) -> bytes:
    """One part as it stands in a context; what makes many contexts joins the pieces itself."""
    if isinstance(part, int):
        return _EIGHT + struct.pack(">Q", part)
    encoded = part.encode() if isinstance(part, str) else part
    return struct.pack(">I", len(encoded)) + encoded


def derive(secret: bytes, purpose: bytes, *, salt: bytes | None = None, length: int = KEY_BYTES) -> bytes:
    """Derive a key for one purpose from a secret (HKDF-SHA256)."""
    return HKDF(_SHA256, length, salt, purpose).derive(secret)


def seal(key: bytes, plaintext: bytes, bound: bytes) -> bytes:
    """Seal bytes under a key; `bound` must be given again to open."""
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plaintext, bound)


def open_box(key: bytes, box: bytes, bound: bytes) -> bytes:
    """Open what `seal` made, or raise `WrongBox`."""
    if box[:1] != VERSION:
        raise WrongBox
    try:
        return AESGCM(key).decrypt(box[1:BODY], box[BODY:], bound)
    except InvalidTag:
        raise WrongBox from None
    except ValueError:  # shorter than nonce and tag
        raise WrongBox from None


def opener(key: bytes) -> Callable[[bytes, bytes], bytes]:
    """`open_box` of many boxes under one key."""
    decrypt = AESGCM(key).decrypt

    def open_one(box: bytes, bound: bytes) -> bytes:
        if box[:1] != VERSION:
            raise WrongBox
        try:
            return decrypt(box[1:BODY], box[BODY:], bound)
        except InvalidTag:
            raise WrongBox from None
        except ValueError:  # shorter than nonce and tag
            raise WrongBox from None

    return open_one


def mac(key: bytes, message: bytes) -> bytes:
    """Return the HMAC-SHA256 of a message."""
    return hmac.digest(key, message, "sha256")


def is_mac(key: bytes, message: bytes, claimed: bytes) -> bool:
    """Whether a claimed MAC is right, compared in constant time."""
    return hmac.compare_digest(mac(key, message), claimed)
