"""On which levels does a database tell agreement from difference, and what is each worth?

The levels of `evidence`, written as conditions on the flat table, with the weights of `weights.toml`. Conditions are in
the SQL that DuckDB and Spark share; what they do not share (lists) goes through `Dialect`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.engines.chances import Chances
from astra.science.linkage.keeping.vocabulary import Channel
from astra.science.linkage.normalise import appearance
from astra.science.linkage.weighing.evidence import births, others
from astra.science.linkage.weighing.ranker import BIRTH, EYES, HAIR, HEIGHT, MARKS, NUMBER, PLACE, SEEN, SEX
from astra.science.linkage.weighing.reasons import DIFFERS
from astra.science.linkage.weighing.weights import Weights

RARITY_STEPS = (0.0, 3.0, 4.5, 6.0, 7.5, 9.0, 99.0)
RARITY_MIDDLES = (2.2, 3.75, 5.25, 6.75, 8.25, 10.5)
"""Names that only resemble each other are worth more the rarer they are; in steps, as the rarities of two differ."""
SLIPS = ((1, 3, 0.6), (2, 5, 1.3), (3, 8, 1.8))
"""So many letters apart in words of at least so many letters, and what that costs in the middle by `channel`."""
OTHER_VOWELS = 1.2
"""What the same consonants with other vowels cost."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a database asks whether two lists share something."""

    overlap: str

    def share(self, first: str, second: str) -> str:
        """The condition that two lists share a value; false where one is missing."""
        return f"coalesce({self.overlap}({first}, {second}), false)"

    def either(self, first: str, second: str) -> str:
        """The condition that one column of either record shares a value with another column of the other record."""
        ways = {self.share(f"{first}_l", f"{second}_r"), self.share(f"{second}_l", f"{first}_r")}
        return f"({' or '.join(sorted(ways))})"


DUCKDB, SPARK = Dialect("list_has_any"), Dialect("arrays_overlap")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison.

    Parameters
    ----------
    sql : str
        The condition, on columns that end in ``_l`` and ``_r``.
    says : float
        The natural logarithm of how much likelier it makes one person; with `rare`, of how often it happens between two
        records of one person.
    how : str
        The key of the sentence in `reasons.WORDS`; "" where it is worth none.
    rare : str
        The column whose frequencies say how often this happens by chance.
    """

    sql: str
    says: float
    how: str = ""
    rare: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, when nothing is known, and the levels, the first that holds counting."""

    about: str
    unknown: str
    levels: tuple[Level, ...]
    scale: float = 1.0


def comparisons(weights: Weights, chances: Chances, dialect: Dialect) -> tuple[Comparison, ...]:
    """All comparisons of two flat rows.

    Parameters
    ----------
    weights : Weights
        What agreements are worth.
    chances : Chances
        How often they happen by chance.
    dialect : Dialect
        The database.
    """
    return (
        *_own_names(weights, dialect), _nickname(weights, dialect), *_parents(weights, dialect),
        _birth(weights, chances), _place(weights, chances, dialect), _seen(weights), _sex(weights), _height(weights),
        _colour("hair", weights.hair, appearance.HAIR_LIKENESS),
        _colour("eyes", weights.eyes, appearance.EYES_LIKENESS),
        _marks(weights, dialect), _number(weights),
    )  # fmt: skip


# --- names --------------------------------------------------------------------------------------------------------


def _unknown(*columns: str) -> str:
    return " or ".join(f"{column}_{side} is null" for column in columns for side in "lr")


def _banded(sql: str, says: float, how: str, rarity: str) -> Iterator[Level]:
    """One level in steps of rarity."""
    both = f"({rarity}_l + {rarity}_r) / 2"
    for (least, most), middle in zip(pairwise(RARITY_STEPS), RARITY_MIDDLES, strict=True):
        yield Level(f"({sql}) and {both} >= {least} and {both} < {most}", says + middle, how)


def _slips(column: str, channel: Channel) -> Iterator[tuple[str, float, str]]:
    """Words that few letters part."""
    length = f"least(length({column}_l), length({column}_r))"
    for letters, shortest, cost in SLIPS:
        sql = f"levenshtein({column}_l, {column}_r) <= {letters} and {length} >= {shortest}"
        yield sql, channel.slip - channel.per_cost * cost, "slip"


