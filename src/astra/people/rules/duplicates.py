"""How do two files stand beside each other, which of them is kept, and by what are two people told apart for good?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import exp
from uuid import UUID

from astra.kernel.partial_dates import PartialDate
from astra.kernel.words import msg
from astra.science.linkage.weighing.evidence import births, others
from astra.science.linkage.weighing.reasons import Reason
from astra.science.script import normalise

SAME, SPELT, FITS, ALIKE, PARTLY = "same", "spelt", "fits", "alike", "partly"
DIFFERS, ONLY_FIRST, ONLY_SECOND = "differs", "only_first", "only_second"
HOW = {
    SAME: msg("same"),
    SPELT: msg("same, other spelling"),
    FITS: msg("fits"),
    ALIKE: msg("alike"),
    PARTLY: msg("partly the same"),
    DIFFERS: msg("differs"),
    ONLY_FIRST: msg("only in the first"),
    ONLY_SECOND: msg("only in the second"),
}
WORTH_SHOWING = 0.3
"""Pairs less likely than this would waste the time of those who look."""
LIKELIHOODS = ((0.95, msg("very likely")), (0.7, msg("likely")), (0.0, msg("perhaps")))
TWINS = msg("born on one day: perhaps twins")
TWICE_ON_RECORD, TWIN_ON_RECORD = 0.05, 0.015
"""The share of people who have two files, and whose twin has one: three in a hundred have a twin (Pison, Monden and
Smits 2015, Population and Development Review 41, 629-649), and say one twin in two comes to us."""
OF_A_FAMILY = ("birth", "family", "father", "mother", "place", "seen", "number")
"""What twins have in common, a phone too."""
AGREEING = ("same", "spelling", "equivalent", "fits")
AGREEING_LEVELS = {
    ("place", str(others.PLACE_SAME)),
    *(("birth", str(level)) for level in (births.SAME_DAY, births.IN_YEAR, births.YEAR_SAME, births.AGE_FITS)),
}


@dataclass(frozen=True)
class Compared:
    """One field of both files: what stands in each, and how they agree."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    how: str


def compare(first: Iterable[str], second: Iterable[str]) -> Compared | None:
    """Put a field of both files side by side, in either script and spelling of letters; None if both are blank."""
    one, other = _said(first), _said(second)
    if not one and not other:
        return None
    keys, others = {normalise(value) for value in one}, {normalise(value) for value in other}
    if not other:
        how = ONLY_FIRST
    elif not one:
        how = ONLY_SECOND
    elif keys == others:
        how = SAME
    else:
        how = PARTLY if keys & others else DIFFERS
    return Compared(one, other, how)


def nearer(row: Compared, how: str) -> Compared:
    """The same field, where more than the letters is known of how it agrees."""
    return replace(row, how=how) if how and row.how == DIFFERS else row


def how_spelt(reasons: Iterable[Reason]) -> str:
    """How unlike names agree, as the matcher reads them; blank where it says that they differ, or nothing."""
    ways = {reason.how for reason in reasons}
    if not ways or "differs" in ways:
        return ""
    return SPELT if ways <= set(AGREEING) else ALIKE


def how_born(first: PartialDate | None, second: PartialDate | None) -> str:
    """Whether two births may be one day, though the one is known less well; blank where they may not."""
    if first is None or second is None:
        return ""
    return FITS if first.earliest <= second.latest and second.earliest <= first.latest else ""


def _said(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def likelihood(chance: float) -> str:
    """How likely a pair is, in a word."""
    return next(word for least, word in LIKELIHOODS if chance >= least)


def twins_to_one(reasons: Iterable[Reason]) -> float:
    """How much likelier two who were born on one day are twins than one person; 0 for everybody else.

    The matcher compares one person with two strangers. Twins are no strangers: only what is a person's own, her first
    name above all, tells whether they are one.
    """
    given = list(reasons)
    if not any((one.about, one.how) == ("birth", str(births.SAME_DAY)) for one in given):
        return 0.0
    own = sum(one.says for one in given if one.about not in OF_A_FAMILY)
    return TWIN_ON_RECORD / TWICE_ON_RECORD * exp(-own)


def beside_twins(chance: float, twins: float) -> float:
    """How likely two are one person, where they may be twins, too: so many times likelier than one person."""
    return chance / (1 + chance * twins)


def speaks_against(reason: Reason) -> bool:
    """Whether a reason against a pair reads like one: what agrees but is too common to say anything does not."""
    agrees = reason.how in AGREEING or (reason.about, reason.how) in AGREEING_LEVELS
    return reason.says < 0 and not agrees


@dataclass(frozen=True)
class Side:
    """What decides which of two files is kept."""

    id: UUID
    cases: int
    registered_on: date


def kept_first(one: Side, other: Side) -> UUID:
    """The file to keep unless somebody says otherwise: the one with more cases, else the older one."""
    return min(one, other, key=lambda side: (-side.cases, side.registered_on, side.id)).id


def looks(names: Iterable[str], born_from: date | None, born_until: date | None) -> bytes:
    """What somebody was told apart by: her names in any order and either script, and her birth.

    When it changes, she is looked at again.
    """
    days = (day.isoformat() if day else "" for day in (born_from, born_until))
    words = sorted({" ".join(sorted(normalise(name).split())) for name in names})
    return "\n".join((*days, *words)).encode()
