"""How are shared ones counted without a compiler? With numpy alone; the same answers as `loops`.

All pairs go through a product of matrices of zeros and ones: sums up to 1024 are exact in single precision, and the
product is what numpy does best, several times as fast as counting the ones of packed words.
"""

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.blind.packed import Counts, Filters, Heap, Hits, Left, Likeness, Numbers, Right

CAN_SHARE_WORK = False
"""The product of matrices uses every core by itself."""

_CHUNK = 8192
_TILE = 1024
_BYTES, _PAIRS = np.uint64(0x00FF00FF00FF00FF), np.uint64(0x0001000100010001)


def _ones(filters: Filters) -> NDArray[np.uint64]:
    """Count the ones of each row, by adding the counts of its words inside two words and then inside one."""
    eights = np.bitwise_count(filters).view(np.uint64)
    bytes_ = eights[:, 0] + eights[:, 1]
    pairs_ = (bytes_ & _BYTES) + ((bytes_ >> np.uint64(8)) & _BYTES)
    return (pairs_ * _PAIRS) >> np.uint64(48)


def popcounts(filters: Filters, counts: Counts) -> None:
    """Write how many ones each filter has."""
    for start in range(0, len(filters), _CHUNK):
        counts[start : start + _CHUNK] = _ones(filters[start : start + _CHUNK])


def dice(filters: Filters, counts: Counts, query: Filters, size: int, result: Likeness) -> None:
    """Write the Dice of each filter with the query, which has `size` ones."""
    for start in range(0, len(filters), _CHUNK):
        part = slice(start, start + _CHUNK)
        result[part] = 2.0 * _ones(filters[part] & query) / np.maximum(counts[part] + size, 1)


def best(filters: Filters, counts: Counts, query: Filters, size: int, heap: Heap) -> None:
    """Write into the heap the rows of the highest Dice with the query, which has `size` ones."""
    likeness = np.empty(len(filters))
    dice(filters, counts, query, size, likeness)
    found = np.flatnonzero(likeness)
    if len(found) > len(heap.rows):
        floor = np.partition(likeness, len(filters) - len(heap.rows))[len(filters) - len(heap.rows)]
        found = np.flatnonzero(likeness >= floor)
    chosen = found[np.lexsort((found, -likeness[found]))[: len(heap.rows)]]
    heap.rows[: len(chosen)], heap.dice[: len(chosen)] = chosen, likeness[chosen]


def laid_out(right: Right) -> Right:
    """Leave the rows as they are."""
    return right


def _unpacked(filters: Filters) -> NDArray[np.float32]:
    return np.unpackbits(np.ascontiguousarray(filters).view(np.uint8), axis=1).astype(np.float32)


def pairs(left: Left, right: Right, need: Numbers) -> Hits:
    """Find the pairs that share enough ones.

    `need` says for the sum of two popcounts how many ones they must share; the floors of a pair add up to that number
    or less.
    """
    none = np.empty(0, np.int64)
    found = [Hits(none, none, none)]
    if not len(left.filters) or not len(right.filters):
        return found[0]
    rows = _unpacked(left.filters)
    left_floors = left.floors.astype(np.float32)[:, None]
    for start in range(int(left.first.min()) // _TILE * _TILE, int(left.last.max()), _TILE):
        tile = slice(start, start + _TILE)
        common = rows @ _unpacked(right.filters[tile]).T
        above, beside = np.nonzero(common >= left_floors + right.floors[tile].astype(np.float32))
        counted, place = common[above, beside].astype(np.int64), beside + start
        kept = counted >= need[left.counts[above] + right.counts[place]]
        kept &= (place >= left.first[above]) & (place < left.last[above])
        found.append(Hits(above[kept], place[kept], counted[kept]))
    return Hits(*(np.concatenate(column) for column in zip(*found, strict=True)))
