"""How does somebody seal to a circle without being able to read? HPKE with ML-KEM768+X25519.

A circle's generation is one 32-byte secret; from it come an HPKE key pair, a symmetric key and a MAC key. A person
is a circle too, so members and circles share this code.
"""

import hashlib
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from astra.vault.crypto import aead

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
VERSION = b"\x02"
_MLKEM_SEED = 64
_MLKEM_PUBLIC = 1184


class CircleKeys:
    """The keys that one generation's secret yields, each derived when first needed."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret

    @cached_property
    def symmetric(self) -> bytes:
        """The key under which members wrap for each other."""
        return aead.derive(self.secret, b"astra.circle.symmetric.v1")

    @cached_property
    def mac(self) -> bytes:
        """The key that certifies memberships and public keys."""
        return aead.derive(self.secret, b"astra.circle.mac.v1")

    @cached_property
    def private(self) -> MLKEM768X25519PrivateKey:
        """The private half of the HPKE key pair."""
        seed = aead.derive(self.secret, b"astra.circle.hpke.v1", length=_MLKEM_SEED + 32)
        return MLKEM768X25519PrivateKey(
            MLKEM768PrivateKey.from_seed_bytes(seed[:_MLKEM_SEED]),
            X25519PrivateKey.from_private_bytes(seed[_MLKEM_SEED:]),
        )

    @cached_property
    def public(self) -> bytes:
        """The public half, as stored."""
        seed = aead.derive(self.secret, b"astra.circle.hpke.v1", length=_MLKEM_SEED + 32)
        lattice = MLKEM768PrivateKey.from_seed_bytes(seed[:_MLKEM_SEED]).public_key()
        curve = X25519PrivateKey.from_private_bytes(seed[_MLKEM_SEED:]).public_key()
        return _raw(lattice) + _raw(curve)


def _raw(key: MLKEM768PublicKey | X25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def fingerprint(public: bytes) -> bytes:
    """Return the 32-byte fingerprint of a stored public key."""
    return hashlib.sha256(public).digest()


def seal_to(public: bytes, plaintext: bytes, bound: bytes) -> bytes:
    """Seal to the holder of a stored public key; the sealer cannot open it again."""
    key = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]),
    )
    return VERSION + SUITE.encrypt(plaintext, key, bound)


def open_with(keys: CircleKeys, box: bytes, bound: bytes) -> bytes:
    """Open what was sealed to these keys' public half, or raise `WrongBox`."""
    if box[:1] != VERSION:
        raise aead.WrongBox
    try:
        return SUITE.decrypt(box[1:], keys.private, bound)
    except (InvalidTag, ValueError):
        raise aead.WrongBox from None


def unwrap(keys: CircleKeys, box: bytes, bound: bytes) -> bytes:
    """Open a wrap of either kind: by a fellow member (symmetric) or from outside (HPKE)."""
    if box[:1] == VERSION:
        return open_with(keys, box, bound)
    return aead.open_box(keys.symmetric, box, bound)
