"""Which names sound alike, whoever wrote them down?

One coarse fold over many orthographies instead of one transliteration for each: Đorđević, Djordjevic, Dzordzevich,
Gjorgjeviq and Ђорђевић meet, and so do Hodžić, Hoxhiq and Hodzitsch. What the fold cannot decide (h that nobody
hears, z for c in German, vowels of Arabic) is left to `channel`, which prices it.
"""

import re

from astra.science.linkage.normalise.arabic import plain_arabic
from astra.science.linkage.normalise.remembering import remembered
from astra.science.script import normalise

_SPELLED = {
    "c": "tsch tszh tch tzs cs cz ch ts tz tc",
    "s": "sch szh sh sz sc ss",
    "z": "zh zs x",
    "j": "dzsch dsch dszh dzh dzs dz dj gj gy xh",  # đ, dž and j, which English writes alike
    "i": "ij yj iy ji yi",
    "l": "lj",
    "n": "nj gn",
    "h": "kh",
    "g": "gh",
    "t": "th",
    "f": "ph",
    "d": "dh",
    "b": "bh",
    "k": "ck cc qu q",
    "u": "ou ue",
    "e": "ea ae",
    "o": "oe",
    "je": "ije ie",
    "aj": "ei ai ay ey ej",
    "ic": "iq",
    "ci": "qi",
    "ce": "qe",
    "v": "w",
}
"""A sound, and how languages of the region, of Europe and of transcriptions from Arabic and Persian spell it."""
_SOUND = {spelling: sound for sound, spellings in _SPELLED.items() for spelling in spellings.split()}


def _longest_first() -> str:
    """Every spelling, as one pattern; by first letters, so that few are tried at a place."""
    found: dict[str, list[str]] = {"i": ["q$"]}
    for spelling in sorted(_SOUND.keys() - {"iq"}, key=lambda spelling: (-len(spelling), spelling)):
        found.setdefault(spelling[0], []).append(spelling[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in found.items())


_SOUNDS = re.compile(_longest_first())
_SOFT = re.compile("([lnt])y(?=[aeiou])")
"""Hungarian and English ly, ny and ty, one letter where a vowel follows."""
_Y = re.compile("(?<=[aeiou])y|y(?=[aeiou])|^i(?=[aou])")
_DOUBLED = re.compile(r"(.)\1+")
_LAST_H = re.compile("(?<=[aeiou])h$")
_VOWELS = re.compile("[aeiouj]")

_ARABIC = {
    "ا": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "t", "ج": "j", "چ": "c", "ح": "h", "خ": "h", "د": "d", "ذ": "z",
    "ر": "r", "ز": "z", "ژ": "z", "س": "s", "ش": "s", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "g",
    "ف": "f", "ق": "k", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "u", "ي": "i", "ځ": "z",
    "څ": "c", "ږ": "z",
}  # fmt: skip
"""Letters of Arabic, Persian, Dari, Pashto and Kurdish, one form each, as they sound."""
_LAST_HA = re.compile("(?<=[^ ]{2})ه(?= |$)")
_READ_APART = re.compile("(?<=[bcdgkpstz])h")
"""An h that a short vowel parts from the consonant before it, so that the two are not read as one sound."""
_IS_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")


def _once(match: re.Match[str]) -> str:
    return match.group(1)


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
    ('mhmd', 'krimi', 'hdij')
    """
    latin = "".join(_ARABIC.get(letter, letter) for letter in _LAST_HA.sub("", plain_arabic(text)))
    return _READ_APART.sub("ah", latin)


@remembered(65_536)
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
    return sound_anew(word)


def sound_anew(word: str) -> str:
    """The same for what is hardly ever seen twice, such as a street: nothing is remembered of it."""
    plain = word if word.isascii() and word.islower() and word.isalnum() else "".join(normalise(word).split())
    if is_arabic(plain):
        plain = arabic_to_latin(plain)
    if "y" in plain:
        plain = _SOFT.sub(lambda match: "c" if match.group(1) == "t" else match.group(1), plain)
    folded = _SOUNDS.sub(lambda match: _SOUND[match.group()], plain)
    if "y" in folded or folded.startswith("i"):
        folded = _Y.sub("j", folded).replace("y", "i")
    folded = _DOUBLED.sub(_once, folded.replace("jj", "j"))
    if folded.endswith("h"):
        folded = _LAST_H.sub("", folded)
    return folded.replace("ij", "i") or plain


@remembered(65_536)
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
    return first + _DOUBLED.sub(_once, _VOWELS.sub("", sounded))
