"""Which files does a conversation take, and when is it enough?"""

from collections.abc import Sequence
from dataclasses import dataclass

from astra.kernel.errors import NotAllowedNow
from astra.kernel.words import msg

LARGEST = 15 * 1024 * 1024
"""Bytes of one file: what a telephone makes of a page or a moment."""
IN_AN_HOUR = 10
"""Files that one conversation takes; each is kept twice, as it came and clean."""
UNANSWERED_AN_HOUR = 512 * 1024 * 1024
"""Bytes that all conversations together bring in an hour before anybody has answered them: no flood fills the disk."""
DISK_RESERVE = 1024 * 1024 * 1024
"""When less is free, files are refused first, so that words can still be stored."""
TAKEN = "image/jpeg,image/png,image/webp,image/gif,application/pdf"
"""What the pages offer to choose from; what a file is really is seen when it is cleaned."""

NO_FILE = msg("Choose a file first.")
TOO_MANY = msg("That is too many files in a short time. Wait an hour, or write what is in them.")
NOT_NOW = msg("No files can be taken at this moment. Write to us; send the file when somebody has answered.")


@dataclass(frozen=True)
class Room:
    """How much has come lately, and how much room is left."""

    sizes: Sequence[int]
    """Of the files of this conversation in the last hour, originals and clean copies."""
    unanswered: int
    free: int


def check_room(room: Room, *, is_answered: bool) -> None:
    """Raise `NotAllowedNow` when no file is taken now."""
    if len(room.sizes) >= 2 * IN_AN_HOUR:
        raise NotAllowedNow(TOO_MANY)
    if room.free < DISK_RESERVE or (not is_answered and room.unanswered > UNANSWERED_AN_HOUR):
        raise NotAllowedNow(NOT_NOW)
