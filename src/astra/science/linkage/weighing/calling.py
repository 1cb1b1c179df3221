"""Which records are worth being weighed beside each other?

A record calls those that bear a name like hers, were born on her day, or share a number with her; of those that only a
name calls, the ones whose births leave a chance.
"""

from collections.abc import Callable
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.growing import Growing
from astra.science.linkage.keeping.ordering import distinct
from astra.science.linkage.keeping.postings import Postings
from astra.science.linkage.normalise.names import OWN
from astra.science.linkage.threads import at_once
from astra.science.linkage.weighing.batches import Pairs
from astra.science.linkage.weighing.evidence import others
from astra.science.linkage.weighing.evidence.addresses import MOST
from astra.science.linkage.weighing.meanings import Meanings

STILL_TO_COME, LOOKS_TO_COME = 9.0, 5.0
"""So much evidence may still come once names, births and sex are weighed, and once places and numbers are as well."""
TRIPLES = 500_000
"""Meetings of words that lie in the memory of one thread together."""
FIRST_OF_JANUARY = 33
"""Month and day of a date that stands for some day of its year."""
Rows = NDArray[np.int64]
Every = Callable[[NDArray[np.int64]], tuple[NDArray[np.int64], NDArray[np.int32]]]
Sides = NDArray[np.bool_] | None
"""On which of two sides each row stands, where only pairs across are asked for."""


