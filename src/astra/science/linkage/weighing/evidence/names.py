"""How much do the names say?

Each word of the question looks for the word on the record that it may have come from. What a meeting says is how
likely that word was written where this one was meant, against how likely it was written at all: a rare surname says
more than a common first name, and a slip of a rare one still says much.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.vocabulary import INITIAL, Near, Vocabulary
from astra.science.linkage.normalise.names import FAMILY, FATHER, GIVEN, MOTHER, NICKNAME, OWN, PARTS, TEXT
from astra.science.linkage.weighing.weights import NameWeights

NEVER = np.float32(-1e9)
NAMED_ALIKE = 2.0
"""Names that say more than this agree so far that nicknames follow from them."""


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of a question with everything it may mean."""

    plain: str
    part: int
    near: Near
    elsewhere: float
    """The log-probability that the word is written whoever is meant."""

    @property
    def most(self) -> float:
        """The most that this word can say."""
        return float(self.near.chances.max(initial=-99.0)) - self.elsewhere


BEYOND = 20
"""People are asked about who are not on record: so many more are thought of, who bear none of the words that are. Else
a name would say nothing in an office that knows one person, as everybody on record bears it."""
SWAPPED_SHARE = 0.08
"""How often first name and surname are written in each other's place."""


def part_frequencies(vocabulary: Vocabulary, totals: NDArray[np.int64], part: int) -> NDArray[np.float64]:
    """How often a word of this part is written for each word on record, by people who mean anybody."""
    alike = {
        GIVEN: (GIVEN, TEXT, NICKNAME),
        FAMILY: (FAMILY, TEXT),
        TEXT: (GIVEN, FAMILY, TEXT),
        NICKNAME: (GIVEN, NICKNAME, TEXT),
    }

    def share(parts: tuple[int, ...]) -> NDArray[np.float64]:
        bearers = int(totals[list(parts)].max()) + BEYOND
        return np.asarray(vocabulary.counts[:, list(parts)].sum(axis=1) / bearers, np.float64)

    own = share(alike.get(part, (part,)))
    if part not in (GIVEN, FAMILY):
        return own
    return (1 - SWAPPED_SHARE) * own + SWAPPED_SHARE * share(alike[FAMILY if part == GIVEN else GIVEN])


def ask(plain: str, part: int, near: Near, frequencies: NDArray[np.float64], unheard: float) -> AskedWord:
    """Put a word of a question beside what it may mean."""
    written = float((frequencies[near.places] * np.exp(near.chances.astype(np.float64))).sum())
    return AskedWord(plain, part, near, float(np.log(written + np.exp(unheard))))


def part_table(weights: NameWeights) -> NDArray[np.float32]:
    """What it costs when a word of one part (row) stands in another part (column) of the record."""
    table = np.full((PARTS, PARTS), NEVER, np.float32)
    for first in OWN:
        table[first, list(OWN)] = 0.0
    table[GIVEN, FAMILY] = table[FAMILY, GIVEN] = weights.other_part
    table[GIVEN, NICKNAME] = table[NICKNAME, GIVEN] = weights.nickname_part
    table[FAMILY, NICKNAME] = table[NICKNAME, FAMILY] = weights.other_part + weights.nickname_part
    table[TEXT, [GIVEN, FAMILY, TEXT]] = table[[GIVEN, FAMILY, TEXT], TEXT] = weights.undivided
    table[TEXT, FATHER] = table[FAMILY, FATHER] = weights.patronymic
    table[FATHER, FATHER] = table[MOTHER, MOTHER] = 0.0
    return table