def _beginning(column: str) -> str:
    one, other = f"{column}_l", f"{column}_r"
    begins = f"(substr({one}, 1, length({other})) = {other} or substr({other}, 1, length({one})) = {one})"
    return f"{begins} and least(length({one}), length({other})) >= 4"


def _initial(column: str) -> str:
    shorter = f"least(length({column}_l), length({column}_r)) = 1"
    return f"substr({column}_l, 1, 1) = substr({column}_r, 1, 1) and {shorter}"


def _own_names(weights: Weights, dialect: Dialect) -> Iterator[Comparison]:
    channel, names = weights.channel, weights.names
    ways: dict[str, list[tuple[str, float, str]]] = {}
    swapped = f"{dialect.share('givens_l', 'familys_r')} and {dialect.share('familys_l', 'givens_r')}"
    for own in ("given", "family"):
        ways[own] = [
            (dialect.either(f"{own}s", f"{own}s"), channel.same, "same"),
            (dialect.either(f"{own}_spelled", f"{own}s"), channel.spelling, "spelling"),
            (swapped, channel.same + names.swapped / 2, "same"),
            (f"{own}_bones_l = {own}_bones_r and is_bare_l + is_bare_r > 0", channel.vowels, "spelling"),
        ]
    nickname = (dialect.either("given_forms", "givens"), channel.nickname - 1.0, "nickname")
    both_short = (dialect.either("given_forms", "given_forms"), channel.by_nicknames, "nickname")
    by_nick = (dialect.either("given_forms", "nicks"), channel.nickname - 1.0 + names.nickname_part, "nickname")
    ways["given"][2:2] = [nickname, both_short, by_nick]
    for own in ("given", "family"):
        ways[own] += [
            *_slips(own, channel),
            (f"{own}_bones_l = {own}_bones_r", channel.slip - channel.per_cost * OTHER_VOWELS, "slip"),
            (_beginning(own), channel.beginning, "beginning"),
            (_initial(own), channel.initial, "initial"),
        ]
    differs = {
        "given": (Level("1 = 1", names.other_given, DIFFERS),),
        "family": (
            Level("sex_l = 2 or sex_r = 2", names.other_family_man, DIFFERS),
            Level("1 = 1", names.other_family, DIFFERS),
        ),
    }
    for own in ("given", "family"):
        like = [level for sql, says, how in ways[own] for level in _banded(sql, says, how, f"{own}_rarity")]
        same = Level(f"{own}_l = {own}_r", channel.same, "same", rare=own)
        yield Comparison(own, _unknown(own), (same, *like, *differs[own]), names.scale)


def _nickname(weights: Weights, dialect: Dialect) -> Comparison:
    names = weights.names
    neither = "len(nicks_l) = 0 or len(nicks_r) = 0" if dialect is DUCKDB else "size(nicks_l) = 0 or size(nicks_r) = 0"
    levels = (
        Level(dialect.either("nicks", "nicks"), names.nickname_beside, "same"),
        Level("1 = 1", names.other_nickname, DIFFERS),
    )
    return Comparison("nickname", neither, levels, names.scale)


def _parents(weights: Weights, dialect: Dialect) -> Iterator[Comparison]:
    channel, names = weights.channel, weights.names
    for parent in ("father", "mother"):
        ways = [
            (dialect.either(f"{parent}_forms", f"{parent}_forms"), channel.spelling, "spelling"),
            *_slips(parent, channel),
            (_initial(parent), channel.initial, "initial"),
        ]
        like = [level for sql, says, how in ways for level in _banded(sql, says, how, f"{parent}_rarity")]
        same = Level(f"{parent}_l = {parent}_r", channel.same, "same", rare=parent)
        differs = Level("1 = 1", names.other_parent, DIFFERS)
        yield Comparison(parent, _unknown(parent), (same, *like, differs), names.scale)


# --- births and places ----------------------------------------------------------------------------------------------

