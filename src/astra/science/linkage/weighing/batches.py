"""How likely are two records one person, for many pairs at once?

The evidence of `ranker`, with another question for every candidate: a pair is a question and a row. Nothing that is
said of a pair depends on which other pairs are weighed with it.
"""

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.addresses import Addresses
from astra.science.linkage.keeping.numbers import LEAST, SAME_PERSONS, Numbers
from astra.science.linkage.keeping.ordering import distinct
from astra.science.linkage.normalise import appearance
from astra.science.linkage.normalise.marks import mark_levels
from astra.science.linkage.threads import at_once, cores, slices
from astra.science.linkage.weighing.evidence import addresses, births, others
from astra.science.linkage.weighing.evidence.addresses import ADDRESS
from astra.science.linkage.weighing.evidence.births import Born
from astra.science.linkage.weighing.meanings import Meanings
from astra.science.linkage.weighing.nearness import Places
from astra.science.linkage.weighing.ranker import (
    BIRTH,
    DAYS,
    EYES,
    HAIR,
    HEIGHT,
    MARKS,
    NAME,
    NUMBER,
    PLACE,
    SEEN,
    SEX,
    SHARED,
    Ranker,
    Weighed,
)  # fmt: skip

Levels = NDArray[np.uint8]
Says = NDArray[np.float32]
Rows = NDArray[np.int64]


AT_ONCE, WORTH_A_THREAD = 100_000, 4_000
"""Pairs that are weighed together, at most and at least."""
SIDES_APART = 8.0
"""The two sides of a pair never say things that are so far apart."""


def total(weighed: Weighed) -> NDArray[np.float64]:
    """The sum of all evidence, added in one order whatever the number of pairs."""
    found = np.zeros(len(weighed.marks))
    for name in sorted(weighed.says):
        found += weighed.says[name]
    return found


