"""In which words do the cleaner and whoever starts it understand each other? A line, then the clean bytes."""

from dataclasses import dataclass

UNKNOWN, BROKEN, TOO_MUCH, LOCKED = 11, 12, 13, 14
"""What the cleaner ends with when there is no clean copy: not a kind it knows, not to be read, too much, locked."""
LARGEST_IN = 100 * 1024 * 1024


class Refused(Exception):
    """There is no clean copy; says why by its number."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Clean:
    """A clean copy and what it is."""

    content_type: str
    data: bytes
