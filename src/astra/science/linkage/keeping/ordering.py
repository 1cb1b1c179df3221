"""Which values are there, each once?"""

import numpy as np
from numpy.typing import NDArray


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The distinct values, ascending; many times as fast as looking each up in a table.

    Examples
    --------
    >>> distinct(np.array([[3, 1], [3, -2]])).tolist()
    [-2, 1, 3]
    """
    ordered = np.sort(values, axis=None)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=-1 if len(ordered) == 0 else ordered[0] - 1))]
