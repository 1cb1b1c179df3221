"""How much do two dates of birth say, each as exact as it is known?

Three kinds of pairs are told apart: two days, a year (or 1 January, which often stands for one), and ages that
somebody guessed. Within a kind, what an agreement says depends on how many people on record were born around then.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from astra.science.linkage.keeping.rows import FIRST_YEAR, YEARS

NOTHING = 0
SAME_DAY, TURNED, SAME_BUT_YEAR, DAY_OF_YEAR, SAME_BUT_DAY, DAYS_APART, IN_YEAR = 1, 2, 3, 4, 5, 6, 7
DAY_1, DAY_2, DAY_4, DAY_8, DAY_FAR = 8, 9, 10, 11, 12
YEAR_SAME, YEAR_1, YEAR_2, YEAR_4, YEAR_8, YEAR_FAR = 13, 14, 15, 16, 17, 18
AGE_FITS, AGE_1, AGE_1_5, AGE_2, AGE_3, AGE_5, AGE_8, AGE_FAR = 19, 20, 21, 22, 23, 24, 25, 26
LEVELS = 27
NAMES = (
    "not known", "same day", "day and month swapped", "same day and month, up to two years apart",
    "same day and month, other year", "same but for day or month", "up to ten days apart", "same year, other day",
    "days, up to a year apart", "days, up to two years apart", "days, up to four years apart",
    "days, up to eight years apart", "days, farther apart", "same year", "years, one apart", "years, two apart",
    "years, up to four apart", "years, up to eight apart", "years, farther apart", "age fits", "age, within a year",
    "age, a year and a half apart", "age, two years apart", "age, three years apart", "age, five years apart",
    "age, eight years apart", "age, farther apart",
)  # fmt: skip

DAY_STEPS = np.array([1.0, 2.0, 4.0, 8.0])
YEAR_STEPS = np.array([0.5, 1.5, 2.5, 4.5, 8.5])
AGE_STEPS = np.array([0.6, 1.1, 1.6, 2.1, 3.1, 5.1, 8.1])
ADULT = 15.0
"""Ages above this are guessed in proportion."""


@dataclass(frozen=True, slots=True)
class Born:
    """Births of many records: year, month and day where the day is known (0), the middle of the range, how stated."""

    day: NDArray[np.int32]
    """Year * 512 + month * 32 + day; 0 where no single day is known."""
    middle: NDArray[np.float32]
    """The middle of the range in years; 0 where nothing is known."""
    guessed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class YearShares:
    """Which share of the records was born up to a given year: for the chance that two births agree by accident."""

    until: NDArray[np.float64]

    @classmethod
    def of(cls, born_in: NDArray[np.int64]) -> "YearShares":
        """Smooth the numbers of births in each year from `FIRST_YEAR`, so that no year is impossible."""
        smooth = np.convolve(born_in, [0.1, 0.2, 0.4, 0.2, 0.1], "same") + (0.02 + 0.002 * born_in.sum()) / 10
        return cls(np.concatenate([[0.0], np.cumsum(smooth / smooth.sum())]))

    def within(self, middle: NDArray[np.float64], years: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """The share of births within so many years of dates."""
        first, last = middle - years - FIRST_YEAR, middle + years - FIRST_YEAR
        ends = np.interp(np.stack([first, last]), np.arange(YEARS + 1), self.until)
        return np.asarray(ends[1] - ends[0])


def levels(
    asked_day: ArrayLike, asked_middle: ArrayLike, asked_guessed: ArrayLike, seen: ArrayLike, born: Born
) -> NDArray[np.uint8]:
    """Say for each candidate how its birth agrees with the one asked for.

    Parameters
    ----------
    asked_day, asked_middle, asked_guessed
        The birth of the question as in `Born`; or of shape (n,), another one for each candidate.
    seen : float, or array of shape (n,)
        The year in which an age was seen: a guess is as good as the age is small.
    born : Born
        The births of the candidates, shape (n,).
    """
    day, middle, guessed = np.asarray(asked_day, np.int32), np.asarray(asked_middle, np.float32), asked_guessed
    apart = np.abs(born.middle - middle)
    is_guess = born.guessed | np.asarray(guessed, np.bool_)
    both_days = (born.day > 0) & (day > 0) & ~is_guess
    both_days &= ~(_is_first(born.day) | _is_first(day))
    found = AGE_FITS + np.searchsorted(AGE_STEPS, apart / _scale(asked_middle, guessed, seen))
    years_apart = np.abs(np.floor(born.middle) - np.floor(middle))
    found = np.where(is_guess, found, YEAR_SAME + np.searchsorted(YEAR_STEPS, years_apart))
    if both_days.any():
        days = np.broadcast_to(day, born.day.shape)[both_days]
        found[both_days] = _day_levels(days, born.day[both_days], apart[both_days])
    found[(born.middle == 0) | (middle == 0)] = NOTHING
    return np.asarray(found, np.uint8)


def _scale(middle: ArrayLike, guessed: ArrayLike, seen: ArrayLike) -> NDArray[np.float64]:
    """Ages are guessed in proportion."""
    ages = np.asarray(seen, np.float64) - np.asarray(middle, np.float64)
    return np.where(guessed, np.maximum(1.0, ages / ADULT), 1.0)


def _is_first(day: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether a date is 1 January, which stands for "some day of that year" more often than for itself."""
    return np.asarray(day % 512 == 33)


