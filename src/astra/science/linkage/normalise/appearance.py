"""Does what was said of somebody's looks agree with what was said another time?

Colours of hair and eyes become small numbers with a table of how near two of them are; marks are read in `marks`. A
colour that is not said says nothing. People see and name colours differently, so neighbours on the scale are near.
"""

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.normalise.lexicon import lexicon, plain_words
from astra.science.linkage.normalise.marks import Mark, mark_codes, mark_words, marks_likeness, read_marks
from astra.science.linkage.normalise.remembering import remembered

__all__ = [
    "EYES_LIKENESS", "HAIR_LIKENESS", "Mark", "eyes_code", "eyes_word", "hair_code", "hair_word", "mark_codes",
    "mark_words",
    "marks_likeness", "read_marks",
]  # fmt: skip

UNKNOWN, DIFFERS, NEAR, SAME = 0, 1, 2, 3
"""Levels of likeness of two colours."""

HAIR_WORDS = (
    "", "black", "dark brown", "brown", "light brown", "dark blond", "blond", "red", "grey or white",
    "bald or shaved", "dyed",
)  # fmt: skip
"""What each code of hair means; 0 is not said or not understood."""
_BLACK, _DARK_BROWN, _BROWN, _LIGHT_BROWN, _DARK_BLOND, _BLOND, _RED, _GREY, _BALD, _DYED = range(1, len(HAIR_WORDS))

EYES_WORDS = (
    "",
    "black or dark",
    "brown",
    "hazel or light brown",
    "green",
    "grey",
    "blue",
    "light, between blue, green and grey",
)
"""What each code of eyes means; 0 is not said or not understood."""
_DARK_EYES, _BROWN_EYES, _HAZEL, _GREEN, _GREY_EYES, _BLUE, _LIGHT_EYES = range(1, len(EYES_WORDS))


def _likeness(size: int, near: tuple[tuple[int, int], ...]) -> NDArray[np.uint8]:
    """A symmetric table of levels from its pairs of neighbours; it cannot be written to."""
    levels = np.full((size, size), DIFFERS, np.uint8)
    for first, second in near:
        levels[first, second] = levels[second, first] = NEAR
    np.fill_diagonal(levels, SAME)
    levels[0, :] = levels[:, 0] = UNKNOWN
    levels.setflags(write=False)
    return levels


HAIR_LIKENESS = _likeness(
    len(HAIR_WORDS),
    (
        (_BLACK, _DARK_BROWN), (_DARK_BROWN, _BROWN), (_BROWN, _LIGHT_BROWN), (_LIGHT_BROWN, _DARK_BLOND),
        (_LIGHT_BROWN, _BLOND), (_DARK_BLOND, _BLOND), (_LIGHT_BROWN, _RED),
        *((_DYED, colour) for colour in range(_BLACK, _BALD)),
    ),
)  # fmt: skip
"""Levels by two codes of hair: 0 unknown, 1 differs, 2 near, 3 same. Dyed hair is near every colour."""

EYES_LIKENESS = _likeness(
    len(EYES_WORDS),
    (
        (_DARK_EYES, _BROWN_EYES), (_BROWN_EYES, _HAZEL), (_HAZEL, _GREEN), (_GREEN, _GREY_EYES), (_GREY_EYES, _BLUE),
        (_LIGHT_EYES, _GREEN), (_LIGHT_EYES, _GREY_EYES), (_LIGHT_EYES, _BLUE),
    ),
)  # fmt: skip
"""Levels by two codes of eyes: 0 unknown, 1 differs, 2 near, 3 same."""

_HAIR_CODES = {
    "black": _BLACK,
    "brown": _BROWN,
    "blond": _BLOND,
    "red": _RED,
    "grey": _GREY,
    "bald": _BALD,
    "dyed": _DYED,
}
_HAIR_SHADES = {
    (_BROWN, "dark"): _DARK_BROWN, (_BROWN, "light"): _LIGHT_BROWN, (_BLOND, "dark"): _DARK_BLOND,
    (0, "dark"): _DARK_BROWN, (0, "light"): _DARK_BLOND,
}  # fmt: skip
_HAIR_BETWEEN = {frozenset({_BLACK, _BROWN}): _DARK_BROWN, frozenset({_BROWN, _BLOND}): _LIGHT_BROWN}

