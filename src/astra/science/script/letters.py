"""Which Latin letters stand for a Cyrillic one, and is a text written in Cyrillic?

The Serbian alphabets correspond letter by letter (Pravopis srpskoga jezika, Matica srpska 2010). From Cyrillic to
Latin nothing can go wrong but the case of a digraph; letters of the neighbouring Cyrillic alphabets, met in names,
follow the customary Serbian rendering.
"""

import re
import unicodedata

SERBIAN = dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
DIGRAPHS = {"љ": "lj", "њ": "nj", "џ": "dž"}

# Russian, Ukrainian, Bulgarian, Macedonian and Montenegrin letters, as Serbian newspapers write them.
NEIGHBOURS = {
    "ё": "jo", "й": "j", "щ": "šč", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "ju", "я": "ja",
    "і": "i", "ї": "ji", "є": "je", "ґ": "g", "ў": "u", "ѓ": "đ", "ќ": "ć", "ѕ": "dz", "ѣ": "e", "ѐ": "e", "ѝ": "i",
}  # fmt: skip

TO_LATIN: dict[int, str] = {}
for _cyrillic, _latin in [*SERBIAN.items(), *DIGRAPHS.items(), *NEIGHBOURS.items()]:
    TO_LATIN[ord(_cyrillic)] = _latin
    TO_LATIN[ord(_cyrillic.upper())] = _latin.capitalize()

_WIDE = re.compile("[" + "".join(c.upper() for c, latin in (DIGRAPHS | NEIGHBOURS).items() if len(latin) > 1) + "]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def _wide_capital(match: re.Match[str]) -> str:
    """Write a capital that needs two Latin letters as `LJ` among capitals and `Lj` elsewhere."""
    text, at = match.string, match.start()
    latin = TO_LATIN[ord(match.group())]
    after = text[at + 1 : at + 2]
    before = text[at - 1 : at] if at else ""
    among_capitals = after.isupper() or (before.isupper() and not after.islower())
    return latin.upper() if among_capitals else latin


def to_latin(text: str) -> str:
    """Write Serbian Cyrillic in Latin letters; everything else passes unchanged.

    Parameters
    ----------
    text : str
        Text in any script. Letters of other Cyrillic alphabets follow the customary Serbian rendering.

    Returns
    -------
    str
        The same text in the Serbian Latin alphabet, in normal form C. A digraph is written `LJ` only among capitals.

    Examples
    --------
    >>> to_latin("Љубица Његован, Џеп")
    'Ljubica Njegovan, Džep'
    >>> to_latin("ЉУБИЦА Њ. инјекција")
    'LJUBICA Nj. injekcija'
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _WIDE.sub(_wide_capital, text).translate(TO_LATIN))


def is_cyrillic(text: str) -> bool:
    """Answer whether a text is written in Cyrillic: it has more Cyrillic than Latin letters.

    Parameters
    ----------
    text : str
        Any text; digits, punctuation and other scripts do not count.

    Returns
    -------
    bool
        True when Cyrillic letters outnumber Latin ones.

    Examples
    --------
    >>> is_cyrillic("Ђорђевић (PDF)"), is_cyrillic("Đorđević"), is_cyrillic("116 000")
    (True, False, False)
    """
    if text.isascii():
        return False
    return len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text))
