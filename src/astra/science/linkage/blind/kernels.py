"""Which packed filters are alike? One against many, and all against all, as fast as memory and processor allow.

A filter is 1024 bits in 16 words of 64 bits; likeness is Dice's coefficient, twice the shared ones over all ones (L. R.
Dice, Ecology 26, 1945). The work is done by `loops` where it can be compiled and by `arrays` elsewhere; results are the
same to the last bit, in the same order, with any number of threads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from astra.science.linkage.blind import arrays, loops
from astra.science.linkage.blind.compiled import IS_COMPILED
from astra.science.linkage.blind.packed import BITS, WORDS, Counts, Filters, Heap, Left, Likeness, Numbers, Right
from astra.science.linkage.threads import at_once, cores, slices

ENGINE = loops if IS_COMPILED else arrays

_BAND = 1024
_WORTH_A_THREAD = 32_768

Progress = Callable[[int, int], None]


class Best(NamedTuple):
    """Rows and their Dice, the highest first."""

    rows: Numbers
    dice: Likeness


class Pairs(NamedTuple):
    """Pairs of rows and their Dice, ordered by the left row and then the right one."""

    left: Numbers
    right: Numbers
    dice: Likeness


def popcounts(filters: Filters) -> Counts:
    """Count the ones of each filter.

    Parameters
    ----------
    filters : array of uint64, shape (n, 16)
        Packed filters.

    Returns
    -------
    array of int32, shape (n,)
        Between 0 and 1024.

    Raises
    ------
    ValueError
        Where the array has another shape or type.

    Examples
    --------
    >>> popcounts(np.array([[0] * 16, [1] * 16, [2**64 - 1] * 16], np.uint64)).tolist()
    [0, 16, 1024]
    """
    filters = _checked(filters)
    counts = np.zeros(len(filters), np.int32)
    ENGINE.popcounts(filters, counts)
    return counts


def dice_scan(filters: Filters, counts: Counts, query: Filters, threads: int | None = None) -> Likeness:
    """Compare one filter with each of many.

    Parameters
    ----------
    filters : array of uint64, shape (n, 16)
        Packed filters.
    counts : array of int32, shape (n,)
        Their popcounts, as `popcounts` gives them.
    query : array of uint64, shape (16,)
        The filter that is looked for.
    threads : int, optional
        At most so many at once; the cores of this process where it is left out.

    Returns
    -------
    array of float64, shape (n,)
        Dice, between 0 and 1; 0 where either filter is empty.

    Raises
    ------
    ValueError
        Where an array has another shape or type.

    Examples
    --------
    >>> filters = np.array([[1] * 16, [3] * 16, [4] * 16, [0] * 16], np.uint64)
    >>> dice_scan(filters, popcounts(filters), filters[0]).round(2).tolist()
    [1.0, 0.67, 0.0, 0.0]
    """
    filters, counts, query = _checked(filters), _checked_counts(counts, filters), _checked_query(query)
    size = int(np.bitwise_count(query).sum())
    result = np.zeros(len(filters))
    parts = _parts(len(filters), threads)
    at_once(lambda rows: ENGINE.dice(filters[rows], counts[rows], query, size, result[rows]), parts, len(parts))
    return result


def best(filters: Filters, counts: Counts, query: Filters, limit: int, threads: int | None = None) -> Best:
    """Find the filters most like one filter. Reads each filter once and keeps nothing but the best.

    Parameters
    ----------
    filters : array of uint64, shape (n, 16)
        Packed filters.
    counts : array of int32, shape (n,)
        Their popcounts, as `popcounts` gives them.
    query : array of uint64, shape (16,)
        The filter that is looked for.
    limit : int
        How many rows at most.
    threads : int, optional
        At most so many at once; the cores of this process where it is left out.

    Returns
    -------
    Best
        The rows of the highest Dice; of equals the earlier row. Rows that share nothing with the query are left out,
        so that a row that was emptied is never found.

    Raises
    ------
    ValueError
        Where an array has another shape or type, or `limit` is negative.

    Examples
    --------
    >>> filters = np.array([[4] * 16, [3] * 16, [1] * 16, [0] * 16], np.uint64)
    >>> best(filters, popcounts(filters), filters[2], limit=3).rows.tolist()
    [2, 1]
    """
    filters, counts, query = _checked(filters), _checked_counts(counts, filters), _checked_query(query)
    if limit < 0:
        raise ValueError("the limit must not be negative")
    size = int(np.bitwise_count(query).sum())
    parts = _parts(len(filters), threads)
    rows = np.full((len(parts), limit), -1, np.int64)
    dice = np.zeros((len(parts), limit))

    def look(number: int) -> None:
        part = parts[number]
        ENGINE.best(filters[part], counts[part], query, size, Heap(rows[number], dice[number]))
        rows[number][dice[number] > 0] += part.start

    if limit:
        at_once(look, range(len(parts)), len(parts))
    found, likeness = rows[dice > 0], dice[dice > 0]
    order = np.lexsort((found, -likeness))[:limit]
    return Best(found[order], likeness[order])


def all_pairs(
    a: Filters,
    b: Filters,
    threshold: float,
    *,
    threads: int | None = None,
    skips: bool = True,
    progress: Progress | None = None,
) -> Pairs:
    """Find all pairs of one filter of `a` and one of `b` whose Dice reaches a threshold.

    Parameters
    ----------
    a, b : array of uint64, shapes (n, 16) and (m, 16)
        Packed filters.
    threshold : float
        The lowest Dice that counts, above 0 and at most 1.
    threads : int, optional
        At most so many at once; the cores of this process where it is left out.
    skips : bool
        Whether pairs whose popcounts alone forbid the threshold are passed over: 2 min(x, y) / (x + y) bounds Dice.
        The answer is the same either way; it is switched off to measure.
    progress : callable, optional
        Called with the rows of `a` done and all rows of `a`, from any thread.

    Returns
    -------
    Pairs
        Rows of `a`, rows of `b` and Dice. Empty filters are in no pair.

    Raises
    ------
    ValueError
        Where an array has another shape or type, or the threshold lies outside its bounds.

    Examples
    --------
    >>> a = np.array([[1] * 16, [7] * 16], np.uint64)
    >>> b = np.array([[3] * 16, [8] * 16], np.uint64)
    >>> [column.round(2).tolist() for column in all_pairs(a, b, 0.6)]
    [[0, 1], [0, 0], [0.67, 0.8]]
    """
    return _joined(
        _checked(a), _checked(b), threshold, is_within=False, threads=threads, skips=skips, progress=progress
    )


def pairs_within(
    filters: Filters,
    threshold: float,
    *,
    threads: int | None = None,
    skips: bool = True,
    progress: Progress | None = None,
) -> Pairs:
    """Find all pairs inside one set whose Dice reaches a threshold, each pair once, the earlier row on the left.

    Parameters, errors and order are those of `all_pairs`; it takes half the time.

    Examples
    --------
    >>> filters = np.array([[1] * 16, [8] * 16, [3] * 16], np.uint64)
    >>> [column.round(2).tolist() for column in pairs_within(filters, 0.6)]
    [[0], [2], [0.67]]
    """
    filters = _checked(filters)
    return _joined(filters, filters, threshold, is_within=True, threads=threads, skips=skips, progress=progress)


@dataclass(frozen=True, slots=True)
class _Side:
    """Filters in the order of their popcounts, so that those a row may meet lie together."""

    order: Numbers
    filters: Filters
    counts: Numbers
    floors: Numbers


def _side(filters: Filters, threshold: float, is_sorted: bool) -> _Side:
    counts = popcounts(filters).astype(np.int64)
    order = np.argsort(counts, kind="stable") if is_sorted else np.arange(len(counts))
    counts = counts[order]
    # Of t(x + y)/2 shared ones each side asks its part, rounded down: whole numbers to compare before `need` decides.
    floors = np.floor(threshold * counts / 2 - 1e-9).astype(np.int64)
    return _Side(order, filters[order], counts, floors)


def _needed(threshold: float) -> Numbers:
    """For each sum of two popcounts, the fewest shared ones whose Dice, as reported, reaches the threshold."""
    sums = np.arange(2 * BITS + 1)
    guess = np.ceil(threshold * sums / 2).astype(np.int64)
    tries = guess[:, None] + np.array([-1, 0, 1])
    enough = (2.0 * tries / np.maximum(sums, 1)[:, None] >= threshold) & (tries > 0)
    return np.asarray(tries[np.arange(len(sums)), enough.argmax(axis=1)])


def _window(left: _Side, right: _Side, need: Numbers) -> tuple[Numbers, Numbers]:
    """For each row on the left, from where up to where the popcounts on the right allow the threshold."""
    ones = np.arange(BITS + 1)
    allowed = np.minimum(ones[:, None], ones) >= need[ones[:, None] + ones]
    allowed[0] = False
    lowest, highest = allowed.argmax(axis=1), BITS - allowed[:, ::-1].argmax(axis=1)
    highest[~allowed.any(axis=1)] = -1
    first = np.searchsorted(right.counts, lowest[left.counts], side="left")
    last = np.searchsorted(right.counts, highest[left.counts], side="right")
    return first, last


def _joined(
    a: Filters,
    b: Filters,
    threshold: float,
    *,
    is_within: bool,
    threads: int | None,
    skips: bool,
    progress: Progress | None,
) -> Pairs:
    if not 0 < threshold <= 1:
        raise ValueError("the threshold must lie above 0 and not above 1")
    need = _needed(threshold)
    left = _side(a, threshold, skips)
    right = left if is_within else _side(b, threshold, skips)
    first, last = np.zeros(len(a), np.int64), np.full(len(a), len(b), np.int64)
    if skips:
        first, last = _window(left, right, need)
    if is_within:
        first = np.maximum(first, np.arange(1, len(a) + 1))
    opposite = ENGINE.laid_out(Right(right.filters, right.counts, right.floors))
    bands = [slice(start, min(start + _BAND, len(a))) for start in range(0, len(a), _BAND)]
    done: list[int] = []

    def look(band: slice) -> Pairs:
        rows = Left(left.filters[band], left.counts[band], left.floors[band], first[band], last[band])
        hits = ENGINE.pairs(rows, opposite, need)
        dice = 2.0 * hits.common / (rows.counts[hits.left] + right.counts[hits.right])
        done.append(band.stop - band.start)
        if progress is not None:
            progress(sum(done), len(a))
        return Pairs(left.order[band][hits.left], right.order[hits.right], dice)

    none = np.empty(0, np.int64)
    found = [Pairs(none, none, np.empty(0)), *at_once(look, bands, _threads(threads))]
    lefts, rights, dice = (np.concatenate(column) for column in zip(*found, strict=True))
    if is_within:
        lefts, rights = np.minimum(lefts, rights), np.maximum(lefts, rights)
    order = np.argsort(lefts * len(b) + rights)
    return Pairs(lefts[order], rights[order], dice[order])


def _checked(filters: Filters) -> Filters:
    """Give the filters as the loops need them: whole rows, one after the other."""
    if filters.ndim != 2 or filters.shape[1] != WORDS or filters.dtype != np.uint64:
        raise ValueError(f"filters must be uint64 of shape (n, {WORDS}), not {filters.dtype} of {filters.shape}")
    return np.ascontiguousarray(filters)


def _checked_query(query: Filters) -> Filters:
    if query.shape != (WORDS,) or query.dtype != np.uint64:
        raise ValueError(f"a query must be uint64 of shape ({WORDS},), not {query.dtype} of {query.shape}")
    return np.ascontiguousarray(query)


def _checked_counts(counts: Counts, filters: Filters) -> Counts:
    if counts.shape != (len(filters),) or counts.dtype != np.int32:
        raise ValueError("counts must be int32, one for each filter, as popcounts gives them")
    return np.ascontiguousarray(counts)


def _threads(wanted: int | None) -> int:
    """So many threads as were asked for and as help."""
    if not ENGINE.CAN_SHARE_WORK:
        return 1
    return max(1, cores() if wanted is None else wanted)


def _parts(rows: int, threads: int | None) -> list[slice]:
    """Cut rows into equal parts, one for each thread that is worth its start."""
    return slices(rows, _threads(threads), _WORTH_A_THREAD)
