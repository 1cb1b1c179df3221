"""How near are the places of two records, for many pairs at once, and what does that say?"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.rows import PLACES_KEPT
from astra.science.linkage.normalise.places import distance_matrix
from astra.science.linkage.weighing.evidence import others
from astra.science.linkage.weighing.ranker import Ranker

Levels = NDArray[np.uint8]
Says = NDArray[np.float32]
Rows = NDArray[np.int64]


@cache
def _known_levels() -> Levels:
    """How far the places of the gazetteer are apart, as levels; shape (places, places)."""
    apart = distance_matrix()
    return others.place_levels(apart.reshape(-1, 1), np.ones((apart.size, 1), np.bool_), 1).reshape(apart.shape)


class Places:
    """Weighs the places of pairs of rows of one registry."""

    def __init__(self, ranker: Ranker) -> None:
        self._columns, self._weights, self._shares = ranker.columns, ranker.weights, ranker.shares
        self._tables = np.full((self._columns.places.size, others.PLACE_LEVELS), np.nan, np.float32)
        self._slips = np.zeros(1, np.int64)
        """Places that are the same, or a slip of each other, as keys of two; of the places that have asked."""

    def get_ready(self, rows: Rows) -> None:
        """Work out what the places of some rows say when they ask."""
        for column in (self._columns.homes, self._columns.seen):
            asked = column.rows[rows]
            self._add_tables(asked[asked >= 0])

    def weigh(self, first: Rows, second: Rows) -> tuple[Levels, Says]:
        """How near the places are, and what that says; of several that ask, the one that says most."""
        columns = self._columns
        homes, seen = columns.homes.rows[second], columns.seen.rows[second]
        many = max(int((homes >= 0).sum(axis=1).max(initial=0)), 1)  # columns behind the last place are left out
        more = int((seen >= 0).sum(axis=1).max(initial=0))
        theirs = np.concatenate([homes[:, :many], seen[:, :more]], axis=1)
        asked = np.concatenate([columns.homes.rows[first], columns.seen.rows[first]], axis=1)
        levels, says = np.zeros(len(first), np.uint8), np.zeros(len(first), np.float32)
        is_first = np.ones(len(first), np.bool_)
        for at in range(2 * PLACES_KEPT):
            some = np.flatnonzero(asked[:, at] >= 0)
            if not len(some):
                continue
            codes = asked[some, at]
            self._add_tables(codes)
            found = self._levels(codes, theirs[some], many)
            said = self._tables[codes, found]
            better = is_first[some] | (said > says[some])
            levels[some[better]], says[some[better]] = found[better], said[better]
            is_first[some] = False
        return levels, says

    def _levels(self, codes: NDArray[np.int32], theirs: NDArray[np.int32], first_seen: int) -> Levels:
        known = self._columns.places.known
        apart = np.full(theirs.shape, np.nan, np.float32)
        are_known = (codes[:, None] < known) & (theirs < known) & (theirs >= 0)
        rows, _ = np.nonzero(are_known)
        apart[are_known] = distance_matrix()[codes[rows], theirs[are_known]]
        apart[theirs == codes[:, None]] = 0.0
        keys = codes[:, None] * np.int64(self._columns.places.size) + theirs
        at = np.minimum(np.searchsorted(self._slips, keys), len(self._slips) - 1)
        apart[(self._slips[at] == keys) & (theirs >= 0)] = 0.0
        return others.place_levels(apart, theirs >= 0, first_seen)

    def _add_tables(self, codes: NDArray[np.int32]) -> None:
        """Work out what each level says where these places ask, once for each place."""
        is_asked = np.zeros(len(self._tables), np.bool_)
        is_asked[codes] = True
        new = np.flatnonzero(is_asked & np.isnan(self._tables[:, 0]))
        if not len(new):
            return
        known, shares = self._columns.places.known, self._shares
        named, elsewhere = shares.places[:known], float(shares.places[known:].sum())
        within = np.zeros((len(new), others.PLACE_LEVELS))
        alike = self._columns.places.alike(new.tolist())
        within[:, others.PLACE_SAME] = [shares.places[codes].sum() for codes in alike]
        within[:, others.PLACE_OTHER] = float(shares.places.sum()) - within[:, others.PLACE_SAME]
        for at, code in enumerate(new[new < known].tolist()):
            within[at] = others.shares_within(_known_levels()[code], named)
            within[at, others.PLACE_OTHER] += elsewhere
        chance = others.chances_within(within, shares.places_each, 0.5 / shares.placed)
        self._tables[new] = np.array(self._weights.place) - np.log(chance)
        self._tables[new, others.PLACE_UNKNOWN] = 0.0
        slips = [code * self._columns.places.size + some for code, some in zip(new.tolist(), alike, strict=True)]
        self._slips = np.sort(np.concatenate([self._slips, *slips]))
