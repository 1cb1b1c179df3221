"""What may the names of many records mean, as one table in which any word is found beside any other?"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.collecting import uncollected
from astra.science.linkage.keeping.ordering import distinct
from astra.science.linkage.keeping.vocabulary import INITIAL
from astra.science.linkage.normalise.names import FAMILY, NICKNAME, OWN, PARTS, Word
from astra.science.linkage.weighing.evidence.names import NEVER, Alignment, AskedWord, NameEvidence
from astra.science.linkage.weighing.ranker import Ranker


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs of which the records that ask have names of the same parts, weighed together."""

    pairs: NDArray[np.int64]
    words: NDArray[np.int64]
    """For each pair the words that ask, in the order of the alignment; shape (n, words)."""
    alignment: Alignment


class Meanings:
    """The words of some rows, each with what it may mean on record."""

    def __init__(self, ranker: Ranker, rows: NDArray[np.int64]) -> None:
        columns = self._columns = ranker.columns
        self._weights, self._size = ranker.weights.names, max(len(columns.vocabulary), 1)
        self.rows = rows
        plain, parts = columns.words.rows[rows].astype(np.int64), columns.parts.rows[rows]
        keys = np.where(plain < 0, -1, plain * PARTS + parts)
        words = distinct(keys[keys >= 0])
        self.words = _asked(ranker, words)
        self.of_rows, self.parts = _ordered(self.words, np.where(keys < 0, -1, np.searchsorted(words, keys)), parts)
        lengths = [len(word.near.places) for word in self.words]
        places = _joined([word.near.places for word in self.words], np.int32).astype(np.int64)
        self._of = np.repeat(np.arange(len(self.words)), lengths)
        self._keys = self._of * self._size + places
        elsewhere = np.array([word.elsewhere for word in self.words], np.float32)
        self._says = _joined([word.near.chances for word in self.words], np.float32) - elsewhere[self._of]
        is_initial = _joined([word.near.ways for word in self.words], np.uint8) == INITIAL
        calls = np.flatnonzero((self._says > 0) & ~is_initial)
        self.called, self.calling = places[calls], self._says[calls]
        """Folded words that words of the rows call, those of each word one after the other, and what that says."""
        self.calls_from = np.searchsorted(self._of[calls], np.arange(len(self.words) + 1))
        """Where the called words of each word begin."""
        self._calls = np.where((self._says > 0) & ~is_initial, self._says, np.float32(0.0))

    def has(self, rows: NDArray[np.int64]) -> bool:
        """Whether all these rows are among those of these meanings."""
        at = np.searchsorted(self.rows, rows)
        return bool((at < len(self.rows)).all() and (self.rows[at] == rows).all())

    def own(self) -> NDArray[np.bool_]:
        """Which words of each row are names of the person herself; shape as `of_rows`."""
        return np.asarray((self.of_rows >= 0) & np.isin(self.parts, OWN), np.bool_)

    def meet(self, words: NDArray[np.int64], sounds: NDArray[np.int32]) -> NDArray[np.float32]:
        """What words say beside folded words on record; the shapes fit each other, -1 is no word."""
        return self._beside(words, sounds, self._says, NEVER)

    def call(self, words: NDArray[np.int64], sounds: NDArray[np.int32]) -> NDArray[np.float32]:
        """The same where a word calls another; 0 where it does not."""
        return self._beside(words, sounds, self._calls, np.float32(0.0))

    def _beside(
        self, words: NDArray[np.int64], sounds: NDArray[np.int32], says: NDArray[np.float32], otherwise: np.float32
    ) -> NDArray[np.float32]:
        found = np.full(np.broadcast_shapes(words.shape, sounds.shape), otherwise, np.float32)
        at = np.nonzero(np.broadcast_to((words >= 0) & (sounds >= 0), found.shape))
        keys = np.broadcast_to(words, found.shape)[at] * self._size + np.broadcast_to(sounds, found.shape)[at]
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        is_known = self._keys[places] == keys
        found[tuple(axis[is_known] for axis in at)] = says[places[is_known]]
        return found

    def _kinds(self) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The orders of parts that there are among the rows, and which each row has."""
        packed = np.zeros(len(self.parts), np.int64)
        for column in self.parts.T:
            packed = packed * (PARTS + 1) + column
        _, once, kind_of = np.unique(packed, return_index=True, return_inverse=True)
        return self.parts[once], kind_of

    def aligned(self, asking: NDArray[np.int64], rows: NDArray[np.int64]) -> Iterator[Group]:
        """Weigh the names of pairs.

        Parameters
        ----------
        asking : numpy.ndarray, shape (n,)
            The rows that ask, among those of these meanings.
        rows : numpy.ndarray, shape (n,)
            The rows of those whom they meet.
        """
        columns = self._columns
        kinds, kind_of = self._kinds()
        asked = np.searchsorted(self.rows, asking)
        kind_of = kind_of[asked]
        order = np.argsort(kind_of, kind="stable")
        ends = np.searchsorted(kind_of[order], np.arange(len(kinds) + 1)).tolist()
        for kind, (first, last) in enumerate(pairwise(ends)):
            if first == last:
                continue
            pairs, number = order[first:last], int((kinds[kind] > 0).sum())
            words = self.of_rows[asked[pairs], :number]
            plain = columns.words.rows[rows[pairs]]
            width = max(int((plain >= 0).sum(axis=1).max(initial=0)), 1)
            sounds = np.where(plain[:, :width] < 0, -1, columns.sounds[plain[:, :width]])
            evidence = NameEvidence(tuple(self.words[word] for word in words[0]), self._weights, self._size)
            meetings = [self.meet(words[:, at : at + 1], sounds) for at in range(number)]
            parts = columns.parts.rows[rows[pairs]][:, :width]
            yield Group(pairs, words, evidence.align_meetings(meetings, parts, columns.sex.rows[rows[pairs]]))


def _joined(arrays: list[NDArray[Any]], dtype: type) -> NDArray[Any]:  # Any: numbers of that type
    return np.concatenate([np.zeros(0, dtype), *arrays])


def _asked(ranker: Ranker, distinct: NDArray[np.int64]) -> list[AskedWord]:
    """The words of the records, each as it asks; a word on record is never taken apart."""
    columns = ranker.columns
    plain, parts = (distinct // PARTS).tolist(), (distinct % PARTS).tolist()
    sounds = columns.sounds[distinct // PARTS].tolist()
    folded = [columns.vocabulary.word(place) for place in sounds]
    columns.vocabulary.look_up(folded, {word for word, part in zip(folded, parts, strict=True) if part != FAMILY})
    words = [
        Word(columns.plain(place), part, columns.vocabulary.is_bare(sounded))
        for place, part, sounded in zip(plain, parts, sounds, strict=True)
    ]
    with uncollected():
        return [ranker.asked_on_record(word) for word in words]


def _ordered(
    words: list[AskedWord], of_rows: NDArray[np.int64], parts: NDArray[np.uint8]
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """The words of each row in the order in which they look for others, and their parts; -1 and 0 behind the last."""
    by_weight = sorted(
        range(len(words)),
        key=lambda at: (words[at].part == NICKNAME, -words[at].most, words[at].plain, words[at].part),
    )
    ranks = np.empty(len(words) + 1, np.int64)
    ranks[by_weight], ranks[-1] = np.arange(len(words)), len(words)
    order = np.argsort(ranks[of_rows], axis=1, kind="stable")
    found = np.take_along_axis(of_rows, order, axis=1)
    return found, np.where(found < 0, 0, np.take_along_axis(parts, order, axis=1)).astype(np.uint8)
