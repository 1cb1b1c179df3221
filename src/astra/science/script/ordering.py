"""In which order do Serbian readers look for a name? By the thirty letters of the alphabet in which it is written."""

import re

from astra.science.script.folding import fold_letters
from astra.science.script.letters import is_cyrillic

_LATIN = [
    "a",
    "b",
    "c",
    "č",
    "ć",
    "d",
    "dž",
    "đ",
    "e",
    "f",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "lj",
    "m",
    "n",
    "nj",
    "o",
    "p",
    "r",
    "s",
    "š",
    "t",
    "u",
    "v",
    "z",
    "ž",
]
_CYRILLIC = list("абвгдђежзијклљмнњопрстћуфхцчџш")
_LATIN_RE = re.compile("dž|lj|nj|.", re.DOTALL)
_RANK = {letter: chr(0x100 + rank) for alphabet in (_LATIN, _CYRILLIC) for rank, letter in enumerate(alphabet)}
_STRANGERS = {"q": "k", "w": "v", "x": "k", "y": "i"}


def _rank(letter: str) -> str:
    if letter in _RANK:
        return _RANK[letter]
    plain = fold_letters(letter)
    return "".join(_RANK.get(_STRANGERS.get(part, part), part) for part in plain)


def sort_key(text: str) -> tuple[str, str]:
    """Return a key that sorts Serbian words as a dictionary does.

    Parameters
    ----------
    text : str
        A word or name in either script. Texts to be sorted together should share one script.

    Returns
    -------
    tuple of str
        Compares before all by letters (c, č, ć, d, dž, đ ...; а, б, в ... ђ ...), then by the text itself.

    Examples
    --------
    >>> sorted(["Đurić", "Džajić", "Dulić", "Čolić", "Cvijić", "Ćosić"], key=sort_key)
    ['Cvijić', 'Čolić', 'Ćosić', 'Dulić', 'Džajić', 'Đurić']
    >>> sorted(["Њу", "Ђ", "Ж", "Нада", "Д"], key=sort_key)
    ['Д', 'Ђ', 'Ж', 'Нада', 'Њу']
    """
    lowered = text.lower()
    letters = list(lowered) if is_cyrillic(lowered) else _LATIN_RE.findall(lowered)
    return "".join(_rank(letter) for letter in letters), text
