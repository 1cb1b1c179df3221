"""In what shapes do packed filters go into the loops that count them?"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WORDS = 16
"""64-bit words of a filter."""
BITS = 64 * WORDS
BLOCK = 128
"""Rows that lie word by word beside each other: 16 kB, half of the fastest cache of common processors."""
LANES = 8
"""Rows compared at once: as many words as the widest registers hold."""

Filters = NDArray[np.uint64]
Counts = NDArray[np.int32]
Numbers = NDArray[np.int64]
Likeness = NDArray[np.float64]


class Heap(NamedTuple):
    """The best rows so far and their Dice; -1 and 0 where there is none."""

    rows: Numbers
    dice: Likeness


class Left(NamedTuple):
    """Rows of one side, and for each the rows of the other side to try: from `first` up to `last`."""

    filters: Filters
    counts: Numbers
    floors: Numbers
    first: Numbers
    last: Numbers


class Right(NamedTuple):
    """Rows of the other side, laid out as its engine wants them."""

    filters: Filters
    counts: Numbers
    floors: Numbers


class Hits(NamedTuple):
    """Pairs that share enough: row on the left, row on the right, ones that they share."""

    left: Numbers
    right: Numbers
    common: Numbers
