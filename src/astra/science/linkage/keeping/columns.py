"""How do a million records lie in memory so that all candidates of a question are weighed at once?

Every part of a record is a column of small numbers: words of names as places in a vocabulary, days as numbers,
colours, marks and places as codes. Words are kept once. A row that is taken out is wiped.
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.gazetteer import PlaceCodes
from astra.science.linkage.keeping.growing import Growing
from astra.science.linkage.keeping.ordering import distinct
from astra.science.linkage.keeping.prepared import BARE, ELSEWHERE, Prepared
from astra.science.linkage.keeping.rows import FIRST_YEAR, KEPT, NOWHERE, YEARS, Row, read_row
from astra.science.linkage.keeping.vocabulary import Channel, Vocabulary
from astra.science.linkage.normalise.names import OWN, PARTS, Word
from astra.science.linkage.normalise.sounds import sound
from astra.science.linkage.record import Record

WIDTH = 12
"""Words of names that one record keeps; the parts that come first are kept first."""


def _column(name: str, fill: int = 0) -> Growing:
    """A column for a field of the rows that are kept."""
    kept = KEPT[name]
    return Growing(kept.shape, kept.base, fill)


class Columns:
    """The records of a registry as columns, with counts of what they hold."""

    def __init__(self, channel: Channel) -> None:
        self.ids: list[str] = []
        self.vocabulary = Vocabulary(channel)
        self.places = PlaceCodes()
        self._plain: dict[str, int] = {}
        self._plains: list[str] = []
        self._sounds = Growing((), np.int32)
        self._uses = Growing((), np.int32)
        self.words = Growing((WIDTH,), np.int32, -1)
        self.parts = Growing((WIDTH,), np.uint8)
        self.born_day = _column("born_day")
        self.born_middle = _column("born_middle")
        self.born_guessed = _column("born_guessed")
        self.sex = _column("sex")
        self.homes = _column("homes", NOWHERE)
        self.seen = _column("seen", NOWHERE)
        self.seen_on = _column("seen_on")
        self.height = _column("height")
        self.hair = _column("hair")
        self.eyes = _column("eyes")
        self.marks = _column("marks")
        self.national = _column("national")
        self.is_there = Growing((), np.bool_)
        self.bearers = np.zeros(PARTS, np.int64)
        """How many records have a word in each part."""
        self.born_in = np.zeros(YEARS, np.int64)
        """How many records were born in each year from `FIRST_YEAR`."""
        self.at_place = np.zeros(0, np.int64)
        """How many records name each place."""
        self.placed = 0
        """How many records name any place."""
        self.present = 0
        """How many records there are."""

    @property
    def size(self) -> int:
        """The number of rows, wiped ones included."""
        return len(self.ids)

    @property
    def sounds(self) -> NDArray[np.int32]:
        """The folded word behind each plain word."""
        return self._sounds.rows

    def plain(self, place: int) -> str:
        """A plain word by its place."""
        return self._plains[place]

    def read(self, question: Record) -> Row:
        """Turn a question into numbers; it leaves nothing behind."""
        return read_row(question, self.places.known_codes)

    def words_at(self, at: int) -> tuple[Word, ...]:
        """The words of the names in a row."""
        return tuple(
            Word(self._plains[place], part, self.vocabulary.is_bare(int(self._sounds.rows[place])))
            for place, part in zip(self.words.rows[at].tolist(), self.parts.rows[at].tolist(), strict=True)
            if place >= 0
        )

    def row_at(self, at: int) -> Row:
        """Everything else in a row."""
        return Row(
            born_day=int(self.born_day.rows[at]),
            born_middle=float(self.born_middle.rows[at]),
            born_guessed=bool(self.born_guessed.rows[at]),
            sex=int(self.sex.rows[at]),
            homes=tuple(code for code in self.homes.rows[at].tolist() if code >= 0),
            seen=tuple(code for code in self.seen.rows[at].tolist() if code >= 0),
            seen_on=int(self.seen_on.rows[at]),
            height=int(self.height.rows[at]),
            hair=int(self.hair.rows[at]),
            eyes=int(self.eyes.rows[at]),
            marks=tuple(code for code in self.marks.rows[at].tolist() if code),
            national=int(self.national.rows[at]),
            numbers=(),
        )

    # --- keeping ----------------------------------------------------------------------------------------------------

    def extend(self, ids: Sequence[str], records: Sequence[Prepared]) -> range:
        """Add records as new rows, and say which."""
        first = len(self.ids)
        self.ids.extend(ids)
        self._add_words(records)
        kept = np.frombuffer(b"".join([record.row for record in records]), KEPT).copy()
        self._take_places(kept, records)
        for name in KEPT.names or ():
            getattr(self, name).extend(len(records))[:] = kept[name]
        self.is_there.extend(len(records))[:] = True
        self._count(np.arange(first, len(self.ids)), 1)
        return range(first, len(self.ids))

    def _take_places(self, kept: NDArray[np.void], records: Sequence[Prepared]) -> None:
        """Give the places that the gazetteer does not know their codes in this registry."""
        for codes in (kept["homes"], kept["seen"]):
            for row, at in zip(*np.nonzero(codes <= ELSEWHERE), strict=True):
                codes[row, at] = self.places.taken(records[row].elsewhere[ELSEWHERE - codes[row, at]])

    def _add_words(self, records: Sequence[Prepared]) -> None:
        """Write the words of new rows, as many as a row holds; words that are new get a place."""
        words = [record.words[:WIDTH] for record in records]
        parts = np.frombuffer(b"".join([record.parts[:WIDTH] for record in records]), np.uint8)
        every = list(chain.from_iterable(words))
        places = list(map(self._plain.get, every))
        if None in places:
            for at, word in enumerate(every):
                if word not in self._plain:
                    self._new_place(word, is_bare=parts[at] >= BARE)
                places[at] = self._plain[word]
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        used = np.arange(WIDTH) < lengths[:, None]
        self.words.extend(len(records))[used] = places
        self.parts.extend(len(records))[used] = parts % BARE

    def _new_place(self, plain: str, *, is_bare: bool) -> int:
        place = self._plain[plain] = len(self._plains)
        self._plains.append(plain)
        self._sounds.append(self.vocabulary.place_of(sound(plain), is_bare=is_bare))
        self._uses.append(0)
        return place

    def remove(self, at: int) -> None:
        """Wipe a row, and every word and place that nobody else bears or names."""
        self._count(np.array([at]), -1)
        for place in set(self.words.rows[at].tolist()) - {-1}:
            if not self._uses.rows[place]:
                self._forget(place)
        for column in (self.parts, self.born_day, self.born_middle, self.born_guessed, self.sex, self.seen_on):
            column.rows[at] = 0
        for column in (self.height, self.hair, self.eyes, self.marks, self.national, self.is_there):
            column.rows[at] = 0
        for code in {*self.homes.rows[at].tolist(), *self.seen.rows[at].tolist()} - {NOWHERE}:
            if not self.at_place[code]:
                self.places.forget(code)
        for column in (self.words, self.homes, self.seen):
            column.rows[at] = -1
        self.ids[at] = ""

    def _forget(self, place: int) -> None:
        del self._plain[self._plains[place]]
        self._plains[place] = ""
        sounded = int(self._sounds.rows[place])
        if not self.vocabulary.counts[sounded].any():
            self.vocabulary.forget(sounded)

    # --- counting ---------------------------------------------------------------------------------------------------

    def _count(self, rows: NDArray[np.int64], by: int) -> None:
        """Count what some rows hold, or take it out of the counts."""
        self._count_words(rows, by)
        middles = self.born_middle.rows[rows]
        years = (middles[middles > 0].astype(np.int64) - FIRST_YEAR).clip(0, YEARS - 1)
        np.add.at(self.born_in, years, by)
        places = np.sort(np.concatenate([self.homes.rows[rows], self.seen.rows[rows]], axis=1), axis=1)
        places[:, 1:][places[:, 1:] == places[:, :-1]] = -1
        if self.places.size > len(self.at_place):
            self.at_place = np.concatenate([self.at_place, np.zeros(self.places.size - len(self.at_place), np.int64)])
        np.add.at(self.at_place, places[places >= 0], by)
        self.placed += by * int((places >= 0).any(axis=1).sum())
        self.present += by * len(rows)

    def _count_words(self, rows: NDArray[np.int64], by: int) -> None:
        """Count the words of some rows, once for each row and part."""
        words, parts = self.words.rows[rows], self.parts.rows[rows].astype(np.int64)
        used = words >= 0
        sounds = self._sounds.rows[words[used]].astype(np.int64)
        of_row = np.broadcast_to(np.arange(len(rows))[:, None], words.shape)[used]
        size = max(len(self.vocabulary), 1)
        once = distinct((of_row * size + sounds) * PARTS + parts[used])
        np.add.at(self.vocabulary.counts, (once // PARTS % size, once % PARTS), by)
        np.add.at(self.bearers, distinct(of_row * PARTS + parts[used]) % PARTS, by)
        np.add.at(self._uses.rows, words[used], by)

    def own_words(self, rows: slice) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Every word that is a name of the person herself in some rows: folded words, and the rows that bear them."""
        words = self.words.rows[rows]
        is_own = (words >= 0) & np.isin(self.parts.rows[rows], OWN)
        of_row, _ = np.nonzero(is_own)
        return self._sounds.rows[words[is_own]], of_row + (rows.start or 0)
