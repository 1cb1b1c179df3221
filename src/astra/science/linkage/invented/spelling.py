"""How is one name written by a Serbian desk, by a German one, in a camp, in another Cyrillic?"""

import re
from collections.abc import Mapping
from functools import lru_cache
from random import Random
from typing import NamedTuple

from astra.science.linkage.invented.tables import rows_of
from astra.science.script import to_cyrillic

CYRILLIC = frozenset({"cyr", "mk", "bg", "ru"})
PLAIN = frozenset({"bald", "dj", "en", "de", "fr"})
"""Manners that leave diacritics out (German and French keyboards have none of ours)."""

_BALD = str.maketrans(
    "čćšžđČĆŠŽĐáéíóöőúüűÁÉÍÓÖŐÚÜŰçşğıâîêûëÇŞĞİÂÎÊÛËșțăȘȚĂñ", "ccszdCCSZDaeiooouuuAEIOOOUUUcsgiaieueCSGIAIEUEstaSTAn"
)
_TWICE = re.compile(r"([bcdfghklmnprstvzčćšž])\1")


class Word(NamedTuple):
    """One name of one community.

    Parameters
    ----------
    native : str
        As spelled at home; for names first written in Arabic letters the commonest Latin spelling.
    serbian : str
        As Serbian writes it by ear, in Latin letters.
    script : str
        In its own letters, where these are not Latin.
    others : tuple of str
        Other spellings of travel papers.
    """

    native: str
    serbian: str
    script: str = ""
    others: tuple[str, ...] = ()


class Overlay:
    """Letters put in the place of letters, the longest first; ^ and $ are the ends of a word."""

    def __init__(self, table: Mapping[str, tuple[str, ...]]) -> None:
        self._table = table
        keys = sorted(table, key=lambda key: (len(key.strip("^$")), len(key)), reverse=True)
        self._pattern = re.compile("|".join(f"({self._bounded(key)})" for key in keys))
        self._choices = [table[key] for key in keys]

    @staticmethod
    def _bounded(key: str) -> str:
        start, end = "(?<!\\w)" if key.startswith("^") else "", "(?!\\w)" if key.endswith("$") else ""
        return f"{start}{re.escape(key.strip('^$'))}{end}"

    def lay(self, text: str, hand: int = 0) -> str:
        """Write a name anew, each word with a capital; `hand` settles which of several spellings is taken."""

        def instead(match: re.Match[str]) -> str:
            choices = self._choices[(match.lastindex or 1) - 1]
            return choices[hand % len(choices)]

        return capitalised(self._pattern.sub(instead, text.lower()))


def capitalised(text: str) -> str:
    """Give each word of a name its capital.

    Examples
    --------
    >>> capitalised("al-halabi ana marija")
    'Al-Halabi Ana Marija'
    """
    return re.sub(r"(?<![^\W_])[^\W\d_]", lambda match: "İ" if match.group() == "i̇" else match.group().upper(), text)


@lru_cache(maxsize=1)
def _readings() -> dict[str, Overlay]:
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in rows_of("reading.csv"):
        tables.setdefault(row["language"], {})[row["letters"]] = (row["serbian"],)
    return {language: Overlay(table) for language, table in tables.items()}


@lru_cache(maxsize=1)
def _spellings() -> dict[str, Overlay]:
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in rows_of("spelling.csv"):
        tables.setdefault(row["language"], {})[row["serbian"]] = tuple(row["spellings"].split("|"))
    return {language: Overlay(table) for language, table in tables.items()}


def by_serbian_ear(native: str, language: str) -> str:
    """Write a name of another language as Serbian writes it.

    Examples
    --------
    >>> by_serbian_ear("Xhevahire", "al"), by_serbian_ear("Mészáros", "hu"), by_serbian_ear("Khadija", "en")
    ('Dževahire', 'Mesaroš', 'Hadidža')
    """
    if not language:
        return native.replace("'", "")
    heard = _TWICE.sub(r"\1", _readings()[language].lay(native.replace("İ", "i").replace("'", "").replace("-", " ")))
    return heard.replace("ı", "i")


