"""Which letters does a hand, an ear or a scanner get wrong?

Every slip takes and returns the whole name, in whichever script it is written.
"""

from functools import lru_cache
from random import Random

from astra.science.linkage.invented.drawing import Weighted, one_of
from astra.science.linkage.invented.tables import lines_of, rows_of
from astra.science.script import to_cyrillic

KINDS = ("typo", "misheard", "misread")
_TRIES = 6


@lru_cache(maxsize=1)
def _neighbours() -> dict[str, str]:
    """The keys beside, above and below each key of the Serbian keyboard."""
    found: dict[str, str] = {}
    for line in lines_of("keyboard.txt"):
        rows = line.split(": ")[1].split()
        for at, row in enumerate(rows):
            for column, key in enumerate(row):
                near = row[max(0, column - 1) : column] + row[column + 1 : column + 2]
                for other in rows[max(0, at - 1) : at] + rows[at + 1 : at + 2]:
                    near += other[max(0, column - 1) : column + 1]
                found[key] = near
    return found


def _like(letter: str, model: str) -> str:
    return letter.upper() if model.isupper() else letter


def typo(rng: Random, text: str) -> str:
    """Mistype one letter: leave it out, swap it, hit the key beside, hit it twice, add the key beside.

    Examples
    --------
    >>> typo(Random(4), "Milica") != "Milica"
    True
    """
    for _ in range(_TRIES):
        at = int(rng.random() * len(text)) if rng.random() < 0.1 else 1 + int(rng.random() * (len(text) - 1))
        if len(text) < 3 or at >= len(text) or not text[at].isalpha():
            continue
        letter, rest = text[at], text[at + 1 :]
        near = _neighbours().get(letter.lower(), letter)
        kind = rng.random()
        if kind < 0.26:
            changed = text[:at] + rest
        elif kind < 0.48:
            changed = text[:at] + rest[:1] + letter + rest[1:]
        elif kind < 0.76:
            changed = text[:at] + _like(one_of(rng, near), letter) + rest
        elif kind < 0.9:
            changed = text[:at] + letter + letter.lower() + rest
        else:
            changed = text[:at] + letter + one_of(rng, near) + rest
        if changed != text and changed.strip() == changed:
            return changed
    return text


@lru_cache(maxsize=1)
def _heard() -> tuple[tuple[str, str, float], ...]:
    """Pairs of sounds, in Latin and in Cyrillic letters."""
    latin = [(row["heard"], row["written"], float(row["weight"])) for row in rows_of("misheard.csv")]
    serbian = [pair for pair in latin if not set(pair[0] + pair[1]) & set("xqwy")]
    return (
        *latin,
        *((to_cyrillic(a), to_cyrillic(b), w) for a, b, w in serbian if a.strip("^") not in {"sz", "cs", "gy", "th"}),
    )


@lru_cache(maxsize=1)
def _read() -> tuple[tuple[str, str, float], ...]:
    return tuple((row["printed"], row["read"], float(row["weight"])) for row in rows_of("misread.csv"))


@lru_cache(maxsize=60_000)
def _fitting(text: str, is_heard: bool) -> Weighted[tuple[int, int, str]] | None:
    """Where which pair fits: beginning, length, instead."""
    places: list[tuple[int, int, str]] = []
    weights: list[float] = []
    haystack = text.lower() if is_heard else text
    for printed, instead, weight in _heard() if is_heard else _read():
        sound, at = printed.strip("^"), 0
        while (at := haystack.find(sound, at)) >= 0:
            starts = at == 0 or not haystack[at - 1].isalpha()
            if starts == printed.startswith("^") or (not is_heard and not starts):
                places.append((at, len(sound), instead))
                weights.append(weight)
            at += len(sound)
    return Weighted(places, weights) if places else None


def _replaced(rng: Random, text: str, is_heard: bool) -> str:
    fitting = _fitting(text, is_heard)
    if fitting is None:
        return text
    at, length, instead = fitting.draw(rng)
    left, taken, right = text[:at], text[at : at + length], text[at + length :]
    if taken[:1].isupper():
        if instead:
            instead = instead.upper() if text.isupper() else instead[:1].upper() + instead[1:]
        else:
            right = right[:1].upper() + right[1:]
    changed = left + instead + right
    return changed if len(changed.strip()) > 1 else text


def misheard(rng: Random, text: str) -> str:
    """Write one sound as another that is like it.

    Examples
    --------
    >>> misheard(Random(1), "Ćuk") in {"Ćug", "Ćok"}
    True
    """
    return _replaced(rng, text, is_heard=True)


def misread(rng: Random, text: str) -> str:
    """Read one letter as another that looks like it.

    Examples
    --------
    >>> misread(Random(1), "Berna") != "Berna"
    True
    """
    return _replaced(rng, text, is_heard=False)


def slip(rng: Random, text: str, kind: str = "typo") -> tuple[str, str]:
    """Let one letter go wrong in the stated way, or mistype it where that way does not fit.

    Returns
    -------
    tuple of str
        The text, and what was done to it: nothing where nothing could be done.
    """
    if len(text) < 3:
        return text, ""
    changed = misheard(rng, text) if kind == "misheard" else misread(rng, text) if kind == "misread" else text
    if changed != text:
        return changed, kind
    changed = typo(rng, text)
    return changed, "typo" if changed != text else ""


def truncated(rng: Random, text: str) -> str:
    """Cut a name as a field that is too short does.

    Examples
    --------
    >>> truncated(Random(1), "Radosavljević").startswith("Rados")
    True
    """
    length = len(text)
    return text if length < 7 else text[: max(5, length - 1 - int(rng.random() * 4))].rstrip()
