"""Who lives where? The addresses of all rows, beside each other; rows without an address take no memory."""

from collections.abc import Sequence
from struct import Struct

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.growing import Growing
from astra.science.linkage.normalise.addresses import NUMBERS_KEPT, Address

KEPT = np.dtype([("letters", "<u8", (2,)), ("numbers", "<u2", (NUMBERS_KEPT,))])
"""How an address is written down."""
MOST_KEPT = 2
"""Addresses of one record that are kept."""
MOST_SHARING = 20
"""A street that more records name calls nobody by itself."""
_HALF = 64
_ADDRESS = Struct("<QQHH")
Rows = NDArray[np.int64]
Letters = NDArray[np.uint64]
Houses = NDArray[np.uint16]


def written(addresses: Sequence[Address]) -> bytes:
    """Write addresses down, as many as are kept."""
    return b"".join(
        _ADDRESS.pack(
            address.letters & (1 << _HALF) - 1,
            address.letters >> _HALF,
            *address.numbers,
            *[0] * (NUMBERS_KEPT - len(address.numbers)),
        )
        for address in addresses[:MOST_KEPT]
    )


class Addresses:
    """The addresses of the rows of a registry, those of a row one after the other."""

    def __init__(self) -> None:
        self._rows = Growing((), np.int32)
        self._letters = Growing((2,), np.uint64)
        self._numbers = Growing((NUMBERS_KEPT,), np.uint16)
        self._sharing: NDArray[np.int64] | None = None

    def add(self, rows: Sequence[int], addresses: Sequence[bytes]) -> None:
        """Add the addresses of new rows, which stand behind all others."""
        kept = np.frombuffer(b"".join(addresses), KEPT)
        if len(kept):
            numbers = [len(some) // KEPT.itemsize for some in addresses]
            self._rows.extend(len(kept))[:] = np.repeat(np.asarray(rows, np.int32), numbers)
            self._letters.extend(len(kept))[:] = kept["letters"]
            self._numbers.extend(len(kept))[:] = kept["numbers"]
            self._sharing = None

    def remove(self, row: int) -> None:
        """Wipe the addresses of a row."""
        first, last = np.searchsorted(self._rows.rows, [row, row + 1])
        self._letters.rows[first:last] = 0
        self._numbers.rows[first:last] = 0
        self._sharing = None

    @property
    def total(self) -> int:
        """How many addresses there are."""
        return int((self.sharing > 0).sum())

    @property
    def sharing(self) -> NDArray[np.int64]:
        """How many addresses name the street of each, itself included; 0 for those that were wiped."""
        self.get_ready()
        assert self._sharing is not None
        return self._sharing

    def get_ready(self) -> None:
        """Count how many name each street."""
        if self._sharing is None:
            keys = _keys(self._letters.rows)
            _, which, numbers = np.unique(keys, return_inverse=True, return_counts=True)
            self._sharing = np.where(keys == 0, 0, numbers[which])

    def sharing_of(self, letters: Letters) -> NDArray[np.int64]:
        """How many addresses name the street of each of some that need not be among them."""
        keys = _keys(self._letters.rows)
        return np.array([np.count_nonzero(keys == key) for key in _keys(letters)], np.int64)

    def of(self, rows: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the addresses of rows stand: the first of each, and how many."""
        first, last = (np.searchsorted(self._rows.rows, rows, side) for side in ("left", "right"))
        return first, last - first

    def at(self, places: Rows) -> tuple[Letters, Houses]:
        """Some addresses: the marks of their letters, and their numbers."""
        return self._letters.rows[places], self._numbers.rows[places]

    def called(self, rows: Rows) -> tuple[Rows, Rows]:
        """Pairs of some rows with those that name the same street, unless half a town does."""
        keys, sharing = _keys(self._letters.rows), self.sharing
        asked = np.flatnonzero(np.isin(self._rows.rows, rows) & (sharing > 1) & (sharing <= MOST_SHARING))
        order = np.argsort(keys, kind="stable")
        first = np.searchsorted(keys[order], keys[asked])
        lengths = sharing[asked]
        places = np.repeat(first - (np.cumsum(lengths) - lengths), lengths) + np.arange(int(lengths.sum()))
        hers = np.repeat(self._rows.rows[asked].astype(np.int64), lengths)
        return hers, self._rows.rows[order[places]].astype(np.int64)


def _keys(letters: Letters) -> NDArray[np.uint64]:
    return np.asarray(letters[:, 0] ^ (letters[:, 1] * np.uint64(0x9E3779B97F4A7C15)), np.uint64)
