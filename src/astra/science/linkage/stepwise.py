"""Which records are of one person, asked little by little?

A registry that is at work cannot be asked for all its pairs at once. Here every record asks for itself when there is
time, in any order; what was found so far is there at any moment, and records that change or go are asked anew or
forgotten. Nothing but ids and evidence is kept, in memory only.
"""

from collections.abc import Iterable

import numpy as np

from astra.science.linkage.pairs import Asking, probabilities
from astra.science.linkage.registry import Registry
from astra.science.linkage.weighing.explaining import explain
from astra.science.linkage.weighing.reasons import Reason

Two = tuple[str, str]
"""The ids of two records, in their order."""


class Resemblances:
    """What is known so far of who may be who.

    Examples
    --------
    >>> from astra.science.linkage.record import Name, Record
    >>> given, family = ("Ana", "Ivan", "Mira", "Petar", "Vesna"), ("Babić", "Ilić", "Kos", "Lukić", "Savić")
    >>> others = [Record(id=a + b, names=(Name(a, b),)) for a in given for b in family]
    >>> first = Record(id="1", names=(Name("Zlatija", "Djordjevic"),))
    >>> second = Record(id="2", names=(Name("Златија", "Ђорђевић"),))
    >>> registry = Registry([*others, first, second])
    >>> found = Resemblances()
    >>> found.ask(registry, "1")
    >>> [two for two, chance in found.likely(registry, 0.5)]
    [('1', '2')]
    """

    def __init__(self) -> None:
        self._evidence: dict[Two, float] = {}
        self._others: dict[str, set[str]] = {}
        self._asked: set[str] = set()

    def __contains__(self, record_id: str) -> bool:
        """Whether a record has asked."""
        return record_id in self._asked

    def __len__(self) -> int:
        """How many records have asked."""
        return len(self._asked)

    def ask(self, registry: Registry, *record_ids: str) -> None:
        """Let records ask who else may be the same person; who asked before asks anew. Many at once are quicker.

        Parameters
        ----------
        registry : Registry
            The records; nothing in it is changed.
        record_ids : str
            Which of them ask.

        Raises
        ------
        KeyError
            When there is no record of one of these ids; then nobody asks.
        """
        rows = np.array([registry.row_of(one) for one in record_ids], np.int64)
        self.forget([one for one in record_ids if one in self._asked])  # what others found of the rest stays
        ids = registry.columns.ids
        found = Asking(registry).others(rows)
        for one, other, says in zip(*(column.tolist() for column in found), strict=True):
            self._keep(ids[one], ids[other], says)
        self._asked.update(record_ids)

    def _keep(self, one: str, other: str, says: float) -> None:
        self._evidence[min(one, other), max(one, other)] = says
        self._others.setdefault(one, set()).add(other)
        self._others.setdefault(other, set()).add(one)

    def forget(self, record_ids: Iterable[str]) -> None:
        """Records changed or went: what was found of them no longer counts."""
        for one in record_ids:
            self._asked.discard(one)
            for other in self._others.pop(one, set()):
                self._evidence.pop((min(one, other), max(one, other)), None)
                self._others.get(other, set()).discard(one)

    def waiting(self, registry: Registry) -> list[str]:
        """Those who have not asked yet, the newest first: who came last is looked at before who was there long."""
        return [one for one in reversed(registry.ids) if one not in self._asked]

    def likely(self, registry: Registry, threshold: float) -> list[tuple[Two, float]]:
        """The pairs found so far, with the probability that each is one person; the likeliest first.

        Parameters
        ----------
        registry : Registry
            The records as they are now; pairs with somebody who is no longer there are left out.
        threshold : float
            The least probability of a pair that is given.
        """
        found = [two for two in self._evidence if two[0] in registry and two[1] in registry]
        chances = probabilities(np.array([self._evidence[two] for two in found]), len(registry), len(self._asked))
        pairs = [(two, chance) for two, chance in zip(found, chances, strict=True) if chance >= threshold]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def why(registry: Registry, first: str, second: str) -> tuple[Reason, ...]:
    """Why two records may be of one person, seen from the first; `KeyError` if one of them is not there."""
    one, other = np.array([registry.row_of(first)]), np.array([registry.row_of(second)])
    return explain(registry.pairs(), one, other)[0]


def who_else(registry: Registry, record_id: str, threshold: float = 0.5) -> list[tuple[str, float]]:
    """Who else on record may be this person, the likeliest first, with probabilities.

    Source: as `pairs.dedupe`, with the share of records that have a second one taken as known beforehand.
    """
    found = Resemblances()
    found.ask(registry, record_id)
    return [(next(one for one in two if one != record_id), chance) for two, chance in found.likely(registry, threshold)]
