"""Which words are a slip apart, among thousands at once?

The same distance as `channel.distances`, for any number of pairs: those of equal lengths are worked out together, and
words among themselves are held together once for both sides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.channel import (
    BAND,
    CODES,
    FAR,
    LAST_LOST,
    LONGEST,
    LOSS,
    OTHER,
    PARTS_OF_ONE,
    SWAP,
    TURNED,
)  # fmt: skip
from astra.science.linkage.threads import at_once

AT_ONCE = 16_384
"""Pairs that are worked out together: their columns stay in the processor's own memory."""
CELLS = 500_000
"""So many pairs are looked at together when words are held against all others."""
LONGEST_MARKED = 40
"""Letters of a word whose neighbours are marked; what is behind them is cut."""
_ADDED_LENGTH = 3
_FLAT = SWAP.ravel()


class Words(NamedTuple):
    """Many folded words: letter codes, shape (n, 20), lengths, and the marks of their letters and of neighbours."""

    codes: NDArray[np.uint8]
    lengths: NDArray[np.uint8]
    letters: NDArray[np.uint64]
    pairs: NDArray[np.uint64]

    def of(self, some: NDArray[np.int64] | slice) -> "Words":
        """Some of the words."""
        return Words(self.codes[some], self.lengths[some], self.letters[some], self.pairs[some])


