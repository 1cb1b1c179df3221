"""Which sentences say why a candidate stands where she stands?"""

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.columns import Columns
from astra.science.linkage.keeping.rows import Row
from astra.science.linkage.normalise.names import FAMILY, FATHER, GIVEN, MOTHER, NICKNAME, TEXT
from astra.science.linkage.weighing.evidence import births, others
from astra.science.linkage.weighing.evidence.names import Alignment, AskedWord, NameEvidence
from astra.science.linkage.weighing.ranker import (
    BIRTH,
    EYES,
    HAIR,
    HEIGHT,
    MARKS,
    NUMBER,
    PLACE,
    SEEN,
    SEX,
    SHARED,
    Ranker,
    Weighed,
)  # fmt: skip
from astra.science.linkage.weighing.reasons import DIFFERS, SAME_WORD, WAYS, Reason

SAYS_SOMETHING = 0.3
"""Evidence that makes it less than a third likelier or less likely is not worth a sentence."""

_PARTS = {GIVEN: "given", FAMILY: "family", TEXT: "name", NICKNAME: "nickname", FATHER: "father", MOTHER: "mother"}
_LEVELS = {
    SEX: {1: "same", 2: "differs"},
    HEIGHT: {1: "fits", 2: "fits", 4: "differs", 5: "differs"},
    HAIR: {1: "differs", 2: "near", 3: "same"},
    EYES: {1: "differs", 2: "near", 3: "same"},
    MARKS: {1: "differs", 2: "near", 3: "near", 4: "same"},
    NUMBER: {1: "same", 2: "slip", 3: "differs"},
    SEEN: {1: "differs", 2: "differs", 3: "fits", 4: "fits", 5: "fits", 7: "late", 8: "late"},
    SHARED: {1: "same"},
}
_CALLED = {NUMBER: "national", SHARED: "number"}


class Explainer:
    """Says why, for a few candidates of one question."""

    def __init__(self, ranker: Ranker, row: Row, asked: tuple[AskedWord, ...]) -> None:
        self._ranker = ranker
        self._columns: Columns = ranker.columns
        self._row = row
        self._asked = asked

    def reasons(self, rows: NDArray[np.int64], weighed: Weighed) -> list[tuple[Reason, ...]]:
        """The reasons for each of these rows, those that say most first.

        Parameters
        ----------
        rows : numpy.ndarray, shape (n,)
            The rows of the candidates.
        weighed : Weighed
            What was weighed of the same rows, in the same order.
        """
        evidence, alignment = self._ranker.names(self._asked, rows)
        return [
            _sorted([*self._of_names(evidence, alignment, at, int(row)), *self._of_others(weighed, at, int(row))])
            for at, row in enumerate(rows)
        ]

    def _of_names(self, evidence: NameEvidence, alignment: Alignment, at: int, row: int) -> list[Reason]:
        found = []
        for number, word in enumerate(evidence.asked):
            place, says = int(alignment.chosen[number, at]), float(alignment.says[number, at])
            part = self._columns.parts.rows[row, place] if place >= 0 else word.part
            about = _PARTS[int(part) if word.part == TEXT and part != NICKNAME else word.part]
            how = self._way(word, int(self._columns.words.rows[row, place])) if place >= 0 else DIFFERS
            if place >= 0 or says < -SAYS_SOMETHING:
                found.append(Reason(about, how, says))
        return found

    def _way(self, word: AskedWord, plain: int) -> str:
        if self._columns.plain(plain) == word.plain:
            return SAME_WORD
        sounded = int(self._columns.sounds[plain])
        at = int(np.searchsorted(word.near.places, sounded))
        how = WAYS[int(word.near.ways[at])]
        return "spelling" if how == SAME_WORD else how

    def _of_others(self, weighed: Weighed, at: int, row: int) -> list[Reason]:
        found = []
        for name, levels in weighed.levels.items():
            level, says = int(levels[at]), float(weighed.says[name][at])
            if not level or abs(says) < SAYS_SOMETHING:
                continue
            how = str(level) if name in (BIRTH, PLACE) else _LEVELS[name].get(level, "")
            if how:
                found.append(Reason(_CALLED.get(name, name), how, says, self._amount(name, level, row)))
        return found

    def _amount(self, name: str, level: int, row: int) -> int:
        if name == BIRTH and level not in (births.SAME_DAY, births.TURNED):
            return max(round(abs(self._row.born_middle - float(self._columns.born_middle.rows[row]))), 1)
        if name == PLACE and others.PLACE_SAME < level < others.PLACE_OTHER:
            return self._kilometres(row)
        if name == HEIGHT:
            return abs(self._row.height - int(self._columns.height.rows[row]))
        return 0

    def _kilometres(self, row: int) -> int:
        theirs = np.concatenate([self._columns.homes.rows[row], self._columns.seen.rows[row]])
        theirs = theirs[theirs >= 0]
        asked = dict.fromkeys((*self._row.homes, *self._row.seen))
        apart = np.concatenate([self._columns.places.distances_from(code)[theirs] for code in asked])
        return round(float(np.nanmin(apart)))


def _sorted(reasons: list[Reason]) -> tuple[Reason, ...]:
    """What speaks for her before what speaks against, the weightiest first; a sentence once."""
    ordered = sorted(reasons, key=lambda reason: (-reason.says, str(reason)))
    return tuple({str(reason): reason for reason in ordered}.values())
