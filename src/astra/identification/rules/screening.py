"""What may follow from what was heard? The ILO's rule for each dimension and for the whole, with its reasons.

An aid to whoever listens. It never sets a status: our assessment is somebody's own decision, the formal one is the
competent body's, and the choice is the person's.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from astra import vocabulary
from astra.identification.rules import indicators as known
from astra.identification.rules.indicators import ADULT, CHILD, MEDIUM, STRENGTHS, STRONG, WEAK
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

HEARD, DENIED = "heard", "denied"
ANSWERS = (HEARD, DENIED)
"""Blank is neither: it was not spoken about."""
GROWN_UP = 18

NOTHING_HEARD, EXPLOITED, DECEIVED, TRAFFICKED, UNCLEAR = (
    "nothing_heard",
    "exploited",
    "deceived_and_exploited",
    "trafficked",
    "unclear",
)
READINGS = (NOTHING_HEARD, UNCLEAR, EXPLOITED, DECEIVED, TRAFFICKED)
"""What the rule reads from the dimensions, the strongest last: codes of the list screening_reading."""

TWO_STRONG = msg("two strong indicators")
ONE_STRONG = msg("one strong indicator and another one")
THREE_MEDIUM = msg("three medium indicators")
TWO_MEDIUM = msg("two medium indicators and a weak one")
NOT_ENOUGH = msg("not enough: one strong, two medium or weak ones alone do not make it positive")
NOBODY_SPOKE = msg("nothing was heard")

UNKNOWN_INDICATOR = msg("This is not one of the indicators.")
HEARD_AND_DENIED = msg("An indicator was either heard or denied, not both.")
NO_WORDS = msg("Say which words support it, in the person's own words or yours.")
FUTURE = msg("A screening cannot lie in the future.")


@dataclass(frozen=True)
class Reading:
    """One dimension under one profile: whether it is positive, and why."""

    dimension: str
    is_positive: bool
    reason: str
    """A marked sentence."""
    counts: tuple[tuple[str, int], ...]
    """How many were heard of each strength, the strong ones first."""


@dataclass(frozen=True)
class Whole:
    """The whole under one profile."""

    profile: str
    reading: str
    readings: tuple[Reading, ...]

    @property
    def positive(self) -> tuple[str, ...]:
        """The dimensions that are positive."""
        return tuple(one.dimension for one in self.readings if one.is_positive)


def read_dimension(dimension: str, profile: str, heard: Collection[str]) -> Reading:
    """Whether what was heard makes a dimension positive, and by which part of the rule."""
    strengths = Counter(one.strengths[profile] for one in known.in_dimension(dimension, profile) if one.code in heard)
    strong, medium, weak = strengths[STRONG], strengths[MEDIUM], strengths[WEAK]
    parts = (
        (strong >= 2, TWO_STRONG),
        (strong >= 1 and medium + weak >= 1, ONE_STRONG),
        (medium >= 3, THREE_MEDIUM),
        (medium >= 2 and weak >= 1, TWO_MEDIUM),
    )
    reason = next((words for holds, words in parts if holds), "")
    counts = tuple((strength, strengths[strength]) for strength in STRENGTHS if strengths[strength])
    return Reading(dimension, bool(reason), reason or (NOT_ENOUGH if counts else NOBODY_SPOKE), counts)


def read_whole(profile: str, heard: Collection[str], acts: Collection[str] = ()) -> Whole:
    """What the rule reads from all dimensions. For a child an act and exploitation are enough; means are not needed."""
    readings = tuple(read_dimension(dimension, profile, heard) for dimension in known.DIMENSIONS)
    positive = {one.dimension for one in readings if one.is_positive}
    reading = _child(positive, acts) if profile == CHILD else _adult(positive)
    if reading == NOTHING_HEARD and heard:
        reading = UNCLEAR
    return Whole(profile, reading, readings)


def _adult(positive: Collection[str]) -> str:
    if known.EXPLOITATION not in positive:
        return UNCLEAR if positive else NOTHING_HEARD
    # Abuse of a vulnerable position can stand in for the means (the source's note to its rule).
    recruited = {known.DECEPTION, known.FORCE, known.VULNERABLE} & set(positive)
    kept = {known.COERCION, known.KEPT_VULNERABLE} & set(positive)
    if recruited and kept:
        return TRAFFICKED
    return DECEIVED if known.DECEPTION in positive else EXPLOITED


def _child(positive: Collection[str], acts: Collection[str]) -> str:
    if known.EXPLOITATION not in positive:
        return UNCLEAR if positive else NOTHING_HEARD
    recruited = {known.DECEPTION, known.FORCE, known.VULNERABLE} & set(positive)
    return TRAFFICKED if acts or recruited else EXPLOITED


def profiles_at(least: int | None, most: int | None) -> tuple[str, ...]:
    """Under which profiles somebody of this age is read; where the age leaves both open, both, the child's first."""
    if least is not None and least >= GROWN_UP:
        return (ADULT,)
    if most is not None and most < GROWN_UP:
        return (CHILD,)
    return (CHILD, ADULT)


def meets_definition(
    profile: str, *, acts: Collection[str], means: Collection[str], purposes: Collection[str]
) -> tuple[str, ...]:
    """What is still missing of act, means and purpose. A child needs no means (Palermo Protocol, article 3 (c))."""
    needed = [("acts", acts), ("means", means), ("purposes", purposes)]
    return tuple(name for name, found in needed if not found and not (name == "means" and profile == CHILD))


@dataclass(frozen=True)
class Answer:
    """What was said about one indicator, with the words and the record that they come from."""

    code: str
    answer: str
    words: str = ""
    record_id: str = ""


def check_answers(answers: Iterable[Answer], on: date, today: date) -> tuple[Answer, ...]:
    """Return the answers in the order of the source, or say everything that is wrong."""
    found: dict[str, Answer] = {}
    problems = [Problem("on", FUTURE)] if on > today else []
    for one in answers:
        if one.code not in known.indicators() or one.answer not in ANSWERS:
            problems.append(Problem(one.code, UNKNOWN_INDICATOR, ", ".join(ANSWERS)))
        elif one.code in found:
            problems.append(Problem(one.code, HEARD_AND_DENIED))
        elif one.answer == HEARD and not one.words.strip():
            problems.append(Problem(one.code, NO_WORDS))
        found[one.code] = one
    if problems:
        raise Invalid(*problems)
    return tuple(found[code] for code in known.indicators() if code in found)


def check_triad(acts: Collection[str], means: Collection[str], purposes: Collection[str]) -> None:
    """Raise `Invalid` where a code is none of the list."""
    for name, field, given in (("kz388_acts", "acts", acts), ("kz388_means", "means", means)):
        for code in given:
            vocabulary.check(name, code, field=field)
    for code in purposes:
        vocabulary.check("forms_of_exploitation", code, field="purposes")


@dataclass(frozen=True)
class Change:
    """What another screening says differently from the one before."""

    code: str
    before: str
    after: str


def changes(before: Iterable[Answer], after: Iterable[Answer]) -> tuple[Change, ...]:
    """What was said differently, in the order of the source; blank where it was not spoken about."""
    old, new = ({one.code: one.answer for one in said} for said in (before, after))
    return tuple(
        Change(code, old.get(code, ""), new.get(code, ""))
        for code in known.indicators()
        if old.get(code, "") != new.get(code, "")
    )


def headings_heard(answers: Iterable[Answer]) -> frozenset[str]:
    """Which of the eleven indicators of forced labour were heard."""
    return known.headings_of(one.code for one in answers if one.answer == HEARD)
