"""What may somebody ask about her own data, who answers, and by when? Thirty days, once longer with a reason.

Source of the periods: General Data Protection Regulation, article 12 (3); Law on Personal Data Protection 87/2018,
article 21 (from memory, to be confirmed by a lawyer).
"""

from datetime import date, timedelta

from astra import vocabulary
from astra.kernel.errors import Invalid, NotAllowedNow, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg
from astra.rights.rules.exports import EXPORT
from astra.rights.rules.keeping import DISPOSAL

COPY, CORRECT, OWN_WORDS, STOP, ERASE, COMPLAIN = "copy", "correct", "own_words", "stop", "erase", "complain"
KINDS = (COPY, CORRECT, OWN_WORDS, STOP, ERASE, COMPLAIN)
ONLINE, IN_PERSON, BY_LETTER = "own_page", "in_person", "letter"

RECEIVED, IN_WORK, ANSWERED, TAKEN_BACK = "received", "in_work", "answered", "taken_back"
OWN_REQUEST = Lifecycle(
    "own_request",
    RECEIVED,
    [
        Step(RECEIVED, "take", IN_WORK),
        Step(RECEIVED, "answer", ANSWERED),
        Step(IN_WORK, "answer", ANSWERED),
        Step(RECEIVED, "take_back", TAKEN_BACK),
        Step(IN_WORK, "take_back", TAKEN_BACK),
    ],
)
"""What she asked goes on until somebody has answered it or she takes it back; nothing ends by itself."""
LIFECYCLES = (OWN_REQUEST, DISPOSAL, EXPORT)
WAITING = (RECEIVED, IN_WORK)

DONE, PARTLY, REFUSED = "done", "partly", "refused"
TERM, LONGER = timedelta(days=30), timedelta(days=60)
WARNED = timedelta(days=7)
LONGEST = 4000

NO_WORDS = msg("Write what you ask for, so that we can do it.")
TOO_LONG = msg("This is longer than %(most)s characters. Write the most important first and send the rest after it.")
NO_ANSWER = msg("Write the answer in words that the person understands.")
NO_REASON = msg("A request that is refused, or done only partly, is answered with the reason.")
LONGER_ALREADY = msg("The term was made longer already; that is possible once.")
WHY_LONGER = msg("Say why it takes longer: the person is told.")


def due_on(received_on: date) -> date:
    """The last day on which a request is answered in time."""
    return received_on + TERM


def longer(received_on: date, due: date, words: str) -> date:
    """The later day, with the reason that she is told; possible once."""
    if due != due_on(received_on):
        raise NotAllowedNow(LONGER_ALREADY)
    if not words.strip():
        raise Invalid(Problem("words", WHY_LONGER))
    return due + LONGER


def check_request(kind: str, words: str) -> str:
    """Return the words without space around them, or say what is wrong; a copy needs none."""
    vocabulary.check("own_request_kind", kind, field="kind")
    said = words.strip()
    if not said and kind not in (COPY, ERASE):
        raise Invalid(Problem("words", NO_WORDS))
    if len(said) > LONGEST:
        raise Invalid(Problem("words", TOO_LONG, parts={"most": LONGEST}))
    return said


def check_answer(outcome: str, words: str) -> str:
    """Return the answer, or say what is missing."""
    vocabulary.check("own_request_outcome", outcome, field="outcome")
    if not words.strip():
        raise Invalid(Problem("words", NO_ANSWER if outcome == DONE else NO_REASON))
    return words.strip()