_EYES_CODES = {
    "black": _DARK_EYES, "brown": _BROWN_EYES, "hazel": _HAZEL, "green": _GREEN, "grey": _GREY_EYES, "blue": _BLUE,
}  # fmt: skip
_EYES_SHADES = {
    (_BROWN_EYES, "light"): _HAZEL, (_BROWN_EYES, "dark"): _DARK_EYES, (0, "dark"): _DARK_EYES,
    (0, "light"): _LIGHT_EYES,
}  # fmt: skip
_EYES_BETWEEN = {
    frozenset({_BROWN_EYES, _GREEN}): _HAZEL, frozenset({_DARK_EYES, _BROWN_EYES}): _DARK_EYES,
    frozenset({_BLUE, _GREEN}): _LIGHT_EYES, frozenset({_BLUE, _GREY_EYES}): _LIGHT_EYES,
    frozenset({_GREEN, _GREY_EYES}): _LIGHT_EYES,
}  # fmt: skip


def _meanings(topic: str, text: str) -> tuple[list[str], str]:
    """The colours that a text names, in order, and the shade."""
    colours: dict[str, None] = {}
    shade = ""
    for reading in lexicon(topic, "shade").read(plain_words(text)):
        for sense in reading.senses:
            if sense.topic == topic:
                colours[sense.meaning] = None
            else:
                shade = shade or sense.meaning
    return list(colours), shade


@remembered(4096)
def hair_code(text: str) -> int:
    """Read a colour of hair.

    Parameters
    ----------
    text : str
        What somebody said, in any of the languages of the data.

    Returns
    -------
    int
        A code that `hair_word` explains; 0 when nothing is said or understood. Dyed hair is dyed, whatever its colour.

    Examples
    --------
    >>> hair_word(hair_code("тамносмеђа")), hair_word(hair_code("plava, kratka")), hair_word(hair_code("fekete"))
    ('dark brown', 'blond', 'black')
    >>> hair_code("kratka"), hair_code("")
    (0, 0)
    """
    colours, shade = _meanings("hair", text)
    codes = [_HAIR_CODES[colour] for colour in colours]
    for certain in (_DYED, _BALD):
        if certain in codes:
            return certain
    between = _HAIR_BETWEEN.get(frozenset(codes))
    if between:
        return between
    code = codes[0] if codes else 0
    return _HAIR_SHADES.get((code, shade), code)


@remembered(4096)
def eyes_code(text: str) -> int:
    """Read a colour of eyes.

    Parameters
    ----------
    text : str
        What somebody said, in any of the languages of the data.

    Returns
    -------
    int
        A code that `eyes_word` explains; 0 when nothing is said or understood.

    Examples
    --------
    >>> eyes_word(eyes_code("plave")), eyes_word(eyes_code("plavo-zelene")), eyes_word(eyes_code("светло браон"))
    ('blue', 'light, between blue, green and grey', 'hazel or light brown')
    """
    colours, shade = _meanings("eyes", text)
    codes = [_EYES_CODES[colour] for colour in colours]
    between = _EYES_BETWEEN.get(frozenset(codes))
    if between:
        return between
    code = codes[0] if codes else 0
    return _EYES_SHADES.get((code, shade), code)


def hair_word(code: int) -> str:
    """Say a code of hair in plain English; nothing for 0.

    Examples
    --------
    >>> hair_word(3)
    'brown'
    """
    return HAIR_WORDS[code]


def eyes_word(code: int) -> str:
    """Say a code of eyes in plain English; nothing for 0.

    Examples
    --------
    >>> eyes_word(6)
    'blue'
    """
    return EYES_WORDS[code]
