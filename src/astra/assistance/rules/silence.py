"""What follows when somebody no longer answers? Steps by risk; none of them closes a file or blames her.

The numbers are a proposal that the organisation decides on: the higher the risk, the sooner the team thinks together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from astra.kernel.words import msg

REACHED = "reached"
QUIET, TRY_AGAIN, OTHER_WAY, TEAM, WEIGH, LOST = "quiet", "try_again", "other_way", "team", "weigh", "lost"


@dataclass(frozen=True)
class Attempt:
    """One try to reach somebody."""

    on: date
    result: str


@dataclass(frozen=True)
class Ladder:
    """After how many attempts, and how many days after the first one, each step comes."""

    other_way: int
    team: tuple[int, int]
    weigh: tuple[int, int]
    lost: tuple[int, int]
    every_days: int


LADDERS = {
    "": Ladder(2, (3, 7), (5, 21), (8, 90), 7),
    "low": Ladder(2, (3, 14), (5, 30), (8, 90), 10),
    "raised": Ladder(2, (3, 5), (4, 14), (8, 90), 4),
    "high": Ladder(1, (2, 1), (3, 3), (10, 90), 1),
    "immediate": Ladder(1, (1, 0), (2, 0), (10, 90), 1),
}

NAMES = {
    QUIET: msg("She answers."),
    TRY_AGAIN: msg("Try again, at a time that is safe for the person."),
    OTHER_WAY: msg("Try another way that the person agreed to."),
    TEAM: msg("Think it over in the team: what may have happened, who may safely be asked?"),
    WEIGH: msg("Weigh a welfare check: write what harm it could do before anybody decides."),
    LOST: msg("Contact is lost for now. The file stays open; decide together how long you go on trying."),
}


@dataclass(frozen=True)
class Silence:
    """Where a silence stands: since when, how many attempts, which step, and when the next attempt is due."""

    step: str
    attempts: int
    since: date | None
    next_on: date | None


def silence(risk: str, attempts: Iterable[Attempt], day: date) -> Silence:
    """Read a silence from its attempts; being reached ends it, whatever came before."""
    row: list[Attempt] = []
    for attempt in sorted(attempts, key=lambda one: one.on):
        row = [] if attempt.result == REACHED else [*row, attempt]
    if not row:
        return Silence(QUIET, 0, None, None)
    ladder = LADDERS.get(risk, LADDERS[""])
    count, days = len(row), (day - row[0].on).days
    step = TRY_AGAIN
    if count >= ladder.other_way:
        step = OTHER_WAY
    for name, (least, after) in ((TEAM, ladder.team), (WEIGH, ladder.weigh), (LOST, ladder.lost)):
        if count >= least and days >= after:
            step = name
    return Silence(step, count, row[0].on, row[-1].on + timedelta(days=ladder.every_days))


def may_weigh(found: Silence) -> bool:
    """Whether a welfare check may be weighed now: never for somebody who answers."""
    return found.step != QUIET
