"""How is a record kept so that a million of them are read into a registry in seconds?

Everything that reading a name, a place or a description takes is done once, when the record is written. What is kept
holds the words of the names themselves: it is as secret as the record.
"""

from collections.abc import Iterable
from struct import Struct

import msgspec

from astra.science.linkage.keeping.addresses import written
from astra.science.linkage.keeping.collecting import uncollected
from astra.science.linkage.keeping.gazetteer import PlaceCodes
from astra.science.linkage.keeping.rows import MARKS_KEPT, NOWHERE, PLACES_KEPT, Row, read_row
from astra.science.linkage.normalise.names import name_words
from astra.science.linkage.record import Record

SCHEME = 2
"""Raised when words, codes or their order change their meaning; a record prepared otherwise is prepared anew."""
BARE = 16
"""Added to the part of a word that was written without short vowels."""
ELSEWHERE = NOWHERE - 1
"""The first place that the gazetteer does not know; the second is one less, and so on."""

_NOWHERE = (NOWHERE,) * PLACES_KEPT
_ROW = Struct("<if?B3i3iiBBB4Iq")
"""`KEPT`, as one row of it is written."""


class Prepared(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A record that was read: plain words with their parts, and the rest as numbers.

    Parameters
    ----------
    scheme : int
        How it was prepared.
    words, parts
        The plain words of the names, and the part that each plays.
    row : bytes
        Everything else, as one row of `KEPT`.
    elsewhere
        How the places sound that the gazetteer does not know; the row calls them `ELSEWHERE` and less.
    numbers
        The keyed marks of numbers.
    addresses
        The marks of addresses, as `addresses.written` leaves them.
    """

    scheme: int
    words: tuple[str, ...]
    parts: bytes
    row: bytes
    elsewhere: tuple[str, ...]
    numbers: tuple[str, ...]
    addresses: bytes = b""


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
        row=_row_bytes(row, places),
        elsewhere=places.others,
        numbers=row.numbers,
        addresses=written(row.addresses),
    )


def prepare_all(records: Iterable[Record]) -> list[Prepared]:
    """The same for many records."""
    with uncollected():
        return [prepare(record) for record in records]


def _row_bytes(row: Row, places: PlaceCodes) -> bytes:
    """Write a row down; what is longer than its column was cut when it was read."""
    homes, seen = (
        [*(code if code < places.known else ELSEWHERE - (code - places.known) for code in codes), *_NOWHERE][
            :PLACES_KEPT
        ]
        for codes in (row.homes, row.seen)
    )
    born = row.born_day, row.born_middle, row.born_guessed, row.sex
    looks = row.height, row.hair, row.eyes, *row.marks, *[0] * (MARKS_KEPT - len(row.marks))
    return _ROW.pack(*born, *homes, *seen, row.seen_on, *looks, row.national)
