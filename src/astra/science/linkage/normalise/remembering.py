"""What is remembered of names between two questions, and how is it forgotten?

Reading a name costs more than looking it up, so what was read is kept for a while. A name that is erased must not stay
in memory this way: `forget` empties everything.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")
_FORGETTING: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[_Given, _Found]], Callable[_Given, _Found]]:
    """Remember so many results of a pure function until `forget`.

    Parameters
    ----------
    most : int
        How many results are kept; the least recently used go first.
    """

    def remember(function: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
        kept = lru_cache(maxsize=most)(function)
        _FORGETTING.append(kept.cache_clear)
        return cast(Callable[_Given, _Found], kept)

    return remember


def forget() -> None:
    """Forget every name, place and description that was read.

    Examples
    --------
    >>> forget()
    """
    for clear in _FORGETTING:
        clear()
