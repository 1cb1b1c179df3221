"""How likely is each candidate the person asked about, and why?

The evidence of every part is added; the sum, with how rarely a question meets her record by chance, gives a
probability. Candidates compete with each other and with nobody on record, so ten namesakes are each unlikely.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.columns import Columns
from astra.science.linkage.keeping.rows import FIRST_YEAR, PLACES_KEPT, YEARS, Row
from astra.science.linkage.keeping.vocabulary import INITIAL, Near
from astra.science.linkage.normalise import appearance
from astra.science.linkage.normalise.names import FAMILY, GIVEN, OWN, PARTS, TEXT, Word
from astra.science.linkage.normalise.sounds import sound
from astra.science.linkage.weighing.evidence import births, others
from astra.science.linkage.weighing.evidence.births import Born, YearShares
from astra.science.linkage.weighing.evidence.names import Alignment, AskedWord, NameEvidence, ask, part_frequencies
from astra.science.linkage.weighing.weights import Weights

MOST_KNOWN = 20_000
DAYS = 365.2425
"""Days of a year: ordinals of days and years in one measure."""
JOINED_FROM, KNOWN_WORD, ONE_UNHEARD, LEAST_OF_TWO = 7, -8.0, 1e-9, -24.0

NAME, BIRTH, PLACE, SEEN, SEX, HEIGHT, HAIR, EYES, MARKS, NUMBER, SHARED = (
    "name", "birth", "place", "seen", "sex", "height", "hair", "eyes", "marks", "number", "shared",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighed:
    """What each kind of evidence says of each candidate, and how it agreed; arrays of shape (n,)."""

    says: dict[str, NDArray[np.float32]]
    levels: dict[str, NDArray[np.uint8]]
    marks: NDArray[np.uint8]
    """How many of the marks that are asked for are found on each level, shape (n, levels)."""

    @property
    def total(self) -> NDArray[np.float32]:
        """The sum of all evidence."""
        return np.asarray(np.sum(list(self.says.values()), axis=0), np.float32)

    def of(self, some: NDArray[np.int64]) -> "Weighed":
        """The same of some of the candidates."""
        return Weighed(
            {name: says[some] for name, says in self.says.items()},
            {name: levels[some] for name, levels in self.levels.items()},
            self.marks[some],
        )


class Shares:
    """How often things happen by chance in this registry; counted again when it has changed."""

    def __init__(self, columns: Columns) -> None:
        self.years = YearShares.of(columns.born_in)
        self.words = {part: part_frequencies(columns.vocabulary, columns.bearers, part) for part in range(1, PARTS)}
        self.placed = max(columns.placed, 1)
        self.places = columns.at_place / self.placed
        self.places_each = max(float(self.places.sum()), 1.0)


class Ranker:
    """Weighs candidates of one registry."""

    def __init__(self, columns: Columns, weights: Weights) -> None:
        self.columns = columns
        self.weights = weights
        self.shares = Shares(columns)
        self._known: dict[Word, tuple[AskedWord, ...]] = {}

    # --- the question -----------------------------------------------------------------------------------------------

    def asked_words(self, words: tuple[Word, ...], *, is_unfinished: bool = False) -> tuple[AskedWord, ...]:
        """Put the words of a question beside everything on record that they may mean.

        `is_unfinished` says that the last word of the name is still being written.
        """
        last = max((at for at, word in enumerate(words) if word.part in OWN), default=-1) if is_unfinished else -1
        meanings = [self._begun(word) if at == last else self._meanings(word) for at, word in enumerate(words)]
        return tuple(asked for some in meanings for asked in some)

    def _begun(self, word: Word) -> tuple[AskedWord, ...]:
        """What a word may mean that is still being written."""
        near = self.columns.vocabulary.begun(sound(word.plain), self._near(word, is_given=word.part != FAMILY))
        if not (near.chances > KNOWN_WORD).any():
            return self._meanings(word)
        return (ask(word.plain, word.part, near, self.shares.words[word.part], self.weights.channel.unheard),)

    def _meanings(self, word: Word) -> tuple[AskedWord, ...]:
        """What a word may mean; remembered as long as the registry does not change."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            known = self._known[word] = tuple(self._asked(part) for part in self._divided(word))
        return known

    def asked_on_record(self, word: Word) -> AskedWord:
        """The same for a word that stands on record, which is never taken apart."""
        if word not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[word] = (self._asked(word),)
        return self._known[word][0]

    def _asked(self, word: Word) -> AskedWord:
        is_given = word.part != FAMILY
        near = self._near(word, is_given=is_given)
        return ask(word.plain, word.part, near, self.shares.words[word.part], self.weights.channel.unheard)

    def _near(self, word: Word, *, is_given: bool) -> Near:
        return self.columns.vocabulary.near(
            sound(word.plain), is_without_vowels=word.is_without_vowels, is_given=is_given
        )

    def _divided(self, word: Word) -> list[Word]:
        """Take two names apart that were written as one word, if nothing on record is like the whole."""
        if word.part not in (TEXT, GIVEN, FAMILY) or len(word.plain) < JOINED_FROM:
            return [word]
        near = self.columns.vocabulary.near(sound(word.plain))
        if (near.chances[near.ways != INITIAL] > KNOWN_WORD).any():
            return [word]
        best, parts = LEAST_OF_TWO, [word]
        for at in range(3, len(word.plain) - 2):
            pieces = word.plain[:at], word.plain[at:]
            chance = self._likely_pair(*pieces)
            if chance > best:
                best, parts = chance, [Word(piece, TEXT) for piece in pieces]
        return parts

    def _likely_pair(self, first: str, second: str) -> float:
        """How likely two names were written as one: one of them is on record, the other may have a slip."""
        share = self.shares.words[TEXT]
        places = [self.columns.vocabulary.find(sound(piece)) for piece in (first, second)]
        chances = [None if place is None else float(np.log(share[place] + ONE_UNHEARD)) for place in places]
        if all(chance is None for chance in chances):
            return -np.inf
        for at, piece in enumerate((first, second)):
            if chances[at] is None:
                near = self.columns.vocabulary.near(sound(piece))
                is_like = near.ways != INITIAL
                says = np.log(share[near.places[is_like]] + ONE_UNHEARD) + near.chances[is_like]
                chances[at] = float(says.max(initial=np.log(ONE_UNHEARD)))
        return float(sum(chance for chance in chances if chance is not None))

    # --- weighing ---------------------------------------------------------------------------------------------------

    def names(self, asked: tuple[AskedWord, ...], rows: NDArray[np.int64]) -> tuple[NameEvidence, Alignment]:
        """The evidence of the names."""
        columns = self.columns
        words = columns.words.rows[rows]
        sounds = np.where(words < 0, -1, columns.sounds[words])
        evidence = NameEvidence(asked, self.weights.names, len(columns.vocabulary))
        return evidence, evidence.align(sounds, columns.parts.rows[rows], columns.sex.rows[rows])

    def births(self, row: Row, rows: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """How the births agree, and what that says."""
        columns = self.columns
        born = Born(columns.born_day.rows[rows], columns.born_middle.rows[rows], columns.born_guessed.rows[rows])
        return self._birth_says(row, born)

    def _birth_says(self, row: Row, born: Born) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        seen = row.seen_on / DAYS if row.seen_on else row.born_middle
        asked = row.born_day, row.born_middle, row.born_guessed, seen
        levels = births.levels(*asked, born)
        table = np.array(self.weights.birth) - np.log(births.by_chance(*asked, self.shares.years))
        table[births.NOTHING] = 0.0
        return levels, table.astype(np.float32)[levels]

    def places(self, row: Row, rows: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """How near the places are, and what that says; of several places asked for, the one that says most."""
        theirs = np.concatenate([self.columns.homes.rows[rows], self.columns.seen.rows[rows]], axis=1)
        best = np.zeros(len(rows), np.uint8), np.zeros(len(rows), np.float32)
        for at, code in enumerate(dict.fromkeys((*row.homes, *row.seen))):
            levels, table = self._place(code, theirs)
            says = table[levels]
            better = says > best[1] if at else np.ones(len(rows), np.bool_)
            best = np.where(better, levels, best[0]), np.where(better, says, best[1])
        return best

    def _place(self, code: int, theirs: NDArray[np.int32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        apart = self.columns.places.distances_from(code)
        theirs_apart = np.append(apart, np.float32(np.nan))[theirs]
        levels = others.place_levels(theirs_apart, theirs >= 0, PLACES_KEPT)
        known = others.place_levels(apart[:, None], np.ones((len(apart), 1), np.bool_), 1)
        chance = others.place_chances(known, self.shares.places, self.shares.places_each, 0.5 / self.shares.placed)
        table = np.array(self.weights.place) - np.log(chance)
        table[others.PLACE_UNKNOWN] = 0.0
        return levels, table.astype(np.float32)

    def quickly(self, row: Row, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """What year of birth, sex and first places say, by one look into a table each: to narrow many candidates."""
        columns = self.columns
        says = np.array(self.weights.sex, np.float32)[others.sex_levels(row.sex, columns.sex.rows[rows])]
        if row.born_middle:
            years = (columns.born_middle.rows[rows] - FIRST_YEAR).astype(np.int32).clip(-1, YEARS - 1)
            says += np.append(self._by_year(row), np.float32(0.0))[years]
        for code in (*row.homes, *row.seen)[:1]:
            by_place = self._by_place(code)
            says += np.maximum(by_place[columns.homes.rows[rows, 0]], by_place[columns.seen.rows[rows, 0]])
        return np.asarray(says, np.float32)

    def _by_year(self, row: Row) -> NDArray[np.float32]:
        """What the birth asked for says of somebody born in the middle of each year, shape (years,)."""
        middles = (np.arange(YEARS) + FIRST_YEAR + 0.5).astype(np.float32)
        none = np.zeros(YEARS, np.int32)
        return self._birth_says(row, Born(none, middles, none > 0))[1]

    def _by_place(self, code: int) -> NDArray[np.float32]:
        """What a place asked for says of each place, shape (places + 1,); the last answers for "none noted"."""
        every = np.append(np.arange(self.columns.places.size), -1).astype(np.int32)
        levels, table = self._place(code, np.stack([every, np.full_like(every, -1)], axis=1))
        return table[levels]

    def weigh(self, row: Row, asked: tuple[AskedWord, ...], rows: NDArray[np.int64]) -> Weighed:
        """Weigh everything that is known of the candidates in these rows."""
        columns, weights = self.columns, self.weights
        levels: dict[str, NDArray[np.uint8]] = {}
        says = {NAME: self.names(asked, rows)[1].total}
        levels[BIRTH], says[BIRTH] = self.births(row, rows)
        levels[PLACE], says[PLACE] = self.places(row, rows)
        levels[SEEN] = others.seen_levels(row.seen_on, columns.seen_on.rows[rows])
        levels[SEX] = others.sex_levels(row.sex, columns.sex.rows[rows])
        grown = others.growth(
            columns.seen_on.rows[rows] / np.float32(DAYS), row.seen_on / DAYS, columns.born_middle.rows[rows]
        )
        levels[HEIGHT] = others.height_levels(row.height, columns.height.rows[rows], grown)
        levels[HAIR] = appearance.HAIR_LIKENESS[row.hair, columns.hair.rows[rows]]
        levels[EYES] = appearance.EYES_LIKENESS[row.eyes, columns.eyes.rows[rows]]
        levels[NUMBER] = others.number_levels(row.national, columns.national.rows[rows])
        for name, table in (
            (SEEN, weights.seen), (SEX, weights.sex), (HEIGHT, weights.height), (HAIR, weights.hair),
            (EYES, weights.eyes), (NUMBER, weights.number),
        ):  # fmt: skip
            says[name] = np.array(table, np.float32)[levels[name]]
        marks = self._marks(row, rows)
        levels[MARKS] = _best_mark(marks)
        says[MARKS] = (marks * np.array(weights.marks, np.float32)).sum(axis=1)
        return Weighed(says, levels, marks)

    def _marks(self, row: Row, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """How many of the marks that are asked for are found on each level."""
        counts = np.zeros((len(rows), len(self.weights.marks)), np.uint8)
        if row.marks:
            found = appearance.marks_likeness(np.array(row.marks, np.uint32), self.columns.marks.rows[rows])
            for level in range(counts.shape[1]):
                counts[:, level] = (found == level).sum(axis=0)
        return counts

    def probabilities(self, total: NDArray[np.float64], among: int) -> NDArray[np.float64]:
        """Turn sums of evidence into probabilities; the candidates compete with each other and with nobody."""
        known = self.weights.known_before
        odds = np.exp(np.clip(total, -60, 60))
        return np.asarray(odds / (odds.sum() + max(among, 1) * (1 - known) / known), np.float64)


def _best_mark(counts: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The highest level on which a mark is found; 0 where none is."""
    highest = counts.shape[1] - 1 - (counts[:, ::-1] > 0).argmax(axis=1)
    return np.where(counts.any(axis=1), highest, 0).astype(np.uint8)
