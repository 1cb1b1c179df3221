"""How does a share of the recovery key stand on paper? Groups of four characters that are hard to confuse."""

import base64

from astra.vault.crypto import shamir

GROUP = 4


def write_paper_share(share: bytes) -> str:
    """Write a share in groups of four (base32: letters and 2-7)."""
    text = base64.b32encode(share).decode().rstrip("=")
    return " ".join(text[i : i + GROUP] for i in range(0, len(text), GROUP))


def read_paper_share(typed: str) -> bytes:
    """Read a typed share; 0, 1 and 8 are taken for O, I and B. Raises `BadShare` when something is mistyped."""
    text = "".join(typed.upper().split()).replace("-", "").translate(str.maketrans("018", "OIB"))
    try:
        share = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError:
        raise shamir.BadShare from None
    shamir.read_share(share)
    return share
