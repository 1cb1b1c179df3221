"""How is a file sealed for somebody outside, who has none of our keys? In the format of age (age-encryption.org/v1).

Whoever gets it opens it with the program age or a compatible one: with her own key, or with words that she was told on
another way. Only writing stands here; nothing of ours has to be opened again.
"""

import base64
import os

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

VERSION = b"age-encryption.org/v1"
FILE_KEY, NONCE, CHUNK = 16, bytes(12), 64 * 1024
WORK_FACTOR = 16
"""For six generated words, 73 bits: 64 MB and a fifth of a second; age itself takes 18."""
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_PREFIX = "age"
_SIX = 6


class BadKey(ValueError):
    """This is not the public key of an age recipient."""


def seal_for_key(public: str, plaintext: bytes) -> bytes:
    """Seal to whoever holds the private half of an `age1...` key."""
    theirs = read_public(public)
    file_key, ours = os.urandom(FILE_KEY), X25519PrivateKey.generate()
    share = ours.public_key().public_bytes_raw()
    shared = ours.exchange(X25519PublicKey.from_public_bytes(theirs))
    wrap = _derive(shared, share + theirs, VERSION + b"/X25519")
    stanza = b"-> X25519 " + _text(share) + b"\n" + _wrapped(wrap, file_key)
    return _sealed(file_key, stanza, plaintext)


def seal_for_words(words: str, plaintext: bytes) -> bytes:
    """Seal to whoever is told these words."""
    file_key, salt = os.urandom(FILE_KEY), os.urandom(16)
    scrypt = Scrypt(salt=VERSION + b"/scrypt" + salt, length=32, n=1 << WORK_FACTOR, r=8, p=1)
    stanza = b"-> scrypt " + _text(salt) + b" %d\n" % WORK_FACTOR + _wrapped(scrypt.derive(words.encode()), file_key)
    return _sealed(file_key, stanza, plaintext)


def read_public(text: str) -> bytes:
    """The 32 bytes of an `age1...` key, or `BadKey`: Bech32 with its checksum, in one case."""
    folded = text.strip().lower()
    if text.strip() not in (folded, folded.upper()) or not folded.startswith(_PREFIX + "1"):
        raise BadKey
    digits = [_LETTERS.find(one) for one in folded[len(_PREFIX) + 1 :]]
    spread = [ord(one) >> 5 for one in _PREFIX] + [0] + [ord(one) & 31 for one in _PREFIX]
    if min(digits, default=-1) < 0 or len(digits) != 58 or _checksum(spread + digits) != 1:
        raise BadKey
    number = 0
    for digit in digits[:-_SIX]:
        number = number << 5 | digit
    if number & 0b1111:  # 52 letters carry 260 bits: four more than the key
        raise BadKey
    return (number >> 4).to_bytes(32)


def _checksum(values: list[int]) -> int:
    """Bech32's checksum, as BIP 173 defines it."""
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> bit & 1 else 0
    return check


def _derive(secret: bytes, salt: bytes | None, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, purpose).derive(secret)


def _text(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _wrapped(key: bytes, file_key: bytes) -> bytes:
    """The body of a stanza: 32 bytes, one line shorter than 64 letters."""
    return _text(ChaCha20Poly1305(key).encrypt(NONCE, file_key, None)) + b"\n"


def _sealed(file_key: bytes, stanza: bytes, plaintext: bytes) -> bytes:
    head = VERSION + b"\n" + stanza + b"---"
    mac = HMAC(_derive(file_key, None, b"header"), SHA256())
    mac.update(head)
    nonce = os.urandom(16)
    cipher = ChaCha20Poly1305(_derive(file_key, nonce, b"payload"))
    starts = range(0, max(len(plaintext), 1), CHUNK)
    body = [
        cipher.encrypt(
            number.to_bytes(11) + (b"\x01" if start + CHUNK >= len(plaintext) else b"\x00"),
            plaintext[start : start + CHUNK],
            None,
        )
        for number, start in enumerate(starts)
    ]
    return b"".join([head, b" ", _text(mac.finalize()), b"\n", nonce, *body])
