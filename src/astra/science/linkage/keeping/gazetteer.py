"""Which number does a place have, and how far are two places apart?

Places of the gazetteer have its codes. A place that it does not know gets a code of its own by the way it sounds: it
is the same as itself, and its distance to any other is unknown.
"""

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.normalise.places import distance_matrix, find_places, places
from astra.science.linkage.normalise.sounds import sound
from astra.science.script import normalise


class PlaceCodes:
    """The codes of all places that the records of one registry name."""

    def __init__(self) -> None:
        self.known = len(places())
        """How many places the gazetteer knows; their codes come first."""
        self._others: dict[str, int] = {}

    @property
    def size(self) -> int:
        """How many codes there are."""
        return self.known + len(self._others)

    @property
    def others(self) -> tuple[str, ...]:
        """How the places sound that the gazetteer does not know, in the order of their codes."""
        return tuple(self._others)

    def codes(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """The codes of the places in these texts, each once; a new place gets one."""
        for text in texts:
            if not find_places(text) and (key := _key(text)):
                self._others.setdefault(key, self.size)
        return self.known_codes(texts)

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
        return self._others.setdefault(sound, self.size)

    def distances_from(self, code: int) -> NDArray[np.float32]:
        """Kilometres from one place to every code, shape (size,); not a number where unknown, 0 to itself."""
        apart = np.full(self.size, np.nan, np.float32)
        if code < self.known:
            apart[: self.known] = distance_matrix()[code]
        apart[code] = 0.0
        return apart


def _key(text: str) -> str:
    return "".join(sound(word) for word in normalise(text).split())
