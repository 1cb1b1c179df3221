"""How is a secret split so that k of n pieces give it back and k-1 say nothing?

Shamir's scheme over GF(256), byte by byte (A. Shamir, "How to share a secret", CACM 22(11), 1979), with the field of
AES (x^8 + x^4 + x^3 + x + 1). Multiplication is written without tables or branches on secrets. A share carries its
number, the threshold and a check value, so that a mistyped paper share is noticed.
"""

import hashlib
import os

CHECK_BYTES = 4


class BadShare(Exception):
    """A share is mistyped, or shares of different secrets were put together."""


def _times(a: int, b: int) -> int:
    product = 0
    for _ in range(8):
        product ^= -(b & 1) & a
        b >>= 1
        a = (a << 1) ^ (-(a >> 7) & 0x11B)
    return product


def _inverse(a: int) -> int:
    result = 1
    for _ in range(254):
        result = _times(result, a)
    return result


def _evaluate(coefficients: list[int], x: int) -> int:
    value = 0
    for coefficient in reversed(coefficients):
        value = _times(value, x) ^ coefficient
    return value


def _checked(body: bytes) -> bytes:
    return body + hashlib.sha256(b"astra.share.v1" + body).digest()[:CHECK_BYTES]


def split(secret: bytes, *, threshold: int, shares: int) -> list[bytes]:
    """Return `shares` pieces of which any `threshold` give the secret back."""
    if not 2 <= threshold <= shares <= 255:
        raise ValueError("2 <= threshold <= shares <= 255")
    polynomials = [[byte, *os.urandom(threshold - 1)] for byte in secret]
    return [
        _checked(bytes([threshold, x, *(_evaluate(polynomial, x) for polynomial in polynomials)]))
        for x in range(1, shares + 1)
    ]


def read_share(share: bytes) -> tuple[int, int, bytes]:
    """Return threshold, number and body of a share, or raise `BadShare`."""
    body = share[:-CHECK_BYTES]
    if len(body) < 3 or _checked(body) != share or body[0] < 2 or body[1] == 0:
        raise BadShare
    return body[0], body[1], body[2:]


def combine(shares: list[bytes]) -> bytes:
    """Return the secret from enough different shares, or raise `BadShare`."""
    pieces = {number: (threshold, body) for threshold, number, body in map(read_share, shares)}
    thresholds = {threshold for threshold, _ in pieces.values()}
    lengths = {len(body) for _, body in pieces.values()}
    if len(thresholds) != 1 or len(lengths) != 1 or len(pieces) < thresholds.pop():
        raise BadShare
    secret = bytearray(lengths.pop())
    for x, (_, body) in pieces.items():
        weight = 1
        for other in pieces:
            if other != x:
                weight = _times(weight, _times(other, _inverse(other ^ x)))
        for i, byte in enumerate(body):
            secret[i] ^= _times(byte, weight)
    return bytes(secret)
