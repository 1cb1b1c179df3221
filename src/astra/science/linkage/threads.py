"""How is one piece of work done on every core of the machine?

Only what numpy or compiled code does is quicker in threads: they let each other work while they are at it.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")


def cores() -> int:
    """The cores that this process may use; it may be kept to some of the machine's.

    Examples
    --------
    >>> cores() >= 1
    True
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def slices(rows: int, parts: int, least: int) -> list[slice]:
    """Cut rows into so many equal parts, fewer where a part would have less than `least`.

    Examples
    --------
    >>> slices(10, 4, least=5)
    [slice(0, 5, None), slice(5, 10, None)]
    """
    number = max(1, min(parts, rows // least))
    edges = [rows * part // number for part in range(number + 1)]
    return [slice(start, stop) for start, stop in pairwise(edges)]


def at_once(work: Callable[[Part], Result], parts: Sequence[Part], threads: int | None = None) -> list[Result]:
    """Do the parts in threads of their own, which end with the call; answers in the order of the parts.

    A pool for each call, not one for all nor the compiler's: that may be entered by one thread at a time, and a desk
    has several.

    Parameters
    ----------
    work : callable
        Done for every part; what it raises is raised here.
    parts : sequence
        What there is to do.
    threads : int, optional
        No more threads than this; as many as there are cores otherwise.

    Examples
    --------
    >>> at_once(abs, [-1, 2, -3])
    [1, 2, 3]
    """
    workers = min(len(parts), cores() if threads is None else threads)
    if workers < 2:
        return [work(part) for part in parts]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(work, parts))
