"""Who on record may this be?

A registry holds records as columns and answers a question in three steps: the words of the question call the rows
that bear a name that may be meant, what is quickly known narrows them, and the ranker weighs the rest and says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.columns import Columns
from astra.science.linkage.evidence.names import AskedWord
from astra.science.linkage.names import OWN, name_words
from astra.science.linkage.postings import Postings
from astra.science.linkage.ranker import Ranker, Weighed
from astra.science.linkage.record import Record
from astra.science.linkage.rows import Row
from astra.science.linkage.vocabulary import INITIAL
from astra.science.linkage.weights import Weights

MOST_CALLED, MOST_WEIGHED = 60_000, 2_000
"""Rows that the names call, and rows that everything is weighed of."""
LATE_ROWS = 2_000
"""So many rows may be newer than the index; they are looked at one and all."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the person asked about."""

    record_id: str
    probability: float
    score: float


class Registry:
    """Records of people, findable by everything that may be known of somebody.

    Parameters
    ----------
    records : iterable of Record
        The records to begin with; each id once.
    weights : Weights, optional
        What agreements are worth; the learned ones by default.
    """

    def __init__(self, records: Iterable[Record] = (), *, weights: Weights | None = None) -> None:
        self.weights = weights or Weights()
        self.columns = Columns(self.weights.channel)
        self._rows: dict[str, int] = {}
        self._numbers: dict[str, list[int]] = {}
        self._postings: Postings | None = None
        self._ranker: Ranker | None = None
        self.add(records)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, record_id: str) -> bool:
        return record_id in self._rows

    # --- keeping ----------------------------------------------------------------------------------------------------

    def add(self, records: Iterable[Record]) -> None:
        """Add records.

        Raises
        ------
        KeyError
            When a record of this id is there already; then nothing is added.
        """
        new = list(records)
        ids = {record.id for record in new}
        if len(ids) < len(new) or not ids.isdisjoint(self._rows):
            raise KeyError("a record of this id is there already")
        for record, at in zip(new, self.columns.extend(new), strict=True):
            self._rows[record.id] = at
            for number in record.numbers:
                self._numbers.setdefault(number, []).append(at)
        self._ranker = None

    def remove(self, record_id: str) -> None:
        """Take a record out; nothing of it stays in memory, neither its words nor its part in any count.

        Raises
        ------
        KeyError
            When there is no record of this id.
        """
        at = self._rows.pop(record_id)
        for number in [number for number, rows in self._numbers.items() if at in rows]:
            self._numbers[number].remove(at)
            if not self._numbers[number]:
                del self._numbers[number]
        self.columns.remove(at)
        self._ranker = None

    def change(self, record: Record) -> None:
        """Put a record in the place of the one of the same id, or add it."""
        if record.id in self._rows:
            self.remove(record.id)
        self.add([record])

    # --- answering --------------------------------------------------------------------------------------------------

    def search(self, query: Record, limit: int = 10) -> list[Candidate]:
        """Find who may be meant, the likeliest first."""
        rows, weighed = self.weigh(query)
        total = np.round(weighed.total.astype(np.float64), 4)
        chances = self.ranker.probabilities(total, self.columns.present)
        first = np.argsort(-total, kind="stable")[: limit + 20]
        first = first[total[first] >= total[first[min(limit, len(first)) - 1]]] if len(first) else first
        best = sorted(first.tolist(), key=lambda at: (-total[at], self.columns.ids[rows[at]]))[:limit]
        return [Candidate(self.columns.ids[rows[at]], float(chances[at]), float(total[at])) for at in best]

    @property
    def ranker(self) -> Ranker:
        """The ranker over the records as they are now."""
        if self._ranker is None:
            self._ranker = Ranker(self.columns, self.weights)
        return self._ranker

    def _current_postings(self) -> Postings:
        late = self.columns.size - self._postings.rows if self._postings else LATE_ROWS + 1
        if self._postings is None or late > max(LATE_ROWS, self.columns.size // 50):
            self._postings = Postings(self.columns)
        return self._postings

    def weigh(self, query: Record) -> tuple[NDArray[np.int64], Weighed]:
        """Weigh every row that may be meant: the rows, and what speaks for and against each."""
        ranker = self.ranker
        row = self.columns.read(query)
        asked = ranker.asked_words(name_words(query))
        rows = self._candidates(row, asked)
        return rows, ranker.weigh(row, asked, rows)

    def _candidates(self, row: Row, asked: tuple[AskedWord, ...]) -> NDArray[np.int64]:
        postings = self._current_postings()
        said = np.zeros(postings.rows, np.float32)
        for word in asked:
            if word.part in OWN:
                said += _said(word, postings)
        called = np.flatnonzero(said > 0)
        if len(called) > MOST_CALLED:
            called = called[np.argpartition(-said[called], MOST_CALLED)[:MOST_CALLED]]
        late = np.arange(postings.rows, self.columns.size)
        called = np.union1d(called, np.concatenate([late, *self._by_keys(row, postings)]))
        called = called[self.columns.is_there.rows[called]]
        if len(called) <= MOST_WEIGHED:
            return called
        quick = self.ranker.quickly(row, called)
        quick[called < postings.rows] += said[called[called < postings.rows]]
        return np.sort(called[np.argpartition(-quick, MOST_WEIGHED)[:MOST_WEIGHED]])

    def _by_keys(self, row: Row, postings: Postings) -> list[NDArray[np.int32]]:
        """The rows that share a number or a day of birth, as written or with day and month turned."""
        found = [np.array(self._numbers.get(number, ()), np.int32) for number in row.numbers]
        if row.national:
            found.append(postings.numbered(row.national))
        year, month, day = row.born_day // 512, row.born_day // 32 % 16, row.born_day % 32
        if row.born_day and (month, day) != (1, 1):
            found.append(postings.born_on(row.born_day))
            if month != day <= 12:
                found.append(postings.born_on(year * 512 + day * 32 + month))
        return found


def _said(word: AskedWord, postings: Postings) -> NDArray[np.float32]:
    """What a word says of each row at best, by the words that the row bears."""
    said = np.zeros(postings.rows, np.float32)
    values = word.near.chances - np.float32(word.elsewhere)
    for at in np.argsort(values, kind="stable").tolist():
        if values[at] > 0 and word.near.ways[at] != INITIAL:
            said[postings.bearers(int(word.near.places[at]))] = values[at]
    return said
