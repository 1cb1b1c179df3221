"""When is her story hers, and when may it leave the house? She approves one text on one day."""

from collections.abc import Sequence

from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg

LONGEST = 3500
"""As much as stands on one page."""

NO_WORDS = msg("Write the story, in the person's own words.")
TOO_LONG = msg("This is longer than one page (%(most)s characters). Leave out what nobody has to read.")
NOT_IN_PERSON = msg("The person approves it here, with you. Say that the person has read it or heard it read.")
CHANGED_MEANWHILE = msg("The story was changed meanwhile. Read it together once more before it is approved.")
NOT_APPROVED = msg("The person has not approved any text yet.")
NOT_TICKED = msg("The person has not said that it may be printed for an institution.")
TELLS_TOO_MUCH = msg("Nothing printed says that somebody is a victim. Change these words together: %(words)s")
HAS_ONE = msg("There is a story already. Change that one.")


def check_words(text: str) -> str:
    """Return the text without space around it, or say what is wrong."""
    said = text.strip()
    if not said:
        raise Invalid(Problem("text", NO_WORDS))
    if len(said) > LONGEST:
        raise Invalid(Problem("text", TOO_LONG, parts={"most": LONGEST}))
    return said


def check_approval(*, is_in_person: bool, read: int, newest: int) -> None:
    """Refuse an approval that the person did not give here, or of another text than she has read."""
    if not is_in_person:
        raise Invalid(Problem("is_in_person", NOT_IN_PERSON))
    if read != newest:
        raise Conflict(CHANGED_MEANWHILE)


def check_printing(*, is_approved: bool, may_print: bool, telling: Sequence[str]) -> None:
    """Refuse to print what the person has not approved for it, or what says too much."""
    if not is_approved:
        raise NotAllowedNow(NOT_APPROVED)
    if not may_print:
        raise NotAllowedNow(NOT_TICKED)
    if telling:
        raise NotAllowedNow(TELLS_TOO_MUCH, words=", ".join(telling))