class Calling:
    """Calls the rows of one registry by each other."""

    def __init__(self, pairs: Pairs, postings: Postings) -> None:
        self._pairs, self._postings = pairs, postings
        self._columns = pairs.columns
        self._late = np.arange(postings.rows, self._columns.size)

    def called(self, rows: Rows, floor: float, sides: Sides = None) -> tuple[Rows, Rows]:
        """Pairs of rows that are worth being weighed: one of the rows given first, then whom it calls.

        Parameters
        ----------
        rows : numpy.ndarray, shape (n,)
            The rows that call, ascending.
        floor : float
            Pairs with less evidence than this are of no interest.
        sides : numpy.ndarray of bool, shape (all rows,), optional
            Only rows of the other side are called.
        """
        self._pairs.get_ready(rows)
        meanings = self._pairs.meanings(rows)
        found = [self._by_keys(rows), *self._by_names(rows, meanings, floor, sides)]
        size = np.int64(max(self._columns.size, 1))
        first, second = (np.concatenate(some).astype(np.int64) for some in zip(*found, strict=True))
        keys = distinct(first * size + second)
        first, second = keys // size, keys % size
        are_wanted = (first != second) & self._columns.is_there.rows[second]
        if sides is not None:
            are_wanted &= sides[first] != sides[second]
        return first[are_wanted], second[are_wanted]

    # --- by what must be the same -----------------------------------------------------------------------------------

    def _by_keys(self, rows: Rows) -> tuple[Rows, Rows]:
        """Those born on the same day, as written or with day and month turned, with the same number or street."""
        columns, postings = self._columns, self._postings
        days, numbers = columns.born_day.rows[rows].astype(np.int64), columns.national.rows[rows]
        pairs = self._pairs
        found: list[tuple[Rows, Rows]] = [pairs.numbers.sharing(rows)[:2], pairs.addresses.called(rows)]
        keyed: tuple[tuple[Rows, Every, Growing], ...] = (
            (np.where(days % 512 == FIRST_OF_JANUARY, 0, days), postings.all_born_on, columns.born_day),
            (_turned(days), postings.all_born_on, columns.born_day),
            (numbers, postings.all_numbered, columns.national),
        )
        for keys, every, column in keyed:
            some = np.flatnonzero(keys > 0)
            lengths, theirs = every(keys[some])
            found.append((np.repeat(rows[some], lengths), theirs.astype(np.int64)))
            at, late = np.nonzero(np.equal.outer(keys[some], column.rows[self._late]))
            found.append((rows[some[at]], self._late[late]))
        first, second = (np.concatenate(some) for some in zip(*found, strict=True))
        return first, second

    # --- by names ---------------------------------------------------------------------------------------------------

    def _by_names(self, rows: Rows, meanings: Meanings, floor: float, sides: Sides) -> list[tuple[Rows, Rows]]:
        """Those whom the words of a row call, or everybody where a row has no name, if their births leave a chance."""
        words = np.where(meanings.own(), meanings.of_rows, -1)
        is_named: NDArray[np.bool_] = np.asarray((words >= 0).any(axis=1), np.bool_)
        bears, _ = self._postings.all_bearers(meanings.called)
        of_word = np.concatenate([[0], np.cumsum(bears)])[meanings.calls_from]
        calls = np.where(words >= 0, np.append(np.diff(of_word), 0)[words], 0).sum(axis=1) + len(self._late)
        calls = np.where(is_named, calls, self._columns.size)

        def chances(some: Rows) -> list[tuple[Rows, Rows]]:
            named = some[is_named[some]]
            return [
                self._with_a_chance(rows[asking], met, said, floor, sides)
                for asking, met, said in (
                    self._summed(*self._across(rows, *self._met(named, words, meanings), sides)),
                    self._everybody(some[~is_named[some]]),
                    self._lately(named, words, meanings),
                )
            ]

        return list(chain.from_iterable(at_once(chances, _portions(calls))))

    def _with_a_chance(
        self, first: Rows, second: Rows, said: NDArray[np.float64], floor: float, sides: Sides
    ) -> tuple[Rows, Rows]:
        """The pairs of two sides that can still be worth it, by names at most, then by what may be the same."""
        is_other = first != second if sides is None else sides[first] != sides[second]
        first, second, names = first[is_other], second[is_other], said[is_other]
        weights, sex = self._pairs.weights, self._columns.sex.rows
        says = names * weights.names.scale
        says += np.array(weights.sex, np.float32)[others.sex_levels(sex[first], sex[second])]
        says += self._pairs.births(first, second)[1]
        left = np.flatnonzero(says > floor - STILL_TO_COME)
        first, second, says = first[left], second[left], says[left]
        says += self._pairs.of_numbers(first, second)
        left = np.flatnonzero(says > floor - STILL_TO_COME)
        first, second, says = first[left], second[left], says[left]
        says += self._pairs.of_places(first, second)
        left = np.flatnonzero(says > floor - LOOKS_TO_COME - MOST)
        first, second, says = first[left], second[left], says[left]
        left = np.flatnonzero(says + self._pairs.of_addresses(first, second) > floor - LOOKS_TO_COME)
        return first[left], second[left]

    def _met(self, some: Rows, words: Rows, meanings: Meanings) -> tuple[Rows, Rows, NDArray[np.float64]]:
        """Every meeting of a word of a row with a row that bears it or one like it."""
        at, slot = np.nonzero(words[some] >= 0)
        word = words[some[at], slot]
        first, last = meanings.calls_from[word], meanings.calls_from[word + 1]
        each = last - first
        calls = np.repeat(first - (np.cumsum(each) - each), each) + np.arange(int(each.sum()))
        bears, theirs = self._postings.all_bearers(meanings.called[calls])
        asking = np.repeat(np.repeat(some[at], each), bears)
        return asking, theirs.astype(np.int64), np.repeat(meanings.calling[calls].astype(np.float64), bears)

    @staticmethod
    def _across(
        rows: Rows, asking: Rows, theirs: Rows, said: NDArray[np.float64], sides: Sides
    ) -> tuple[Rows, Rows, NDArray[np.float64]]:
        """The meetings with a row of the other side."""
        if sides is None:
            return asking, theirs, said
        are_so = np.flatnonzero(sides[rows[asking]] != sides[theirs])
        return asking[are_so], theirs[are_so], said[are_so]

    def _summed(self, asking: Rows, theirs: Rows, said: NDArray[np.float64]) -> tuple[Rows, Rows, NDArray[np.float64]]:
        """What all meetings of two rows say together."""
        size = np.int64(max(self._columns.size, 1))
        keys = asking * size + theirs
        order = np.argsort(keys, kind="stable")
        starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
        together = np.add.reduceat(said[order], starts) if len(starts) else said
        once = keys[order][starts]
        return once // size, once % size, together

    def _everybody(self, some: Rows) -> tuple[Rows, Rows, NDArray[np.float64]]:
        """A description without a name: everybody may be meant."""
        there = np.flatnonzero(self._columns.is_there.rows)
        return np.repeat(some, len(there)), np.tile(there, len(some)), np.zeros(len(some) * len(there))

    def _lately(self, some: Rows, words: Rows, meanings: Meanings) -> tuple[Rows, Rows, NDArray[np.float64]]:
        """Rows that are newer than the postings: their words are looked at one by one."""
        columns = self._columns
        asking, theirs = np.repeat(some, len(self._late)), np.tile(self._late, len(some))
        plain = columns.words.rows[theirs]
        is_own = (plain >= 0) & np.isin(columns.parts.rows[theirs], OWN)
        sounds = np.where(is_own, columns.sounds[plain], -1)
        said = np.zeros(len(asking))
        for slot in range(words.shape[1]):
            if (words[some, slot] >= 0).any():
                said += meanings.call(words[asking, slot, None], sounds).sum(axis=1, dtype=np.float64)
        met = np.flatnonzero(said > 0)
        return asking[met], theirs[met], said[met]


def _portions(calls: NDArray[np.int64]) -> list[Rows]:
    """Cut rows, of which each calls so many others, into portions that fit into memory together."""
    begun, most, portions = 0, np.cumsum(calls), []
    while begun < len(calls):
        ends = max(int(np.searchsorted(most, (most[begun - 1] if begun else 0) + TRIPLES, "right")), begun + 1)
        portions.append(np.arange(begun, ends))
        begun = ends
    return portions


def _turned(days: Rows) -> Rows:
    """Days with day and month in each other's place; 0 where that is no other day."""
    month, day = days // 32 % 16, days % 32
    return np.where(
        (month != day) & (day <= 12) & (days % 512 != FIRST_OF_JANUARY), days // 512 * 512 + day * 32 + month, 0
    )
