"""Which rows bear a word, were born on a day, or have a number? Sorted once, looked up by bisection."""

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.columns import Columns


class Postings:
    """Where the words, days and numbers of the rows stand that existed when it was made."""

    def __init__(self, columns: Columns) -> None:
        self.rows = columns.size
        sounds, rows = columns.own_words(slice(0, self.rows))
        order = np.argsort(sounds, kind="stable")
        self._bearers = rows[order].astype(np.int32)
        self._starts = np.searchsorted(sounds[order], np.arange(len(columns.vocabulary) + 1))
        self._by_day = np.argsort(columns.born_day.rows, kind="stable").astype(np.int32)
        self._days = columns.born_day.rows[self._by_day]
        self._by_number = np.flatnonzero(columns.national.rows).astype(np.int32)
        self._by_number = self._by_number[np.argsort(columns.national.rows[self._by_number], kind="stable")]
        self._numbers = columns.national.rows[self._by_number]

    def bearers(self, word: int) -> NDArray[np.int32]:
        """The rows that bear a folded word as a name of their own."""
        if word + 1 >= len(self._starts):
            return self._bearers[:0]
        return self._bearers[self._starts[word] : self._starts[word + 1]]

    def all_bearers(self, words: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The rows that bear each of many folded words: how many for each word, and the rows one after the other."""
        known = np.minimum(words, len(self._starts) - 2)
        first, last = self._starts[known], np.where(known == words, self._starts[known + 1], self._starts[known])
        return _slices(self._bearers, first, last)

    def all_born_on(self, days: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The rows born on each of many days, as `all_bearers` gives them."""
        return _slices(self._by_day, np.searchsorted(self._days, days), np.searchsorted(self._days, days, "right"))

    def all_numbered(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The rows with each of many national numbers, as `all_bearers` gives them."""
        first, last = (np.searchsorted(self._numbers, numbers, side) for side in ("left", "right"))
        return _slices(self._by_number, first, last)

    def born_on(self, day: int) -> NDArray[np.int32]:
        """The rows born on a day, written as in `rows.birth_numbers`."""
        first, last = np.searchsorted(self._days, [day, day + 1])
        return self._by_day[first:last]

    def numbered(self, number: int) -> NDArray[np.int32]:
        """The rows with a national number."""
        first, last = np.searchsorted(self._numbers, [number, number + 1])
        return self._by_number[first:last]


def _slices(
    every: NDArray[np.int32], first: NDArray[np.int64], last: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Slices of an array one after the other, and how long each is."""
    lengths = last - first
    starts = np.repeat(first - (np.cumsum(lengths) - lengths), lengths)
    return lengths, every[starts + np.arange(len(starts))]
