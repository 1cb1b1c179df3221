"""What was meant where a machine has spoilt the letters of a name?

Files come through old code pages, seven-bit keyboards, scanners and forms that mix two alphabets. Only what cannot be
a name as it stands is repaired, and only into letters: a repaired name is compared, never stored in place of the
original.
"""

import re
import unicodedata

from astra.science.script import is_cyrillic

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

_UNSPOILT = re.compile("[A-Za-zČčĆćŠšŽžĐđ '.,-]*|[А-ИК-ШЂЈЉЊЋЏа-ик-шђјљњћџ '.,-]*")
"""One Serbian alphabet and what stands between names: nothing that is written so is ever repaired."""

_SEVEN_BIT = str.maketrans("[{\\|^~]}@`", "ŠšĐđČčĆćŽž")
"""The Yugoslav seven-bit code (JUS I.B1.002) shown as ASCII."""
_SEVEN_BIT_IN_WORD = re.compile(r"(?<=[A-Za-z])[\[{\\|^~\]}@`]|[\[{\\|^~\]}@`](?=[A-Za-z])")
_BRACKETED = re.compile(r"\[[^\[\]{}]*\]|\{[^\[\]{}]*\}")
_ADDRESS = re.compile(r"\w@\w+[.]\w")

_TWICE_READ = re.compile(
    "[\u00c2-\u00df\u0102\u0103\u0106\u0107\u010c-\u0111\u0139\u013a\u0158-\u0161\u0420\u0421][^\\x00-\\x7f]"
)
"""The first byte of a two-byte letter, shown as a letter of a Windows code page, with its second byte behind it."""
_CODE_PAGES = ("cp1252", "cp1250", "cp1251")

_WRONG_PAGE = str.maketrans({"†": "ć", "§": "ž", "¬": "č", "¦": "ž", "ð": "đ", "Ð": "Đ"})
"""Letters of code page 852 shown in 1250, and of 1250 shown in 1252, that occur in no name."""
_WRONG_ENDING = re.compile("(?<=[iI])[æÆ](?![^\\W_])")
_WRONG_C = re.compile("[èÈ](?=\\w*(?:ić|đ))|(?<=\\w[ei])è(?![^\\W_])")

_LOST_LETTER = re.compile(r"(?<=[^\W\d_])[?\ufffd](?=[^\W\d_])|(?<=vi)[?\ufffd](?![^\W_])", re.IGNORECASE)
"""A letter that a code page did not have, inside a word or where -vić ends."""

_CYRILLIC_ALIKE = dict(zip("аеорсухкмтвнјіѕАЕОРСУХКМТВНЈІЅ", "aeopcyxkmtbhjisAEOPCYXKMTBHJIS", strict=True))
_LATIN_ALIKE = {latin: cyrillic for cyrillic, latin in _CYRILLIC_ALIKE.items()} | {"b": "ь", "n": "п", "r": "г"}
_WORD = re.compile(r"[^\W_]+")
_LATIN, _CYRILLIC = re.compile("[A-Za-z\u00c0-\u024f]"), re.compile("[\u0400-\u04ff]")

_DIGIT_AS_LETTER = str.maketrans("0135648", "olesbab")
"""Digits that a scanner or a hurried hand puts for letters."""


def _read_again(text: str) -> str:
    """Undo UTF-8 that was read as a Windows code page."""
    for page in _CODE_PAGES:
        try:
            back = b"".join(_byte(letter, page) for letter in text).decode("utf-8")
        except UnicodeError:
            continue
        if len(back) < len(text):
            return back
    return text


def _byte(letter: str, page: str) -> bytes:
    """Give the byte behind a letter; the few that a page leaves open stay as they came in."""
    return bytes([ord(letter)]) if 0x80 <= ord(letter) <= 0x9F else letter.encode(page)


def _one_alphabet(match: re.Match[str]) -> str:
    """Write a word of two alphabets in the one that most of its letters certainly belong to."""
    word = match.group()
    latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
    if not (latin and cyrillic):
        return word
    sure_latin = sum(letter not in _LATIN_ALIKE for letter in latin)
    sure_cyrillic = sum(letter not in _CYRILLIC_ALIKE for letter in cyrillic)
    wants_cyrillic = sure_cyrillic > sure_latin or (sure_cyrillic == sure_latin and is_cyrillic(word))
    table = _LATIN_ALIKE if wants_cyrillic else _CYRILLIC_ALIKE
    return "".join(table.get(letter, letter) for letter in word)


def _letters_for_digits(match: re.Match[str]) -> str:
    """Read the digits inside a word as the letters that they look like; numbers and codes stay."""
    word = match.group()
    digits = sum(sign.isdigit() for sign in word)
    if not digits or digits * 2 > len(word) or len(word) < 4:
        return word
    return word.translate(_DIGIT_AS_LETTER)


def repair(text: str) -> str:
    """Give a name back the letters that it had before a machine spoilt them.

    Undone are UTF-8 read as a Windows code page, code pages 852 and 1250 taken for each other or for 1252, the
    Yugoslav seven-bit code, question marks for lost letters, two alphabets in one word, and digits for letters.

    Parameters
    ----------
    text : str
        A name as it came.

    Returns
    -------
    str
        The name in normal form C; unchanged where nothing was spoilt.

    Assumptions
    -----------
    The text is a name: brackets, carets and tildes that touch letters stand for letters, unless they form a pair.

    Examples
    --------
    >>> repair("@ivkovi}"), repair("Å½ivkoviÄ‡"), repair("Obradovi?"), repair("J0van0vic")
    ('Živković', 'Živković', 'Obradović', 'Jovanovic')
    >>> repair("Cтефaн"), repair("Ana [majka]")
    ('Стефан', 'Ana [majka]')
    """
    return text if _UNSPOILT.fullmatch(text) else _repaired(text)


def _repaired(text: str) -> str:
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if not text.isascii():
        if _TWICE_READ.search(text):
            text = _read_again(text)
        text = _WRONG_C.sub("č", _WRONG_ENDING.sub("ć", text.translate(_WRONG_PAGE)))
        text = _WORD.sub(_one_alphabet, text)
    if not (_ADDRESS.search(text) or _BRACKETED.search(text)):
        text = _SEVEN_BIT_IN_WORD.sub(lambda match: match.group().translate(_SEVEN_BIT), text)
    text = _LOST_LETTER.sub(lambda match: "c" if text[match.end() : match.end() + 1].isalpha() else "ć", text)
    return _WORD.sub(_letters_for_digits, text)