def swapped(table: NDArray[np.float32], weights: NameWeights) -> NDArray[np.float32]:
    """The same for a question whose first name and surname stand in each other's place."""
    turned = table.copy()
    turned[[GIVEN, FAMILY]] = table[[FAMILY, GIVEN]]
    return turned


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which word of each candidate answers each word of the question.

    Parameters
    ----------
    total : numpy.ndarray, shape (n,)
        What the names say together.
    chosen : numpy.ndarray, shape (words, n)
        The place of the answering word in the candidate's row; -1 where none answers.
    says : numpy.ndarray, shape (words, n)
        What each word says.
    """

    total: NDArray[np.float32]
    chosen: NDArray[np.int8]
    says: NDArray[np.float32]

    def where_better(self, other: "Alignment") -> "Alignment":
        """Take the other alignment for the candidates of which it says more."""
        better = other.total > self.total
        return Alignment(
            np.where(better, other.total, self.total),
            np.where(better, other.chosen, self.chosen),
            np.where(better, other.says, self.says),
        )


class NameEvidence:
    """The evidence of the words of one question over candidate rows."""

    def __init__(self, asked: tuple[AskedWord, ...], weights: NameWeights, size: int) -> None:
        self.asked = tuple(sorted(asked, key=lambda word: (word.part == NICKNAME, -word.most, word.plain, word.part)))
        self.weights = weights
        self._size = size
        self._table = part_table(weights)

    def align(self, sounds: NDArray[np.int32], parts: NDArray[np.uint8], sex: NDArray[np.uint8]) -> Alignment:
        """Weigh the names of candidates.

        Parameters
        ----------
        sounds, parts : numpy.ndarray, shape (n, words)
            Folded words of each candidate (-1 where there is none) and the parts that they play.
        sex : numpy.ndarray, shape (n,)
            Women change their surnames more often.
        """
        return self.align_meetings([self._meetings(word, sounds) for word in self.asked], parts, sex)

    def align_meetings(
        self, meetings: list[NDArray[np.float32]], parts: NDArray[np.uint8], sex: NDArray[np.uint8]
    ) -> Alignment:
        """Weigh names that have met: what each word says beside each word of the candidates, whichever words they are.

        Of the words asked for only the parts count here, so that questions of the same parts are weighed together.
        """
        straight = self._arranged(meetings, parts, sex, self._table, 0.0)
        if not any(word.part in (GIVEN, FAMILY) for word in self.asked):
            return straight
        turned = swapped(self._table, self.weights)
        return straight.where_better(self._arranged(meetings, parts, sex, turned, self.weights.swapped))

    def _meetings(self, word: AskedWord, sounds: NDArray[np.int32]) -> NDArray[np.float32]:
        says = np.full(self._size + 1, NEVER, np.float32)  # the last place answers for "no word" (-1)
        says[word.near.places] = word.near.chances - np.float32(word.elsewhere)
        return says[sounds]

    def _arranged(
        self,
        meetings: list[NDArray[np.float32]],
        parts: NDArray[np.uint8],
        sex: NDArray[np.uint8],
        table: NDArray[np.float32],
        before: float,
    ) -> Alignment:
        """Give each word of the question its best free word of the record, the words that say most first."""
        number = len(parts)
        rows = np.arange(number)
        taken = np.zeros(parts.shape, np.bool_)
        total = np.full(number, before, np.float32)
        chosen = np.full((len(self.asked), number), -1, np.int8)
        said = np.zeros((len(self.asked), number), np.float32)
        seen: dict[int, int] = {}
        is_named = any(word.part in (GIVEN, TEXT) for word in self.asked)
        for at, (word, meeting) in enumerate(zip(self.asked, meetings, strict=True)):
            values = meeting + table[word.part][parts]
            values[taken] = NEVER
            best = values.argmax(axis=1)
            says = values[rows, best]
            floor = self._floor(word.part, seen.get(word.part, 0), parts, sex)
            if word.part == NICKNAME and is_named:  # whoever is called alike is nicknamed alike
                says = np.where(total > NAMED_ALIKE, np.minimum(says, np.float32(self.weights.nickname_beside)), says)
            met = says > floor
            taken[rows[met], best[met]] = True
            chosen[at] = np.where(met, best, -1)
            said[at] = np.where(met, says, floor)
            total += said[at]
            seen[word.part] = seen.get(word.part, 0) + 1
        return Alignment(total * np.float32(self.weights.scale), chosen, said)

    def _floor(self, part: int, before: int, parts: NDArray[np.uint8], sex: NDArray[np.uint8]) -> NDArray[np.float32]:
        """What it says when a word of the question meets none of the record: much, if the record knows that part."""
        weights = self.weights
        if part == NICKNAME:
            return np.full(len(parts), weights.other_nickname, np.float32)
        if part in (FATHER, MOTHER):
            return np.where((parts == part).any(axis=1), np.float32(weights.other_parent), np.float32(0.0))
        if before:
            return np.full(len(parts), weights.further, np.float32)
        if part == GIVEN:
            knows = ((parts == GIVEN) | (parts == TEXT)).any(axis=1)
            return np.where(knows, np.float32(weights.other_given), np.float32(0.0))
        if part == FAMILY:
            knows = ((parts == FAMILY) | (parts == TEXT)).any(axis=1)
            other = np.where(sex == 2, np.float32(weights.other_family_man), np.float32(weights.other_family))
            return np.where(knows, other, np.float32(0.0))
        own = ((parts == GIVEN) | (parts == FAMILY) | (parts == TEXT)).sum(axis=1)
        return np.where(own >= 2, np.float32(weights.other_word), np.float32(weights.further))


def initials(near: Near) -> bool:
    """Whether a word is one letter only, which half a registry may begin with."""
    return bool(len(near.ways)) and bool((near.ways == INITIAL).any())
