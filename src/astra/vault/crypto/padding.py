"""How long was it really? Sealed sections come in few sizes, so that length tells little.

Buckets: powers of two from 256 bytes to 64 KiB, then multiples of 64 KiB.
"""

SMALLEST = 256
STEP = 65_536
_HEADER = 4
"""Bytes of the true length, the highest first."""


class BadPadding(Exception):
    """The padded bytes are not in the form that `pad` makes."""


def bucket(length: int) -> int:
    """Return the size of the bucket that holds `length` bytes."""
    if length > STEP:
        return -(-length // STEP) * STEP
    size = SMALLEST
    while size < length:
        size *= 2
    return size


def pad(data: bytes) -> bytes:
    """Bring data to its bucket's size, with the true length in front."""
    size = bucket(len(data) + _HEADER)
    return (len(data).to_bytes(_HEADER, "big") + data).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """Return the data that `pad` was given."""
    end = _HEADER + int.from_bytes(padded[:_HEADER], "big")
    if not _HEADER <= end <= len(padded):
        raise BadPadding
    return padded[_HEADER:end]
