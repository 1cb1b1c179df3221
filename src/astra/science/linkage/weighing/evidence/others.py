"""What do sex, body, places and the day of being seen say?"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

HEIGHT_STEPS = np.array([3.5, 7.5, 12.5, 20.5])
"""Centimetres apart."""
GROWS_A_YEAR, GROWN_UP = 6.0, 17.0
"""Centimetres, and the age after which nobody grows."""
HEIGHT_NAMES = ("not known", "up to 3 cm", "up to 7 cm", "up to 12 cm", "up to 20 cm", "farther apart")
PLACE_STEPS = np.array([0.0, 35.0, 100.0, 300.0])
"""Kilometres apart."""
PLACE_UNKNOWN, PLACE_SAME, PLACE_NEAR, PLACE_REGION, PLACE_FAR, PLACE_FARTHER, PLACE_OTHER, PLACE_SEEN = range(8)
PLACE_NAMES = (
    "not known", "same", "up to 35 km", "up to 100 km", "up to 300 km", "farther", "another",
    "same, and seen there last",
)  # fmt: skip
PLACE_LEVELS = len(PLACE_NAMES)
SEEN_STEPS = np.array([-30.0, -0.5, 7.5, 30.5, 120.5, 365.5, 1095.5])
"""Days after she was seen last."""
SEEN_NAMES = (
    "not known", "a month or more before", "before", "within a week", "within a month", "within four months",
    "within a year", "within three years", "later",
)  # fmt: skip
SEX_NAMES = ("not known", "same", "differs")
COLOUR_NAMES = ("not known", "differs", "alike", "same")
MARK_NAMES = ("no marks noted", "no such mark", "same kind", "same kind, related part", "same")
NUMBER_UNKNOWN, NUMBER_SAME, NUMBER_SLIP, NUMBER_OTHER = 0, 1, 2, 3
NUMBER_NAMES = ("not known", "same", "one digit apart", "differs")


def sex_levels(asked: int, sex: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """0 where one is not known, 1 the same, 2 differs."""
    return np.where((sex == 0) | (asked == 0), 0, np.where(sex == asked, 1, 2)).astype(np.uint8)


def height_levels(asked: int, height: NDArray[np.uint8], growth: NDArray[np.float32]) -> NDArray[np.uint8]:
    """0 where one is not known, then by centimetres apart.

    Parameters
    ----------
    asked : int
        The height asked for.
    height : numpy.ndarray, shape (n,)
        The heights on record.
    growth : numpy.ndarray, shape (n,)
        How much a child may have grown since she was measured; so much is not held against her.
    """
    if not asked:
        return np.zeros(len(height), np.uint8)
    noted = height.astype(np.float32)
    apart = np.maximum(np.maximum(noted - asked, asked - noted - growth), 0)
    return np.where(height == 0, 0, 1 + np.searchsorted(HEIGHT_STEPS, apart)).astype(np.uint8)


def growth(since: NDArray[np.floating[Any]], until: float, born: NDArray[np.float32]) -> NDArray[np.float32]:
    """How many centimetres a child may have grown between two days, all in years; 0 where one is not known."""
    grown_up = np.minimum(born + GROWN_UP, until)
    years = np.where((since > 0) & (born > 0), np.maximum(grown_up - since, 0), 0) if until else np.zeros(len(since))
    return np.asarray(years * GROWS_A_YEAR, np.float32)


def place_levels(kilometres: NDArray[np.float32], is_known: NDArray[np.bool_], first_seen: int) -> NDArray[np.uint8]:
    """By the nearest of a candidate's places: 0 none noted, 1 the same, then by distance, 6 another, unknown how far.

    Parameters
    ----------
    kilometres : numpy.ndarray, shape (n, places)
        Distances from the place asked for; not a number where unknown.
    is_known : numpy.ndarray, shape (n, places)
        Whether the candidate has a place there at all.
    first_seen : int
        From which column on the places are those where she was seen last.
    """
    nearest = np.where(np.isnan(kilometres), np.float32(1e9), kilometres).min(axis=1, initial=1e9)
    found = PLACE_SAME + np.searchsorted(PLACE_STEPS, nearest)
    found = np.where(nearest >= 1e8, PLACE_OTHER, found)
    found = np.where(
        found == PLACE_SAME, np.where((kilometres[:, first_seen:] == 0).any(axis=1), PLACE_SEEN, found), found
    )
    return np.where(is_known.any(axis=1), found, PLACE_UNKNOWN).astype(np.uint8)


def place_chances(
    levels: NDArray[np.uint8], shares: NDArray[np.float64], each: float, least: float
) -> NDArray[np.float64]:
    """How likely each level is between two records of different people, shape (levels,).

    Parameters
    ----------
    levels : numpy.ndarray, shape (places,)
        The level of every place as seen from the one asked for.
    shares : numpy.ndarray, shape (places,)
        The share of the records that name each place.
    each : float
        How many places a record names on average; the nearest of them counts.
    least : float
        No level is rarer than this.
    """
    within = np.cumsum(np.bincount(levels[: len(shares)], shares, PLACE_LEVELS))
    nearest = 1 - (1 - np.minimum(within / each, 1.0)) ** each
    chance = np.diff(nearest, prepend=0.0)
    chance[PLACE_SEEN] = chance[PLACE_SAME]
    return np.asarray(np.maximum(chance, least), np.float64)


def seen_levels(asked: int, seen_on: NDArray[np.int32]) -> NDArray[np.uint8]:
    """By the days from being seen last on record to being seen now: 0 where one is not known."""
    if not asked:
        return np.zeros(len(seen_on), np.uint8)
    after = asked - seen_on
    return np.where(seen_on == 0, 0, 1 + np.searchsorted(SEEN_STEPS, after)).astype(np.uint8)


def number_levels(asked: int, numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
    """How two national numbers agree: the same, but for one digit or two neighbours turned, or other."""
    found = np.zeros(len(numbers), np.uint8)
    if not asked:
        return found
    known = np.flatnonzero(numbers)
    found[known] = NUMBER_OTHER
    wanted = f"{asked:013d}"
    for row in known.tolist():
        other = f"{int(numbers[row]):013d}"
        if other == wanted:
            found[row] = NUMBER_SAME
        elif len(other) == len(wanted) and _is_slip(wanted, other):
            found[row] = NUMBER_SLIP
    return found


def _is_slip(first: str, second: str) -> bool:
    apart = [at for at, (one, other) in enumerate(zip(first, second, strict=True)) if one != other]
    if len(apart) == 1:
        return True
    turned = len(apart) == 2 and apart[1] == apart[0] + 1
    return turned and first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]
