"""By which name is somebody known here who gives none, or whose own must not be said aloud?

A plant and a river, drawn at random: easy to say on the phone in both scripts, nobody's name, and without any
meaning. So a code name may stand in clear in lists, tables and the log's neighbourhood.
"""

import random
from collections.abc import Callable, Collection, Sequence
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from astra.science.script import normalise

RANDOM = random.SystemRandom()
ROUNDS = ((0, 0), (0, 0), (2, 99), (2, 999), (2, 999_999))
"""Numbers that follow the words, once the plain pairs run short."""
MOST_WORDS, MOST_POSSIBLE, LONGEST_EXACT = 3, 500, 3


@cache
def words(name: str) -> tuple[str, ...]:
    """One of the two word lists."""
    text = files(__package__).joinpath(f"data/{name}.txt").read_text(encoding="utf-8")
    return tuple(dict.fromkeys(text.split()))


def draw(source: random.Random, low: int = 0, high: int = 0) -> str:
    """One code name; with a number when a range is given."""
    pair = f"{source.choice(words('plants'))} {source.choice(words('rivers'))}"
    return f"{pair} {source.randint(low, high)}" if high else pair


def draw_unused(
    count: int, taken_among: Callable[[Collection[str]], Collection[str]], source: random.Random = RANDOM
) -> list[str]:
    """So many code names that nobody has; `taken_among` answers which of some are taken."""
    found: dict[str, None] = {}
    for low, high in ROUNDS:
        while len(found) < count:
            wanted = {draw(source, low, high) for _ in range(count - len(found))} - found.keys()
            free = wanted - set(taken_among(sorted(wanted)))
            found.update(dict.fromkeys(sorted(free)))
            if len(free) * 2 < len(wanted) and (low, high) != ROUNDS[-1]:
                break
    return list(found)[:count]


# --- finding ---------------------------------------------------------------------------------------------------------


@cache
def _plain(name: str) -> tuple[str, ...]:
    return tuple(normalise(word) for word in words(name))


def possible(typed: Sequence[str], *, is_unfinished: bool) -> tuple[str, ...]:
    """The code names, as they are compared, that somebody may mean: as typed first, then with a slip or going on.

    `typed` are words in the plain form of both scripts. One word, or the beginning of the second, may mean many; but
    one word with a slip is rather a name: who asks for Zlatija does not mean everybody called Zlatica.
    """
    whole = " ".join(typed)
    if not 1 <= len(typed) <= MOST_WORDS:
        return ()
    plants = _meant(typed[0], _plain("plants"), is_beginning=is_unfinished and len(typed) == 1)
    if len(typed) == 1:
        plants = [plant for plant in plants if plant.startswith(typed[0])]
        rivers: Sequence[str] = _plain("rivers")
    else:
        rivers = _meant(typed[1], _plain("rivers"), is_beginning=is_unfinished and len(typed) == 2)
    after = f" {typed[2]}" if len(typed) == MOST_WORDS else ""
    pairs = [f"{plant} {river}{after}" for plant in plants for river in rivers]
    return tuple(dict.fromkeys([whole, *pairs]))[:MOST_POSSIBLE]


def _meant(word: str, known: tuple[str, ...], *, is_beginning: bool) -> Sequence[str]:
    """The words of a list that this one is, begins, or misses by a slip."""
    if word in known:
        return (word,)
    begun = [one for one in known if one.startswith(word)] if is_beginning else []
    return begun or [one for one in known if len(word) > LONGEST_EXACT and OSA.distance(word, one) == 1]