def _day_levels(asked: NDArray[np.int32], days: NDArray[np.int32], apart: NDArray[np.float32]) -> NDArray[np.uint8]:
    year, month, day = asked // 512, asked // 32 % 16, asked % 32
    years, months, dates = days // 512, days // 32 % 16, days % 32
    found = (DAY_1 + np.searchsorted(DAY_STEPS, apart)).astype(np.uint8)
    in_year = years == year
    found[in_year] = IN_YEAR
    found[(apart < 11 / 365.25)] = DAYS_APART
    found[in_year & ((months == month) | (dates == day))] = SAME_BUT_DAY
    is_day = (months == month) & (dates == day)
    found[is_day] = DAY_OF_YEAR
    found[is_day & (np.abs(years - year) <= 2)] = SAME_BUT_YEAR
    found[in_year & (months == day) & (dates == month)] = TURNED
    found[days == asked] = SAME_DAY
    return found


def by_chance(
    asked_day: ArrayLike, asked_middle: ArrayLike, asked_guessed: ArrayLike, seen: ArrayLike, shares: YearShares
) -> NDArray[np.float64]:
    """How likely each level is between two records of different people, shape (27,); (n, 27) for n questions.

    Years follow the births on record, days of the year are even.
    """
    middle = np.asarray(asked_middle, np.float64)
    scale, around_year = _scale(middle, asked_guessed, seen), np.floor(middle) + 0.5
    whole = [shares.within(around_year, step) for step in YEAR_STEPS]
    around = [shares.within(middle, step) for step in DAY_STEPS]
    ages = [shares.within(middle, step * scale) for step in AGE_STEPS]
    year, three_years, one_day = whole[0], whole[2], 1 / 365.25
    chance = np.full((*middle.shape, LEVELS), 1e-6)
    chance[..., SAME_DAY] = chance[..., TURNED] = year * one_day
    chance[..., SAME_BUT_YEAR] = (three_years - year) * one_day
    chance[..., DAY_OF_YEAR] = one_day * np.maximum(1 - three_years, 0.05)
    chance[..., SAME_BUT_DAY], chance[..., DAYS_APART] = year * (1 / 12 + 1 / 30), year * 10 * one_day
    chance[..., IN_YEAR] = year * 0.8
    chance[..., DAY_1] = np.maximum(around[0] - year, 0.1 * around[0])
    chance[..., DAY_2 : DAY_8 + 1] = np.diff(np.stack(around, axis=-1))
    chance[..., DAY_FAR] = np.maximum(1 - around[-1], 0.02)
    none, every = np.zeros_like(middle), np.ones_like(middle)
    chance[..., YEAR_SAME : YEAR_FAR + 1] = np.diff(np.stack([none, *whole, every], axis=-1))
    chance[..., AGE_FITS : AGE_FAR + 1] = np.diff(np.stack([none, *ages, every], axis=-1))
    chance[middle == 0] = 1e-6
    return np.asarray(np.maximum(chance, 1e-6), np.float64)
