"""Which nicknames are misspelt here, and which names are one name?"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.channel import distances, letter_codes
from astra.science.linkage.keeping.slips import Words, as_words, near_pairs
from astra.science.linkage.normalise.nicknames import NameFamilies
from astra.science.linkage.normalise.remembering import remembered
from astra.science.linkage.normalise.sounds import sound

families = cache(lambda: NameFamilies(sound))
"""The names that can be one name, as they sound."""

LONGEST_SHORT = 7
SHORTEST_SLIP, SLIP_OF_SHORT = 3, 1.0
OTHER_LETTERS = 4
"""So many letters at most are in one of two words only, where the one is a slip of the other as a nickname."""


class _Words:
    """Folded words that never change, comparable all at once."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(words)
        self._as_words = as_words(self.words)
        self._lengths = self._as_words.lengths.astype(np.int8)

    def near(self, word: str, most: float) -> dict[str, float]:
        """The words that are at most so far away, with their distances; not the word itself."""
        similar = np.flatnonzero(self._similar(as_words([word]))[0])
        costs = distances(letter_codes(word), self._as_words.codes[similar], self._as_words.lengths[similar])
        return self._within(similar[costs <= most], costs[costs <= most])

    def near_each(self, words: Sequence[str], most: float) -> Iterator[dict[str, float]]:
        """The same for many words."""
        asked = as_words(words)
        first, second = np.nonzero(self._similar(asked))
        limits = np.full(len(first), most, np.float32)
        found = near_pairs(asked, self._as_words, first, second, limits)
        for places, costs in found.each(len(words)):
            yield self._within(places, costs)

    def _similar(self, asked: Words) -> NDArray[np.bool_]:
        """Which words are about as long and share all letters but a few."""
        is_long = np.abs(asked.lengths.astype(np.int8)[:, None] - self._lengths) <= 1
        apart = np.bitwise_count(asked.letters[:, None] ^ self._as_words.letters)
        return np.asarray(is_long & (apart <= OTHER_LETTERS), np.bool_)

    def _within(self, places: NDArray[np.int64], costs: NDArray[np.float32]) -> dict[str, float]:
        found = zip(places.tolist(), costs.tolist(), strict=True)
        return {self.words[at]: cost for at, cost in found if cost > 0}


_shorts = cache(lambda: _Words(families().all_shorts()))


def may_be_short(word: str) -> bool:
    """Whether a word is about as long as nicknames are."""
    return SHORTEST_SLIP <= len(word) <= LONGEST_SHORT + 1


@remembered(16_384)
def misspelt_shorts(word: str) -> dict[str, float]:
    """The known nicknames from which this word is one slip away, with their distances."""
    return _shorts().near(word, SLIP_OF_SHORT) if may_be_short(word) else {}


def misspelt_shorts_of_each(words: Sequence[str]) -> Iterator[dict[str, float]]:
    """The same for many words that may be short."""
    return _shorts().near_each(words, SLIP_OF_SHORT)