def bald(text: str) -> str:
    """Leave out what a keyboard without our letters leaves out.

    Examples
    --------
    >>> bald("Đorđe Živković, Gyöngyi")
    'Dorde Zivkovic, Gyongyi'
    """
    return text.translate(_BALD)


def _bald_with_dj(text: str) -> str:
    return bald(text.replace("đ", "dj").replace("Đ", "Dj"))


@lru_cache(maxsize=1)
def _camp_rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    rules = []
    for row in rows_of("camp.csv"):
        key = row["letters"]
        start, end = "\\b" if key.startswith("^") else "(?<=\\w)", "\\b" if key.endswith("$") else ""
        rules.append((re.compile(f"{start}{re.escape(key.strip('^$'))}{end}"), row["instead"]))
    return tuple(rules)


def _in_camp(word: Word, hand: int) -> str:
    """Spell a name as travel papers and police do: one of the known spellings, changed by up to three rules."""
    rng = Random(f"{word.native} {hand}")  # noqa: S311  (invented data; nothing here is a secret)
    known = (word.native, word.native, *word.others)
    text = known[int(rng.random() * len(known))]
    changes = (0, 0, 1, 1, 2, 3)[int(rng.random() * 6)]
    lower = text.lower()
    fitting = [rule for rule in _camp_rules() if rule[0].search(lower)]
    rng.shuffle(fitting)
    for pattern, instead in fitting[:changes]:
        lower = pattern.sub(instead, lower, count=1)
    return capitalised(lower) if len(lower) > 1 else text


@lru_cache(maxsize=400_000)
def spell(word: Word, style: str, hand: int) -> str:
    """Write one name in one manner.

    Parameters
    ----------
    word : Word
        The name.
    style : str
        A manner of styles.csv.
    hand : int
        Whose hand: the same hand makes the same choice where a language has several spellings.

    Returns
    -------
    str
        The name as written.

    Examples
    --------
    >>> name = Word("Đorđević", "Đorđević")
    >>> [spell(name, style, 0) for style in ("lat", "cyr", "bald", "dj", "de", "al", "ru")]
    ['Đorđević', 'Ђорђевић', 'Dordevic', 'Djordjevic', 'Djordjewitsch', 'Gjorgjeviq', 'Джорджевич']
    """
    if style == "lat":
        return word.serbian
    if style == "native":
        return word.script if word.script and _is_cyrillic(word.script) else word.native
    if style == "orig":
        return word.script or word.serbian
    if style == "camp":
        return _in_camp(word, hand)
    if style == "bald":
        return bald(word.serbian if hand % 2 else word.native.replace("'", ""))
    if style == "dj":
        return _bald_with_dj(word.serbian)
    if style in CYRILLIC:
        cyrillic = to_cyrillic(word.serbian.lower())
        return capitalised(cyrillic) if style == "cyr" else _spellings()[style].lay(cyrillic, hand)
    written = _spellings()[style].lay(word.serbian, hand)
    return bald(written) if style in PLAIN else written


def _is_cyrillic(text: str) -> bool:
    return "\u0400" <= text[0] <= "\u04ff"


@lru_cache(maxsize=20_000)
def in_style(text: str, style: str) -> str:
    """Write words of a Serbian desk in its letters: Cyrillic, Latin, or Latin without diacritics.

    Examples
    --------
    >>> in_style("Kaluđerica", "cyr"), in_style("Kaluđerica", "dj"), in_style("Kaluđerica", "al")
    ('Калуђерица', 'Kaludjerica', 'Kaluđerica')
    """
    if style in CYRILLIC:
        return to_cyrillic(text)
    if style == "dj":
        return bald(text.replace("đ", "dj").replace("Đ", "Dj"))
    return bald(text) if style in PLAIN else text
