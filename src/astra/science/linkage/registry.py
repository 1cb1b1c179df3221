"""Who on record may this be?

A registry holds records as columns and answers a question in three steps: the words of the question call the rows
that bear a name that may be meant, what is quickly known narrows them, and the ranker weighs the rest and says why.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.addresses import Addresses
from astra.science.linkage.keeping.columns import Columns
from astra.science.linkage.keeping.numbers import Numbers
from astra.science.linkage.keeping.postings import Postings
from astra.science.linkage.keeping.prepared import Prepared, prepare, prepare_all
from astra.science.linkage.keeping.rows import Row
from astra.science.linkage.keeping.vocabulary import INITIAL
from astra.science.linkage.normalise.names import OWN, name_words
from astra.science.linkage.normalise.remembering import forget
from astra.science.linkage.normalise.sounds import sound
from astra.science.linkage.record import Record
from astra.science.linkage.weighing.batches import Pairs
from astra.science.linkage.weighing.calling import Calling
from astra.science.linkage.weighing.evidence import addresses
from astra.science.linkage.weighing.evidence.addresses import ADDRESS
from astra.science.linkage.weighing.evidence.names import AskedWord
from astra.science.linkage.weighing.explaining import Explainer
from astra.science.linkage.weighing.ranker import SHARED, Ranker, Weighed
from astra.science.linkage.weighing.reasons import Reason
from astra.science.linkage.weighing.rivals import chances
from astra.science.linkage.weighing.weights import Weights, load_weights

MOST_WEIGHED = 1_000
"""Rows of which everything is weighed: those that names, year of birth, sex and places call most."""
LATE_ROWS = 2_000
"""So many rows may be newer than the index; they are looked at one and all."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the person asked about."""

    record_id: str
    probability: float
    score: float
    """The sum of all evidence."""
    reasons: tuple[Reason, ...]


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
        self.weights = weights or load_weights()
        self.columns = Columns(self.weights.channel)
        self._rows: dict[str, int] = {}
        self._numbers = Numbers()
        self._addresses = Addresses()
        self._postings: Postings | None = None
        self._ranker: Ranker | None = None
        self.add(records)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, record_id: str) -> bool:
        return record_id in self._rows

    def among(self, record_ids: Collection[str]) -> set[str]:
        """Those of some ids that are there."""
        return self._rows.keys() & record_ids

    def row_of(self, record_id: str) -> int:
        """The row of a record; `KeyError` if it is not there."""
        return self._rows[record_id]

    @property
    def ids(self) -> list[str]:
        """The ids of all records, in the order in which they came."""
        return list(self._rows)

    # --- keeping ----------------------------------------------------------------------------------------------------

    def add(self, records: Iterable[Record]) -> None:
        """Add records.

        Raises
        ------
        KeyError
            When a record of this id is there already; then nothing is added.
        """
        new = list(records)
        self.add_prepared([record.id for record in new], prepare_all(new))

    def add_prepared(self, ids: Sequence[str], records: Sequence[Prepared]) -> None:
        """Add records that were read before.

        Parameters
        ----------
        ids : sequence of str
            Their names.
        records : sequence of Prepared
            What `prepare` made of them.

        Raises
        ------
        KeyError
            When a record of one of these ids is there already; then nothing is added.
        """
        known = set(ids)
        if len(known) < len(ids) or self.among(known):
            raise KeyError("a record of this id is there already")
        rows = self.columns.extend(ids, records)
        self._rows.update(zip(ids, rows, strict=True))
        self._numbers.add(rows, [record.numbers for record in records])
        self._addresses.add(rows, [record.addresses for record in records])
        self._ranker = None

    def remove(self, record_id: str) -> None:
        """Take a record out; nothing of it stays in memory, neither its words nor its part in any count.

        Raises
        ------
        KeyError
            When there is no record of this id.
        """
        self._take_out(record_id)
        self._postings = None
        forget()

    def _take_out(self, record_id: str) -> None:
        at = self._rows.pop(record_id)
        self._numbers.remove(at)
        self._addresses.remove(at)
        self.columns.remove(at)
        self._ranker = None

    def change(self, record: Record) -> None:
        """Put a record in the place of the one of the same id, or add it."""
        self.change_prepared(record.id, prepare(record))

    def change_prepared(self, record_id: str, record: Prepared) -> None:
        """Put a record that was read before in the place of the one of this id, or add it."""
        if record_id in self._rows:
            self._take_out(record_id)
        self.add_prepared([record_id], [record])

    def reweigh(self, weights: Weights) -> None:
        """Weigh with other weights from now on."""
        self.weights = weights
        self.columns.vocabulary.channel = weights.channel
        self._ranker = None

    # --- answering --------------------------------------------------------------------------------------------------

    def search(self, query: Record, limit: int = 10, *, is_unfinished: bool = False) -> list[Candidate]:
        """Find who may be meant, the likeliest first.

        Parameters
        ----------
        query : Record
            Everything that is known of the person asked about; its id does not matter.
        limit : int
            How many candidates to give at most.
        is_unfinished : bool
            Whether somebody is still writing, so that the last word of the name may be the beginning of one.

        Returns
        -------
        list of Candidate
            The likeliest first, each with its probability and its reasons. The probabilities of all candidates and of
            "nobody on record" make one, except that records of one and the same person do not compete.
        """
        row = self.columns.read(query)
        asked = self.ranker.asked_words(name_words(query), is_unfinished=is_unfinished)
        rows = self.candidates(row, asked)
        weighed = self._weighed(row, asked, rows)
        total: NDArray[np.float64] = np.round(weighed.total, 4).astype(np.float64)
        likely = chances(self.ranker, rows, weighed, total, self.columns.present)
        ids = self.columns.ids
        best = np.array(sorted(_best(total, limit), key=lambda at: (-total[at], ids[rows[at]]))[:limit], np.int64)
        reasons = Explainer(self.ranker, row, asked).reasons(rows[best], weighed.of(best))
        return [
            Candidate(ids[rows[at]], float(likely[at]), float(total[at]), why)
            for at, why in zip(best.tolist(), reasons, strict=True)
        ]

    def weigh(self, query: Record) -> tuple[NDArray[np.int64], Weighed]:
        """Weigh every row that may be meant: the rows, and what speaks for and against each."""
        row, asked = self.columns.read(query), self.ranker.asked_words(name_words(query))
        rows = self.candidates(row, asked)
        return rows, self._weighed(row, asked, rows)

    def _weighed(self, row: Row, asked: tuple[AskedWord, ...], rows: NDArray[np.int64]) -> Weighed:
        weighed = self.ranker.weigh(row, asked, rows)
        if row.numbers:
            weighed.levels[SHARED], weighed.says[SHARED] = self._numbers.says(row.numbers, rows, self.columns.present)
        if row.addresses:
            weighed.levels[ADDRESS], weighed.says[ADDRESS] = addresses.weigh_asked(self._addresses, row.addresses, rows)
        return weighed

    def knows_name(self, word: str) -> bool:
        """Whether somebody on record bears a word, in whatever spelling, as a name of her own."""
        place = self.columns.vocabulary.find(sound(word))
        return place is not None and bool(self.columns.vocabulary.counts[place, list(OWN)].any())

    @property
    def ranker(self) -> Ranker:
        """The ranker over the records as they are now."""
        if self._ranker is None:
            self._ranker = Ranker(self.columns, self.weights)
        return self._ranker

    def pairs(self) -> Pairs:
        """What weighs the records beside each other, as they are now."""
        return Pairs(self.ranker, self._numbers, self._addresses)

    def calling(self, pairs: Pairs, *, is_fresh: bool = False) -> Calling:
        """What says which records are worth being weighed beside each other; with a fresh index, if that is asked."""
        if is_fresh and self._postings is not None and self._postings.rows < self.columns.size:
            self._postings = None
        return Calling(pairs, self._current_postings())

    def _current_postings(self) -> Postings:
        late = self.columns.size - self._postings.rows if self._postings else LATE_ROWS + 1
        if self._postings is None or late > max(LATE_ROWS, self.columns.size // 200):
            self._postings = Postings(self.columns)
        return self._postings

    def candidates(self, row: Row, asked: tuple[AskedWord, ...], most: int = MOST_WEIGHED) -> NDArray[np.int64]:
        """The rows that may be meant, those that the words and what is quickly known call most."""
        postings = self._current_postings()
        said = np.zeros(postings.rows, np.float32)
        for word in asked:
            if word.part in OWN:
                said += _said(word, postings)
        if not any(word.part in OWN for word in asked) and not row.numbers and not row.national:
            said += 1.0  # a description without a name: everybody may be meant
        called = np.flatnonzero(said > 0)
        if len(called) > most:
            quick = said[called] + self.ranker.quickly(row, called)
            called = called[np.argpartition(-quick, most)[:most]]
        is_called = np.zeros(self.columns.size, np.bool_)
        is_called[postings.rows :] = True  # newer than the index
        found: list[NDArray[np.integer[Any]]] = [called, *self._by_keys(row, postings)]
        for some in found:
            is_called[some] = True
        return np.flatnonzero(is_called & self.columns.is_there.rows)

    def _by_keys(self, row: Row, postings: Postings) -> list[NDArray[np.int32]]:
        """The rows that share a number or a day of birth, as written or with day and month turned."""
        found = [self._numbers.bearers(number) for number in row.numbers]
        if row.national:
            found.append(postings.numbered(row.national))
        year, month, day = row.born_day // 512, row.born_day // 32 % 16, row.born_day % 32
        if row.born_day and (month, day) != (1, 1):
            found.append(postings.born_on(row.born_day))
            if month != day <= 12:
                found.append(postings.born_on(year * 512 + day * 32 + month))
        return found


def _best(total: NDArray[np.float64], limit: int) -> list[int]:
    """The candidates with the highest sums, all of those that share the last one."""
    if len(total) <= limit:
        return list(range(len(total)))
    last = np.partition(total, len(total) - limit)[len(total) - limit]
    return np.flatnonzero(total >= last).tolist()


def _said(word: AskedWord, postings: Postings) -> NDArray[np.float32]:
    """What a word says of each row at best, by the words that the row bears."""
    said = np.zeros(postings.rows, np.float32)
    values = word.near.chances - np.float32(word.elsewhere)
    for at in np.argsort(values, kind="stable").tolist():
        if values[at] > 0 and word.near.ways[at] != INITIAL:
            said[postings.bearers(int(word.near.places[at]))] = values[at]
    return said
