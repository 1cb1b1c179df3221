"""What do sex, body, places and the day of being seen say?"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
FEWEST_DIGITS, MOST_DIGITS = 13, 19
"""Numbers are compared with this many digits at least, noughts in front; none is kept with more."""
_TENS = 10 ** np.arange(MOST_DIGITS, dtype=np.int64)
NUMBER_NAMES = ("not known", "same", "one digit apart", "differs")


def sex_levels(asked: ArrayLike, sex: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """0 where one is not known, 1 the same, 2 differs."""
    wanted = np.asarray(asked)
    return np.where((sex == 0) | (wanted == 0), 0, np.where(sex == wanted, 1, 2)).astype(np.uint8)


def height_levels(asked: ArrayLike, height: NDArray[np.uint8], growth: NDArray[np.float32]) -> NDArray[np.uint8]:
    """0 where one is not known, then by centimetres apart.

    Parameters
    ----------
    asked : int, or array of shape (n,)
        The height asked for, or another one for each.
    height : numpy.ndarray, shape (n,)
        The heights on record.
    growth : numpy.ndarray, shape (n,)
        How much a child may have grown since she was measured; so much is not held against her.
    """
    noted, wanted = height.astype(np.float32), np.asarray(asked, np.float32)
    apart = np.maximum(np.maximum(noted - wanted, wanted - noted - growth), 0)
    is_known = (height > 0) & (wanted > 0)
    return np.where(is_known, 1 + np.searchsorted(HEIGHT_STEPS, apart), 0).astype(np.uint8)


def growth(since: NDArray[np.floating[Any]], until: ArrayLike, born: NDArray[np.float32]) -> NDArray[np.float32]:
    """How many centimetres a child may have grown between two days, all in years; 0 where one is not known."""
    last = np.asarray(until, np.float32)
    grown_up = np.minimum(born + np.float32(GROWN_UP), last)
    is_known = (since > 0) & (born > 0) & (last > 0)
    years = np.where(is_known, np.maximum(grown_up - since, 0), 0)
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
    return chances_within(shares_within(levels, shares), each, least)


def shares_within(levels: NDArray[np.uint8], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of the records whose places are on each level, shape (levels,)."""
    return np.asarray(np.bincount(levels[: len(shares)], shares, PLACE_LEVELS), np.float64)


def chances_within(shares: NDArray[np.float64], each: float, least: float) -> NDArray[np.float64]:
    """The same by the share of the records whose places are on each level, shape (levels,) or (n, levels)."""
    nearest = 1 - (1 - np.minimum(np.cumsum(shares, axis=-1) / each, 1.0)) ** each
    chance = np.diff(nearest, axis=-1, prepend=0.0)
    chance[..., PLACE_SEEN] = chance[..., PLACE_SAME]
    return np.asarray(np.maximum(chance, least), np.float64)


def seen_levels(asked: ArrayLike, seen_on: NDArray[np.int32]) -> NDArray[np.uint8]:
    """By the days from being seen last on record to being seen now: 0 where one is not known."""
    now = np.asarray(asked, np.int32)
    is_known = (seen_on > 0) & (now > 0)
    return np.where(is_known, 1 + np.searchsorted(SEEN_STEPS, now - seen_on), 0).astype(np.uint8)


def number_levels(asked: ArrayLike, numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
    """How two national numbers agree: the same, but for one digit or two neighbours turned, or other."""
    wanted = np.broadcast_to(np.asarray(asked, np.int64), numbers.shape)
    is_known = (numbers > 0) & (wanted > 0)
    found = np.where(is_known, np.where(numbers == wanted, NUMBER_SAME, NUMBER_OTHER), NUMBER_UNKNOWN).astype(np.uint8)
    differing = np.flatnonzero(found == NUMBER_OTHER)
    apart = np.abs(wanted[differing] - numbers[differing])
    scale = _TENS[np.maximum(np.searchsorted(_TENS, apart, "right") - 2, 0)]
    differing = differing[apart % scale == 0]  # a slip changes two neighbouring digits at most
    found[differing[_is_slip(*(some[differing].astype(np.uint64) for some in (wanted, numbers)))]] = NUMBER_SLIP
    return found


def _is_slip(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Whether two different numbers are but for one digit, or two neighbours turned, the same."""
    apart, turned = np.zeros(len(first), np.int8), np.zeros(len(first), np.bool_)
    one, other = first % 10, second % 10
    for at in range(MOST_DIGITS):
        next_one, next_other = first // 10 ** (at + 1) % 10, second // 10 ** (at + 1) % 10
        is_apart = one != other
        apart += is_apart
        turned |= is_apart & (one == next_other) & (other == next_one)
        one, other = next_one, next_other
    is_as_long = np.maximum(first, second) < 10**FEWEST_DIGITS
    for digits in range(FEWEST_DIGITS, MOST_DIGITS):
        is_as_long |= (np.minimum(first, second) >= 10**digits) & (np.maximum(first, second) < 10 ** (digits + 1))
    return np.asarray(is_as_long & ((apart == 1) | ((apart == 2) & turned)), np.bool_)
