"""Which records are of one person?

Every record asks the registry for itself. A pair is weighed from both sides, and the probability of all pairs follows
from how many of them there must be: that share is estimated from the sums of evidence themselves.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from astra.science.linkage.record import Record
from astra.science.linkage.registry import Registry
from astra.science.linkage.weighing.evidence.names import AskedWord
from astra.science.linkage.weighing.explaining import Explainer
from astra.science.linkage.weighing.reasons import Reason
from astra.science.linkage.weighing.weights import Weights

MOST_WEIGHED = 64
"""Rows that are weighed for each record: those that its names, birth and numbers call most."""
WORTH_KEEPING = -5.0
"""A pair is kept if its evidence, less the logarithm of the number of records, is above this."""
ROUNDS = 20
BEFOREHAND = 0.05
"""The share of records that have a second one, before anything is known of the registry."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be of one person.

    Parameters
    ----------
    first, second : str
        Ids of the records; in a list of duplicates `first` sorts before `second`.
    probability : float
        Of being one person.
    reasons : tuple of Reason
        Why, as `Registry.search` gives them.
    """

    first: str
    second: str
    probability: float
    reasons: tuple[Reason, ...]


class Asking:
    """Asks a registry for its own rows."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.columns, self.ranker = registry.columns, registry.ranker

    def words(self, at: int) -> tuple[AskedWord, ...]:
        """What the words of a row may mean."""
        return self.ranker.asked_words(self.columns.words_at(at))

    def others(self, at: int) -> dict[int, float]:
        """The rows that may be the same person as this one, with the evidence seen from here."""
        row, asked = self.columns.row_at(at), self.words(at)
        rows = self.registry.candidates(row, asked, MOST_WEIGHED)
        rows = rows[rows != at]
        total = self.ranker.weigh(row, asked, rows).total
        return dict(zip(rows.tolist(), total.tolist(), strict=True))

    def says(self, at: int, other: int) -> float:
        """The evidence of a pair, seen from the first."""
        return float(self.ranker.weigh(self.columns.row_at(at), self.words(at), np.array([other])).total[0])

    def reasons(self, first: int, second: int) -> tuple[Reason, ...]:
        """Why, seen from the first record."""
        row, asked, rows = self.columns.row_at(first), self.words(first), np.array([second])
        return Explainer(self.ranker, row, asked).reasons(rows, self.ranker.weigh(row, asked, rows))[0]


def dedupe(
    registry: Registry, *, threshold: float = 0.5, progress: Callable[[int, int], None] | None = None
) -> Iterator[Pair]:
    """Find the records of a registry that are of one person.

    Parameters
    ----------
    registry : Registry
        The records; nothing in it is changed, nothing is merged.
    threshold : float
        The least probability of a pair that is given.
    progress : callable, optional
        Called with the number of records that have asked, and of all.

    Yields
    ------
    Pair
        The likeliest first. Neither the pairs nor their probabilities depend on the order of the records.
    """
    ids = registry.columns.ids
    yield from _pairs(registry, lambda first, second: ids[first] < ids[second], threshold, progress)


def link(
    first: Iterable[Record],
    second: Iterable[Record],
    *,
    threshold: float = 0.5,
    weights: Weights | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Pair]:
    """Find the records of two lists that are of one person.

    Both lists together say how rare a name is, so it does not matter which list comes first.

    Parameters
    ----------
    first, second : iterable of Record
        The lists; an id may stand in both.
    threshold, progress
        As in `dedupe`.
    weights : Weights, optional
        What agreements are worth.

    Yields
    ------
    Pair
        A record of the first list and one of the second, the likeliest pair first.
    """
    registry = Registry(_sided("a", first), weights=weights)
    registry.add(_sided("b", second))
    ids = registry.columns.ids
    found = _pairs(registry, lambda one, other: (ids[one][0], ids[other][0]) == ("a", "b"), threshold, progress)
    for pair in found:
        yield Pair(pair.first[1:], pair.second[1:], pair.probability, pair.reasons)


def _sided(side: str, records: Iterable[Record]) -> Iterator[Record]:
    for record in records:
        yield _renamed(record, side + record.id)


def _renamed(record: Record, record_id: str) -> Record:
    return Record(id=record_id, **{name: getattr(record, name) for name in Record.__slots__ if name != "id"})


def _pairs(
    registry: Registry,
    is_wanted: Callable[[int, int], bool],
    threshold: float,
    progress: Callable[[int, int], None] | None,
) -> Iterator[Pair]:
    asking = Asking(registry)
    rows = [int(row) for row in np.flatnonzero(registry.columns.is_there.rows)]
    floor = np.log(max(registry.columns.present, 1)) + WORTH_KEEPING
    seen: dict[tuple[int, int], float] = {}
    for number, at in enumerate(rows, start=1):
        for other, says in asking.others(at).items():
            if says > floor and (is_wanted(at, other) or is_wanted(other, at)):
                seen[at, other] = says
        if progress:
            progress(number, len(rows))
    found = {
        pair: (_from(asking, seen, pair) + _from(asking, seen, pair[::-1])) / 2
        for pair in {(one, other) if is_wanted(one, other) else (other, one) for one, other in seen}
    }
    ids = registry.columns.ids
    likely = [
        (chance, *pair)
        for pair, chance in zip(found, probabilities(list(found.values()), len(rows)), strict=True)
        if chance >= threshold
    ]
    for chance, first, second in sorted(likely, key=lambda pair: (-pair[0], ids[pair[1]], ids[pair[2]])):
        yield Pair(ids[first], ids[second], chance, asking.reasons(first, second))


def _from(asking: Asking, seen: dict[tuple[int, int], float], pair: tuple[int, ...]) -> float:
    """What is said of a pair from one of its sides, asked now if nobody has."""
    at, other = pair
    return seen[at, other] if (at, other) in seen else asking.says(at, other)


def probabilities(says: list[float], records: int, asked: int | None = None) -> list[float]:
    """Turn evidence into probabilities: as many pairs are true as the probabilities say together.

    `asked` says how many of the records have asked so far, where not all have.

    Source: the estimation step of Fellegi and Sunter's model by expectation and maximisation (Jaro 1989, Journal of the
    American Statistical Association 84, 414-420), for the share of true pairs only.
    """
    evidence = np.array(says)
    among = np.log(max(records, 1))
    asked = records if asked is None else asked
    expected = BEFOREHAND * asked
    chances = np.zeros(len(evidence))
    for _ in range(ROUNDS):
        share = min(max(expected / max(asked, 1), 1e-4), 0.95)
        odds = evidence - among - np.log((1 - share) / share)
        chances = 1 / (1 + np.exp(-np.clip(odds, -60, 60)))
        expected = float(chances.sum())
    return [round(float(chance), 6) for chance in chances]
