"""Whose number is this? Phones, files, documents and accounts that must be the same to count.

A number is kept as a keyed hash of 64 bits that another process cannot compute, with the row that bears it: a million
phones take a few dozen megabytes, and none of them can be read from memory. What a number says depends on how many bear
it: a shelter's phone on thirty records is no identification.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.growing import Growing
from astra.science.linkage.keeping.ordering import distinct

SAME_PERSONS = 0.5
"""How often a person who is asked about is on record with the number that is said."""
LEAST = 0.7
"""A number that meets speaks for her even where nearly everybody on record bears it."""
LATE = 2_000
MOST_SHARING = 200


class Numbers:
    """The numbers of all rows, findable by bisection; the newest ones are looked through."""

    def __init__(self) -> None:
        self._keys = Growing((), np.int64)
        self._rows = Growing((), np.int32, -1)
        self._sorted: NDArray[np.int64] = np.empty(0, np.int64)
        self._order: NDArray[np.int32] = np.empty(0, np.int32)

    def add(self, rows: Sequence[int], numbers: Sequence[Collection[str]]) -> None:
        """Add the numbers of some rows."""
        keys = [hash(number) for each in numbers for number in each]
        bearers = [row for row, each in zip(rows, numbers, strict=True) for _ in each]
        self._keys.extend(len(keys))[:] = keys
        self._rows.extend(len(keys))[:] = bearers

    def remove(self, row: int) -> None:
        """Wipe the numbers of a row."""
        hers = np.flatnonzero(self._rows.rows == row)
        if len(hers):
            self._keys.rows[hers], self._rows.rows[hers] = 0, -1
            self._sorted, self._order = self._sorted[:0], self._order[:0]

    def bearers(self, number: str) -> NDArray[np.int32]:
        """The rows that bear a number."""
        key, known = hash(number), len(self._sorted)
        if len(self._keys) - known > max(LATE, len(self._keys) // 50):
            self._sort()
            known = len(self._sorted)
        first, last = np.searchsorted(self._sorted, [key, key], "left")[0], np.searchsorted(self._sorted, key, "right")
        late = known + np.flatnonzero(self._keys.rows[known:] == key)
        rows = self._rows.rows[np.concatenate([self._order[first:last], late])]
        return distinct(rows[rows >= 0]).astype(np.int32)

    def sharing(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Who shares a number with some rows: those rows, the others, and how many bear the number together.

        Numbers that more than `MOST_SHARING` bear are a house's rather than a person's, and say nothing of two.
        """
        self.get_ready()
        asked = np.flatnonzero(np.isin(self._rows.rows, rows))
        keys = self._keys.rows[asked]
        first, last = (np.searchsorted(self._sorted, keys, side) for side in ("left", "right"))
        is_few = (last - first > 1) & (last - first <= MOST_SHARING)
        asked, first, lengths = asked[is_few], first[is_few], (last - first)[is_few]
        places = np.repeat(first - (np.cumsum(lengths) - lengths), lengths)
        theirs = self._rows.rows[self._order[places + np.arange(len(places))]].astype(np.int64)
        hers = np.repeat(self._rows.rows[asked].astype(np.int64), lengths)
        are_two = (hers != theirs) & (theirs >= 0)
        return hers[are_two], theirs[are_two], np.repeat(lengths, lengths)[are_two]

    def get_ready(self) -> None:
        """Put all numbers in order: who shares one is only read off then."""
        if len(self._sorted) < len(self._keys):
            self._sort()

    def _sort(self) -> None:
        self._order = np.argsort(self._keys.rows, kind="stable").astype(np.int32)
        self._sorted = self._keys.rows[self._order]

    def says(
        self, numbers: Collection[str], rows: NDArray[np.int64], present: int
    ) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Which candidates bear a number that is asked for, and what that says; the one that says most counts.

        Parameters
        ----------
        numbers : collection of str
            The numbers of the question.
        rows : numpy.ndarray, shape (n,)
            The candidates.
        present : int
            How many records there are: a number that few of many bear says much.

        Returns
        -------
        levels : numpy.ndarray, shape (n,)
            1 where a number is the same.
        says : numpy.ndarray, shape (n,)
            The natural logarithm of how much likelier that makes it.
        """
        levels, found = np.zeros(len(rows), np.uint8), np.zeros(len(rows), np.float32)
        for number in numbers:
            bearers = self.bearers(number)
            if len(bearers):
                hers = np.isin(rows, bearers)
                worth = max(float(np.log(SAME_PERSONS * max(present, 1) / len(bearers))), LEAST)
                levels[hers], found[hers] = 1, np.maximum(found[hers], np.float32(worth))
        return levels, found
