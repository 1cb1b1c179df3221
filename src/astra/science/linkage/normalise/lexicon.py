"""What does a word mean in a description of somebody's looks?

data/appearance.csv holds words and beginnings of words of many languages, each with a topic and a meaning. A text is
read word by word, what stands together first; a compound (tamnosmeđa, dunkelbraun) is read in its parts.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from astra.science.linkage.normalise.arabic import plain_arabic
from astra.science.script import normalise

_LONGEST_PHRASE = 5
_SHORTEST_SECOND_PART = 4


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word within a topic."""

    topic: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of a text that mean something together, and what; no senses when they are not understood."""

    words: tuple[str, ...]
    senses: tuple[Sense, ...]


def plain_words(text: str) -> list[str]:
    """Fold a text into words to look up.

    Examples
    --------
    >>> plain_words("Тамносмеђа, kratka")
    ['tamnosmedja', 'kratka']
    """
    return plain_arabic(normalise(text)).split()


def _rows() -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath("data/appearance.csv").read_text(encoding="utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def _spellings(entry: str) -> Iterator[tuple[tuple[str, bool], ...]]:
    """An entry as folded words, each with whether it is only a beginning; d also stands for đ."""
    for written in dict.fromkeys((entry, entry.replace("đ", "d"))):
        words = written.split("+")
        yield tuple(("".join(plain_words(word)), word.endswith("*")) for word in words)


class Lexicon:
    """The words of some topics, findable by their beginnings.

    Parameters
    ----------
    topics : str
        The topics of data/appearance.csv that count.
    """

    def __init__(self, *topics: str) -> None:
        self._whole: dict[str, tuple[Sense, ...]] = {}
        self._beginnings: dict[str, tuple[Sense, ...]] = {}
        self._phrases: dict[str, list[tuple[tuple[tuple[str, bool], ...], Sense]]] = {}
        for row in _rows():
            if row["topic"] in topics:
                for entry in row["words"].split():
                    self._add(entry, Sense(row["topic"], row["meaning"]))
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))

    def _add(self, entry: str, sense: Sense) -> None:
        for words in _spellings(entry):
            if len(words) > 1:
                self._phrases.setdefault(words[0][0][:2], []).append((words, sense))
                continue
            word, is_beginning = words[0]
            index = self._beginnings if is_beginning else self._whole
            if sense not in index.get(word, ()):
                index[word] = (*index.get(word, ()), sense)

    def read(self, words: list[str]) -> list[Reading]:
        """Read words in order: what stands together first, then each by itself."""
        found: list[Reading] = []
        at = 0
        while at < len(words):
            reading = self._phrase(words[at : at + _LONGEST_PHRASE]) or self._word(words[at])
            found.append(reading)
            at += len(reading.words)
        return found

    def _phrase(self, words: list[str]) -> Reading | None:
        for pattern, sense in self._phrases.get(words[0][:2], ()):
            size = len(pattern)
            if size <= len(words) and all(
                word.startswith(stem) if is_beginning else word == stem
                for word, (stem, is_beginning) in zip(words[:size], pattern, strict=True)
            ):
                return Reading(tuple(words[:size]), (sense,))
        return None

    def _word(self, word: str) -> Reading:
        whole = self._whole.get(word)
        if whole:
            return Reading((word,), whole)
        for length in range(len(word), 1, -1):
            senses = self._beginnings.get(word[:length])
            if senses:
                return Reading((word,), senses + self._second_part(word[length:]))
        return Reading((word,), ())

    def _second_part(self, rest: str) -> tuple[Sense, ...]:
        """What the second part of a compound means: -smeđa of tamnosmeđa."""
        rest = rest[1:] if rest[:1] in {"o", "e"} else rest
        return self._word(rest).senses if len(rest) >= _SHORTEST_SECOND_PART else ()


@cache
def lexicon(*topics: str) -> Lexicon:
    """The words of some topics, read from the data once.

    Examples
    --------
    >>> [sense.meaning for sense in lexicon("hair", "shade").read(plain_words("dunkelbraun"))[0].senses]
    ['dark', 'brown']
    """
    return Lexicon(*topics)
