"""Which number does a place have, and how far are two places apart?

Places of the gazetteer have its codes. A place that it does not know gets a code of its own by the way it sounds: it
is the same as itself and as those that are but a slip away, and its distance to any other is unknown.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.channel import LONGEST
from astra.science.linkage.keeping.slips import Words, as_words, slips_among, slips_between
from astra.science.linkage.normalise.places import distance_matrix, find_places, places
from astra.science.linkage.normalise.sounds import sound
from astra.science.script import normalise

_SLIP_OF_PLACE = np.array([0.0] * 4 + [0.85] * 2 + [1.35] * 3 + [2.0] * (LONGEST - 8), np.float32)
"""How far two spellings of a place may be apart, by their letters; less than names, as villages have namesakes."""


class PlaceCodes:
    """The codes of all places that the records of one registry name."""

    def __init__(self) -> None:
        self.known = len(places())
        """How many places the gazetteer knows; their codes come first."""
        self._others: dict[str, int] = {}
        self._sounds: list[str] = []
        self._alike: dict[int, NDArray[np.int64]] = {}
        self._every: Words | None = None
        """The others as they are compared; made when somebody asks what is like them."""

    @property
    def size(self) -> int:
        """How many codes there are."""
        return self.known + len(self._sounds)

    @property
    def others(self) -> tuple[str, ...]:
        """How the places sound that the gazetteer does not know, in the order of their codes; "" for one that went."""
        return tuple(self._sounds)

    def codes(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """The codes of the places in these texts, each once; a new place gets one."""
        found: dict[int, None] = {}
        for text in texts:
            named = find_places(text)
            if named:
                found.update((place.code, None) for place in named)
            elif key := _key(text):
                found[self.taken(key)] = None
        return tuple(found)

    def known_codes(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """The codes of the places in these texts that have one, each once."""
        found: dict[int, None] = {}
        for text in texts:
            named = find_places(text)
            if named:
                found.update((place.code, None) for place in named)
            elif (code := self._others.get(_key(text))) is not None:
                found[code] = None
        return tuple(found)

    def taken(self, sound: str) -> int:
        """The code of a place that is not in the gazetteer, by the way it sounds; a new place gets one."""
        code = self._others.get(sound)
        if code is None:
            code = self._others[sound] = self.size
            self._sounds.append(sound)
        return code

    def forget(self, code: int) -> None:
        """Wipe a place that nobody names any more, if it is none of the gazetteer's; its code stays empty."""
        if code >= self.known and self._sounds[code - self.known]:
            del self._others[self._sounds[code - self.known]]
            self._sounds[code - self.known] = ""
            self._every, self._alike = None, {}

    def distances_from(self, code: int) -> NDArray[np.float32]:
        """Kilometres from one place to every code, shape (size,); not a number where unknown, 0 to itself."""
        apart = np.full(self.size, np.nan, np.float32)
        if code < self.known:
            apart[: self.known] = distance_matrix()[code]
        apart[self.alike([code])[0]] = 0.0
        return apart

    def alike(self, codes: Sequence[int]) -> list[NDArray[np.int64]]:
        """For each code those of the same place: itself, and where the gazetteer does not know it, slips of it."""
        if self._every is None or len(self._every.lengths) < len(self._sounds):
            self._alike, self._every = {}, as_words(self.others)
        asked: Sequence[int] = [code for code in codes if code >= self.known and code not in self._alike]
        if asked:
            if len(asked) * 2 > len(self._sounds):  # all of them are quicker together
                asked, found = range(self.known, self.size), slips_among(self._every, _SLIP_OF_PLACE)
            else:
                found = slips_between(self._every.of(np.array(asked) - self.known), self._every, _SLIP_OF_PLACE)
            each = found.each(len(asked))
            self._alike.update((code, places + self.known) for code, (places, _) in zip(asked, each, strict=True))
        return [self._alike[code] if code >= self.known else np.array([code]) for code in codes]


def _key(text: str) -> str:
    return "".join(sound(word) for word in normalise(text).split())
