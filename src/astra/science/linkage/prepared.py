"""How is a record kept so that a million of them are read into a registry in seconds?

Everything that reading a name, a place or a description takes is done once, when the record is written. What is kept
holds the words of the names themselves: it is as secret as the record.
"""

import msgspec

from astra.science.linkage.gazetteer import PlaceCodes
from astra.science.linkage.names import name_words
from astra.science.linkage.record import Record
from astra.science.linkage.rows import Row, read_row

SCHEME = 1
"""Raised when words, codes or their order change their meaning; a record prepared otherwise is prepared anew."""
BARE = 16
"""Added to the part of a word that was written without short vowels."""


class Prepared(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A record that was read: plain words with their parts, and the rest as numbers.

    Parameters
    ----------
    scheme : int
        How it was prepared.
    words, parts
        The plain words of the names, and the part that each plays.
    homes, seen
        Places: codes of the gazetteer, or for others the way they sound.
    """

    scheme: int
    words: tuple[str, ...]
    parts: bytes
    born_day: int
    born_middle: float
    born_guessed: bool
    sex: int
    homes: tuple[int | str, ...]
    seen: tuple[int | str, ...]
    seen_on: int
    height: int
    hair: int
    eyes: int
    marks: tuple[int, ...]
    national: int
    numbers: tuple[str, ...]


def prepare(record: Record) -> Prepared:
    """Read a record once and for all.

    Parameters
    ----------
    record : Record
        The record; its id is not kept.

    Examples
    --------
    >>> from astra.science.linkage.record import Name
    >>> prepare(Record(id="1", names=(Name(given="Ђорђе", family="Илић"),))).words
    ('djordje', 'ilic')
    """
    places = PlaceCodes()
    row: Row = read_row(record, places.codes)
    words = name_words(record)
    return Prepared(
        scheme=SCHEME,
        words=tuple(word.plain for word in words),
        parts=bytes(word.part | (BARE if word.is_without_vowels else 0) for word in words),
        born_day=row.born_day,
        born_middle=row.born_middle,
        born_guessed=row.born_guessed,
        sex=row.sex,
        homes=tuple(places.kept(code) for code in row.homes),
        seen=tuple(places.kept(code) for code in row.seen),
        seen_on=row.seen_on,
        height=row.height,
        hair=row.hair,
        eyes=row.eyes,
        marks=row.marks,
        national=row.national,
        numbers=row.numbers,
    )
