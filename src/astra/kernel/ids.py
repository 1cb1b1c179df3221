"""Which identifiers does Astra give out?

Random identifiers in time order (UUID version 7, RFC 9562): they say nothing about a person, and a
million of them keep database pages dense, which random ones do not.
"""

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a fresh identifier; later calls sort after earlier ones to the millisecond."""
    millis = time.time_ns() // 1_000_000
    value = (millis & ((1 << 48) - 1)) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
