"""Who may sit in the circle of supervisors, and what does a note need?"""

from collections.abc import Collection
from uuid import UUID

from astra.kernel.errors import Denied, Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg

TIER = "supervision"
"""What its circle is called; it is no desk's, so that no role brings anybody in."""

IS_THERE = msg("There is a circle of supervisors already. One of them lets others in.")
NOBODY = msg("Choose who supervises.")
MEMBERS_ONLY = msg("Only the supervisors do this.")
LAST = msg("Somebody has to stay: let another supervisor in first.")
NOTHING = msg("There is nothing in the note yet.")
SHARED_WITH = msg("Choose the colleague with whom the note is shared.")


def check_founding(members: Collection[UUID], *, is_founded: bool) -> None:
    """Raise unless a circle can begin with these."""
    if is_founded:
        raise NotAllowedNow(IS_THERE)
    if not members:
        raise Invalid(Problem("members", NOBODY))


def check_member(*, is_member: bool) -> None:
    """Raise `Denied` for whoever does not sit in the circle, whatever her role."""
    if not is_member:
        raise Denied(MEMBERS_ONLY)


def check_can_go(members: Collection[UUID]) -> None:
    """Raise `NotAllowedNow` if nobody would be left."""
    if len(members) <= 1:
        raise NotAllowedNow(LAST)


def check_note(words: str, about: UUID | None, *, is_shared: bool) -> None:
    """Raise `Invalid` for an empty note, or one shared with nobody."""
    if not words.strip():
        raise Invalid(Problem("words", NOTHING))
    if is_shared and about is None:
        raise Invalid(Problem("about", SHARED_WITH))