@dataclass(frozen=True, slots=True)
class Slips:
    """Pairs of words: places among those asked for and among the others, and how far they are apart."""

    asked: NDArray[np.int64]
    others: NDArray[np.int64]
    costs: NDArray[np.float32]

    def each(self, number: int) -> list[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """The others and their distances for each of so many words asked for; the others ascend."""
        order = np.lexsort((self.others, self.asked))
        ends = np.searchsorted(self.asked[order], np.arange(number + 1)).tolist()
        others, costs = self.others[order], self.costs[order]
        return [(others[first:last], costs[first:last]) for first, last in pairwise(ends)]


def joined(parts: Sequence[Slips]) -> Slips:
    """Pairs of several kinds, one after the other."""
    return Slips(
        np.concatenate([part.asked for part in parts]),
        np.concatenate([part.others for part in parts]),
        np.concatenate([part.costs for part in parts]),
    )


def furthest(length: int) -> float:
    """How much may a word of this length differ and still be taken for another?"""
    return 0.85 if length <= 3 else 1.7 if length <= 5 else 2.3 if length <= 8 else 2.9


FURTHEST = np.array([furthest(length) for length in range(LONGEST + 1)], np.float32)
"""The same by length."""
_MOST_APART = np.array([2 if length <= 3 else 4 if length <= 5 else 6 for length in range(LONGEST + 1)], np.uint8)
_LEAST_SHARED = np.array([max(1, length - int(_MOST_APART[length])) for length in range(LONGEST + 1)], np.uint8)
"""How many letters a word of each length may have for itself, and how many pairs of neighbours it must share."""


def is_alike(asked: Words, others: Words) -> NDArray[np.bool_]:
    """Whether words share enough letters and neighbours to be worth comparing, shape (asked, others)."""
    sizes = asked.lengths[:, None]
    return _is_so(asked, others, _MOST_APART[sizes], _LEAST_SHARED[sizes])


def _is_alike_either_way(asked: Words, others: Words) -> NDArray[np.bool_]:
    """The same where it is enough that the one is like the other or the other like the one; a few more perhaps."""
    one, other = asked.lengths[:, None], others.lengths
    most = np.maximum(_MOST_APART[one], _MOST_APART[other])
    return _is_so(asked, others, most, np.minimum(_LEAST_SHARED[one], _LEAST_SHARED[other]))


def _is_so(asked: Words, others: Words, most: NDArray[np.uint8], least: NDArray[np.uint8]) -> NDArray[np.bool_]:
    found = np.bitwise_count(asked.letters[:, None] ^ others.letters) <= most
    found &= np.bitwise_count(asked.pairs[:, None] & others.pairs) >= least
    lengths, other_lengths = asked.lengths.astype(np.int8)[:, None], others.lengths.astype(np.int8)
    found &= (other_lengths + _ADDED_LENGTH > lengths) & (other_lengths < lengths + _ADDED_LENGTH)
    return np.asarray(found, np.bool_)


def slips_between(asked: Words, others: Words, limits: NDArray[np.float32] = FURTHEST) -> Slips:
    """Every pair of words of which the one may be a slip of the other, by `is_alike` and how far they are apart.

    `limits` says how far a word of each length may be apart from another.
    """
    first, second = alike_pairs(asked, others)
    return near_pairs(asked, others, first, second, limits[asked.lengths[first]])


def slips_among(words: Words, limits: NDArray[np.float32] = FURTHEST) -> Slips:
    """The same of words among themselves, a word and itself too: what each pair costs is worked out once."""
    step = max(CELLS // max(len(words.lengths), 1), 1)

    def alike(start: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        some = slice(start, start + step)
        first, second = np.nonzero(_is_alike_either_way(words.of(some), words.of(slice(start, None))))
        later = second >= first
        return first[later] + start, second[later] + start

    first, second = _chained(at_once(alike, range(0, len(words.lengths), step)))
    sizes = words.lengths
    found = near_pairs(words, words, first, second, np.maximum(limits[sizes[first]], limits[sizes[second]]))
    once, again = found.asked, found.others
    are_two = once != again
    one, other = np.concatenate([once, again[are_two]]), np.concatenate([again, once[are_two]])
    costs = np.concatenate([found.costs, found.costs[are_two]])
    kept = costs <= limits[sizes[one]]
    kept &= np.bitwise_count(words.letters[one] ^ words.letters[other]) <= _MOST_APART[sizes[one]]
    kept &= np.bitwise_count(words.pairs[one] & words.pairs[other]) >= _LEAST_SHARED[sizes[one]]
    return Slips(one[kept], other[kept], costs[kept])


def alike_pairs(asked: Words, others: Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs that are worth comparing, by `is_alike`."""
    step = max(CELLS // max(len(others.lengths), 1), 1)

    def alike(start: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        first, second = np.nonzero(is_alike(asked.of(slice(start, start + step)), others))
        return first + start, second

    return _chained(at_once(alike, range(0, len(asked.lengths), step)))


def _chained(parts: list[tuple[NDArray[Any], NDArray[Any]]]) -> tuple[NDArray[Any], NDArray[Any]]:  # Any: numbers
    """Pairs of several parts, one after the other."""
    nothing = np.zeros(0, np.int64)
    return np.concatenate([nothing, *(one for one, _ in parts)]), np.concatenate([nothing, *(two for _, two in parts)])


def near_pairs(
    asked: Words, others: Words, first: NDArray[np.int64], second: NDArray[np.int64], most: NDArray[np.float32]
) -> Slips:
    """The pairs that are near enough.

    Parameters
    ----------
    asked, others : Words
        The words.
    first, second : numpy.ndarray, shape (k,)
        Which pairs are worked out: a word asked for, and another.
    most : numpy.ndarray, shape (k,)
        How far the words of each pair may be apart.
    """
    sizes = asked.lengths[first].astype(np.int64) * (LONGEST + 1) + others.lengths[second]
    order = np.argsort(sizes, kind="stable")
    ends = np.flatnonzero(np.diff(sizes[order], prepend=-1, append=-1)).tolist()
    limit = np.floor(most.astype(np.float64) * PARTS_OF_ONE + 1e-3).astype(np.int16)
    chunks = [
        order[at : min(at + AT_ONCE, stop)] for start, stop in pairwise(ends) for at in range(start, stop, AT_ONCE)
    ]

    def near(some: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
        found, costs = _costs(asked.codes[first[some]], others.codes[second[some]], limit[some])
        return some[found], costs

    every, parts = _chained(at_once(near, chunks))
    return Slips(first[every], second[every], (parts / np.float32(PARTS_OF_ONE)).astype(np.float32))


def _costs(
    words: NDArray[np.uint8], others: NDArray[np.uint8], most: NDArray[np.int16]
) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
    """Work out pairs whose words are equally long: which are near enough, and how far they are apart.

    The same steps as in `channel.distances`, one letter of all words at a time.
    """
    rows, columns = (np.ascontiguousarray(some[:, : int((some[:1] > 0).sum())].T) for some in (words, others))
    size = len(rows)
    losses = LOSS[columns]
    np.minimum(losses[-1:], LAST_LOST, out=losses[-1:])
    before = np.full((len(columns) + 1, len(words)), FAR, np.int16)
    before[0] = 0
    np.cumsum(losses[:BAND], axis=0, out=before[1 : BAND + 1])
    two_before = before
    for at in range(size):
        letters = rows[at]
        loss = np.minimum(LOSS[letters], LAST_LOST) if at == size - 1 else LOSS[letters]
        first, last = max(at - BAND, 0), min(at + BAND + 1, len(columns))
        now = np.full_like(before, FAR)
        now[0] = before[0] + loss if at < BAND else FAR
        now[first + 1 : last + 1] = before[first + 1 : last + 1] + loss
        swapped = _FLAT[letters * np.intp(OTHER + 1) + columns[first:last]]
        swapped += before[first:last]
        np.minimum(now[first + 1 : last + 1], swapped, out=now[first + 1 : last + 1])
        if at:
            second = max(first, 1)
            is_turned = (columns[second:last] == rows[at - 1]) & (columns[second - 1 : last - 1] == letters)
            is_turned &= columns[second:last] != letters
            if is_turned.any():
                turned = two_before[second - 1 : last - 1] + np.where(is_turned, TURNED, FAR)
                np.minimum(now[second + 1 : last + 1], turned, out=now[second + 1 : last + 1])
        for place in range(first, last):
            np.minimum(now[place + 1], now[place] + losses[place], out=now[place + 1])
        two_before, before = before, now
    near = np.flatnonzero(before[-1] <= most)
    return near, before[-1][near]


def as_words(words: Sequence[str]) -> Words:
    """Fold words into what they are compared by."""
    longest = min(max(map(len, words), default=0), LONGEST_MARKED)
    signs = np.array(words, f"<U{max(longest, 1)}").view("<u4").reshape(len(words), max(longest, 1)).astype(np.uint64)
    codes = np.zeros((len(words), LONGEST), np.uint8)
    codes[:, :longest] = CODES[np.minimum(signs[:, :LONGEST], len(CODES) - 1)]
    return Words(codes, (codes > 0).sum(axis=1).astype(np.uint8), _letters(signs), _pairs(signs))


def _letters(signs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Mark which letters each word has, and which of them twice."""
    once, twice = np.zeros(len(signs), np.uint64), np.zeros(len(signs), np.uint64)
    for at in range(signs.shape[1]):
        letter = np.left_shift(np.uint64(1), signs[:, at] % 32, where=signs[:, at] > 0, out=np.zeros_like(once))
        twice |= once & letter
        once |= letter
    return once | twice << np.uint64(32)


def _pairs(signs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Mark which neighbouring letters each word has, its ends included, in 64 places."""
    lengths = (signs > 0).sum(axis=1)
    framed = np.zeros((len(signs), signs.shape[1] + 2), np.uint64)
    framed[:, 0], framed[:, 1:-1] = ord("^"), signs
    framed[np.arange(len(signs)), lengths + 1] = ord("$")
    marks = np.left_shift(np.uint64(1), (framed[:, :-1] * 37 + framed[:, 1:] * 11) % 64)
    marks[framed[:, 1:] == 0] = 0
    return np.asarray(np.bitwise_or.reduce(marks, axis=1), np.uint64)
