"""How is Serbian Latin written in Cyrillic, without breaking what is not Serbian?

The reverse of `letters.to_latin` needs judgement: nj, lj and dž are one letter, except where a prefix or a loan word
ends in the first and goes on with the second (data/exceptions.csv); foreign words, file formats, Roman numerals,
addresses, placeholders and tags stay as they are (`protected`, data/kept.txt).
"""

import csv
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from astra.science.script.letters import DIGRAPHS, SERBIAN
from astra.science.script.protected import PROTECTED, kept_phrases, kept_words

_TO_CYRILLIC: dict[int, str] = {}
for _cyrillic, _latin in SERBIAN.items():
    _TO_CYRILLIC[ord(_latin)] = _cyrillic
    _TO_CYRILLIC[ord(_latin.upper())] = _cyrillic.upper()
_TO_CYRILLIC[ord("ź")], _TO_CYRILLIC[ord("Ź")] = "з́", "З́"
_TO_CYRILLIC[ord("ś")], _TO_CYRILLIC[ord("Ś")] = "с́", "С́"

_DIGRAPH = {
    form: cyrillic if form.islower() else cyrillic.upper()
    for cyrillic, latin in DIGRAPHS.items()
    for form in (latin, latin.capitalize(), latin.upper())
}
_DIGRAPH_RE = re.compile("|".join(_DIGRAPH))
_ONE_SIGN = {"Ǆ": "DŽ", "ǅ": "Dž", "ǆ": "dž", "Ǉ": "LJ", "ǈ": "Lj", "ǉ": "lj", "Ǌ": "NJ", "ǋ": "Nj", "ǌ": "nj"}
_ONE_SIGN_RE = re.compile("[" + "".join(_ONE_SIGN) + "]")

_WORD = re.compile(r"[^\W_]+")
_FOREIGN = re.compile("[qwxyQWXYÀ-ÖØ-öø-ĀāĂăĄąĈ-ċĎďĒ-ŚśŜ-şŢ-Žžſ-ƿǍ-ɏ]")
_ROMAN = re.compile("X{0,3}(?:IX|IV|V?I{0,3})")
_SPLIT = "\u200c"


def _exception_pattern() -> re.Pattern[str]:
    """Build the pattern of words whose nj, lj or dž are two letters; a group ends where the letters part."""
    text = files(__package__).joinpath("data/exceptions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    stems = []
    for row in rows:
        head, tail = row["stem"].split("|")
        start = "^(?:ne|naj)?" if row["where"] == "start" else ""
        stems.append(f"{start}{head}(?={tail})")
    return re.compile("|".join(stems), re.IGNORECASE)


_EXCEPTION = _exception_pattern()
_SERBIAN_ACCENTED = frozenset("čćđšžČĆĐŠŽźśŹŚ")


def _is_foreign(word: str) -> bool:
    """Whether a word has a letter that Serbian does not have."""
    return any(found not in _SERBIAN_ACCENTED for found in _FOREIGN.findall(word))


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


def _stays(word: str) -> bool:
    """Whether the word keeps its Latin letters: foreign, listed, a Roman numeral or a code such as A4 or 2FA."""
    if _is_foreign(word) or kept_words().match(word):
        return True
    if _has_digit(word):
        letters = word.lstrip("0123456789")
        return word[0].isalpha() or letters.isupper() or letters == "h"
    return len(word) > 1 and _ROMAN.fullmatch(word) is not None


def _plain(piece: str) -> str:
    return _DIGRAPH_RE.sub(lambda match: _DIGRAPH[match.group()], piece).translate(_TO_CYRILLIC)


@lru_cache(maxsize=32_768)
def _word(word: str) -> str:
    """Write one word in Cyrillic."""
    if _stays(word):
        return word
    pieces, start = [], 0
    for match in _EXCEPTION.finditer(word):
        pieces.append(_plain(word[start : match.end()]))
        start = match.end()
    return "".join(pieces) + _plain(word[start:])


def _running_text(text: str, is_shouted: bool) -> str:
    """Write text without protected spans in Cyrillic; among capitals VI is the pronoun, elsewhere the number."""

    def one(match: re.Match[str]) -> str:
        word = match.group()
        return "ВИ" if is_shouted and word == "VI" else _word(word)

    return _WORD.sub(one, text).replace(_SPLIT, "")


@lru_cache(maxsize=256)
def _untouched(keep: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern of all spans that stay: what the author of this text wants kept, listed phrases, protected spans."""
    wanted = sorted({*keep, *kept_phrases()}, key=len, reverse=True)
    phrases = [rf"(?<![^\W_]){re.escape(phrase)}(?![^\W_])" for phrase in wanted]
    return re.compile("|".join([*phrases, PROTECTED]), re.DOTALL)


def to_cyrillic(text: str, keep: Iterable[str] = ()) -> str:
    """Write Serbian Latin in Cyrillic.

    Placeholders (``%(name)s``, ``%s``, ``{name}``, ``{{ name }}``, ``{% tag %}``), HTML tags with their attributes,
    entities, web and e-mail addresses, commands in backticks, options, file names, elements marked
    ``translate="no"``, foreign words, listed names and formats, and Roman numerals stay as they are. Cyrillic that
    is already there stays too.

    Parameters
    ----------
    text : str
        Serbian text in Latin letters. A zero-width non-joiner parts two letters that would otherwise join.
    keep : iterable of str, optional
        Further words or phrases of this text that stay in Latin letters, in exactly this form.

    Returns
    -------
    str
        The same text in the Serbian Cyrillic alphabet, in normal form C.

    Examples
    --------
    >>> to_cyrillic("Ljubica, NJEGOŠ i Džeri: %(count)s poziva")
    'Љубица, ЊЕГОШ и Џери: %(count)s позива'
    >>> to_cyrillic("injekcija u odžaku može nadživeti konja")
    'инјекција у оџаку може надживети коња'
    >>> to_cyrillic("Astra šalje PDF-ove na <a href='/pomoc'>sos@astra.rs</a>, poglavlje IV")
    "Астра шаље PDF-ове на <a href='/pomoc'>sos@astra.rs</a>, поглавље IV"
    >>> to_cyrillic("program Signal", keep=["Signal"])
    'програм Signal'
    """
    text = _ONE_SIGN_RE.sub(lambda match: _ONE_SIGN[match.group()], unicodedata.normalize("NFC", text))
    is_shouted = text.isupper()
    pieces, start = [], 0
    for match in _untouched(tuple(keep)).finditer(text):
        pieces += [_running_text(text[start : match.start()], is_shouted), match.group()]
        start = match.end()
    return "".join(pieces) + _running_text(text[start:], is_shouted)
