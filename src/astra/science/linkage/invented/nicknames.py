"""What is somebody called at home?"""

from functools import lru_cache
from random import Random

from astra.science.linkage.invented.drawing import falling, one_of
from astra.science.linkage.invented.spelling import Word
from astra.science.linkage.invented.tables import lines_of

_BY_RULE = 0.3
"""How often a name that has listed nicknames is shortened by rule all the same."""
_STEEPNESS = 0.7
_PAIRS = {"lj", "nj", "dž"}


@lru_cache(maxsize=1)
def _listed() -> dict[str, tuple[str, ...]]:
    found = {}
    for line in lines_of("nicknames.txt"):
        given, names = line.split(": ")
        found[given] = tuple(names.split())
    return found


def draw_nickname(rng: Random, given: Word, sex: str) -> str:
    """Draw a nickname by Serbian ear: a listed one, or one made by rule.

    Examples
    --------
    >>> draw_nickname(Random(3), Word("Katarina", "Katarina"), "F")[:2]
    'Ka'
    """
    listed = _listed().get(given.serbian.split(" ")[0])
    if listed and rng.random() >= _BY_RULE:
        return falling(listed, _STEEPNESS).draw(rng)
    short = pet_name(rng, given, sex)
    return short if short != given.serbian else _fond(short, sex)


def _fond(name: str, sex: str) -> str:
    return name.rstrip("aeiou") + ("ica" if sex == "F" else "če")


def pet_name(rng: Random, given: Word, sex: str) -> str:
    """Shorten a given name as families do: its beginning with an ending of endearment, by Serbian ear.

    Examples
    --------
    >>> pet_name(Random(2), Word("Strahinja", "Strahinja"), "M")[:3]
    'Str'
    """
    name = given.serbian.split(" ")[0]
    low = name.lower()
    first = next((i for i, letter in enumerate(low) if letter in "aeiou"), 0)
    end = first + 1
    while end < len(low) and low[end] not in "aeiou":
        end += 1
    stem = name[: first + 3] if low[first + 1 : first + 3] in _PAIRS else name[: min(end, first + 2)]
    if len(stem) < 2 or len(name) <= 3:
        return _fond(name, sex)
    kind = rng.random()
    if kind < 0.2:
        return name.rstrip("aeioukč") + one_of(rng, ("ica", "ka", "če", "če") if sex == "F" else ("če", "ica", "ko"))
    if kind < 0.6 or first != 1:
        return stem + one_of(rng, ("a", "a", "i") if sex == "F" else ("a", "e", "o", "i"))
    return name[: first + 1] + one_of(
        rng, ("ca", "ka", "ki", "la", "ša") if sex == "F" else ("ki", "le", "ša", "ća", "ne")
    )
