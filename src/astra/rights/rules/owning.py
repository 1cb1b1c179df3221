"""What of her file does she see online, and for how long does a code open it?

Whoever controls her can force a code out of her. So her own page online holds only what she chose with her worker,
never the story or an address, names colleagues by their task alone, and a second code opens a page that says nothing.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from astra import vocabulary
from astra.kernel.errors import Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg

BASICS, CONSENTS, READERS, HELD, REQUESTS = "basics", "consents", "readers", "held", "requests"
PARTS = (BASICS, CONSENTS, READERS, HELD, REQUESTS)
"""What can be shown online at all: codes of the list own_page_part. Her story is read in person only."""

CODE_LASTS = timedelta(days=365)
VISIT_IDLE, VISIT_LASTS = timedelta(minutes=20), timedelta(hours=2)
READERS_SHOWN = 40

NOT_IN_PERSON = msg("The code is handed over in person only. Say that the person is here with you.")
NOTHING_CHOSEN = msg("Choose at least one part that the person wants to see online.")
NOT_A_CLIENT = msg("Only a client of the case has a page of her or his own.")
HAS_ONE = msg("There is a page already. Give a new code, or close the page first.")


def check_giving(parts: Collection[str], *, is_in_person: bool, is_client: bool) -> tuple[str, ...]:
    """Return the chosen parts in their order, or say what is missing before a code is given."""
    problems = [Problem("is_in_person", NOT_IN_PERSON)] if not is_in_person else []
    chosen = tuple(part for part in PARTS if part in parts)
    if not chosen:
        problems.append(Problem("parts", NOTHING_CHOSEN, ", ".join(PARTS)))
    for part in parts:
        vocabulary.check("own_page_part", part, field="parts")
    if problems:
        raise Invalid(*problems)
    if not is_client:
        raise NotAllowedNow(NOT_A_CLIENT)
    return chosen


def is_visit_over(began_at: datetime, seen_at: datetime, at: datetime) -> bool:
    """Whether a browser that has the page open must type the code anew."""
    return at - seen_at > VISIT_IDLE or at - began_at > VISIT_LASTS
