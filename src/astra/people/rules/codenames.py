"""By which name is somebody known here who gives none, or whose own must not be said aloud?

A plant and a river, drawn at random: easy to say on the phone in both scripts, nobody's name, and without any
meaning. So a code name may stand in clear in lists, tables and the log's neighbourhood.
"""

import random
from collections.abc import Callable, Collection
from functools import cache
from importlib.resources import files

RANDOM = random.SystemRandom()
ROUNDS = ((0, 0), (0, 0), (2, 99), (2, 999), (2, 999_999))
"""Numbers that follow the words, once the plain pairs run short."""


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
