"""Where does somebody live, as one writes it on an envelope, so that two such lines can be compared?

The letters of an address are run together, because spaces come and go, and kept as marks of the neighbours among them:
what is kept says how like another street it is, and not which street. Beside them stand the numbers: house, postcode.
"""

import re
from functools import cache, reduce
from operator import or_
from typing import NamedTuple

from astra.science.linkage.normalise.remembering import remembered
from astra.science.linkage.normalise.sounds import sound_anew
from astra.science.script import normalise

MARKS = 128
NUMBERS_KEPT = 2
MOST_NUMBER = 65_535
_NUMBER, _WORD = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")
_FIRST, _LAST = (
    "ulica ul bulevar bul trg rruga",
    "ulica street road avenue place crescent court circuit drive close utca strasse",
)
_KINDS = re.compile(f"^(?:{_FIRST.replace(' ', '|')})|(?:{_LAST.replace(' ', '|')})$")
"""Words that say only that this is a street."""
_NOT_NUMBERED = frozenset(["bb", "br", "broj", "no", "nr", "st"])
_SHORTEST = 3
"""Fewer letters are no street."""


class Address(NamedTuple):
    """An address that was read: marks of its letters (0 where there are none), and up to two of its numbers."""

    letters: int
    numbers: tuple[int, ...]


@remembered(16_384)
def read_address(text: str) -> Address | None:
    """Read an address.

    Parameters
    ----------
    text : str
        Street and number as written, in any script; the place itself is noted elsewhere.

    Returns
    -------
    Address or None
        None where there are no letters in it.

    Examples
    --------
    >>> read_address("Кнеза Милоша 12") == read_address("ul. Kneza Milosa br. 12")
    True
    >>> read_address("11000") is None
    True
    """
    plain = normalise(text)
    joined = "".join([word for word in _WORD.findall(plain) if word not in _NOT_NUMBERED])
    street = _KINDS.sub("", joined) or joined
    if len(street) < _SHORTEST:
        return None
    numbers = [int(number) for number in _NUMBER.findall(plain)]
    kept = dict.fromkeys([number for number in numbers if 0 < number <= MOST_NUMBER])
    return Address(_marks(sound_anew(street)), tuple(kept)[:NUMBERS_KEPT])


def _marks(letters: str) -> int:
    """Mark which letters stand beside each other, the ends included."""
    return reduce(or_, map(_mark, f"^{letters}", f"{letters}$"))


@cache
def _mark(one: str, next_one: str) -> int:
    return 1 << ((ord(one) * 37 + ord(next_one) * 11) % MARKS)
