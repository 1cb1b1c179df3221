"""What is kept of a secret address?"""

import hashlib


def hash_of(token: str) -> bytes:
    """Of the secret in a calendar's address: it has 256 random bits, so one round says nothing of it."""
    return hashlib.sha256(token.encode()).digest()