_DAYS = "born_d_l is not null and born_d_r is not null"
_IN_YEAR = "born_y_l = born_y_r"
_SAME_DAY_OF_YEAR = "born_m_l = born_m_r and born_d_l = born_d_r"
_APART = "abs(born_middle_l - born_middle_r)"
_YEARS_APART = "abs(born_year_l - born_year_r)"
_AGES_APART = f"{_APART} / ((age_scale_l + age_scale_r) / 2)"
_STATED = "born_guessed_l = 0 and born_guessed_r = 0"


def _steps(sql: str, amount: str, first: int, steps: NDArray[np.float64]) -> Iterator[tuple[int, str]]:
    """Each level with its condition: up to a step, and beyond the last."""
    for at, step in enumerate(steps):
        yield first + at, f"{sql} and {amount} <= {step}"
    yield first + len(steps), sql


def _birth(weights: Weights, chances: Chances) -> Comparison:
    days = [
        (births.SAME_DAY, f"{_DAYS} and {_IN_YEAR} and {_SAME_DAY_OF_YEAR}"),
        (births.TURNED, f"{_DAYS} and {_IN_YEAR} and born_m_l = born_d_r and born_d_l = born_m_r"),
        (births.SAME_BUT_YEAR, f"{_DAYS} and {_SAME_DAY_OF_YEAR} and abs(born_y_l - born_y_r) <= 2"),
        (births.DAY_OF_YEAR, f"{_DAYS} and {_SAME_DAY_OF_YEAR}"),
        (births.SAME_BUT_DAY, f"{_DAYS} and {_IN_YEAR} and (born_m_l = born_m_r or born_d_l = born_d_r)"),
        (births.DAYS_APART, f"{_DAYS} and {_APART} < 11 / 365.25"),
        (births.IN_YEAR, f"{_DAYS} and {_IN_YEAR}"),
        *_steps(_DAYS, _APART, births.DAY_1, births.DAY_STEPS),
        *_steps(_STATED, _YEARS_APART, births.YEAR_SAME, births.YEAR_STEPS),
        *_steps("1 = 1", _AGES_APART, births.AGE_FITS, births.AGE_STEPS),
    ]
    rare = {births.SAME_DAY: "born_key", births.TURNED: "born_key", births.YEAR_SAME: "born_year"}
    levels = tuple(
        Level(
            sql, weights.birth[level] - (0 if level in rare else chances.births[level]), str(level), rare.get(level, "")
        )
        for level, sql in days
    )
    return Comparison(BIRTH, _unknown("born_middle"), levels)


def _kilometres() -> str:
    pairs = [
        f"111.2 * sqrt(power(lat_{one}_l - lat_{other}_r, 2) + "
        f"power((lon_{one}_l - lon_{other}_r) * cos(radians(lat_{one}_l)), 2))"
        for one in (1, 2)
        for other in (1, 2)
    ]
    return f"least({', '.join(pairs)})"


def _place(weights: Weights, chances: Chances, dialect: Dialect) -> Comparison:
    says = np.array(weights.place) - chances.places
    kilometres = _kilometres()
    far = [
        Level(f"{kilometres} <= {step}", float(says[level]), str(level))
        for level, step in enumerate(others.PLACE_STEPS[1:], start=others.PLACE_NEAR)
    ]
    is_seen = dialect.either("place_codes", "seen_codes")
    same, seen = weights.place[others.PLACE_SAME], weights.place[others.PLACE_SEEN]
    levels = (
        Level(f"place_l = place_r and {is_seen}", (same + seen) / 2, str(others.PLACE_SEEN), rare="place"),
        Level("place_l = place_r", same, str(others.PLACE_SAME), rare="place"),
        Level(is_seen, float(says[others.PLACE_SAME] + says[others.PLACE_SEEN]) / 2, str(others.PLACE_SEEN)),
        Level(dialect.either("place_codes", "place_codes"), float(says[others.PLACE_SAME]), str(others.PLACE_SAME)),
        *far,
        Level(f"{kilometres} is not null", float(says[others.PLACE_FARTHER]), str(others.PLACE_FARTHER)),
        Level("1 = 1", float(says[others.PLACE_OTHER]), str(others.PLACE_OTHER)),
    )
    return Comparison(PLACE, _unknown("place"), levels)


# --- the rest -------------------------------------------------------------------------------------------------------


