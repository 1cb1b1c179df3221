"""Which of the names on record can be meant by this word?

Every distinct folded word of the registry is kept once, with the number of records that bear it in each part. A word
of a question meets the words that sound the same, that people take for the same name (other languages, nicknames), or
that a slip, a scanner or a bad line turns into it; each with the probability that this word was written where that one
was meant.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.channel import LONGEST, distances, letter_codes
from astra.science.linkage.keeping.growing import Growing
from astra.science.linkage.keeping.shorts import (
    LONGEST_SHORT,
    families,
    may_be_short,
    misspelt_shorts,
    misspelt_shorts_of_each,
)
from astra.science.linkage.keeping.slips import (
    Slips,
    Words,
    as_words,
    furthest,
    is_alike,
    joined,
    slips_among,
    slips_between,
)
from astra.science.linkage.normalise.names import PARTS
from astra.science.linkage.normalise.sounds import skeleton

SAME, SPELLING, SLIP, NICKNAME, BEGINNING, SHORTENED, VOWELS, INITIAL, EQUIVALENT = 1, 2, 3, 4, 5, 6, 7, 8, 9
"""How a word of a question met a word on record."""

MOST_NEAR, FEW, TAKEN_UP = 600, 100, 20_000
SHORTEST_BEGINNING = 4
SHORTEST_BEGUN, BEGUN = 2, -0.9
"""Of a word that is still being written: from how many letters on it may mean all that begin so; how likely, as a
natural logarithm, it is such a beginning and not yet the whole."""
MOST_MISSPELT = 3
JOINED_ARTICLES, SHORTEST_WITH_ARTICLE = ("al", "el"), 6


@dataclass(frozen=True, slots=True)
class Channel:
    """How likely each way is on which a name becomes another, as natural logarithms of probabilities."""

    same: float = -0.5
    spelling: float = -2.0
    equivalent: float = -4.0
    per_cost: float = 4.5
    slip: float = -1.6
    nickname: float = -2.2
    by_nicknames: float = -6.0
    shortened: float = -5.5
    beginning: float = -4.5
    vowels: float = -4.0
    initial: float = -5.0
    unheard: float = -17.0
    """A name that stands nowhere on record."""


@dataclass(frozen=True, slots=True)
class Near:
    """The words on record that can be meant: their places, log-probabilities and ways; the places ascend."""

    places: NDArray[np.int32]
    chances: NDArray[np.float32]
    ways: NDArray[np.uint8]


def _near(found: dict[int, tuple[float, int]]) -> Near:
    places = sorted(found)
    return Near(
        np.array(places, np.int32),
        np.array([found[place][0] for place in places], np.float32),
        np.array([found[place][1] for place in places], np.uint8),
    )


class Vocabulary:
    """The distinct folded words of a registry, findable by likeness."""

    def __init__(self, channel: Channel | None = None) -> None:
        self.channel = channel or Channel()
        self._places: dict[str, int] = {}
        self._words: list[str] = []
        self._compared = (
            Growing((LONGEST,), np.uint8),
            *(Growing((), some) for some in (np.uint8, np.uint64, np.uint64)),
        )
        self._taken_up = 0
        """How many of the words can be compared already."""
        self._counts = Growing((PARTS,), np.int32)
        self._skeletons: dict[str, list[int]] = {}
        self._bare: set[int] = set()
        self._looked_up: dict[str, tuple[NDArray[np.int64], NDArray[np.float32]]] = {}
        self._misspelt: dict[str, dict[str, float]] = {}
        self._in_order: list[tuple[str, int]] = []
        """The words with their places, sorted; made where many words are looked up."""

    def __len__(self) -> int:
        return len(self._words)

    def word(self, place: int) -> str:
        """The folded word at a place; "" once nobody bears it."""
        return self._words[place]

    def find(self, word: str) -> int | None:
        """The place of a folded word, if somebody bears it."""
        return self._places.get(word)

    @property
    def counts(self) -> NDArray[np.int32]:
        """How many records bear each word in each part, shape (words, parts)."""
        return self._counts.rows

    def is_bare(self, place: int) -> bool:
        """Whether the word was written somewhere in a script that leaves short vowels out."""
        return place in self._bare

    def place_of(self, word: str, *, is_bare: bool = False) -> int:
        """The place of a folded word, made when it is new; `is_bare` if it was written without short vowels."""
        place = self._places.get(word)
        if place is None:
            self._looked_up.clear()
            self._in_order.clear()
            place = self._places[word] = len(self._words)
            self._words.append(word)
            self._counts.extend(1)
        if is_bare:
            self._bare.add(place)
        return place

    def _take_up(self) -> None:
        """Make the words comparable that came since somebody last asked: many at once are quicker."""
        while new := self._words[self._taken_up : self._taken_up + TAKEN_UP]:
            for place, word in enumerate(new, start=self._taken_up):
                self._skeletons.setdefault(skeleton(word), []).append(place)
            for column, some in zip(self._compared, as_words(new), strict=True):
                column.extend(len(new))[:] = some
            self._taken_up += len(new)

    def forget(self, place: int) -> None:
        """Wipe a word that nobody bears any more; its place stays empty."""
        self._take_up()
        word = self._words[place]
        self._looked_up.clear()
        self._misspelt.clear()
        self._in_order.clear()
        self._skeletons[skeleton(word)].remove(place)
        if not self._skeletons[skeleton(word)]:
            del self._skeletons[skeleton(word)]
        del self._places[word]
        self._bare.discard(place)
        self._words[place] = ""
        for column in self._compared:
            column.rows[place] = 0

    # --- likeness ---------------------------------------------------------------------------------------------------

    def near(self, word: str, *, is_without_vowels: bool = False, is_given: bool = False) -> Near:
        """Every word on record that can be meant where this folded word was written.

        Parameters
        ----------
        word : str
            A folded word.
        is_without_vowels : bool
            Whether it comes from a script that leaves short vowels out.
        is_given : bool
            Whether it may be a first name, which people shorten.
        """
        self._take_up()
        chances = self.channel
        found: dict[int, tuple[float, int]] = {}
        if len(word) == 1:
            self._take(found, self._beginning_with(word, 1), chances.initial, INITIAL)
            return _near(found)
        self._slips(word, found)
        self._articles(word, found)
        if is_given:
            self._nicknames(word, found)
        self._take_words(found, families().equivalents(word), chances.equivalent, EQUIVALENT)
        self._take_words(found, families().spellings(word), chances.spelling, SPELLING)
        alike = self._skeletons.get(skeleton(word), ())
        self._take(found, alike if is_without_vowels else self._bare.intersection(alike), chances.vowels, VOWELS)
        if len(word) >= SHORTEST_BEGINNING:
            cut = [self._places.get(word[:length]) for length in range(max(len(word) - 4, 4), len(word))]
            begins = [*self._beginning_with(word, min(len(word), LONGEST)), *(one for one in cut if one is not None)]
            self._take(found, begins, chances.beginning, BEGINNING)
            for place in begins:  # a lost ending may be likelier as a slip, and is said as what it is
                if found[place][1] == SLIP:
                    found[place] = (found[place][0], BEGINNING)
        if is_given and 3 <= len(word) <= LONGEST_SHORT:
            self._take(found, self._beginning_with(word, 3), chances.shortened, SHORTENED)
        letter = self._places.get(word[0])
        if letter is not None:
            found[letter] = (chances.initial, INITIAL)
        exact = self._places.get(word)
        if exact is not None:
            found[exact] = (chances.same, SAME)
        return _near(found)

    def begun(self, word: str, near: Near) -> Near:
        """What can be meant while a word is still being written: every word that begins so, beside those that are near.

        Parameters
        ----------
        word : str
            The folded beginning.
        near : Near
            What the beginning can mean as a whole word.
        """
        if len(word) < SHORTEST_BEGUN:
            return near
        known = zip(near.chances.tolist(), near.ways.tolist(), strict=True)
        found = dict(zip(near.places.tolist(), known, strict=True))
        begins = self._beginning_with(word, min(len(word), LONGEST))
        if not begins and len(word) > SHORTEST_BEGUN:  # it ends within two letters that stand for one sound
            begins = self._beginning_with(word, min(len(word) - 1, LONGEST))
        self._take(found, begins, BEGUN, BEGINNING)
        return _near(found)

    def _beginning_with(self, word: str, letters: int) -> list[int]:
        if self._in_order:
            first, last = (
                bisect_left(self._in_order, (word[:letters],)),
                bisect_left(self._in_order, (word[:letters] + "\U0010ffff",)),
            )
            return [place for _, place in self._in_order[first:last]]
        start = letter_codes(word)[:letters]
        codes = self._as_words.codes
        is_so = codes[:, 0] == start[0]
        for at in range(1, letters):
            is_so &= codes[:, at] == start[at]
        return [place for place in np.flatnonzero(is_so).tolist() if self._words[place].startswith(word[:letters])]

    @staticmethod
    def _take(found: dict[int, tuple[float, int]], places: Iterable[int], chance: float, way: int) -> None:
        for place in places:
            if place not in found or found[place][0] < chance:
                found[place] = (chance, way)

    def _take_words(self, found: dict[int, tuple[float, int]], words: Iterable[str], chance: float, way: int) -> None:
        for word in words:
            place = self._places.get(word)
            if place is not None and (place not in found or found[place][0] < chance):
                found[place] = (chance, way)

    def _nicknames(self, word: str, found: dict[int, tuple[float, int]]) -> None:
        """The names that this may be short for, its short forms, and other short forms of the same names.

        A name that has many short forms is written with each of them less often.
        """
        known, chances = families(), self.channel
        for name in known.short_for(word):
            shorts = known.shorts_of(name)
            one_of = log(max(len(shorts), 1))
            self._take_words(found, shorts, chances.by_nicknames - one_of, NICKNAME)
            self._take_words(found, known.spellings(name), chances.nickname + chances.spelling - one_of, NICKNAME)
            self._take_words(found, (name,), chances.nickname - one_of, NICKNAME)
        for name in self._most_borne(known.short_for(word)):
            one_of = log(max(len(known.shorts_of(name)), 1))
            self._slips(name, found, chances.nickname - one_of, NICKNAME)
        misspelt = self._misspelt[word] if word in self._misspelt else misspelt_shorts(word)
        for short, cost in misspelt.items():
            for name in known.short_for(short):
                chance = chances.nickname + chances.slip - chances.per_cost * cost
                one_of = log(max(len(known.shorts_of(name)), 1))
                self._take_words(found, (name,), chance - one_of, NICKNAME)
        for short in known.shorts_of(word):
            names = known.short_for(short)
            self._take_words(found, (short,), chances.nickname - log(max(len(names), 1)), NICKNAME)

    def _most_borne(self, names: frozenset[str]) -> list[str]:
        """The names that most people on record bear: misspelt ones are only sought of these, as each takes a while."""
        if len(names) <= MOST_MISSPELT:
            return sorted(names)
        places = {name: self._places.get(name) for name in names}
        borne = {name: 0 if place is None else int(self.counts[place].sum()) for name, place in places.items()}
        return sorted(names, key=lambda name: (-borne[name], name))[:MOST_MISSPELT]

    def _articles(self, word: str, found: dict[int, tuple[float, int]]) -> None:
        """The names that this one is with an Arabic article written to it, or without: Alahmad, Al Ahmad, Ahmad."""
        chance = self.channel.spelling
        self._take_words(found, [article + word for article in JOINED_ARTICLES], chance, SPELLING)
        if len(word) >= SHORTEST_WITH_ARTICLE and word.startswith(JOINED_ARTICLES):
            self._take_words(found, (word[2:],), chance, SPELLING)
            self._slips(word[2:], found, chance, SPELLING)

    def _slips(self, word: str, found: dict[int, tuple[float, int]], before: float = 0.0, way: int = SLIP) -> None:
        """The words that a slip makes of this one; `before` is how likely it was meant at all."""
        places, costs = self._looked_up[word] if word in self._looked_up else self._apart(word)
        if len(places) > MOST_NEAR:
            best = np.lexsort((places, costs))[:MOST_NEAR]
            places, costs = places[best], costs[best]
        chances = np.float32(before + self.channel.slip) - np.float32(self.channel.per_cost) * costs
        for place, chance in zip(places.tolist(), chances.tolist(), strict=True):
            if place not in found or found[place][0] < chance:
                found[place] = (chance, way)

    def _apart(self, word: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The words that a slip may make of this one, and how far they are apart."""
        words = self._as_words
        places = np.flatnonzero(is_alike(as_words([word]), words)[0])
        costs = distances(letter_codes(word), words.codes[places], words.lengths[places])
        near = costs <= furthest(len(word))
        return places[near], costs[near]

    @property
    def _as_words(self) -> Words:
        return Words(*(column.rows for column in self._compared))

    def _words_of(self, words: list[str]) -> Words:
        """Many words as they are compared; those on record have been folded already."""
        places = np.array([self._places.get(word, -1) for word in words], np.int64)
        found = self._as_words.of(places)
        new = np.flatnonzero(places < 0)
        others = as_words([words[at] for at in new.tolist()])
        found.codes[new], found.lengths[new] = others.codes, others.lengths
        found.letters[new], found.pairs[new] = others.letters, others.pairs
        return found

    def _slips_of(self, asked: list[str]) -> list[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """The words that a slip may make of each of many, and how far they are apart."""
        places = np.array([self._places.get(word, -1) for word in asked], np.int64)
        known = np.flatnonzero(places >= 0)
        if len(known) < FEW:
            return slips_between(self._words_of(asked), self._as_words).each(len(asked))
        every, new = self._as_words, np.flatnonzero(places < 0)
        rest = np.setdiff1d(np.arange(len(self)), places[known])
        known = known[np.argsort(places[known])]
        hers = every.of(places[known])
        among, beside = slips_among(hers), slips_between(hers, every.of(rest))
        others = slips_between(as_words([asked[at] for at in new.tolist()]), every)
        return joined(
            [
                Slips(known[among.asked], places[known[among.others]], among.costs),
                Slips(known[beside.asked], rest[beside.others], beside.costs),
                Slips(new[others.asked], others.others, others.costs),
            ]
        ).each(len(asked))

    def look_up(self, words: Iterable[str], given: Collection[str]) -> None:
        """Hold many folded words against all on record at once; `near` of each is quick until a word comes or goes.

        Parameters
        ----------
        words : iterable of str
            The words.
        given : collection of str
            Those of them that may be first names.
        """
        self._take_up()
        known = families()
        meant = {name for word in given for name in known.short_for(word)}
        wanted = {*words, *meant}
        longer = [word for word in wanted if len(word) >= SHORTEST_WITH_ARTICLE]
        wanted.update(word[2:] for word in longer if word.startswith(JOINED_ARTICLES))
        if len(wanted) > FEW and not self._in_order:
            self._in_order = sorted((word, place) for word, place in self._places.items())
        asked = sorted(word for word in wanted if len(word) > 1 and word not in self._looked_up)
        if asked:
            self._looked_up.update(zip(asked, self._slips_of(asked), strict=True))
        perhaps = sorted(word for word in given if may_be_short(word) and word not in self._misspelt)
        if perhaps:
            self._misspelt.update(zip(perhaps, misspelt_shorts_of_each(perhaps), strict=True))
