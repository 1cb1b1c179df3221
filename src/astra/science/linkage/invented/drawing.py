"""How is one thing drawn among many, some commoner than others?"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")
Rates = Mapping[str, float]
"""How often what happens: a probability for each name."""


class Weighted(Generic[T]):
    """Things with weights, drawn with replacement.

    Parameters
    ----------
    things : sequence
        What may be drawn.
    weights : sequence of float
        One non-negative weight for each, in any unit.

    Raises
    ------
    ValueError
        When there is nothing to draw, or a weight is missing.

    Examples
    --------
    >>> Weighted(["a", "b"], [0.0, 2.0]).draw(Random(1))
    'b'
    """

    __slots__ = ("_reached", "_total", "things")

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        if not things or len(things) != len(weights):
            raise ValueError("as many weights as things, and at least one")
        self.things = things
        self._reached = list(accumulate(weights))
        self._total = self._reached[-1]

    def draw(self, rng: Random) -> T:
        """Draw one thing."""
        at = bisect_right(self._reached, rng.random() * self._total)
        return self.things[min(at, len(self.things) - 1)]


def falling(things: Sequence[T], steepness: float) -> Weighted[T]:
    """Weigh things by their rank, as names fall off: weight 1 / (rank + 9) ** steepness (Zipf and Mandelbrot).

    Examples
    --------
    >>> falling(["first", "second"], 1.0).draw(Random(3)) in {"first", "second"}
    True
    """
    return Weighted(things, [1 / (rank + 9) ** steepness for rank in range(len(things))])


def one_of(rng: Random, things: Sequence[T]) -> T:
    """Draw one of some equally common things.

    Examples
    --------
    >>> one_of(Random(0), ["only"])
    'only'
    """
    return things[int(rng.random() * len(things))]