def _seen(weights: Weights) -> Comparison:
    """Asked from either side: the levels of so many days after and before, in the middle."""
    steps = [step for step in others.SEEN_STEPS if step > 0]
    middles = [(low + high) / 2 for low, high in pairwise([0.0, *steps, 2 * steps[-1]])]

    def says(days: float) -> float:
        levels = others.seen_levels(100_000, np.array([100_000 - days, 100_000 + days], np.int32))
        return float(np.mean([weights.seen[level] for level in levels]))

    apart = "abs(seen_on_l - seen_on_r)"
    levels = [Level("seen_on_l = seen_on_r", says(0), "fits")]
    levels += [
        Level(f"{apart} <= {step}", says(round(middle)), "") for step, middle in zip(steps, middles, strict=False)
    ]
    return Comparison(SEEN, _unknown("seen_on"), (*levels, Level("1 = 1", says(round(middles[-1])), "")))


def _sex(weights: Weights) -> Comparison:
    levels = Level("sex_l = sex_r", weights.sex[1], "same"), Level("1 = 1", weights.sex[2], DIFFERS)
    return Comparison(SEX, _unknown("sex"), levels)


def _growth() -> str:
    """Half of what a child may have grown from one day to the other: only one of the two sides sees her grow."""
    grown_up = f"least(born_middle_l, born_middle_r) + {others.GROWN_UP}"
    until = f"least(coalesce({grown_up}, 0), greatest(seen_year_l, seen_year_r))"
    years = f"greatest({until} - least(seen_year_l, seen_year_r), 0)"
    is_taller_later = "(seen_year_l - seen_year_r) * (height_l - height_r) > 0"
    return f"case when {is_taller_later} then {others.GROWS_A_YEAR / 2} * {years} else 0 end"


def _height(weights: Weights) -> Comparison:
    apart, hows = f"(abs(height_l - height_r) - {_growth()})", ("fits", "fits", "", DIFFERS, DIFFERS)
    conditions = [*(f"{apart} <= {step}" for step in others.HEIGHT_STEPS), "1 = 1"]
    levels = tuple(
        Level(sql, weights.height[at], how) for at, (sql, how) in enumerate(zip(conditions, hows, strict=True), start=1)
    )
    return Comparison(HEIGHT, _unknown("height"), levels)


def _colour(column: str, says: tuple[float, ...], likeness: NDArray[np.uint8]) -> Comparison:
    near = np.argwhere(likeness == appearance.NEAR)
    pairs = " or ".join(f"({column}_l = {one} and {column}_r = {other})" for one, other in near.tolist())
    levels = (
        Level(f"{column}_l = {column}_r", says[appearance.SAME], "same"),
        Level(pairs, says[appearance.NEAR], "near"),
        Level("1 = 1", says[appearance.DIFFERS], DIFFERS),
    )
    return Comparison(HAIR if column == "hair" else EYES, _unknown(column), levels)


def _marks(weights: Weights, dialect: Dialect) -> Comparison:
    size: Callable[[str], str] = (lambda text: f"len({text})") if dialect is DUCKDB else (lambda text: f"size({text})")
    none = " and ".join(f"{size(f'mark_codes_{side}')} = 0" for side in "lr")
    one = " or ".join(f"{size(f'mark_codes_{side}')} = 0" for side in "lr")
    levels = (
        Level(one, weights.marks[0] / 2, ""),
        Level(dialect.either("mark_codes", "mark_codes"), weights.marks[4], "same"),
        Level(dialect.either("mark_kinds", "mark_kinds"), (weights.marks[2] + weights.marks[3]) / 2, "near"),
        Level("1 = 1", weights.marks[1], DIFFERS),
    )
    return Comparison(MARKS, none, levels)


def _number(weights: Weights) -> Comparison:
    levels = (
        Level("national_l = national_r", weights.number[others.NUMBER_SAME], "same"),
        Level("levenshtein(national_l, national_r) <= 1", weights.number[others.NUMBER_SLIP], "slip"),
        Level("1 = 1", weights.number[others.NUMBER_OTHER], DIFFERS),
    )
    return Comparison(NUMBER, _unknown("national"), levels)