class Pairs:
    """Weighs pairs of rows of one registry, seen from the first."""

    def __init__(self, ranker: Ranker, numbers: Numbers, addresses: Addresses) -> None:
        self.ranker, self.numbers, self.addresses = ranker, numbers, addresses
        self.columns, self.weights = ranker.columns, ranker.weights
        self._meanings = Meanings(ranker, np.zeros(0, np.int64))
        self._places = Places(ranker)

    def meanings(self, rows: Rows) -> Meanings:
        """What the words of these rows, among others perhaps, may mean; remembered until others are asked for."""
        if not self._meanings.has(rows):
            self._meanings = Meanings(self.ranker, distinct(rows))
        return self._meanings

    def get_ready(self, rows: Rows) -> None:
        """Work out what is remembered of rows that will ask: several threads may weigh them then, as they only read."""
        self.meanings(rows)
        self._places.get_ready(rows)
        self.numbers.get_ready()
        self.addresses.get_ready()

    def both_ways(self, first: Rows, second: Rows, floor: float = -np.inf) -> NDArray[np.float64]:
        """What is said of pairs from either side, shape (n, 2).

        What is far below the floor from one side is not asked from the other, and stands there twice.
        """
        forth = self._totals(first, second)
        found = np.stack([forth, forth], axis=1)
        near = np.flatnonzero(forth > floor - SIDES_APART)
        found[near, 1] = self._totals(second[near], first[near])
        return found

    def _totals(self, first: Rows, second: Rows) -> NDArray[np.float64]:
        self.get_ready(first)
        parts = slices(len(first), max(cores(), -(-len(first) // AT_ONCE)), WORTH_A_THREAD)
        return np.concatenate(at_once(lambda some: total(self.weigh(first[some], second[some])), parts))

    def of_numbers(self, first: Rows, second: Rows) -> NDArray[np.float64]:
        """What national numbers say."""
        national = self.columns.national.rows
        return np.asarray(self.weights.number, np.float64)[others.number_levels(national[first], national[second])]

    def of_places(self, first: Rows, second: Rows) -> NDArray[np.float64]:
        """What places say."""
        return self._places.weigh(first, second)[1].astype(np.float64)

    def of_addresses(self, first: Rows, second: Rows) -> NDArray[np.float64]:
        """What addresses say."""
        return addresses.weigh(self.addresses, first, second)[1].astype(np.float64)

    def weigh(self, first: Rows, second: Rows) -> Weighed:
        """Weigh everything that is known of pairs of rows."""
        levels, says = self.beside_names(first, second)
        says[NAME] = np.zeros(len(first), np.float32)
        for group in self.meanings(first).aligned(first, second):
            says[NAME][group.pairs] = group.alignment.total
        marks = self._marks(first, second)
        levels[MARKS] = np.where(marks.any(axis=1), marks.shape[1] - 1 - (marks[:, ::-1] > 0).argmax(axis=1), 0)
        says[MARKS] = (marks * np.array(self.weights.marks, np.float32)).sum(axis=1)
        return Weighed(says, levels, marks)

    def beside_names(self, first: Rows, second: Rows) -> tuple[dict[str, Levels], dict[str, Says]]:
        """How everything but names and marks agrees, and what that says."""
        columns, weights = self.columns, self.weights
        levels: dict[str, Levels] = {}
        says: dict[str, Says] = {}
        levels[BIRTH], says[BIRTH] = self.births(first, second)
        levels[PLACE], says[PLACE] = self._places.weigh(first, second)
        seen, seen_before = columns.seen_on.rows[first], columns.seen_on.rows[second]
        levels[SEEN] = others.seen_levels(seen, seen_before)
        levels[SEX] = others.sex_levels(columns.sex.rows[first], columns.sex.rows[second])
        grown = others.growth(seen_before / np.float32(DAYS), seen / DAYS, columns.born_middle.rows[second])
        levels[HEIGHT] = others.height_levels(columns.height.rows[first], columns.height.rows[second], grown)
        levels[HAIR] = appearance.HAIR_LIKENESS[columns.hair.rows[first], columns.hair.rows[second]]
        levels[EYES] = appearance.EYES_LIKENESS[columns.eyes.rows[first], columns.eyes.rows[second]]
        levels[NUMBER] = others.number_levels(columns.national.rows[first], columns.national.rows[second])
        for name, table in (
            (SEEN, weights.seen), (SEX, weights.sex), (HEIGHT, weights.height), (HAIR, weights.hair),
            (EYES, weights.eyes), (NUMBER, weights.number),
        ):  # fmt: skip
            says[name] = np.array(table, np.float32)[levels[name]]
        levels[SHARED], says[SHARED] = self._shared(first, second)
        levels[ADDRESS], says[ADDRESS] = addresses.weigh(self.addresses, first, second)
        return levels, says

    def births(self, first: Rows, second: Rows) -> tuple[Levels, Says]:
        """How the births agree, and what that says."""
        columns = self.columns
        asking = distinct(first)
        asked = np.searchsorted(asking, first)
        day, middle, guessed = (
            column.rows[asking] for column in (columns.born_day, columns.born_middle, columns.born_guessed)
        )
        seen_on = columns.seen_on.rows[asking]
        seen = np.where(seen_on > 0, seen_on / DAYS, middle)
        born = Born(columns.born_day.rows[second], columns.born_middle.rows[second], columns.born_guessed.rows[second])
        levels = births.levels(day[asked], middle[asked], guessed[asked], seen[asked], born)
        chance = births.by_chance(day, middle, guessed, seen, self.ranker.shares.years)
        table = np.array(self.weights.birth) - np.log(chance)
        table[:, births.NOTHING] = 0.0
        return levels, table.astype(np.float32)[asked, levels]

    # --- marks and numbers ------------------------------------------------------------------------------------------

    def _marks(self, first: Rows, second: Rows) -> NDArray[np.uint8]:
        """How many of the marks that ask are found on each level."""
        counts = np.zeros((len(first), len(self.weights.marks)), np.uint8)
        asked = self.columns.marks.rows[first]
        for at in range(asked.shape[1]):
            some = np.flatnonzero(asked[:, at])
            found = mark_levels(asked[some, at : at + 1], self.columns.marks.rows[second[some]])
            counts[some, found] += 1
        return counts

    def _shared(self, first: Rows, second: Rows) -> tuple[Levels, Says]:
        """Which pairs share a number, and what that says; the one that says most counts."""
        says = np.zeros(len(first), np.float32)
        hers, theirs, bearers = self.numbers.sharing(distinct(first))
        if len(hers):
            worth = np.maximum(np.log(SAME_PERSONS * max(self.columns.present, 1) / bearers), LEAST).astype(np.float32)
            size = np.int64(self.columns.size)
            keys, wanted = hers * size + theirs, first * size + second
            order = np.lexsort((worth, keys))
            last = np.maximum(np.searchsorted(keys[order], wanted, "right") - 1, 0)
            is_shared = keys[order][last] == wanted
            says[is_shared] = worth[order][last[is_shared]]
        return (says > 0).astype(np.uint8), says
