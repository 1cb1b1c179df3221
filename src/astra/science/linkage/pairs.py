"""Which records are of one person?

Every record asks the registry for itself, thousands at once. A pair is weighed from both sides, and the probability of
all pairs follows from how many of them there must be: that share is estimated from the sums of evidence themselves.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from astra.science.linkage.keeping.ordering import distinct
from astra.science.linkage.keeping.prepared import prepare_all
from astra.science.linkage.record import Record
from astra.science.linkage.registry import Registry
from astra.science.linkage.weighing.explaining import explain
from astra.science.linkage.weighing.reasons import Reason
from astra.science.linkage.weighing.weights import Weights

AT_ONCE = 20_000
"""Records that ask together; a pair that is found from both sides is weighed once if both are among them."""
EXPLAINED_AT_ONCE = 2_000
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
    why : callable
        Gives the reasons.
    """

    first: str
    second: str
    probability: float
    why: Callable[[], tuple[Reason, ...]] = field(repr=False, compare=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, as `Registry.search` gives them; worked out when first asked for, from the records as they then are."""
        return self.why()


Rows = NDArray[np.int64]


class Found(NamedTuple):
    """Pairs of rows, the lower one first, and what is said of each from both sides on average."""

    first: Rows
    second: Rows
    says: NDArray[np.float64]


class Asking:
    """Asks a registry for its own rows, many at once."""

    def __init__(self, registry: Registry, *, is_fresh: bool = False) -> None:
        self.columns, self._pairs = registry.columns, registry.pairs()
        self._calling = registry.calling(self._pairs, is_fresh=is_fresh)
        self._floor = float(np.log(max(registry.columns.present, 1))) + WORTH_KEEPING

    def others(self, rows: Rows, sides: NDArray[np.bool_] | None = None) -> Found:
        """The pairs of some rows with all that may be the same person, and the evidence from both sides.

        A pair is kept if it is worth it seen from one side at least.
        """
        first, second = self._calling.called(distinct(rows), self._floor, sides)
        size = np.int64(max(self.columns.size, 1))
        keys = distinct(np.minimum(first, second) * size + np.maximum(first, second))
        one, other = keys // size, keys % size
        says = self._pairs.both_ways(one, other, self._floor)
        kept = says.max(axis=1, initial=-np.inf) > self._floor
        return Found(one[kept], other[kept], (says[kept, 0] + says[kept, 1]) / 2)

    def reasons(self, first: Rows, second: Rows) -> list[tuple[Reason, ...]]:
        """Why, seen from the first record of each pair."""
        return explain(self._pairs, first, second)


class Explained:
    """The reasons of many pairs, worked out together when one of them is asked for."""

    def __init__(self, asking: Asking, pairs: list[tuple[int, int]]) -> None:
        self._asking, self._pairs = asking, pairs
        self._reasons: list[tuple[Reason, ...]] = []

    def why(self, at: int) -> tuple[Reason, ...]:
        """The reasons of one of the pairs."""
        if not self._reasons:
            first, second = np.array(self._pairs).T
            self._reasons = self._asking.reasons(first, second)
        return self._reasons[at]


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
    yield from _pairs(registry, None, threshold, progress)


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
    registry = Registry(weights=weights)
    _add_side(registry, "a", first)
    among = len(registry)
    _add_side(registry, "b", second)
    is_second = np.arange(registry.columns.size) >= among
    for pair in _pairs(registry, is_second, threshold, progress):
        yield Pair(pair.first[1:], pair.second[1:], pair.probability, pair.why)


def _add_side(registry: Registry, side: str, records: Iterable[Record]) -> None:
    """Add a list under ids that tell the lists apart."""
    listed = list(records)
    registry.add_prepared([side + record.id for record in listed], prepare_all(listed))


def _pairs(
    registry: Registry,
    sides: NDArray[np.bool_] | None,
    threshold: float,
    progress: Callable[[int, int], None] | None,
) -> Iterator[Pair]:
    asking = Asking(registry, is_fresh=True)
    rows = np.flatnonzero(registry.columns.is_there.rows)
    found = []
    for start in range(0, len(rows), AT_ONCE):
        found.append(asking.others(rows[start : start + AT_ONCE], sides))
        if progress:
            progress(min(start + AT_ONCE, len(rows)), len(rows))
    if not found:
        return
    first, second, says = _each_once(found, registry.columns.size)
    chances = np.array(probabilities(says, len(rows)))
    likely = np.flatnonzero(chances >= threshold)
    ids = registry.columns.ids
    pairs = [
        (-chance, *_in_order(one, other, ids, sides))
        for one, other, chance in zip(
            first[likely].tolist(), second[likely].tolist(), chances[likely].tolist(), strict=True
        )
    ]
    pairs.sort(key=lambda pair: (pair[0], ids[pair[1]], ids[pair[2]]))
    for start in range(0, len(pairs), EXPLAINED_AT_ONCE):
        some = pairs[start : start + EXPLAINED_AT_ONCE]
        explained = Explained(asking, [(one, other) for _, one, other in some])
        for at, (chance, one, other) in enumerate(some):
            yield Pair(ids[one], ids[other], -chance, partial(explained.why, at))


def _each_once(found: list[Found], size: int) -> Found:
    """All pairs that were found, those from both sides once."""
    one, other, says = (np.concatenate(some) for some in zip(*found, strict=True))
    _, once = np.unique(one * np.int64(max(size, 1)) + other, return_index=True)
    return Found(one[once], other[once], says[once])


def _in_order(one: int, other: int, ids: list[str], sides: NDArray[np.bool_] | None) -> tuple[int, int]:
    """A pair as it is given: by id, or the record of the first list first."""
    is_so = ids[one] < ids[other] if sides is None else not sides[one]
    return (one, other) if is_so else (other, one)


def probabilities(says: ArrayLike, records: int, asked: int | None = None) -> list[float]:
    """Turn evidence into probabilities: as many pairs are true as the probabilities say together.

    `asked` says how many of the records have asked so far, where not all have.

    Source: the estimation step of Fellegi and Sunter's model by expectation and maximisation (Jaro 1989, Journal of the
    American Statistical Association 84, 414-420), for the share of true pairs only.
    """
    among = np.log(max(records, 1))
    asked = records if asked is None else asked
    expected = BEFOREHAND * asked
    ordered, places = np.unique(
        np.asarray(says, np.float64), return_inverse=True
    )  # added in one order, whichever record came first
    numbers = np.bincount(places, minlength=len(ordered))
    chances = np.zeros(len(ordered))
    for _ in range(ROUNDS):
        share = min(max(expected / max(asked, 1), 1e-4), 0.95)
        odds = ordered - among - np.log((1 - share) / share)
        chances = 1 / (1 + np.exp(-np.clip(odds, -60, 60)))
        expected = float((chances * numbers).sum())
    return [round(chance, 6) for chance in chances[places].tolist()]
