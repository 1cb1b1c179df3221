"""Which sentences say why a candidate stands where she stands?"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.columns import Columns
from astra.science.linkage.keeping.rows import Row
from astra.science.linkage.keeping.slips import furthest
from astra.science.linkage.keeping.vocabulary import SLIP, Vocabulary
from astra.science.linkage.normalise.names import FAMILY, FATHER, GIVEN, MOTHER, NICKNAME, TEXT
from astra.science.linkage.normalise.sounds import sound
from astra.science.linkage.weighing.batches import Pairs
from astra.science.linkage.weighing.evidence import addresses, births, others
from astra.science.linkage.weighing.evidence.addresses import ADDRESS
from astra.science.linkage.weighing.evidence.names import Alignment, AskedWord
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
from astra.science.linkage.weighing.reasons import ALIKE, DIFFERS, SAME_WORD, WAYS, Reason

Rows = NDArray[np.int64]
SAYS_SOMETHING = 0.3
"""Evidence that makes it less than a third likelier or less likely is not worth a sentence."""

ALMOST_THE_SAME, ONE_LETTER = 0.6, 1.0
"""A slip that costs more than this share of the furthest that is sought makes names alike, not almost the same; never
one letter alone."""

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
    ADDRESS: {addresses.SAME: "same", addresses.STREET: "street", addresses.ALIKE: "near", addresses.OTHER: "differs"},
}
_CALLED = {NUMBER: "national", SHARED: "number"}


class Explainer:
    """Says why, for a few candidates of one question."""

    def __init__(self, ranker: Ranker, row: Row, asked: tuple[AskedWord, ...]) -> None:
        self._ranker = ranker
        self._row = row
        self._asked = asked

    def reasons(self, rows: Rows, weighed: Weighed) -> list[tuple[Reason, ...]]:
        """The reasons for each of these rows, those that say most first.

        Parameters
        ----------
        rows : numpy.ndarray, shape (n,)
            The rows of the candidates.
        weighed : Weighed
            What was weighed of the same rows, in the same order.
        """
        evidence, alignment = self._ranker.names(self._asked, rows)
        found = _others(self._ranker.columns, lambda _: self._row, rows, weighed)
        every = np.arange(len(rows))
        _add_names(self._ranker.columns, found, every, rows, [evidence.asked] * len(rows), alignment)
        return [_sorted(some) for some in found]


def explain(pairs: Pairs, first: Rows, second: Rows) -> list[tuple[Reason, ...]]:
    """Why two records may be of one person, for many pairs, seen from the first; those that say most first.

    Parameters
    ----------
    pairs : Pairs
        What weighs pairs of one registry.
    first, second : numpy.ndarray, shape (n,)
        The rows of each pair.
    """
    columns = pairs.columns
    meanings, rows = pairs.meanings(first), first.tolist()
    found = _others(columns, lambda at: columns.row_at(rows[at]), second, pairs.weigh(first, second))
    for group in meanings.aligned(first, second):
        words = [tuple(meanings.words[word] for word in some) for some in group.words.tolist()]
        _add_names(columns, found, group.pairs, second[group.pairs], words, group.alignment)
    return [_sorted(some) for some in found]


def _add_names(  # noqa: PLR0917  reasons, where they stand, and what was weighed
    columns: Columns,
    found: list[list[Reason]],
    places: Rows,
    rows: Rows,
    asked: list[tuple[AskedWord, ...]],
    alignment: Alignment,
) -> None:
    """Add to the reasons at some places what the names say."""
    chosen, says = alignment.chosen.T.tolist(), alignment.says.T.tolist()
    parts, plain = columns.parts.rows[rows].tolist(), columns.words.rows[rows].tolist()
    for at, place in enumerate(places.tolist()):
        for word, answer, said in zip(asked[at], chosen[at], says[at], strict=True):
            if answer < 0 and said >= -SAYS_SOMETHING:
                continue
            part = parts[at][answer] if answer >= 0 else word.part
            about = _PARTS[part if word.part == TEXT and part != NICKNAME else word.part]
            how = _way(columns, word, plain[at][answer]) if answer >= 0 else DIFFERS
            found[place].append(Reason(about, how, said))


def _way(columns: Columns, word: AskedWord, plain: int) -> str:
    if columns.plain(plain) == word.plain:
        return SAME_WORD
    at = int(np.searchsorted(word.near.places, columns.sounds[plain]))
    way = int(word.near.ways[at])
    if way == SLIP and _is_far(columns.vocabulary, word, float(word.near.chances[at])):
        return ALIKE
    return "spelling" if WAYS[way] == SAME_WORD else WAYS[way]


def _is_far(vocabulary: Vocabulary, word: AskedWord, chance: float) -> bool:
    """Whether a slip changes so much of a name that nobody would call the two almost the same."""
    cost = (vocabulary.channel.slip - chance) / vocabulary.channel.per_cost
    return cost > max(ONE_LETTER, ALMOST_THE_SAME * furthest(len(sound(word.plain))))


def _others(columns: Columns, asked: Callable[[int], Row], rows: Rows, weighed: Weighed) -> list[list[Reason]]:
    """What everything but the names says; `asked` gives the question of each."""
    found: list[list[Reason]] = [[] for _ in rows]
    for name, levels in weighed.levels.items():
        says = weighed.says[name]
        for at in np.flatnonzero((levels > 0) & (np.abs(says) >= SAYS_SOMETHING)).tolist():
            level = int(levels[at])
            how = str(level) if name in (BIRTH, PLACE) else _LEVELS[name].get(level, "")
            if how:
                amount = _amount(columns, name, asked(at), int(rows[at])) if _has_amount(name, level) else 0
                found[at].append(Reason(_CALLED.get(name, name), how, float(says[at]), amount))
    return found


def _has_amount(name: str, level: int) -> bool:
    """Whether the sentence names years, kilometres or centimetres."""
    if name == BIRTH:
        return level not in (births.SAME_DAY, births.TURNED)
    return name == HEIGHT or (name == PLACE and others.PLACE_SAME < level < others.PLACE_OTHER)


def _amount(columns: Columns, name: str, asked: Row, row: int) -> int:
    if name == BIRTH:
        return max(round(abs(asked.born_middle - float(columns.born_middle.rows[row]))), 1)
    if name == PLACE:
        return _kilometres(columns, asked, row)
    return abs(asked.height - int(columns.height.rows[row]))


def _kilometres(columns: Columns, asked: Row, row: int) -> int:
    theirs = np.concatenate([columns.homes.rows[row], columns.seen.rows[row]])
    theirs = theirs[theirs >= 0]
    codes = dict.fromkeys((*asked.homes, *asked.seen))
    apart = np.concatenate([columns.places.distances_from(code)[theirs] for code in codes])
    return round(float(np.nanmin(apart)))


def _sorted(reasons: list[Reason]) -> tuple[Reason, ...]:
    """What speaks for her before what speaks against, the weightiest first; a sentence once."""
    ordered = sorted(reasons, key=lambda reason: (-reason.says, str(reason)))
    return tuple({str(reason): reason for reason in ordered}.values())
