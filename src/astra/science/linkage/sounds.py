"""Which names sound alike, whoever wrote them down?

One coarse fold over many orthographies instead of one transliteration for each: Đorđević, Djordjevic, Dzordzevich,
Gjorgjeviq and Ђорђевић meet, and so do Hodžić, Hoxhiq and Hodzitsch. What the fold cannot decide (h that nobody hears, z for c in
German, vowels of Arabic) is left to `channel`, which prices it.
"""

import re
import unicodedata
from functools import lru_cache

from astra.science.script import normalise

_SOUND = {
    # č, ć, c
    "tsch": "c", "tszh": "c", "tch": "c", "tzs": "c", "cs": "c", "cz": "c", "ch": "c", "ts": "c", "tz": "c", "tc": "c", "iq": "ic", "qi": "ci", "qe": "ce",
    # š, s
    "sch": "s", "szh": "s", "sh": "s", "sz": "s", "sc": "s", "ss": "s",
    # ž, z
    "zh": "z", "zs": "z",
    # đ, dž and j, which English writes alike
    "dzsch": "j", "dsch": "j", "dszh": "j", "dzh": "j", "dzs": "j", "dz": "j", "dj": "j", "gj": "j", "gy": "j", "xh": "j",
    "ij": "i", "yj": "i", "iy": "i", "ji": "i", "yi": "i", "ije": "je", "ie": "je",
    # lj, nj and the other softened ones
    "lj": "l", "nj": "n", "gn": "n",
    # aspirated and doubled consonants of the transcriptions of Arabic and Persian
    "kh": "h", "gh": "g", "th": "t", "ph": "f", "dh": "d", "bh": "b", "ck": "k", "cc": "k", "qu": "k",
    # vowels as English and French write them
    "ou": "u", "oo": "u", "ee": "i", "ea": "e", "ae": "e", "oe": "o", "ue": "u", "ei": "aj", "ai": "aj", "ay": "aj", "ey": "aj", "ej": "aj",
    "w": "v", "q": "k", "x": "z",
}  # fmt: skip
_SOUNDS = re.compile("|".join(["iq$", *sorted((key for key in _SOUND if key != "iq"), key=len, reverse=True)]))
_SOFT = re.compile("([lnt])y(?=[aeiou])")
"""Hungarian and English ly, ny and ty, one letter where a vowel follows."""
_Y = re.compile("(?<=[aeiou])y|y(?=[aeiou])")
_DOUBLED = re.compile(r"(.)\1+")
_LAST_H = re.compile("(?<=[aeiou])h$")
_VOWELS = re.compile("[aeiouj]")

ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "پ": "p", "ت": "t", "ٹ": "t", "ث": "t", "ج": "j",
    "چ": "c", "ح": "h", "خ": "h", "د": "d", "ڈ": "d", "ذ": "z", "ر": "r", "ڑ": "r", "ز": "z", "ژ": "z", "س": "s",
    "ش": "s", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "g", "ف": "f", "ڤ": "v", "ق": "k", "ك": "k", "ک": "k",
    "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "ۀ": "e", "ھ": "h", "و": "u", "ؤ": "u", "ي": "i", "ی": "i", "ى": "a", "ئ": "i", "ے": "e",
    "ء": "", "ې": "e", "ۍ": "i", "ښ": "s", "ړ": "r", "ټ": "t", "ډ": "d", "ځ": "z", "څ": "c", "ګ": "g", "ڼ": "n", "ږ": "z", "ە": "e", "ێ": "e", "ۆ": "o", "ڕ": "r", "ڵ": "l",
}  # fmt: skip
"""Letters of Arabic, Persian, Dari, Pashto, Urdu and Kurdish as a reader without their short vowels sounds them."""
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_IS_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")


def is_arabic(text: str) -> bool:
    """Answer whether a text has letters of the Arabic script, which leaves the short vowels out.

    Parameters
    ----------
    text : str
        Any text.

    Examples
    --------
    >>> is_arabic("محمد"), is_arabic("Muhamed")
    (True, False)
    """
    return _IS_ARABIC.search(text) is not None


def arabic_to_latin(text: str) -> str:
    """Write Arabic, Persian or Pashto letters in plain Latin ones; short vowels, never written, stay missing.

    Parameters
    ----------
    text : str
        Text in the Arabic script; other letters pass unchanged.

    Returns
    -------
    str
        The text in Latin letters: consonants and long vowels.

    Examples
    --------
    >>> arabic_to_latin("محمد"), arabic_to_latin("کریمی"), arabic_to_latin("خديجة")
    ('mhmd', 'krimi', 'hdija')
    """
    plain = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", text))
    return "".join(ARABIC.get(letter, letter) for letter in plain)


@lru_cache(maxsize=262_144)
def sound(word: str) -> str:
    """Fold one word of a name to how it sounds in the Balkans, so that the spellings of several languages meet.

    Parameters
    ----------
    word : str
        One word, plain (as `astra.science.script.normalise` leaves it) or as written.

    Returns
    -------
    str
        Lower-case letters a to z without q, w, x and y. Different names may meet in one sound; equal names always do.

    Assumptions
    -----------
    Serbian and its neighbours, and their transcriptions into English, French and German. English j and Serbian dž,
    đ and j are one, so that Džamal, Jamal and Gjamal meet.

    Examples
    --------
    >>> {sound(word) for word in ("Đorđević", "Ђорђевић", "Djordjevic", "Gjorgjeviq", "Djordjevitsch", "Djordjevich")}
    {'jorjevic'}
    >>> {sound(word) for word in ("Хоџић", "Hodžić", "Hoxhiq", "Hodzich")}
    {'hojic'}
    >>> sound("Yusuf") == sound("Jusuf"), sound("Szabó") == sound("Sabo"), sound("Xhevdet") == sound("Dževdet")
    (True, True, True)
    """
    plain = word if word.isascii() and word.islower() and word.isalnum() else "".join(normalise(word).split())
    if is_arabic(plain):
        plain = arabic_to_latin(plain)
    plain = _SOFT.sub(lambda match: "c" if match.group(1) == "t" else match.group(1), plain)
    folded = _SOUNDS.sub(lambda match: _SOUND[match.group()], plain)
    folded = _Y.sub("j", folded).replace("y", "i").replace("jj", "j")
    folded = _LAST_H.sub("", _DOUBLED.sub(r"\1", folded))
    return folded.replace("ij", "i") or plain


@lru_cache(maxsize=262_144)
def skeleton(sounded: str) -> str:
    """Leave the consonants of a folded word, which Arabic script and bad hearing keep.

    Parameters
    ----------
    sounded : str
        A word as `sound` leaves it.

    Returns
    -------
    str
        Its consonants without j, doubled ones once; the first vowel where the word begins with one, written "a".

    Examples
    --------
    >>> skeleton(sound("Muhamed")), skeleton(sound("محمد")), skeleton(sound("Ahmed"))
    ('mhmd', 'mhmd', 'ahmd')
    """
    first = "a" if sounded[:1] in set("aeiou") else ""
    return first + _DOUBLED.sub(r"\1", _VOWELS.sub("", sounded))
