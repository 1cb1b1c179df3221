"""In how much danger is somebody, until when does that hold, and who must know now?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from astra import vocabulary
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

LEVELS = ("low", "raised", "high", "immediate")
"""Codes of the list risk_level, the gravest last."""
HEADINGS = ("immediate", "self_harm", "retaliation", "retrafficking", "online", "children")
HOLDS = {"immediate": timedelta(days=1), "high": timedelta(days=7), "raised": timedelta(days=30)}
LASTS = timedelta(days=90)
LONGEST = timedelta(days=180)

NOT_ASSESSED = msg("Say how high the risk is under at least one heading.")
NO_WORDS = msg("Write what the risk is, and what is done about it.")
BEFORE_TODAY = msg("The assessment must hold at least until today.")
TOO_LONG = msg("A risk is looked at again within half a year at the latest.")
NOBODY_TOLD = msg("Somebody must know of a high risk now: choose who.")
FUTURE = msg("An assessment cannot lie in the future.")


@dataclass(frozen=True)
class Level:
    """One heading: how high, and what was said of it."""

    heading: str
    level: str
    words: str = ""
    done: str = ""
    """What is done about it."""


def highest(levels: Iterable[str]) -> str:
    """The gravest of several; blank where none was assessed."""
    return max((one for one in levels if one), key=LEVELS.index, default="")


def proposed_until(levels: Iterable[str], on: date) -> date:
    """Until when an assessment holds, by its gravest level."""
    return on + HOLDS.get(highest(levels), LASTS)


def check(
    levels: Iterable[Level], *, on: date, until: date, today: date, told: Collection[object]
) -> tuple[Level, ...]:
    """Return the headings that were assessed, in their order, or say everything that is wrong."""
    given = {one.heading: one for one in levels if one.level}
    problems = [] if given else [Problem("levels", NOT_ASSESSED)]
    for one in given.values():
        vocabulary.check("risk_heading", one.heading, field="levels")
        vocabulary.check("risk_level", one.level, field=one.heading)
        if one.level != "low" and not (one.words.strip() and one.done.strip()):
            problems.append(Problem(one.heading, NO_WORDS))
    if on > today:
        problems.append(Problem("on", FUTURE))
    if until < today:
        problems.append(Problem("until", BEFORE_TODAY))
    if until > on + LONGEST:
        problems.append(Problem("until", TOO_LONG))
    if LEVELS.index(highest(one.level for one in given.values()) or "low") >= LEVELS.index("high") and not told:
        problems.append(Problem("told", NOBODY_TOLD))
    if problems:
        raise Invalid(*problems)
    return tuple(given[heading] for heading in HEADINGS if heading in given)
