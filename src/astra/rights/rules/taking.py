"""What of a file does somebody take along, and who looks at it first? What is hers alone."""

from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

PREPARED, CHECKED, HANDED, DROPPED = "prepared", "checked", "handed", "dropped"
TAKEN_FILE = Lifecycle(
    "taken_file",
    PREPARED,
    [
        Step(PREPARED, "check", CHECKED),
        Step(PREPARED, "drop", DROPPED),
        Step(CHECKED, "hand_over", HANDED),
        Step(CHECKED, "drop", DROPPED),
    ],
)
"""Prepared by one colleague, checked by another, handed over once."""
LIVING = (PREPARED, CHECKED)

NOT_A_PART = frozenset(
    {
        *("vault.file", "people.card", "cases.blacked", "cases.old_numbers"),
        *("hotline.draft", "hotline.sender_address", "hotline.signed_as", "hotline.review", "hotline.quality"),
        *("hotline.debrief", "hotline.for_coordination", "hotline.supervision"),
        *("rights.basics", "rights.taken"),
    }
)
"""Kinds that say nothing of their own about her (keys, cards for searching, drafts) or are a colleague's own."""
OF_OTHERS = frozenset({"reported_person"})
"""Classes of data that are somebody else's wherever they stand."""

NOTHING_TO_TAKE = msg("Nothing of this file is hers or his alone. Read the file together instead.")
ONE_AT_A_TIME = msg("A file is prepared already. Hand it over or put it aside first.")
SECOND_COLLEAGUE = msg("Whoever prepared it does not check it. Ask a second colleague of the team.")
NOT_ALL_OPENS = msg("You cannot open all that it holds. A colleague who works with the same parts checks it.")
CHANGED_SINCE = msg("The file was changed after it was prepared. Put it aside and prepare it anew.")
NOT_IN_PERSON = msg("It is handed over in person only. Say that the person is here with you.")


def check_second(preparer: object, checker: object) -> None:
    """Refuse that the same colleague prepares and checks."""
    if preparer == checker:
        raise NotAllowedNow(SECOND_COLLEAGUE)


def check_handing(*, is_in_person: bool) -> None:
    """Refuse to hand anything over to somebody who is not here."""
    if not is_in_person:
        raise Invalid(Problem("is_in_person", NOT_IN_PERSON))


def check_same(expected: bytes, found: bytes) -> None:
    """Refuse to hand over anything other than what was checked."""
    if expected != found:
        raise Conflict(CHANGED_SINCE)


def is_hers(kind: str, retention: str, owners: int) -> bool:
    """Whether a sealed part speaks about her alone."""
    return owners == 1 and retention not in OF_OTHERS and kind not in NOT_A_PART
