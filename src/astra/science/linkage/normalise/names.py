"""Which words of a record are names, and what part does each play?

Names come apart or in one piece, in any order and script, with articles, titles and doubts between them. A name
becomes a few plain words, each with the part it was given: first name, surname, not told apart, nickname, father's,
mother's.
"""

import re
from typing import NamedTuple

from astra.science.linkage.normalise.nicknames import from_script
from astra.science.linkage.normalise.remembering import remembered
from astra.science.linkage.normalise.repairs import repair
from astra.science.linkage.normalise.sounds import arabic_to_latin, is_arabic
from astra.science.linkage.record import Record
from astra.science.script import normalise

GIVEN, FAMILY, TEXT, NICKNAME, FATHER, MOTHER = 1, 2, 3, 4, 5, 6
OWN = (GIVEN, FAMILY, TEXT, NICKNAME)
"""The parts that are names of the person herself."""
PARTS = 7

_ARTICLES = frozenset(
    ["al", "el", "ul", "ibn", "bin", "bint", "ben", "abu", "umm", "de", "di", "da", "von", "van", "der", "den"]
)
_SERVANT = frozenset(["abd", "abdul", "abdel", "abdal", "abdu", "abdol"])
_NOT_NAMES = frozenset(
    [
        "nn",
        "n/n",
        "nepoznato",
        "nepoznata",
        "nepoznat",
        "nema",
        "unknown",
        "unk",
        "no",
        "none",
        "zvana",
        "zvani",
        "zvan",
        "zv",
        "alias",
        "aka",
        "rodj",
        "rodjena",
        "devojacko",
        "devojka",
        "decak",
        "mala",
        "mali",
        "gospodja",
        "gospodin",
        "gdja",
        "gdjica",
        "gdin",
        "dr",
        "mr",
        "mrs",
        "ms",
        "miss",
        "prof",
        "tzv",
        "ili",
        "i",
        "and",
        "or",
    ]
)
_MAIDEN_NAME = re.compile(r"\b(?:ro[đd]j?|devoja[čc]k|maiden|n[ée]e|рођ|девојачк|geb)", re.IGNORECASE)
"""What says that a name beside the others is a surname she had before."""
_JOINED = re.compile(r"(?<=[^\W\d_A-ZА-ЯЂЈЉЊЋЏČĆŠŽĐ]{2})(?=[A-ZА-ЯЂЈЉЊЋЏČĆŠŽĐ][^\W\d_A-ZА-ЯЂЈЉЊЋЏČĆŠŽĐ]{2})")
"""Where a capital begins a new name inside a word."""
_NOBODY = re.compile(r"\bn n\b")
"""What N.N. is once its points are gone."""
_BETWEEN_NICKNAMES = re.compile(r"[,;/|]+")


class Word(NamedTuple):
    """One plain word of a name, and the part that it plays."""

    plain: str
    part: int
    is_without_vowels: bool = False
    """Whether it was written in a script that leaves short vowels out."""


def plain_words(text: str) -> tuple[str, ...]:
    """Take a name apart into plain words.

    Parameters
    ----------
    text : str
        A name in any script, as written.

    Returns
    -------
    tuple of str
        Lower-case Latin words without diacritics, in order; articles, titles and words of doubt are left out, and what
        belongs together in Arabic names is one word.

    Examples
    --------
    >>> plain_words("gđa ĐORĐEVIĆ-Petrović, Ana"), plain_words("Abd al-Rahman El-Masri")
    (('djordjevic', 'petrovic', 'ana'), ('abdrahman', 'masri'))
    >>> plain_words("MilicaJovanović")
    ('milica', 'jovanovic')
    """
    return tuple(word.plain for word in _words(text))


@remembered(65_536)
def _words(text: str) -> tuple[Word, ...]:
    whole = repair(text)
    plain = normalise(whole if whole[1:].islower() else _JOINED.sub(" ", whole))
    if is_arabic(plain):
        plain = normalise(next(iter(from_script(plain)), plain))
    words: list[Word] = []
    is_servant = False
    for word in _NOBODY.sub(" ", plain).split():
        if word in _NOT_NAMES or word.isdecimal():
            continue
        if word in _SERVANT:
            is_servant = True
        elif word not in _ARTICLES:
            words.append(_word("abd" + word if is_servant else word))
            is_servant = False
    if is_servant:
        words.append(Word("abd", 0))
    return tuple(words) or tuple(Word(word, 0) for word in plain.split() if word in _ARTICLES)


def _word(word: str) -> Word:
    """A word whose short vowels are missing if its script leaves them out and nobody knows the name."""
    return Word(arabic_to_latin(word), 0, is_without_vowels=True) if is_arabic(word) else Word(word, 0)


def words_of(text: str, part: int) -> list[Word]:
    """Give the words of one name as words of a part."""
    return [Word(word.plain, part, word.is_without_vowels) for word in _words(text)]


def name_words(record: Record) -> tuple[Word, ...]:
    """Give every word of the names on a record, each once for each part that it plays.

    Parameters
    ----------
    record : Record
        A registry row or a question.

    Returns
    -------
    tuple of Word
        First names, surnames and undivided names, then nicknames, then the parents'.

    Examples
    --------
    >>> from astra.science.linkage.record import Name
    >>> [word.plain for word in name_words(Record(id="1", names=(Name(given="Ana", family="Lučić"),), father="Petar"))]
    ['ana', 'lucic', 'petar']
    """
    found: dict[Word, None] = {}
    for name in record.names:
        for text, part in ((name.given, GIVEN), (name.family, FAMILY), (name.text, TEXT)):
            if text:
                found.update(dict.fromkeys(words_of(text, part)))
    for nickname in record.nicknames:
        for piece in _BETWEEN_NICKNAMES.split(nickname):
            part = FAMILY if _MAIDEN_NAME.search(piece) else NICKNAME
            found.update(dict.fromkeys(words_of(piece, part)))
    for text, part in ((record.father, FATHER), (record.mother, MOTHER)):
        if text:
            found.update(dict.fromkeys(words_of(text, part)))
    return tuple(found)
