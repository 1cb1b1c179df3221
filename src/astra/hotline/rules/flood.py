"""When many come at once, or one pretends to be many: what does the next one have to bring?

Nobody is asked to prove that she is a person, and no address is looked at. While few begin, nothing is asked. In a
flood her browser solves a small puzzle (a second or two of work, and as much for each of the thousands that a machine
wants), or, without a script, she waits a little. Puzzles and waiting slips are signed, good once, and short-lived; who
they were given to is not known.

Source: A. Back, "Hashcash - a denial of service counter-measure" (2002), with the difficulty set by what comes.
"""

import hashlib
import hmac
from dataclasses import dataclass
from math import log2

FREE_A_MINUTE = 30
"""So many in a minute bring nothing."""
FIRST_BITS, MOST_BITS = 12, 19
"""Leading zero bits that the puzzle asks for: a telephone tries some hundred thousand numbers in a second."""
LASTS_S = 300
SHORTEST_WAIT_S, LONGEST_WAIT_S = 5, 30
WAITED_A_MINUTE = 20
"""So many a minute may come in by waiting: the way without a script is slower in a flood, and never closed."""


@dataclass(frozen=True)
class Asked:
    """What the next one has to bring: nothing, or a puzzle solved, or a time waited."""

    bits: int
    wait_s: int

    def __bool__(self) -> bool:
        return self.bits > 0


NOTHING = Asked(0, 0)


def asked_of_next(in_last_minute: int) -> Asked:
    """What is asked, by how many came in the last minute."""
    if in_last_minute < FREE_A_MINUTE:
        return NOTHING
    doubled = log2(in_last_minute / FREE_A_MINUTE)
    return Asked(
        min(FIRST_BITS + round(2 * doubled), MOST_BITS), min(round(SHORTEST_WAIT_S * (1 + doubled)), LONGEST_WAIT_S)
    )


def new_slip(key: bytes, *, kind: str, at: int, number: int, nonce: str) -> str:
    """Sign a slip: a puzzle with so many bits, or a place in the waiting room with so many seconds."""
    told = f"{kind}.{at}.{number}.{nonce}"
    return f"{told}.{_sign(key, told)}"


@dataclass(frozen=True)
class Slip:
    """A slip that we signed."""

    kind: str
    at: int
    number: int
    nonce: str


def read_slip(key: bytes, text: str) -> Slip | None:
    """Read a slip back; None where it is none of ours."""
    told, _, signed = text.rpartition(".")
    parts = told.split(".")
    if len(parts) != 4 or not hmac.compare_digest(signed, _sign(key, told)):
        return None
    kind, at, number, nonce = parts
    return Slip(kind, int(at), int(number), nonce)


def is_solved(slip: str, answer: str, bits: int) -> bool:
    """Whether the SHA-256 of a slip and an answer begins with so many zero bits."""
    found = hashlib.sha256(f"{slip}.{answer[:20]}".encode()).digest()
    return int.from_bytes(found) >> (256 - bits) == 0 if bits else True


def is_fresh(slip: Slip, at: int) -> bool:
    """Whether a slip is still good."""
    return slip.at <= at <= slip.at + LASTS_S


def _sign(key: bytes, told: str) -> str:
    return hmac.digest(key, told.encode(), "sha256").hex()[:32]
