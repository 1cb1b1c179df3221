"""How does one search find a name in either script, with or without diacritics?

Comparing happens in plain Latin letters (the direction that cannot go wrong), đ and dj being one. `normalise` loses
only spelling that people leave out when they type; `astra.science.linkage.sound` goes further.
"""

import unicodedata

from astra.science.script.letters import TO_LATIN

_SPECIAL = {
    "đ": "dj", "ð": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŋ": "n", "ı": "i",
    "ə": "e", "ſ": "s", "ŧ": "t", "ƒ": "f", "ʻ": "", "ʼ": "", "ʹ": "", "ʾ": "", "ʿ": "", "ˈ": "",
    "ǆ": "dz", "ǅ": "dz", "ǉ": "lj", "ǈ": "lj", "ǌ": "nj", "ǋ": "nj",
}  # fmt: skip
_APOSTROPHES = "'’‘`´′\u200b\u200c\u200d\u2060\ufeff\u00ad"


def _fold_letter(letter: str) -> str:
    """Fold one character to plain Latin letters; a letter of another script stays, a mark is dropped."""
    latin = TO_LATIN.get(ord(letter), letter)
    if latin != letter:
        return "".join(_fold_letter(part) for part in latin)
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    plain = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)).lower()
    return plain if plain in {letter, ""} else "".join(_fold_letter(part) for part in plain)


class _Letters(dict[int, str]):
    """A translation table that learns each character when it first meets it."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = "".join(_fold_letter(part) for part in letter.lower())
        return self[code]


class _Search(dict[int, str]):
    """The same, but what is neither a letter nor a digit becomes a space, and apostrophes vanish."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = "" if letter in _APOSTROPHES else _LETTERS[code]
        self[code] = "".join(part if part.isalnum() else " " for part in folded)
        return self[code]


_LETTERS = _Letters()
_SEARCH = _Search()


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold_letters(text: str) -> str:
    """Write a text in plain lower-case Latin letters and keep everything between the letters.

    Parameters
    ----------
    text : str
        Text in either script, composed or decomposed.

    Returns
    -------
    str
        Lower case, without diacritics, đ as dj. Letters of other scripts stay.

    Examples
    --------
    >>> fold_letters("15. МАРТА 1998. – Ђурђевдан")
    '15. marta 1998. – djurdjevdan'
    """
    return _composed(text).lower().translate(_LETTERS)


def normalise(text: str) -> str:
    """Fold a text to the form in which it is searched.

    Both scripts, diacritics, case, compatibility forms, punctuation and spacing are folded away; đ, dj and ђ are one.
    The result is ASCII for every text in Latin or Cyrillic letters; letters of other scripts (Arabic, Persian,
    Georgian) stay, so that an exact search still finds them. Folding twice changes nothing.

    Parameters
    ----------
    text : str
        A name, a place, or any words.

    Returns
    -------
    str
        Words of lower-case letters and digits with single spaces between them.

    Examples
    --------
    >>> {normalise(name) for name in ("Ђорђевић", "Đorđević", "DJORDJEVIĆ", "djordjevic")}
    {'djordjevic'}
    >>> normalise("  Petrović-Jović, Ana-Marija (O’Brien)")
    'petrovic jovic ana marija obrien'
    """
    return " ".join(_composed(text).translate(_SEARCH).split())
