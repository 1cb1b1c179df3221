"""What do machines do to letters: wrong encodings, mixed scripts, capitals?"""

from collections.abc import Callable
from random import Random

from astra.science.linkage.invented.drawing import Rates, one_of
from astra.science.script import to_cyrillic

_SEVEN_BITS = str.maketrans("ŠĐČĆŽšđčćž", "[\\^]@{|~}`")
"""The Yugoslav seven-bit alphabet (JUS I.B1.002) read as ASCII."""
_TWINS = str.maketrans("aeojcpxAEOJCPXKMTHBaeojcpx", "аеојсрхАЕОЈСРХКМТНВаеојсрх")
_TWINS_BACK = {ord(after): before for before, after in zip("aeojcpAEOJCPKMTHB", "аеојсрАЕОЈСРКМТНВ", strict=True)}
_OURS = "čćđšžČĆĐŠŽ"
Damage = Callable[[str], str]


def _bytes_read_as(raw: bytes, encoding: str) -> str:
    """Read bytes as Windows does: a byte without a letter becomes the control sign of the same number."""
    letters = []
    for byte in raw:
        try:
            letters.append(bytes([byte]).decode(encoding))
        except UnicodeDecodeError:
            letters.append(chr(byte))
    return "".join(letters)


def as_seven_bits(text: str) -> str:
    """Write our letters in the places of brackets.

    Examples
    --------
    >>> as_seven_bits("Živković")
    '@ivkovi}'
    """
    return text.translate(_SEVEN_BITS)


def utf8_read_as(text: str, encoding: str) -> str:
    """Read UTF-8 as an older encoding.

    Examples
    --------
    >>> utf8_read_as("Živković", "cp1252")
    'Å½ivkoviÄ‡'
    """
    return _bytes_read_as(text.encode("utf-8"), encoding)


def old_read_as(text: str, written: str, read: str) -> str:
    """Read one older encoding as another; a text that the first cannot hold stays.

    Examples
    --------
    >>> old_read_as("Đorđević", "cp1250", "cp1252")
    'Ðorðeviæ'
    """
    try:
        return _bytes_read_as(text.encode(written), read)
    except UnicodeEncodeError:
        return text


def lost_letters(text: str) -> str:
    """Put a question mark for each of our letters.

    Examples
    --------
    >>> lost_letters("Jović")
    'Jovi?'
    """
    return "".join("?" if letter in _OURS else letter for letter in text)


_MACHINES: dict[str, Damage] = {
    "yuscii": as_seven_bits,
    "utf8_as_1252": lambda text: utf8_read_as(text, "cp1252"),
    "utf8_as_1250": lambda text: utf8_read_as(text, "cp1250"),
    "1250_as_1252": lambda text: old_read_as(text, "cp1250", "cp1252"),
    "1250_as_852": lambda text: old_read_as(text, "cp1250", "cp852"),
    "question_marks": lost_letters,
}
ONE_FILE = tuple(_MACHINES)
"""Damage that a file suffers as a whole: one kind at most befalls a row."""


def homoglyphs(rng: Random, text: str) -> str:
    """Put letters of the other script that look the same: a few, or all of one word.

    Examples
    --------
    >>> homoglyphs(Random(1), "Ana") == "Ana"
    False
    """
    table = _TWINS if text.isascii() or not any("\u0400" <= letter <= "\u04ff" for letter in text) else _TWINS_BACK
    fitting = [at for at, letter in enumerate(text) if ord(letter) in table]
    if not fitting:
        return text
    wanted = set(fitting) if rng.random() < 0.3 else {one_of(rng, fitting), one_of(rng, fitting)}
    return "".join(letter.translate(table) if at in wanted else letter for at, letter in enumerate(text))


def mixed_scripts(rng: Random, text: str) -> str:
    """Write the end of a Latin name in Cyrillic, as when the keyboard was switched too late.

    Examples
    --------
    >>> mixed_scripts(Random(3), "Dragana").isascii()
    False
    """
    at = 1 + int(rng.random() * max(1, len(text) - 2))
    return text[:at] + to_cyrillic(text[at:])


def draw_damage(rng: Random, rates: Rates) -> tuple[Damage | None, Damage | None]:
    """Draw what befalls a whole row: its case (for names), and its encoding (for every text).

    Returns
    -------
    tuple
        What to do with each name, and then with each text; None for nothing.
    """
    case: Damage | None = None
    chance = rng.random()
    if chance < rates["upper"]:
        case = str.upper
    elif chance < rates["upper"] + rates["lower"]:
        case = str.lower
    chance = rng.random()
    for kind in ONE_FILE:
        chance -= rates[kind]
        if chance < 0:
            return case, _MACHINES[kind]
    return case, None


def kind_of(damage: Damage) -> str:
    """Name a damage to a whole row."""
    known = {"upper": str.upper, "lower": str.lower, **_MACHINES}
    return next(kind for kind, repair in known.items() if repair is damage)
