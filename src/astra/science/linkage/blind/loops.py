"""How does a machine with a compiler count what filters share? The same answers as `arrays`, several times as fast.

Every function works on one share of the rows, so that `kernels` may run several at once.
"""

import numpy as np

from astra.science.linkage.blind.compiled import ask_for, compare_lanes, compiled, shared_ones
from astra.science.linkage.blind.packed import (
    BLOCK,
    LANES,
    WORDS,
    Counts,
    Filters,
    Heap,
    Hits,
    Left,
    Likeness,
    Numbers,
    Right,
)

CAN_SHARE_WORK = True
"""Whether several threads make it faster."""

_STRIP = 128
_AHEAD = 40
"""Rows asked for before they are read."""

_NEVER = 1 << 20
_FIRST_HITS = 1024


@compiled
def popcounts(filters: Filters, counts: Counts) -> None:
    """Write how many ones each filter has."""
    for row in range(len(filters)):
        counts[row] = shared_ones(filters, row, filters[row])


@compiled
def dice(filters: Filters, counts: Counts, query: Filters, size: int, result: Likeness) -> None:
    """Write the Dice of each filter with the query, which has `size` ones."""
    for row in range(len(filters)):
        ask_for(filters, row + _AHEAD)
        common = shared_ones(filters, row, query)
        result[row] = 2.0 * common / max(counts[row] + size, 1)


@compiled
def _sink(heap: Heap, row: int, likeness: float) -> None:
    """Replace the worst of a heap: the lowest Dice, and of equals the latest row."""
    rows, dices = heap.rows, heap.dice
    place, size = 0, len(rows)
    while True:
        below = 2 * place + 1
        if below >= size:
            break
        other = below + 1
        if other < size and (
            dices[other] < dices[below] or (dices[other] == dices[below] and rows[other] > rows[below])
        ):
            below = other
        if dices[below] > likeness or (dices[below] == likeness and rows[below] < row):
            break
        rows[place], dices[place] = rows[below], dices[below]
        place = below
    rows[place], dices[place] = row, likeness


@compiled
def best(filters: Filters, counts: Counts, query: Filters, size: int, heap: Heap) -> None:
    """Keep in the heap the rows of the highest Dice with the query, which has `size` ones."""
    floor = 0.0
    common = np.empty(_STRIP, np.int64)
    for start in range(0, len(filters), _STRIP):
        rows = min(_STRIP, len(filters) - start)
        for row in range(rows):
            ask_for(filters, start + row + _AHEAD)
            common[row] = shared_ones(filters, start + row, query)
        # A product is cheaper than a quotient; the slack leaves the last word to the quotient.
        bound, found = floor * (1 - 1e-12), 0
        for row in range(rows):
            found |= 2.0 * common[row] > bound * (counts[start + row] + size)
        if found:
            for row in range(rows):
                likeness = 2.0 * common[row] / max(counts[start + row] + size, 1)
                if likeness > floor:
                    _sink(heap, start + row, likeness)
                    floor = heap.dice[0]


def laid_out(right: Right) -> Right:
    """Lay rows out for `pairs`: blocks, in each the first words of all its rows, the second words ..., the floors.

    The last block is filled up with empty rows, whose floors no count reaches.
    """
    rows = len(right.filters)
    blocks = -(-rows // BLOCK)
    lines = np.zeros((blocks * BLOCK, WORDS + 1), np.uint64)
    lines[:, WORDS] = _NEVER
    lines[:rows, :WORDS] = right.filters
    lines[:rows, WORDS] = right.floors.view(np.uint64)
    by_word = np.ascontiguousarray(lines.reshape(blocks, BLOCK, WORDS + 1).transpose(0, 2, 1))
    return Right(by_word, right.counts, right.floors)


@compiled
def pairs(left: Left, right: Right, need: Numbers) -> Hits:
    """Find the pairs that share enough ones, as columns of `Hits`.

    `need` says for the sum of two popcounts how many ones they must share; the floors of a pair add up to that number
    or less.
    """
    found_left = np.empty(_FIRST_HITS, np.int64)
    found_right, found_common = np.empty_like(found_left), np.empty_like(found_left)
    hits = 0
    common = np.empty(LANES, np.int64)
    for number in range(len(right.filters)):
        start = number * BLOCK
        block = right.filters[number]
        for row in range(len(left.filters)):
            first, last = left.first[row] - start, left.last[row] - start
            if last <= 0 or first >= BLOCK:
                continue
            for lane in range(0, BLOCK, LANES):
                if not compare_lanes(left.filters[row], left.floors[row], block, lane, common):
                    continue
                for place in range(max(lane, first), min(lane + LANES, last)):
                    shared = common[place - lane]
                    if shared < need[left.counts[row] + right.counts[start + place]]:
                        continue
                    if hits == len(found_left):
                        found_left = np.concatenate((found_left, np.empty_like(found_left)))
                        found_right = np.concatenate((found_right, np.empty_like(found_right)))
                        found_common = np.concatenate((found_common, np.empty_like(found_common)))
                    found_left[hits], found_right[hits], found_common[hits] = row, start + place, shared
                    hits += 1
    return Hits(found_left[:hits].copy(), found_right[:hits].copy(), found_common[:hits].copy())
