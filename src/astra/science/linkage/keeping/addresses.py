"""Who lives where? The addresses of all rows, beside each other; rows without an address take no memory."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.growing import Growing
from astra.science.linkage.normalise.addresses import NUMBERS_KEPT, Address

KEPT = np.dtype([("letters", "<u8", (2,)), ("numbers", "<u2", (NUMBERS_KEPT,))])
"""How an address is written down."""
MOST_KEPT = 2
"""Addresses of one record that are kept."""
MOST_SHARING = 50
"""A street that more records name calls nobody by itself."""
_HALF = 64
Rows = NDArray[np.int64]


def written(addresses: Sequence[Address]) -> bytes:
    """Write addresses down, as many as are kept."""
    kept = np.zeros(min(len(addresses), MOST_KEPT), KEPT)
    for at, address in enumerate(addresses[:MOST_KEPT]):
        kept["letters"][at] = address.letters & (1 << _HALF) - 1, address.letters >> _HALF
        kept["numbers"][at, : len(address.numbers)] = address.numbers
    return kept.tobytes()


class Addresses:
    """The addresses of the rows of a registry, those of a row one after the other."""

    def __init__(self) -> None:
        self._rows = Growing((), np.int32)
        self._kept = Growing((), KEPT)
        self._sharing: NDArray[np.int64] | None = None

    def add(self, rows: Sequence[int], addresses: Sequence[bytes]) -> None:
        """Add the addresses of new rows, which stand behind all others."""
        kept = np.frombuffer(b"".join(addresses), KEPT)
        if len(kept):
            numbers = [len(some) // KEPT.itemsize for some in addresses]
            self._rows.extend(len(kept))[:] = np.repeat(np.asarray(rows, np.int32), numbers)
            self._kept.extend(len(kept))[:] = kept
            self._sharing = None

    def remove(self, row: int) -> None:
        """Wipe the addresses of a row."""
        first, last = np.searchsorted(self._rows.rows, [row, row + 1])
        self._kept.rows[first:last] = np.zeros(1, KEPT)
        self._sharing = None

    @property
    def total(self) -> int:
        """How many addresses there are."""
        return int((self.sharing > 0).sum())

    @property
    def sharing(self) -> NDArray[np.int64]:
        """How many addresses name the street of each, itself included; 0 for those that were wiped."""
        if self._sharing is None:
            keys = _keys(self._kept.rows)
            _, which, numbers = np.unique(keys, return_inverse=True, return_counts=True)
            self._sharing = np.where(keys == 0, 0, numbers[which])
        return self._sharing

    def sharing_of(self, addresses: NDArray[np.void]) -> NDArray[np.int64]:
        """How many addresses name the street of each of some that need not be among them."""
        keys = _keys(self._kept.rows)
        return np.array([np.count_nonzero(keys == key) for key in _keys(addresses)], np.int64)

    def of(self, rows: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the addresses of rows stand: the first of each, and how many."""
        first, last = (np.searchsorted(self._rows.rows, rows, side) for side in ("left", "right"))
        return first, last - first

    def at(self, places: Rows) -> NDArray[np.void]:
        """Some addresses, as `KEPT`."""
        return self._kept.rows[places]

    def called(self, rows: Rows) -> tuple[Rows, Rows]:
        """Pairs of some rows with those that name the same street, unless half a town does."""
        keys, sharing = _keys(self._kept.rows), self.sharing
        asked = np.flatnonzero(np.isin(self._rows.rows, rows) & (sharing > 1) & (sharing <= MOST_SHARING))
        order = np.argsort(keys, kind="stable")
        first = np.searchsorted(keys[order], keys[asked])
        lengths = sharing[asked]
        places = np.repeat(first - (np.cumsum(lengths) - lengths), lengths) + np.arange(int(lengths.sum()))
        hers = np.repeat(self._rows.rows[asked].astype(np.int64), lengths)
        return hers, self._rows.rows[order[places]].astype(np.int64)


def _keys(addresses: NDArray[np.void]) -> NDArray[np.uint64]:
    letters = addresses["letters"]
    return np.asarray(letters[:, 0] ^ (letters[:, 1] * np.uint64(0x9E3779B97F4A7C15)), np.uint64)
