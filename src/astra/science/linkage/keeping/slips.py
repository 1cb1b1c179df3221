"""Which words are a slip apart, among thousands at once?

The same distance as `channel.distances`, for any number of pairs: those of equal lengths are worked out together, and
a pair is left as soon as it is too far apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.channel import (
    BAND,
    FAR,
    LAST_LOST,
    LONGEST,
    LOSS,
    OTHER,
    PARTS_OF_ONE,
    SWAP,
    TURNED,
    letter_codes,
)  # fmt: skip

AT_ONCE = 16_384
"""Pairs that are worked out together: their columns stay in the processor's own memory."""
CELLS = 500_000
"""So many pairs are looked at together when words are held against all others."""
_ADDED_LENGTH = 3
_SORTED_OUT = (2, 4, 6)
"""Letters after which pairs that are too far apart are left out."""
_FLAT = SWAP.ravel()


@dataclass(frozen=True, slots=True)
class Words:
    """Many folded words: letter codes, shape (n, 20), lengths, and the marks of their letters and of neighbours."""

    codes: NDArray[np.uint8]
    lengths: NDArray[np.uint8]
    letters: NDArray[np.uint64]
    pairs: NDArray[np.uint64]


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


def furthest(length: int) -> float:
    """How much may a word of this length differ and still be taken for another?"""
    return 0.85 if length <= 3 else 1.7 if length <= 5 else 2.3 if length <= 8 else 2.9


_FURTHEST = np.array([furthest(length) for length in range(LONGEST + 1)], np.float32)


def is_alike(asked: Words, others: Words) -> NDArray[np.bool_]:
    """Whether words share enough letters and neighbours to be worth comparing, shape (asked, others)."""
    lengths, other_lengths = asked.lengths.astype(np.int8)[:, None], others.lengths.astype(np.int8)
    slips = np.where(lengths <= 3, 1, np.where(lengths <= 5, 2, 3)).astype(np.int8)
    apart = np.bitwise_count(asked.letters[:, None] ^ others.letters)
    shared = np.bitwise_count(asked.pairs[:, None] & others.pairs)
    found = (apart <= 2 * slips) & (shared >= np.maximum(1, lengths - 2 * slips))
    found &= (other_lengths + _ADDED_LENGTH > lengths) & (other_lengths < lengths + _ADDED_LENGTH)
    return np.asarray(found, np.bool_)


def slips_between(asked: Words, others: Words) -> Slips:
    """Every pair of words of which the one may be a slip of the other, by `is_alike` and `furthest`."""
    first, second = alike_pairs(asked, others)
    return near_pairs(asked, others, first, second, _FURTHEST[np.minimum(asked.lengths, LONGEST)])


def alike_pairs(asked: Words, others: Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs that are worth comparing, by `is_alike`."""
    step = max(CELLS // max(len(others.lengths), 1), 1)
    starts = range(0, len(asked.lengths), step)
    called = [np.nonzero(is_alike(_some(asked, slice(start, start + step)), others)) for start in starts]
    rows = [first + start for start, (first, _) in zip(starts, called, strict=True)]
    first = np.concatenate([*rows, np.zeros(0, np.int64)])
    second = np.concatenate([*(second for _, second in called), np.zeros(0, np.int64)])
    return first, second


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
    most : numpy.ndarray, shape (asked,)
        How far a word asked for may be apart from another.
    """
    sizes = asked.lengths[first].astype(np.int64) * (LONGEST + 1) + others.lengths[second]
    order = np.argsort(sizes, kind="stable")
    ends = np.flatnonzero(np.diff(sizes[order], prepend=-1, append=-1)).tolist()
    limit = np.floor(most.astype(np.float64) * PARTS_OF_ONE + 1e-3).astype(np.int16)
    least = _least(others)
    chunks = [
        order[at : min(at + AT_ONCE, stop)] for start, stop in pairwise(ends) for at in range(start, stop, AT_ONCE)
    ]

    def near(some: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
        words, most_each = asked.codes[first[some]], limit[first[some]]
        left = _not_far(words, least, second[some], most_each)
        found, costs = _costs(words[left], others.codes[second[some[left]]], most_each[left])
        return some[left[found]], costs

    found = list(map(near, chunks))
    every = np.concatenate([np.zeros(0, np.int64), *(pairs for pairs, _ in found)])
    parts = np.concatenate([np.zeros(0, np.int16), *(costs for _, costs in found)])
    return Slips(first[every], second[every], (parts / np.float32(PARTS_OF_ONE)).astype(np.float32))


def _least(others: Words) -> NDArray[np.uint8]:
    """What each letter costs at least at each place beside each word, shape (words, 20 * letters), whatever is lost."""
    each = SWAP.astype(np.uint8)[others.codes]  # (words, 20, letters)
    each[others.codes == 0] = PARTS_OF_ONE
    least = each.copy()
    for apart in range(1, BAND + 1):
        np.minimum(least[:, apart:], each[:, :-apart], out=least[:, apart:])
        np.minimum(least[:, :-apart], each[:, apart:], out=least[:, :-apart])
    np.minimum(least, np.minimum(LOSS, LAST_LOST).astype(np.uint8), out=least)
    return least.reshape(len(least), -1)


def _not_far(
    words: NDArray[np.uint8], least: NDArray[np.uint8], others: NDArray[np.int64], most: NDArray[np.int16]
) -> NDArray[np.int64]:
    """The pairs whose words of equal length are not too far apart already by what each letter costs at least."""
    size = int((words[:1] > 0).sum())
    rows = np.ascontiguousarray(words[:, :size].T)
    flat, left, starts = least.ravel(), np.arange(len(words)), others * least.shape[1]
    costs = np.zeros(len(words), np.int16)
    for at in range(size):
        costs += flat[starts + (at * (OTHER + 1)) + rows[at]]
        if at in _SORTED_OUT or at == size - 1:
            some = np.flatnonzero(costs <= most)
            left, most, costs, starts, rows = left[some], most[some], costs[some], starts[some], rows[:, some]
    return left


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


def _some(words: Words, part: slice) -> Words:
    return Words(words.codes[part], words.lengths[part], words.letters[part], words.pairs[part])


def letter_bits(word: str) -> int:
    """Mark which letters a word has, and which of them twice."""
    bits = 0
    for letter in word:
        bit = 1 << (ord(letter) % 32)
        bits |= bit << 32 if bits & bit else bit
    return bits


def pair_bits(word: str) -> int:
    """Mark which neighbouring letters a word has, its ends included, in 64 places."""
    padded = f"^{word}$"
    bits = 0
    for at in range(len(padded) - 1):
        bits |= 1 << ((ord(padded[at]) * 37 + ord(padded[at + 1]) * 11) % 64)
    return bits


def as_words(words: Sequence[str]) -> Words:
    """Fold words into what they are compared by."""
    codes = np.array([letter_codes(word) for word in words], np.uint8).reshape(-1, LONGEST)
    marks = np.array([(letter_bits(word), pair_bits(word)) for word in words], np.uint64).reshape(-1, 2)
    return Words(codes, (codes > 0).sum(axis=1).astype(np.uint8), marks[:, 0], marks[:, 1])
